/** An event of the goods feed: taken once by its delivery id. @see SR-02 */
import type { Feed } from '../orders/ports.ts';
import type { GoodsEvent } from '../protocol/goods.ts';
import type { Desk } from './desk.ts';
import type { Stores } from './ports.ts';
import { announceGoods, type TakenGoods, takeReading, takeStock } from './take-goods.ts';

/** What a delivery came to. */
export interface GoodsEffect {
  effect: 'applied' | 'repeated';
  /** Products nobody told of before; their stock is not kept. */
  unknown: string[];
}

const FEEDS: Readonly<Record<Exclude<GoodsEvent['type'], 'feed.alive'>, readonly Feed[]>> = {
  'stock.updated': ['stock'],
  'goods.updated': ['catalogue'],
  'promo.updated': ['promos'],
};

/** Applies an event; a delivery that comes again changes nothing. */
export async function handleGoodsEvent(
  desk: Desk,
  shopId: string,
  deliveryId: string,
  event: GoodsEvent,
): Promise<GoodsEffect> {
  await desk.shop(shopId);
  const nowMs = desk.clock.now();
  const taken = await desk.ledger.transaction(async (stores) => {
    const isFirst = await stores.orders.noteDelivery(shopId, 'goods', deliveryId, nowMs);
    return isFirst ? await take(desk, shopId, event, stores) : undefined;
  });
  if (!taken) return { effect: 'repeated', unknown: [] };
  await announceGoods(desk, shopId, event.type === 'feed.alive' ? event.data.feeds : feedsOf(event), taken.changed);
  return { effect: 'applied', unknown: taken.unknown };
}

/** A product that comes with its stock is news of the stock, too. */
function feedsOf(event: Exclude<GoodsEvent, { type: 'feed.alive' }>): readonly Feed[] {
  const hasStock = event.type === 'goods.updated' && event.data.products.some(({ stock }) => stock !== undefined);
  return hasStock ? [...FEEDS[event.type], 'stock'] : FEEDS[event.type];
}

async function take(desk: Desk, shopId: string, event: GoodsEvent, stores: Stores): Promise<TakenGoods> {
  switch (event.type) {
    case 'stock.updated':
      return await takeStock(desk, shopId, event.data.items, stores);
    case 'goods.updated':
      return await takeReading(desk, shopId, { products: event.data.products, promos: [], isWhole: false }, stores);
    case 'promo.updated':
      return await takeReading(desk, shopId, { products: [], promos: event.data.promos, isWhole: false }, stores);
    case 'feed.alive':
      return { written: 0, changed: { products: [], promos: false }, unknown: [] };
  }
}
