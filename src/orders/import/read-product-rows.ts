import type { ProductFacts } from '../../protocol/facts.ts';
import type { GoodsImportPart } from '../../protocol/goods.ts';
import type { ToldFields } from '../tell-product.ts';
import { cleanCell, GOODS_HEADERS, type GoodsColumn, type Header, type Table } from './goods-columns.ts';
import {
  type CellValue,
  FLOOR_LEGAL,
  readAttrs,
  readCount,
  readId,
  readLink,
  readList,
  readMeasure,
  readOffSale,
  readRating,
  readRestock,
  readSizeTable,
  readText,
  readYuan,
} from './read-cells.ts';
import type { ReadGoods, ToldProduct } from './read-goods.ts';

/** Columns whose value is a field as it stands. */
const PLAIN: Partial<Record<GoodsColumn, (cell: string) => CellValue<unknown>>> = {
  title: readText,
  category: readText,
  price: readYuan,
  priceFloor: readYuan,
  link: readLink,
  links: readList,
  restockPlan: readRestock,
  attrSource: readText,
  sizeTable: readSizeTable,
  care: readList,
  colorNote: readText,
  differences: readList,
  benefits: readList,
  guarantees: readList,
  certificates: readList,
  rating: readRating,
  reviewCount: readCount,
  nicknames: readList,
  itemIds: readList,
  pairsWith: readList,
  offSale: readOffSale,
};
/** Columns that make up one field together: column → field and name in it. */
const PARTS: Partial<
  Record<GoodsColumn, [field: 'suitability' | 'modelStats', name: string, read: (cell: string) => CellValue<unknown>]>
> = {
  suits: ['suitability', 'suits', readText],
  notFor: ['suitability', 'notFor', readText],
  caution: ['suitability', 'caution', readText],
  modelHeight: ['modelStats', 'heightCm', readMeasure],
  modelWeight: ['modelStats', 'weightKg', readMeasure],
  modelWears: ['modelStats', 'wears', readText],
};
const STOCK_COLUMNS: ReadonlySet<GoodsColumn> = new Set<GoodsColumn>(['id', 'title', 'sku', 'stock', 'restockPlan']);
/** The variant of a product that has only one. */
const ONLY_SKU = '默认';

/** Reads the rows below the header; rows of the same number, or without one of the same title, are one product. */
export function readProductRows(
  table: Table,
  header: Header<GoodsColumn>,
  part: GoodsImportPart,
  into: ReadGoods,
): void {
  const known = new Map<string, ToldProduct>();
  for (let i = header.at + 1; i < table.length; i++) {
    const cells = table[i]!;
    if (cells.every((cell) => cleanCell(cell) === '')) continue;
    into.rows++;
    const row = readRow(cells, header, i + 1, part, into);
    if (!row) continue;
    const key = row.id === undefined ? `t:${row.fields.title}` : `i:${row.id}`;
    const before = known.get(key);
    if (before) merge(before, row);
    else {
      known.set(key, row);
      into.products.push(row);
    }
  }
}

/** Puts what a later row tells of the same product beside what an earlier one told. */
export function merge(before: ToldProduct, row: ToldProduct): void {
  Object.assign(before.fields, row.fields);
  Object.assign(before.stock, row.stock);
  Object.assign(before.priceFloors, row.priceFloors);
  Object.assign(before.variants, row.variants);
}

/** A row with a cell that is not legal is refused as a whole: half a product is worse than the one before. */
function readRow(
  cells: readonly unknown[],
  { columns, attrs }: Header<GoodsColumn>,
  row: number,
  part: GoodsImportPart,
  into: ReadGoods,
): ToldProduct | undefined {
  const refusedBefore = into.refused.length;
  const cellOf = (column: GoodsColumn) => {
    const at = part === 'stock' && !STOCK_COLUMNS.has(column) ? undefined : columns.get(column);
    return at === undefined ? '' : cleanCell(cells[at]);
  };
  function take<T>(column: GoodsColumn, read: (cell: string) => CellValue<T>): T | undefined {
    const cell = cellOf(column);
    if (cell === '') return undefined;
    const found = read(cell);
    if ('value' in found) return found.value;
    into.refused.push({ row, column: GOODS_HEADERS[column][0], value: cell.slice(0, 80), legal: found.legal });
    return undefined;
  }
  const fields: Record<string, unknown> = {};
  for (const [column, read] of Object.entries(PLAIN) as [GoodsColumn, (cell: string) => CellValue<unknown>][]) {
    const value = take(column, read);
    if (value !== undefined) fields[column] = value;
  }
  for (const [column, [field, name, read]] of Object.entries(PARTS) as [
    GoodsColumn,
    NonNullable<(typeof PARTS)['suits']>,
  ][]) {
    const value = take(column, read);
    if (value !== undefined) fields[field] = { ...(fields[field] as object | undefined), [name]: value };
  }
  const told = take('attrs', readAttrs);
  const single = part === 'stock' ? {} : singleAttrs(cells, attrs);
  if (told !== undefined || Object.keys(single).length > 0) fields['attrs'] = { ...told, ...single };
  const shots = take('reviewShots', readList);
  if (shots !== undefined) fields['reviewShots'] = shots.map((id) => ({ id, genuine: true, masked: true }));
  const id = take('id', readId);
  const sku = cellOf('sku') || ONLY_SKU;
  const stock = take('stock', readCount);
  const floor = take('skuPriceFloor', readYuan);
  const variant = take('variant', readText);
  if (id === undefined && fields['title'] === undefined && into.refused.length === refusedBefore) {
    into.refused.push({ row, column: GOODS_HEADERS.id[0], value: '', legal: '商品ID 和 标题 至少要有一个' });
  }
  const price = fields['price'] as number | undefined;
  for (const column of ['priceFloor', 'skuPriceFloor'] as const) {
    const yuan = column === 'priceFloor' ? (fields['priceFloor'] as number | undefined) : floor;
    if (price === undefined || yuan === undefined || yuan <= price) continue;
    into.refused.push({ row, column: GOODS_HEADERS[column][0], value: cellOf(column), legal: FLOOR_LEGAL });
  }
  if (into.refused.length > refusedBefore) return undefined;
  return {
    row,
    ...(id === undefined ? {} : { id }),
    fields: fields as ToldFields,
    stock: stock === undefined ? {} : { [sku]: stock },
    priceFloors: floor === undefined ? {} : { [sku]: floor },
    variants: variant === undefined ? {} : { [sku]: variant },
  };
}

function singleAttrs(
  cells: readonly unknown[],
  attrs: ReadonlyMap<string, number>,
): NonNullable<ProductFacts['attrs']> {
  return Object.fromEntries(
    [...attrs].map(([name, at]) => [name, cleanCell(cells[at])] as const).filter(([, text]) => text !== ''),
  );
}
