/** Finds the product a chat is about: named in the message, in the talk before, in the order, or the one before. */
import type { Order, Product } from '../orders/ports.ts';
import type { Goods } from './goods-window.ts';

/** Where a product may be named. */
export interface ProductClues {
  message: string;
  /** Texts before, oldest first. */
  history: string[];
  order: Order | undefined;
  /** The product found for the turn before. */
  before: string | undefined;
}

/** Texts before the message in which a name is looked for. */
const LOOKED_BACK = 10;

/** Finds the product, or none: then its facts are unknown. */
export function findProduct(goods: Goods, { message, history, order, before }: ProductClues): Product | undefined {
  const named = goods.finder.find(message).ids[0];
  const known = named ?? before;
  const product = known === undefined ? undefined : goods.find(known);
  if (product) return product;
  for (const text of history.slice(-LOOKED_BACK).reverse()) {
    const [earlier] = goods.finder.find(text).ids;
    if (earlier !== undefined) return goods.find(earlier);
  }
  for (const item of order?.facts.items ?? []) {
    const ordered = goods.titled(item.title);
    if (ordered) return ordered;
  }
  return undefined;
}

/** The products that texts name, in their order, each once. */
export function productsNamed(goods: Goods, texts: readonly string[]): Product[] {
  const ids = new Set(texts.flatMap((text) => goods.finder.find(text).ids));
  return [...ids].flatMap((id) => goods.find(id) ?? []);
}

/**
 * The two products a buyer speaks of together: both named in the message, or one there and the last other one of the
 * talk.
 */
export function findPair(goods: Goods, message: string, history: readonly string[]): [Product, Product] | undefined {
  const ids: string[] = [];
  for (const text of [message, ...history.slice(-LOOKED_BACK).reverse()]) {
    for (const id of goods.finder.find(text).ids) if (!ids.includes(id)) ids.push(id);
    if (ids.length >= 2) break;
  }
  const [first, second] = ids.slice(0, 2).map((id) => goods.find(id));
  return first && second ? [first, second] : undefined;
}
