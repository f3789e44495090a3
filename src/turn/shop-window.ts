/** What a shop offers, as every turn needs it: settings, products, campaigns and the age of each feed. */
import type { Agent, Shop } from '../desk/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { DeskError } from '../lib/errors.ts';
import type { Feed, Product, Promo } from '../orders/ports.ts';
import { createGoodsWindow, type Goods } from './goods-window.ts';
import type { Ledger, Stores } from './ports.ts';

/** A shop's offer at a moment. */
export interface ShopView {
  shop: Shop;
  products: readonly Product[];
  promos: readonly Promo[];
  /** The catalogue with its indexes. */
  goods: Goods;
  agents: Agent[];
  feeds: Partial<Record<Feed, number>>;
  /** When somebody was on duty last; `null`: nobody knows. */
  lastDutyAt: number | null;
}

/** Reads a shop's offer, at most `maxAgeMs` old. */
export interface ShopWindow {
  view(shopId: string): Promise<ShopView>;
  /** The shop's people. */
  agents(shopId: string): Promise<Agent[]>;
  /** The offer as a transaction sees it. Inside one, ask for no other view. */
  within(stores: Pick<Stores, 'people' | 'orders' | 'clocks'>, shopId: string): Promise<ShopView>;
  /** Forgets what was read: the next view is fresh. */
  forget(shopId: string): void;
}

/** A view may be this old; facts keep their own time, so nothing looks fresher than it is. */
const MAX_AGE_MS = 3000;

/** Creates a window that reads the record at most every few seconds. */
export function createShopWindow(ledger: Ledger, clock: Clock): ShopWindow {
  const views = new Map<string, { readAt: number; view: Promise<ShopView> }>();
  const goodsWindow = createGoodsWindow(ledger.orders);

  async function read(
    { people, orders, clocks }: Pick<Stores, 'people' | 'orders' | 'clocks'>,
    shopId: string,
    reading: Promise<Goods>,
  ): Promise<ShopView> {
    const [shop, goods, feeds, agents] = await Promise.all([
      people.shop(shopId),
      reading,
      orders.feeds(shopId),
      people.agents(shopId),
    ]);
    if (!shop) throw new DeskError('not_found', `shop ${shopId} is not on this desk`);
    return {
      shop,
      products: goods.products,
      promos: goods.promos,
      goods,
      agents,
      feeds,
      lastDutyAt: await clocks.lastDuty(shopId),
    };
  }

  function view(shopId: string): Promise<ShopView> {
    const known = views.get(shopId);
    const now = clock.now();
    if (known && Math.abs(now - known.readAt) <= MAX_AGE_MS) return known.view;
    const reading = read(ledger, shopId, goodsWindow.read(shopId));
    views.set(shopId, { readAt: now, view: reading });
    reading.catch(() => views.delete(shopId));
    return reading;
  }
  return {
    view,
    within: (stores, shopId) => read(stores, shopId, goodsWindow.read(shopId, stores.orders)),
    agents: async (shopId) => (await view(shopId)).agents,
    forget: (shopId) => {
      views.delete(shopId);
    },
  };
}
