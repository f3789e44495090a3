import { mountPage } from '../parts/mount-page.tsx';
import { ShopApp } from './shop-app.tsx';
import './styles/shop.css';
import './styles/chat.css';

mountPage(<ShopApp />);
