/** A file of goods taken into the catalogue, and the catalogue written as a file. Nothing is deleted by an import. */
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import {
  indexGoods,
  type PlannedProduct,
  type PlannedPromo,
  planProducts,
  planPromos,
} from '../orders/import/plan-goods.ts';
import { readGoodsApart } from '../orders/import/read-apart.ts';
import type { ReadGoods } from '../orders/import/read-goods.ts';
import { writeGoods } from '../orders/import/write-goods.ts';
import type { OrderStore } from '../orders/ports.ts';
import type { GoodsForm, GoodsImportPart, GoodsReport } from '../protocol/goods.ts';
import type { Desk } from './desk.ts';
import { announceGoods } from './take-goods.ts';

/** Lines of each kind that a report shows; the counts are whole. */
const SHOWN = 200;

/** What the rows of a file come to. */
export interface GoodsPlan {
  products: PlannedProduct[];
  promos: PlannedPromo[];
}

/** Who imports, and when. */
export interface Importing {
  shopId: string;
  atMs: number;
}

/** Plans a file against the catalogue as it is. */
export async function planGoods(
  orders: Pick<OrderStore, 'products' | 'promos'>,
  { products, promos }: ReadGoods,
  { shopId, atMs }: Importing,
): Promise<GoodsPlan> {
  const telling = { shopId, atMs, isFed: false };
  return {
    products: products.length === 0 ? [] : planProducts(products, indexGoods(await orders.products(shopId)), telling),
    promos: promos.length === 0 ? [] : planPromos(promos, await orders.promos(shopId), telling),
  };
}

/**
 * Imports a file. What it tells is as old as the import; what it does not tell stays as it is.
 *
 * @param apply false: a dry run, which only tells
 * @throws DeskError `bad_request` when nothing of the file can be read
 */
export async function importGoods(
  desk: Desk,
  { shopId, id }: Agent,
  { bytes, part }: { bytes: Uint8Array; part: GoodsImportPart },
  apply: boolean,
): Promise<GoodsReport> {
  const { tz } = await desk.shop(shopId);
  const read = await readGoodsApart(bytes, { part, tz });
  const [refusal] = read.refused;
  if (read.form === undefined || (read.rows === 0 && refusal)) {
    throw new DeskError(
      'bad_request',
      `the file cannot be read: ${refusal?.value ?? ''} ${refusal?.legal ?? ''}`.trim(),
    );
  }
  const importing = { shopId, atMs: desk.clock.now() };
  if (!apply) return reportGoods(await planGoods(desk.ledger.orders, read, importing), read, part, false);
  const { report, changed } = await desk.ledger.transaction(async (stores) => {
    await stores.orders.lockGoods(shopId);
    const plan = await planGoods(stores.orders, read, importing);
    await savePlan(stores.orders, shopId, plan);
    const done = reportGoods(plan, read, part, true);
    await stores.desk.audit(shopId, id, 'goods', { what: 'import', part, ...done.counts }, importing.atMs);
    const products = plan.products.map(({ product }) => product.id);
    return { report: done, changed: { products, promos: plan.promos.length > 0 } };
  });
  await announceGoods(desk, shopId, [], changed);
  return report;
}

/** Writes what was planned: also what says the same, since it is younger by now. */
export async function savePlan(
  orders: Pick<OrderStore, 'saveProducts' | 'savePromo'>,
  shopId: string,
  plan: GoodsPlan,
): Promise<void> {
  await orders.saveProducts(
    shopId,
    plan.products.map(({ product }) => product),
  );
  for (const { promo } of plan.promos) await orders.savePromo(promo);
}

/** Tells what a plan does. */
export function reportGoods(plan: GoodsPlan, read: ReadGoods, part: GoodsImportPart, applied: boolean): GoodsReport {
  const lines = [
    ...plan.products.map(({ product, ...line }) => ({ ...line, id: product.id, title: product.title })),
    ...plan.promos.map(({ promo, ...line }) => ({ ...line, id: promo.id, title: promo.facts.name })),
  ];
  const added = lines.filter(({ before }) => before === undefined);
  const changed = lines.filter(({ before, changes }) => before !== undefined && changes.length > 0);
  return {
    part,
    form: read.form ?? 'csv',
    applied,
    counts: {
      rows: read.rows,
      added: added.length,
      changed: changed.length,
      unchanged: lines.length - added.length - changed.length,
      refused: new Set(read.refused.map(({ row }) => row)).size,
    },
    added: added
      .slice(0, SHOWN)
      .map(({ row, id, title, changes }) => ({ row, id, title, fields: changes.map(({ field }) => field) })),
    changed: changed.slice(0, SHOWN).map(({ row, id, title, changes }) => ({ row, id, title, changes })),
    refused: read.refused.slice(0, SHOWN),
    ignored: read.ignored,
  };
}

/** Writes the catalogue as a file that the import reads. */
export async function exportGoods(
  desk: Desk,
  shopId: string,
  part: GoodsImportPart,
  form: GoodsForm,
): Promise<Uint8Array> {
  const { products, promos } = await desk.window.view(shopId);
  return await writeGoods({ products, promos }, part, form);
}
