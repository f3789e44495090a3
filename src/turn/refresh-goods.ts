/** Reads a shop's goods from their source at intervals; while it fails, the facts on record are left to age. @see SR-02 */
import type { Desk } from './desk.ts';
import { announceGoods, feedsOf, takeReading } from './take-goods.ts';

const MINUTE_MS = 60_000;

/** Reads the source where its time has come; each interval is taken by one node. */
export async function refreshGoods(desk: Desk, shopId: string): Promise<void> {
  const { goods } = (await desk.shop(shopId)).settings;
  const source = goods && desk.goodsSource(goods);
  if (!source) return;
  const slot = Math.floor(desk.clock.now() / (goods.everyMinutes * MINUTE_MS));
  const isOurs = await desk.ledger.orders.noteDelivery(shopId, 'goods-source', `${slot}`, desk.clock.now());
  if (isOurs) await readSource(desk, shopId, source);
}

async function readSource(
  desk: Desk,
  shopId: string,
  source: NonNullable<ReturnType<Desk['goodsSource']>>,
): Promise<void> {
  try {
    const reading = await source.read(shopId);
    const { written, changed } = await desk.ledger.transaction((stores) => takeReading(desk, shopId, reading, stores));
    await announceGoods(desk, shopId, feedsOf(reading), changed);
    desk.log.info({ shopId, source: source.name, products: reading.products.length, written }, 'goods were read');
  } catch (error) {
    desk.log.warn({ shopId, source: source.name, reason: (error as Error).message }, 'goods could not be read');
  }
}
