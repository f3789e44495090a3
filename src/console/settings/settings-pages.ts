/** The pages of the settings, in the order of their tabs. A page's name is also its address behind the `#`. */
import type { ComponentType } from 'react';
import type { MessageKey } from '../i18n/zh.ts';
import { BuyersPage } from './buyers/buyers-page.tsx';
import { ClocksPage } from './clocks/clocks-page.tsx';
import { GoodsPage } from './goods/goods-page.tsx';
import { HoursPage } from './hours/hours-page.tsx';
import { LearningPage } from './learning/learning-page.tsx';
import { LedgerPage } from './ledger/ledger-page.tsx';
import { ModesPage } from './modes/modes-page.tsx';
import { PricesPage } from './prices/prices-page.tsx';
import { TimersPage } from './timers/timers-page.tsx';

/** One tab. */
export interface SettingsPage {
  name: string;
  title: MessageKey;
  Page: ComponentType;
}

export const SETTINGS_PAGES: readonly SettingsPage[] = [
  { name: 'hours', title: 'settings.hours', Page: HoursPage },
  { name: 'prices', title: 'prices.tab', Page: PricesPage },
  { name: 'goods', title: 'goods.title', Page: GoodsPage },
  { name: 'clocks', title: 'settings.clocks', Page: ClocksPage },
  { name: 'modes', title: 'settings.modes', Page: ModesPage },
  { name: 'learning', title: 'learning.title', Page: LearningPage },
  { name: 'buyers', title: 'buyers.tab', Page: BuyersPage },
  { name: 'timers', title: 'timers.title', Page: TimersPage },
  { name: 'ledger', title: 'ledger.title', Page: LedgerPage },
];
