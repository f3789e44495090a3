/** Takes goods into the catalogue: what feeds push and pull. Nothing is deleted by it. @see SR-02 */
import { isSame } from '../orders/import/plan-goods.ts';
import type { Feed, GoodsReading, Product, Promo } from '../orders/ports.ts';
import { emptyProduct, type Telling, type ToldFields, tellProduct, tellStock } from '../orders/tell-product.ts';
import type { PushedProduct, PushedPromo } from '../protocol/goods.ts';
import type { Desk } from './desk.ts';
import type { Stores } from './ports.ts';
import type { ChangedGoods } from './renew-for-goods.ts';

/** What was taken in. */
export interface TakenGoods {
  /** Rows written. */
  written: number;
  /** What chips may lean on. */
  changed: ChangedGoods;
  /** Told of and not in the catalogue. */
  unknown: string[];
}

/** Takes a reading of a feed; what it says is as old as the feed's last sign of life from here on. */
export async function takeReading(
  desk: Desk,
  shopId: string,
  { products, promos, isWhole }: GoodsReading,
  stores: Stores,
): Promise<TakenGoods> {
  const telling: Telling = { shopId, atMs: desk.clock.now(), isFed: true };
  await stores.orders.lockGoods(shopId);
  const known = await readKnown(stores, shopId, products, isWhole);
  const told = new Set(products.map(({ id }) => id));
  const saved = products.flatMap((pushed) => renewed(known.get(pushed.id), pushed, telling));
  // A source of everything that names a product no more keeps it up no more: its facts age from here on.
  const dropped = isWhole ? [...known.values()].filter(({ id, readAt }) => !told.has(id) && !isDropped(readAt)) : [];
  await stores.orders.saveProducts(shopId, [...saved, ...dropped.map((product) => withoutFeed(product))]);
  const written = await takePromos(stores, telling, promos, isWhole);
  return {
    written: saved.length + dropped.length + written,
    changed: { products: [...saved, ...dropped].map(({ id }) => id), promos: written > 0 },
    unknown: [],
  };
}

async function readKnown(
  stores: Stores,
  shopId: string,
  products: readonly PushedProduct[],
  isWhole: boolean,
): Promise<Map<string, Product>> {
  const { orders } = stores;
  const ids = products.map(({ id }) => id);
  const known = isWhole ? await orders.products(shopId) : await orders.productsById(shopId, ids);
  return new Map(known.map((product) => [product.id, product]));
}

function isDropped({ fed }: Product['readAt']): boolean {
  return fed !== undefined && fed.length === 0;
}

function withoutFeed(product: Product): Product {
  return { ...product, readAt: { ...product.readAt, fed: [] } };
}

/** A product that the feed keeps up already and that says the same is not written again. */
function renewed(before: Product | undefined, { id, ...fields }: PushedProduct, telling: Telling): Product[] {
  const after = tellProduct(before ?? emptyProduct(telling.shopId, id), fields as ToldFields, telling);
  const isKnown =
    before !== undefined &&
    isSame([before.facts, before.details ?? {}], [after.facts, after.details ?? {}]) &&
    isSame(before.readAt.fed, after.readAt.fed);
  return isKnown ? [] : [after];
}

async function takePromos(
  stores: Stores,
  { shopId, atMs }: Telling,
  promos: readonly PushedPromo[],
  isWhole: boolean,
): Promise<number> {
  const known = new Map((await stores.orders.promos(shopId)).map((promo) => [promo.id, promo]));
  const saved: Promo[] = [];
  for (const { id, ...facts } of promos) {
    const before = known.get(id);
    known.delete(id);
    const after = { shopId, id, facts: { ...before?.facts, ...facts }, readAt: atMs };
    if (!before || !isSame(before.facts, after.facts)) saved.push(after);
  }
  // A campaign that the whole source no longer names is over.
  const ended = isWhole ? [...known.values()].filter((promo) => isRunning(promo, atMs)) : [];
  const endsAt = new Date(Math.floor(atMs / 1000) * 1000).toISOString().replace('.000Z', 'Z');
  saved.push(...ended.map((promo) => ({ ...promo, facts: { ...promo.facts, endsAt }, readAt: atMs })));
  for (const promo of saved) await stores.orders.savePromo(promo);
  return saved.length;
}

function isRunning({ facts }: Promo, atMs: number): boolean {
  return facts.endsAt === undefined || Date.parse(facts.endsAt) > atMs;
}

/** Pieces of some variants, as a stock feed pushes them. */
export async function takeStock(
  desk: Desk,
  shopId: string,
  items: readonly { id: string; stock: Record<string, number>; restockPlan?: string | null | undefined }[],
  stores: Stores,
): Promise<TakenGoods> {
  const telling: Telling = { shopId, atMs: desk.clock.now(), isFed: true };
  await stores.orders.lockGoods(shopId);
  const rows = await stores.orders.productsById(
    shopId,
    items.map(({ id }) => id),
  );
  const known = new Map(rows.map((product) => [product.id, product]));
  const unknown: string[] = [];
  const touched = new Set<string>();
  for (const { id, stock, restockPlan } of items) {
    const before = known.get(id);
    if (!before) {
      unknown.push(id);
      continue;
    }
    const after = tellStock(before, stock, telling);
    known.set(id, restockPlan === undefined ? after : tellProduct(after, { restockPlan }, telling));
    touched.add(id);
  }
  await stores.orders.saveProducts(
    shopId,
    [...touched].map((id) => known.get(id)!),
  );
  return { written: touched.size, changed: { products: [...touched], promos: false }, unknown };
}

/** Which feeds a reading is a sign of life of. */
export function feedsOf({ products, promos, isWhole }: GoodsReading): Feed[] {
  const hasStock = products.some(({ stock, restockPlan }) => stock !== undefined || restockPlan !== undefined);
  return [
    ...(products.length > 0 ? (['catalogue'] as const) : []),
    ...(hasStock ? (['stock'] as const) : []),
    ...(promos.length > 0 || isWhole ? (['promos'] as const) : []),
  ];
}

/** Says that feeds are alive and that the catalogue is another; the chips that lean on what changed follow. */
export async function announceGoods(
  desk: Desk,
  shopId: string,
  feeds: readonly Feed[],
  changed: ChangedGoods,
): Promise<void> {
  // Not inside a transaction: the shop's row would be locked from there to the commit.
  for (const feed of feeds) await desk.ledger.orders.touchFeed(shopId, feed, desk.clock.now());
  desk.window.forget(shopId);
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['goods'] });
  desk.goodsRenewal.note(desk, shopId, changed);
}
