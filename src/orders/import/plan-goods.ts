/** Weighs what a file or a feed tells against the catalogue. Nothing is ever deleted by it. */
import type { GoodsChange } from '../../protocol/goods.ts';
import { foldId } from '../find/product-names.ts';
import { itemIdOf } from '../find/read-links.ts';
import type { Product, Promo } from '../ports.ts';
import { emptyProduct, isDetail, type Telling, type ToldFields, tellProduct, tellStock } from '../tell-product.ts';
import type { ToldProduct, ToldPromo } from './read-goods.ts';
import { idOf } from './read-promo-rows.ts';

/** A product as it becomes. */
export interface PlannedProduct {
  row: number;
  product: Product;
  /** Absent: it is added. */
  before: Product | undefined;
  changes: GoodsChange[];
}

/** A campaign as it becomes. */
export interface PlannedPromo {
  row: number;
  promo: Promo;
  before: Promo | undefined;
  changes: GoodsChange[];
}

/** Finds a product by its id, one of its platform numbers, or its title. */
export interface KnownGoods {
  find(id: string): Product | undefined;
}

/** Indexes a catalogue by everything a file may name its products by. */
export function indexGoods(products: readonly Product[]): KnownGoods & { titled(title: string): Product | undefined } {
  const byId = new Map<string, Product>();
  const byTitle = new Map(products.map((product) => [product.title, product]));
  for (const product of products) {
    for (const number of product.details?.itemIds ?? []) byId.set(foldId(number), product);
    const linked = product.facts.link === undefined ? undefined : itemIdOf(product.facts.link);
    if (linked !== undefined) byId.set(linked, product);
  }
  // A product's own id wins over what another one is called elsewhere.
  for (const product of products) byId.set(product.id, product);
  return { find: (id) => byId.get(id) ?? byId.get(foldId(id)), titled: (title) => byTitle.get(title) };
}

/** Plans products in the order of the file. */
export function planProducts(
  told: readonly ToldProduct[],
  known: ReturnType<typeof indexGoods>,
  telling: Telling,
): PlannedProduct[] {
  const planned = new Map<string, PlannedProduct>();
  for (const line of told) {
    const { title, link } = line.fields;
    const named = line.id ?? (link === undefined ? undefined : itemIdOf(link));
    const found =
      (named === undefined ? undefined : known.find(named)) ??
      (line.id === undefined && title !== undefined ? known.titled(title) : undefined);
    const id = found?.id ?? named ?? idOf(title ?? '');
    const earlier = planned.get(id);
    const before = earlier?.product ?? found;
    const product = tell(before ?? emptyProduct(telling.shopId, id), line, telling);
    const changes = changesOf(earlier ? earlier.before : found, product, line);
    planned.set(id, { row: earlier?.row ?? line.row, product, before: earlier ? earlier.before : found, changes });
  }
  return [...planned.values()];
}

/** Fields of several names: a file that tells one of them leaves the others. */
const MAPS = ['attrs', 'suitability', 'modelStats', 'sizeTable', 'priceFloors', 'variants'] as const;

function tell(before: Product, { fields, stock, priceFloors, variants }: ToldProduct, telling: Telling): Product {
  const told: ToldFields = { ...fields, ...filled({ priceFloors }), ...filled({ variants }) };
  const merged = MAPS.flatMap((field) =>
    told[field] === undefined ? [] : [[field, { ...before.facts[field], ...told[field] }]],
  );
  const after = tellProduct(before, { ...told, ...(Object.fromEntries(merged) as ToldFields) }, telling);
  const product = keepAges(before, after, told, telling);
  return Object.keys(stock).length === 0 ? product : tellStock(product, stock, telling);
}

function filled<T extends Record<string, object>>(maps: T): Partial<T> {
  return Object.fromEntries(Object.entries(maps).filter(([, map]) => Object.keys(map).length > 0)) as Partial<T>;
}

/** A map of which only some names are told stays as old as it is; those names are as old as the file. */
function keepAges(before: Product, after: Product, told: ToldFields, { atMs }: Telling): Product {
  const fields = { ...after.readAt.fields };
  for (const field of MAPS) {
    const names = Object.keys(told[field] ?? {});
    const isWhole = Object.keys(before.facts[field] ?? {}).every((name) => names.includes(name));
    if (names.length === 0 || isWhole) continue;
    fields[field] = before.readAt.fields?.[field] ?? before.readAt.facts;
    for (const name of names) fields[`${field}.${name}`] = atMs;
  }
  return { ...after, readAt: { ...after.readAt, fields } };
}

function changesOf(before: Product | undefined, after: Product, line: ToldProduct): GoodsChange[] {
  const fields = [
    ...Object.keys(line.fields),
    ...(['stock', 'priceFloors', 'variants'] as const).filter((field) => Object.keys(line[field]).length > 0),
  ];
  return fields.flatMap((field) => {
    const [old, now] = [fieldOf(before, field), fieldOf(after, field)];
    return isSame(old, now) ? [] : [{ field, before: textOf(old), after: textOf(now) }];
  });
}

/** A field of a product, wherever it is kept. */
export function fieldOf(product: Product | undefined, field: string): unknown {
  if (!product) return undefined;
  return ((isDetail(field) ? product.details : product.facts) as Record<string, unknown> | undefined)?.[field];
}

/** Plans campaigns in the order of the file. */
export function planPromos(
  told: readonly ToldPromo[],
  known: readonly Promo[],
  { shopId, atMs }: Telling,
): PlannedPromo[] {
  const byId = new Map(known.map((promo) => [promo.id, promo]));
  return told.map(({ row, promo: { id, ...fields } }) => {
    const before = byId.get(id);
    const promo: Promo = { shopId, id, facts: { ...before?.facts, ...fields }, readAt: atMs };
    const changes = (Object.keys(fields) as (keyof typeof fields)[]).flatMap((field) => {
      const [old, now] = [before?.facts[field], fields[field]];
      return isSame(old, now) ? [] : [{ field, before: textOf(old), after: textOf(now) }];
    });
    byId.set(id, promo);
    return { row, promo, before, changes };
  });
}

/** Whether two values say the same; the order of names in a map says nothing. */
export function isSame(a: unknown, b: unknown): boolean {
  return a === b || inOrder(a) === inOrder(b);
}

function inOrder(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      part !== null && typeof part === 'object' && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? ''
  );
}

const LONGEST_SHOWN = 120;

function textOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text;
}
