/** Writes the catalogue as a file that the import reads. */
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { stringify } from 'csv-stringify/sync';
import type { GoodsForm, GoodsImportPart } from '../../protocol/goods.ts';
import type { Product, Promo } from '../ports.ts';
import { GOODS_HEADERS, type GoodsColumn, PROMO_HEADERS, type PromoColumn } from './goods-columns.ts';
import { writeSizeTable } from './read-cells.ts';

/** What is written. */
export interface WrittenGoods {
  products: readonly Product[];
  promos: readonly Promo[];
}

type Row = Record<string, string>;
/** Products written between two looks at what else there is to do. */
const AT_ONCE = 100;
const STOCK_COLUMNS: readonly GoodsColumn[] = ['id', 'title', 'sku', 'stock', 'restockPlan'];
/** A sheet program takes a cell that begins like this for a formula. */
const FORMULA = /^[=+@\t\r-]/;

/** Writes products or campaigns; JSON keeps everything, the others what has a column. */
export async function writeGoods(goods: WrittenGoods, part: GoodsImportPart, form: GoodsForm): Promise<Uint8Array> {
  if (form === 'json') return Buffer.from(await writeJson(goods, part), 'utf8');
  const columns = part === 'promos' ? promoColumns() : productColumns(part);
  const lines = [columns.map((column) => column.heading)];
  const parts: string[] = [];
  const entries = part === 'promos' ? goods.promos.map((promo) => [promoRow(promo)]) : goods.products;
  for (const [at, entry] of entries.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) {
      if (form === 'csv') parts.push(stringify(lines.splice(0)));
      await setImmediate();
    }
    const rows = 'facts' in entry ? rowsOf(entry) : entry;
    lines.push(...rows.map((row) => columns.map(({ name }) => safe(row[name] ?? ''))));
  }
  if (form === 'xlsx') return await writeWorkbook(lines, part);
  return Buffer.from(`\uFEFF${parts.join('')}${stringify(lines)}`, 'utf8');
}

/** In a thread of its own: a workbook of thousands of rows takes seconds, and the desk goes on answering. */
async function writeWorkbook(cells: readonly string[][], sheet: string): Promise<Uint8Array> {
  const worker = new Worker(new URL('./write-worker.ts', import.meta.url), { workerData: { cells, sheet } });
  const [bytes] = (await once(worker, 'message')) as [Uint8Array];
  return bytes;
}

async function writeJson({ products, promos }: WrittenGoods, part: GoodsImportPart): Promise<string> {
  const entries = part === 'promos' ? promos : products;
  const parts: string[] = [];
  for (const [at, entry] of entries.entries()) {
    if (at % AT_ONCE === AT_ONCE - 1) await setImmediate();
    const shown = part === 'promos' ? { id: entry.id, ...entry.facts } : productJson(entry as Product, part);
    parts.push(JSON.stringify(shown, null, 2).replaceAll(/^/gm, '    '));
  }
  const list = parts.length === 0 ? '[]' : `[\n${parts.join(',\n')}\n  ]`;
  return `{\n  "${part === 'promos' ? 'promos' : 'products'}": ${list}\n}\n`;
}

function productJson({ id, title, facts, details }: Product, part: GoodsImportPart): object {
  return part === 'stock'
    ? { id, title, stock: facts.stock, restockPlan: facts.restockPlan }
    : { id, ...facts, ...details };
}

function safe(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

interface Column {
  name: string;
  heading: string;
}

function productColumns(part: GoodsImportPart): Column[] {
  const names = part === 'stock' ? STOCK_COLUMNS : (Object.keys(GOODS_HEADERS) as GoodsColumn[]);
  return names.map((name) => ({ name, heading: GOODS_HEADERS[name][0] }));
}

/** One row a variant; what holds for all of them stands in the first. */
function rowsOf(product: Product): Row[] {
  const { facts, id, title } = product;
  const skus = [...new Set([facts.stock, facts.priceFloors, facts.variants].flatMap((map) => Object.keys(map ?? {})))];
  const variants = skus.map((sku): Row => {
    const pieces = facts.stock?.[sku];
    const floor = facts.priceFloors?.[sku];
    return {
      sku,
      ...(pieces === undefined ? {} : { stock: String(pieces) }),
      ...(floor === undefined ? {} : { skuPriceFloor: String(floor) }),
      ...(facts.variants?.[sku] === undefined ? {} : { variant: facts.variants[sku] }),
    };
  });
  const [first = {}, ...more] = variants;
  return [{ ...listingOf(product), ...first }, ...more.map((row) => ({ id, title, ...row }))];
}

function listingOf({ id, title, facts, details = {} }: Product): Row {
  const list = (items: readonly string[] | undefined) => items?.join('；');
  const { suitability, modelStats } = facts;
  const cells: Record<string, string | number | null | undefined> = {
    id,
    title,
    category: facts.category,
    price: facts.price,
    priceFloor: facts.priceFloor,
    link: facts.link,
    links: list(details.links),
    restockPlan: facts.restockPlan,
    attrs:
      facts.attrs &&
      Object.entries(facts.attrs)
        .map(([name, text]) => `${name}:${text}`)
        .join('；'),
    attrSource: facts.attrSource,
    sizeTable: facts.sizeTable && writeSizeTable(facts.sizeTable),
    modelHeight: modelStats?.heightCm,
    modelWeight: modelStats?.weightKg,
    modelWears: modelStats?.wears,
    care: list(facts.care),
    suits: suitability?.suits,
    notFor: suitability?.notFor,
    caution: suitability?.caution,
    colorNote: details.colorNote,
    differences: list(facts.differences),
    benefits: list(facts.benefits),
    guarantees: list(facts.guarantees),
    certificates: list(facts.certificates),
    rating: details.rating,
    reviewCount: details.reviewCount,
    reviewShots: list(facts.reviewShots?.filter((shot) => shot.genuine && shot.masked).map((shot) => shot.id)),
    nicknames: list(details.nicknames),
    itemIds: list(details.itemIds),
    pairsWith: list(details.pairsWith),
    offSale: details.offSale === undefined ? undefined : details.offSale ? '下架' : '上架',
  };
  return Object.fromEntries(
    Object.entries(cells).flatMap(([name, value]) =>
      value === undefined || value === null ? [] : [[name, String(value)]],
    ),
  );
}

function promoColumns(): Column[] {
  return (Object.keys(PROMO_HEADERS) as PromoColumn[]).map((name) => ({ name, heading: PROMO_HEADERS[name][0] }));
}

function promoRow({ id, facts }: Promo): Row {
  const yesNo = (value: boolean | undefined) => (value === undefined ? '' : value ? '是' : '否');
  return {
    id,
    name: facts.name,
    rule: facts.rule ?? '',
    startsAt: facts.startsAt ?? '',
    endsAt: facts.endsAt ?? '',
    stackable: yesNo(facts.stackable),
    items: (facts.items ?? []).join('；'),
    extensionPlanned: yesNo(facts.extensionPlanned),
  };
}
