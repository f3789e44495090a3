/** The catalogue of each shop in memory: read once, then only what changed. */
import { createProductFinder, type ProductFinder } from '../orders/find/product-finder.ts';
import type { OrderStore, Product, Promo } from '../orders/ports.ts';
import { createFitIndex, type FitIndex } from '../orders/recommend/fit-index.ts';

/** A shop's catalogue at a version. The indexes go on with the catalogue, the lists stay as they are. */
export interface Goods {
  version: number;
  /** By id. */
  products: readonly Product[];
  promos: readonly Promo[];
  find(id: string): Product | undefined;
  titled(title: string): Product | undefined;
  finder: ProductFinder;
  fits: FitIndex;
}

/** Gives the catalogue as it is. */
export interface GoodsWindow {
  /** @param orders the store of the transaction that asks; default: the record's own */
  read(shopId: string, orders?: GoodsReader): Promise<Goods>;
}

/** What the window reads the record with. */
export type GoodsReader = Pick<OrderStore, 'goodsVersion' | 'products' | 'promos'>;

interface Kept {
  goods: Goods;
  byId: Map<string, Product>;
  byTitle: Map<string, Product>;
}

/** Products that are taken in before others get their turn on the event loop. */
const AT_ONCE = 250;
/** Where more have changed, the catalogue is read anew. */
const MOST_CHANGED = 1000;

/** Creates a window; it holds one copy of each shop's catalogue. */
export function createGoodsWindow(record: GoodsReader): GoodsWindow {
  const kept = new Map<string, Kept>();
  const building = new Map<string, Promise<Goods>>();

  async function renew(shopId: string, orders: GoodsReader): Promise<Goods> {
    for (;;) {
      const known = kept.get(shopId);
      const version = await orders.goodsVersion(shopId);
      if (known && known.goods.version >= version) return known.goods;
      // Read after the number: a change that comes in between is read twice, and never missed.
      const promos = await orders.promos(shopId);
      const changed = await orders.products(shopId, known?.goods.version);
      const next = known && changed.length <= MOST_CHANGED ? known : await build(shopId, orders, changed, known);
      // Somebody else has read meanwhile, and perhaps newer rows.
      if (kept.get(shopId) !== known) continue;
      if (next === known) for (const product of changed) take(next, product);
      const goods: Goods = { ...next.goods, version, products: inOrder(next.byId), promos };
      kept.set(shopId, { ...next, goods });
      return goods;
    }
  }

  return {
    read(shopId, orders) {
      // A transaction waits for nobody who may wait for it.
      if (orders) return renew(shopId, orders);
      const again = () => renew(shopId, record);
      const reading = building.get(shopId)?.then(again, again) ?? again();
      building.set(shopId, reading);
      const done = () => {
        if (building.get(shopId) === reading) building.delete(shopId);
      };
      reading.then(done, done);
      return reading;
    },
  };
}

async function build(
  shopId: string,
  orders: GoodsReader,
  changed: readonly Product[],
  known: Kept | undefined,
): Promise<Kept> {
  const all = known ? await orders.products(shopId) : changed;
  const fresh = emptyGoods();
  for (const [at, product] of all.entries()) {
    take(fresh, product);
    if (at % AT_ONCE === AT_ONCE - 1) await new Promise(setImmediate);
  }
  return fresh;
}

function emptyGoods(): Kept {
  const byId = new Map<string, Product>();
  const byTitle = new Map<string, Product>();
  const goods: Goods = {
    version: 0,
    products: [],
    promos: [],
    find: (id) => byId.get(id),
    titled: (title) => byTitle.get(title),
    finder: createProductFinder(),
    fits: createFitIndex(),
  };
  return { goods, byId, byTitle };
}

function take({ goods, byId, byTitle }: Kept, product: Product): void {
  const before = byId.get(product.id);
  if (before && byTitle.get(before.title) === before) byTitle.delete(before.title);
  byId.set(product.id, product);
  byTitle.set(product.title, product);
  goods.finder.put(product);
  goods.fits.put(product);
}

function inOrder(byId: ReadonlyMap<string, Product>): Product[] {
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}
