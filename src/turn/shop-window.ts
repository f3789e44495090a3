/** What a shop offers, as every turn needs it: settings, products, campaigns and the age of each feed. */
import type { Agent, Shop } from '../desk/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { DeskError } from '../lib/errors.ts';
import type { Feed, Product, Promo } from '../orders/ports.ts';
import type { Ledger, Stores } from './ports.ts';

/** A shop's offer at a moment. */
export interface ShopView {
  shop: Shop;
  products: Product[];
  promos: Promo[];
  agents: Agent[];
  feeds: Partial<Record<Feed, number>>;
}

/** Reads a shop's offer, at most `maxAgeMs` old. */
export interface ShopWindow {
  view(shopId: string): Promise<ShopView>;
  /** The shop's people. */
  agents(shopId: string): Promise<Agent[]>;
  /** Forgets what was read: the next view is fresh. */
  forget(shopId: string): void;
}

/** A view may be this old; facts keep their own time, so nothing looks fresher than it is. */
const MAX_AGE_MS = 3000;

/** Reads a shop's offer from the record. @throws DeskError `not_found` */
export async function readShopView(
  { people, orders }: Pick<Stores, 'people' | 'orders'>,
  shopId: string,
): Promise<ShopView> {
  const shop = await people.shop(shopId);
  if (!shop) throw new DeskError('not_found', `shop ${shopId} is not on this desk`);
  const [products, promos, feeds, agents] = await Promise.all([
    orders.products(shopId),
    orders.promos(shopId),
    orders.feeds(shopId),
    people.agents(shopId),
  ]);
  return { shop, products, promos, agents, feeds };
}

/** Creates a window that reads the record at most every few seconds. */
export function createShopWindow(ledger: Ledger, clock: Clock): ShopWindow {
  const views = new Map<string, { readAt: number; view: Promise<ShopView> }>();
  function view(shopId: string): Promise<ShopView> {
    const known = views.get(shopId);
    const now = clock.now();
    if (known && Math.abs(now - known.readAt) <= MAX_AGE_MS) return known.view;
    const reading = readShopView(ledger, shopId);
    views.set(shopId, { readAt: now, view: reading });
    reading.catch(() => views.delete(shopId));
    return reading;
  }
  return {
    view,
    agents: async (shopId) => (await view(shopId)).agents,
    forget: (shopId) => {
      views.delete(shopId);
    },
  };
}
