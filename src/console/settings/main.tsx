import { socketUrl } from '../client/desk-socket.ts';
import { mountPage } from '../parts/mount-page.tsx';
import { SettingsApp } from './settings-app.tsx';
import '../library/styles/layout.css';
import './settings.css';
import './clocks/clocks.css';
import './goods/goods.css';
import './hours/hours.css';
import './learning/learning.css';
import './modes/modes.css';
import './timers/timers.css';

mountPage(<SettingsApp socketUrl={socketUrl(location)} />);
