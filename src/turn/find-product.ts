/** Finds the product a chat is about: named in the message, in the talk before, in the order, or the one before. */
import type { Order, Product } from '../orders/ports.ts';

/** Where a product may be named. */
export interface ProductClues {
  message: string;
  /** Texts before, oldest first. */
  history: string[];
  order: Order | undefined;
  /** The product found for the turn before. */
  before: string | undefined;
}

/** Finds the product, or none: then its facts are unknown. */
export function findProduct(products: Product[], clues: ProductClues): Product | undefined {
  const named = mentioned(products, clues.message);
  if (named) return named;
  const before = products.find((product) => product.id === clues.before);
  if (before) return before;
  for (const text of clues.history.toReversed()) {
    const earlier = mentioned(products, text);
    if (earlier) return earlier;
  }
  const titles = new Set(clues.order?.facts.items?.map((item) => item.title));
  return products.find((product) => titles.has(product.title));
}

/** The product whose title or link stands in the text, or the one whose category alone is named. */
function mentioned(products: Product[], text: string): Product | undefined {
  const byTitle = products.filter(
    (product) =>
      text.includes(product.title) || (product.facts.link !== undefined && text.includes(product.facts.link)),
  );
  if (byTitle.length > 0) return longest(byTitle);
  const byCategory = products.filter((product) => product.facts.category && text.includes(product.facts.category));
  return byCategory.length === 1 ? byCategory[0] : undefined;
}

function longest(products: Product[]): Product | undefined {
  return products.toSorted((a, b) => b.title.length - a.title.length)[0];
}
