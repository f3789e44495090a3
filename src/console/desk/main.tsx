import { socketUrl } from '../client/desk-socket.ts';
import { mountPage } from '../parts/mount-page.tsx';
import { DeskApp } from './desk-app.tsx';
import { createDesk } from './store/create-desk.ts';
import { deskApi } from './store/desk-api.ts';
import './styles/layout.css';
import './styles/list.css';
import './styles/thread.css';
import './styles/correction.css';
import './styles/approval.css';
import './styles/composer.css';
import './styles/automatic.css';
import './styles/side.css';
import './styles/price.css';
import './styles/records.css';

const desk = createDesk({ api: deskApi, socketUrl: socketUrl(location), storage: localStorage });
// A laptop that wakes up, or a network that is back, need not wait for the next try.
addEventListener('online', () => desk.retryConnection());
void desk.begin();
mountPage(<DeskApp desk={desk} />);
