/** Writes the catalogue as a file that the import reads. */
import { stringify } from 'csv-stringify/sync';
import writeExcelFile from 'write-excel-file/node';
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
const STOCK_COLUMNS: readonly GoodsColumn[] = ['id', 'title', 'sku', 'stock', 'restockPlan'];
/** A sheet program takes a cell that begins like this for a formula. */
const FORMULA = /^[=+@\t\r]/;

/** Writes products or campaigns; JSON keeps everything, the others what has a column. */
export async function writeGoods(goods: WrittenGoods, part: GoodsImportPart, form: GoodsForm): Promise<Uint8Array> {
  if (form === 'json') return Buffer.from(`${JSON.stringify(jsonOf(goods, part), null, 2)}\n`, 'utf8');
  const [columns, rows] = part === 'promos' ? promoRows(goods.promos) : productRows(goods.products, part);
  const cells = [
    columns.map((column) => column.heading),
    ...rows.map((row) => columns.map(({ name }) => safe(row[name] ?? ''))),
  ];
  if (form === 'xlsx') {
    return await writeExcelFile(
      cells.map((line) => line.map((value) => ({ type: String, value }))),
      { sheet: part },
    ).toBuffer();
  }
  return Buffer.concat([Buffer.from('\uFEFF'), Buffer.from(stringify(cells), 'utf8')]);
}

function safe(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

function jsonOf({ products, promos }: WrittenGoods, part: GoodsImportPart): unknown {
  if (part === 'promos') return { promos: promos.map(({ id, facts }) => ({ id, ...facts })) };
  return {
    products: products.map(({ id, title, facts, details }) =>
      part === 'stock'
        ? { id, title, stock: facts.stock, restockPlan: facts.restockPlan }
        : { id, ...facts, ...details },
    ),
  };
}

interface Column {
  name: string;
  heading: string;
}

function productRows(products: readonly Product[], part: GoodsImportPart): [Column[], Row[]] {
  const names = part === 'stock' ? STOCK_COLUMNS : (Object.keys(GOODS_HEADERS) as GoodsColumn[]);
  const columns = names.map((name) => ({ name, heading: GOODS_HEADERS[name][0] }));
  return [columns, products.flatMap(rowsOf)];
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

function promoRows(promos: readonly Promo[]): [Column[], Row[]] {
  const columns = (Object.keys(PROMO_HEADERS) as PromoColumn[]).map((name) => ({
    name,
    heading: PROMO_HEADERS[name][0],
  }));
  const yesNo = (value: boolean | undefined) => (value === undefined ? '' : value ? '是' : '否');
  const rows = promos.map(({ id, facts }) => ({
    id,
    name: facts.name,
    rule: facts.rule ?? '',
    startsAt: facts.startsAt ?? '',
    endsAt: facts.endsAt ?? '',
    stackable: yesNo(facts.stackable),
    items: (facts.items ?? []).join('；'),
    extensionPlanned: yesNo(facts.extensionPlanned),
  }));
  return [columns, rows];
}
