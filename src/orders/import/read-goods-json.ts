import { cleanText } from '../../lib/clean-text.ts';
import { type PushedProduct, PushedProductSchema, PushedPromoSchema } from '../../protocol/goods.ts';
import { FLOOR_LEGAL, readLink } from './read-cells.ts';
import type { ReadGoods, ReadGoodsOptions, ToldProduct } from './read-goods.ts';
import { merge } from './read-product-rows.ts';

const STOCK_FIELDS = new Set(['id', 'title', 'stock', 'restockPlan']);

/** Reads `{"products": [...], "promos": [...]}`, or a bare list of the part that is asked for. */
export function readGoodsJson(text: string, { part }: ReadGoodsOptions, into: ReadGoods): ReadGoods {
  let value: unknown;
  try {
    value = JSON.parse(text, (_key, found) => (typeof found === 'string' ? cleanText(found) : found));
  } catch (error) {
    into.refused.push({ row: 0, column: '', value: (error as Error).message, legal: 'JSON' });
    return into;
  }
  const list = Array.isArray(value)
    ? value
    : (value as Record<string, unknown>)[part === 'promos' ? 'promos' : 'products'];
  if (!Array.isArray(list)) {
    const legal = part === 'promos' ? '{"promos": […]}' : '{"products": […]}';
    into.refused.push({
      row: 0,
      column: '',
      value: Object.keys(value as object)
        .join(', ')
        .slice(0, 80),
      legal,
    });
    return into;
  }
  const known = new Map<string, ToldProduct>();
  for (const [at, entry] of list.entries()) {
    into.rows++;
    if (part === 'promos') readPromo(entry, at + 1, into);
    else readProduct(entry, at + 1, part === 'stock', known, into);
  }
  return into;
}

function readPromo(entry: unknown, row: number, into: ReadGoods): void {
  const { data, error } = PushedPromoSchema.safeParse(entry);
  if (data) into.promos.push({ row, promo: data });
  else refuse(entry, error.issues[0]!, row, into);
}

function readProduct(
  entry: unknown,
  row: number,
  isStock: boolean,
  known: Map<string, ToldProduct>,
  into: ReadGoods,
): void {
  const { data, error } = PushedProductSchema.safeParse(entry);
  if (!data) {
    refuse(entry, error.issues[0]!, row, into);
    return;
  }
  const problem = problemOf(data);
  if (problem !== undefined) {
    refuse(entry, problem, row, into);
    return;
  }
  const { id, stock = {}, priceFloors = {}, variants = {}, ...fields } = data;
  const told = isStock
    ? Object.fromEntries(Object.entries(fields).filter(([field]) => STOCK_FIELDS.has(field)))
    : fields;
  const floors = isStock ? {} : { priceFloors, variants };
  const read = { row, id, fields: told, stock, priceFloors: {}, variants: {}, ...floors };
  const before = known.get(id);
  if (before) {
    merge(before, read);
    return;
  }
  known.set(id, read);
  into.products.push(read);
}

/** What the form allows and no shop can mean. */
function problemOf({ link, price, priceFloor, priceFloors = {} }: PushedProduct): Problem | undefined {
  const address = link === undefined ? { value: '' } : readLink(link);
  if ('legal' in address) return { path: ['link'], message: address.legal };
  const tooHigh = (yuan: number | undefined) => price !== undefined && yuan !== undefined && yuan > price;
  if (tooHigh(priceFloor)) return { path: ['priceFloor'], message: FLOOR_LEGAL };
  const sku = Object.keys(priceFloors).find((name) => tooHigh(priceFloors[name]));
  return sku === undefined ? undefined : { path: ['priceFloors', sku], message: FLOOR_LEGAL };
}

/** Where an entry is not legal, and what would be. */
interface Problem {
  path: PropertyKey[];
  message: string;
}

function refuse(entry: unknown, { path, message }: Problem, row: number, into: ReadGoods): void {
  const value = path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key], entry);
  into.refused.push({ row, column: path.join('.'), value: (JSON.stringify(value) ?? '').slice(0, 80), legal: message });
}
