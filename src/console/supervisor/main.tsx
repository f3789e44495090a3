import { socketUrl } from '../client/desk-socket.ts';
import { mountPage } from '../parts/mount-page.tsx';
import { SupervisorApp } from './supervisor-app.tsx';
import './supervisor.css';

mountPage(<SupervisorApp socketUrl={socketUrl(location)} />);
