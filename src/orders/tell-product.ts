/** Takes what a file, a feed or a person tells of a product. */
import type { ProductFacts } from '../protocol/facts.ts';
import { type ProductDetails, ProductDetailsSchema } from '../protocol/goods.ts';
import type { Product } from './ports.ts';

/** What is told; fields that are not there stay as they are. */
export type ToldFields = Partial<ProductFacts & ProductDetails>;

/** When it is told, and by whom. */
export interface Telling {
  shopId: string;
  atMs: number;
  /** A feed tells it and keeps it up: it is as old as the feed's last sign of life from here on. */
  isFed: boolean;
}

const DETAIL_FIELDS: ReadonlySet<string> = new Set(Object.keys(ProductDetailsSchema.shape));

/** Whether a field belongs to the details, not to the facts that scripts speak of. */
export function isDetail(field: string): field is keyof ProductDetails {
  return DETAIL_FIELDS.has(field);
}

/** A product nobody told anything of. */
export function emptyProduct(shopId: string, id: string): Product {
  return { shopId, id, title: id, facts: {}, readAt: { facts: 0, stock: 0, fields: {}, fed: [] } };
}

/** Puts every told field in the place of the one before; a field that is told `undefined` is not known any more. */
export function tellProduct(before: Product, told: ToldFields, telling: Telling): Product {
  const facts: Record<string, unknown> = { ...before.facts };
  const details: Record<string, unknown> = { ...before.details };
  const fields = { ...before.readAt.fields };
  for (const [field, value] of Object.entries(told)) {
    const place = isDetail(field) ? details : facts;
    if (value === undefined) delete place[field];
    else place[field] = value;
    for (const path of Object.keys(fields)) if (path.startsWith(`${field}.`)) delete fields[path];
    fields[field] = telling.atMs;
  }
  return renew(before, facts, details, fields, Object.keys(told), telling);
}

/** Tells the pieces of some variants; the others keep theirs, and their age. */
export function tellStock(before: Product, stock: Readonly<Record<string, number>>, telling: Telling): Product {
  const fields = { ...before.readAt.fields };
  for (const sku of Object.keys(stock)) fields[`stock.${sku}`] = telling.atMs;
  const facts = { ...before.facts, stock: { ...before.facts.stock, ...stock } };
  const paths = Object.keys(stock).map((sku) => `stock.${sku}`);
  return renew(before, facts, { ...before.details }, fields, paths, telling);
}

function renew(
  before: Product,
  facts: Record<string, unknown>,
  details: Record<string, unknown>,
  fields: Record<string, number>,
  paths: readonly string[],
  { isFed }: Telling,
): Product {
  const { fed } = before.readAt;
  const title = typeof facts['title'] === 'string' ? facts['title'] : before.title;
  return {
    ...before,
    title,
    facts: { ...(facts as ProductFacts), title },
    details: details as ProductDetails,
    readAt: {
      ...before.readAt,
      fields,
      // Without a list every field is fed.
      ...(fed === undefined ? {} : { fed: isFed ? [...new Set([...fed, ...paths])] : fed }),
    },
  };
}
