import { socketUrl } from '../client/desk-socket.ts';
import { mountPage } from '../parts/mount-page.tsx';
import { LibraryApp } from './library-app.tsx';
import './styles/layout.css';
import './styles/list.css';
import './styles/detail.css';
import './styles/editor.css';
import './styles/pages.css';

mountPage(<LibraryApp socketUrl={socketUrl(location)} />);
