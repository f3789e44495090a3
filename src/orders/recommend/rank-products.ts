/** Chooses what to recommend: by fit, stock and rating, never by price. @see SCR-15, SCR-16, SCR-17 */
import { foldText } from '../find/fold-name.ts';
import type { Product } from '../ports.ts';
import { needOf, type Served, wordsIn } from './fit-index.ts';

/** What is known of a product at this moment; what is too old is left out. */
export interface ProductNow {
  product: Product;
  /** Pieces of the variants that fit the buyer, or of all. */
  stock: number | undefined;
  /** When the oldest of these pieces was told, Unix ms. */
  stockReadAt: number;
  rating: number | undefined;
  reviewCount: number | undefined;
  /** The size that the size table gives for the buyer's measurements. */
  size?: string;
  /** The table has a size for everybody measured like that, and none is this buyer's. */
  fitsNoSize?: boolean;
}

/** A product to recommend, and why. */
export interface Recommended extends ProductNow {
  /** Words of the need that it serves. */
  fits: string[];
}

/** Products with what they serve, best first; sold out, off sale and unsuitable ones are left out. */
export function rankProducts(
  said: string,
  served: readonly Served[],
  now: (id: string) => ProductNow | undefined,
): Recommended[] {
  const need = needOf(said);
  const found = served.flatMap(({ id, words }): Recommended[] => {
    const known = words.length === 0 ? undefined : now(id);
    if (!known || (known.stock ?? 0) <= 0 || known.fitsNoSize === true || known.product.details?.offSale === true)
      return [];
    return isUnsuitable(need, known.product) ? [] : [{ ...known, fits: words }];
  });
  return ofAskedKind(said, found).sort(byFit);
}

/** A word of the need that the listing warns of. */
function isUnsuitable(need: string, { facts }: Product): boolean {
  const { suits = '', notFor = '' } = facts.suitability ?? {};
  return wordsIn(need, foldText(notFor)).some((word) => !foldText(suits).includes(word));
}

/** Who asks for a kind of goods gets that kind. */
function ofAskedKind(said: string, found: Recommended[]): Recommended[] {
  const text = foldText(said);
  const asked = found.filter(({ product }) => {
    const kind = product.facts.category && foldText(product.facts.category);
    return kind !== undefined && kind.length >= 2 && text.includes(kind);
  });
  return asked.length > 0 ? asked : found;
}

/** More words served, a size, better and more reviews, more pieces; then the id, so that the order is always the same. */
export function byFit(a: Recommended, b: Recommended): number {
  return (
    b.fits.length - a.fits.length ||
    Number(b.size !== undefined) - Number(a.size !== undefined) ||
    (b.rating ?? -1) - (a.rating ?? -1) ||
    (b.reviewCount ?? -1) - (a.reviewCount ?? -1) ||
    (b.stock ?? 0) - (a.stock ?? 0) ||
    (a.product.id < b.product.id ? -1 : 1)
  );
}
