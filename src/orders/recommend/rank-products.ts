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

/** What one does with goods tells of what kind they are. */
const KINDS_BY_USE: readonly [use: RegExp, kind: RegExp][] = [
  [/穿/, /[衣裤裙衫服袜鞋靴袄褂袍]|外套|内胆|背心|马甲/],
  [/戴/, /[帽镜表链戒镯]|手套|围巾|口罩|耳[环钉机]/],
  [/背/, /包/],
];

/** Who asks for a kind of goods gets that kind: by its name, by the noun it ends with (裤子), by its use (穿的). */
function ofAskedKind(said: string, found: Recommended[]): Recommended[] {
  const text = foldText(said);
  const uses = KINDS_BY_USE.filter(([use]) => use.test(text));
  const ways: ((kind: string, product: Product) => boolean)[] = [
    (kind) => kind.length >= 2 && text.includes(kind),
    (kind) => isNoun(kind.replace(/[子类]+$/, '').at(-1) ?? '', text),
    (kind, { title }) => uses.length > 0 && uses.every(([, one]) => one.test(kind) || one.test(title)),
  ];
  for (const isOfKind of ways) {
    const asked = found.filter(({ product }) => isOfKind(foldText(product.facts.category ?? ''), product));
    if (asked.length > 0) return asked;
  }
  return found;
}

/** Stands at the end of a noun: 裤子, 衣服, 徒步鞋有吗; 包邮 and 手机壳 are something else. */
function isNoun(head: string, text: string): boolean {
  return head !== '' && new RegExp(`${head}[子服]?(?=$|[^\\p{Script=Han}]|[吗呢吧啊呀么有推的])`, 'u').test(text);
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
