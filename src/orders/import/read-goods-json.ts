import { cleanText } from '../../lib/clean-text.ts';
import { PushedProductSchema, PushedPromoSchema } from '../../protocol/goods.ts';
import type { ReadGoods, ReadGoodsOptions } from './read-goods.ts';

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
  for (const [at, entry] of list.entries()) {
    into.rows++;
    if (part === 'promos') readPromo(entry, at + 1, into);
    else readProduct(entry, at + 1, part === 'stock', into);
  }
  return into;
}

function readPromo(entry: unknown, row: number, into: ReadGoods): void {
  const { data, error } = PushedPromoSchema.safeParse(entry);
  if (data) into.promos.push({ row, promo: data });
  else refuse(entry, error.issues[0]!, row, into);
}

function readProduct(entry: unknown, row: number, isStock: boolean, into: ReadGoods): void {
  const { data, error } = PushedProductSchema.safeParse(entry);
  if (!data) {
    refuse(entry, error.issues[0]!, row, into);
    return;
  }
  const { id, stock = {}, priceFloors = {}, variants = {}, ...fields } = data;
  const told = isStock
    ? Object.fromEntries(Object.entries(fields).filter(([field]) => STOCK_FIELDS.has(field)))
    : fields;
  const floors = isStock ? {} : { priceFloors, variants };
  into.products.push({ row, id, fields: told, stock, priceFloors: {}, variants: {}, ...floors });
}

function refuse(
  entry: unknown,
  { path, message }: { path: PropertyKey[]; message: string },
  row: number,
  into: ReadGoods,
): void {
  const value = path.reduce<unknown>((part, key) => (part as Record<PropertyKey, unknown> | undefined)?.[key], entry);
  into.refused.push({ row, column: path.join('.'), value: (JSON.stringify(value) ?? '').slice(0, 80), legal: message });
}
