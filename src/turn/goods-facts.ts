/** Facts of the catalogue for a situation: the product, what goes with it, what fits the buyer. @see SR-02 */
import type { Order, Product } from '../orders/ports.ts';
import { fieldAges, pathsOfOwnAge, readAtOf } from '../orders/read-ages.ts';
import { type ProductNow, type Recommended, rankProducts } from '../orders/recommend/rank-products.ts';
import type { Facts, ProductFacts } from '../protocol/facts.ts';
import { findNamedSkus } from '../suggestions/asked-items.ts';
import { INTENT_CUES } from '../suggestions/cues.ts';
import { freshLimitMs } from '../suggestions/freshness.ts';
import { findSize, type Measurements, readMeasurements, sizeColumns } from '../suggestions/measure-body.ts';
import { findPair } from './find-product.ts';
import type { ShopView } from './shop-window.ts';

/** What was said, by whom it matters. */
export interface Said {
  message: string;
  /** The buyer's texts before, oldest first. */
  earlier: string[];
  /** Every text before, oldest first. */
  history: string[];
}

/** Facts and their ages, by path. */
export interface GoodsFacts {
  facts: Partial<Facts>;
  asOf: Record<string, string>;
}

/** How ages are told. */
export interface Moment {
  view: ShopView;
  nowMs: number;
  time(ms: number): string;
}

/** Texts before the message in which a need may stand. */
const NEED_BACK = 4;
const MOST_CANDIDATES = 5;
const MOST_MATCHING = 3;
/** From here on a rating is a reason. */
const GOOD_RATING = 4.5;

/** The product the chat is about, as old as each of its fields. */
export function productFacts(product: Product, { message, earlier }: Said, { view, time }: Moment): GoodsFacts {
  const { facts } = product;
  const asOf: Record<string, string> = {};
  const listing = time(readAtOf({ readAt: withoutFields(product) }, 'title', view.feeds));
  asOf['product'] = listing;
  for (const field of Object.keys(facts)) {
    const ages = fieldAges(product, field, view.feeds);
    // Of the stock each variant is asked for on its own; of anything else the whole field is said.
    const told = time(field === 'stock' ? ages.newest : ages.oldest);
    if (told !== listing || field === 'stock' || field === 'restockPlan') asOf[`product.${field}`] = told;
  }
  for (const path of pathsOfOwnAge(product)) asOf[`product.${path}`] = time(readAtOf(product, path, view.feeds));
  for (const sku of Object.keys(facts.stock ?? {})) {
    const told = time(readAtOf(product, `stock.${sku}`, view.feeds));
    if (told !== asOf['product.stock']) asOf[`product.stock.${sku}`] = told;
  }
  const floor = floorOf(facts, namedSkus(facts, [message, ...earlier.toReversed()]));
  if (floor !== undefined && floor.path !== 'priceFloor') {
    asOf['product.priceFloor'] = time(readAtOf(product, floor.path, view.feeds));
  }
  return { facts: { product: { ...facts, ...(floor === undefined ? {} : { priceFloor: floor.yuan }) } }, asOf };
}

/** What the listing says where no field has a time of its own. */
function withoutFields({ readAt }: Product): Product['readAt'] {
  return { ...readAt, fields: {} };
}

function namedSkus(facts: ProductFacts, texts: readonly string[]): readonly string[] {
  const skus = Object.keys({ ...facts.stock, ...facts.priceFloors });
  for (const text of texts) {
    const named = findNamedSkus(text, skus);
    if (named.skus.length > 0 || named.unknown) return named.skus;
  }
  return [];
}

/** The floor of the asked variants, the highest of them; else that of the product. @see POL-01 */
function floorOf(
  { priceFloor, priceFloors = {} }: ProductFacts,
  skus: readonly string[],
): { path: 'priceFloor' | 'priceFloors'; yuan: number } | undefined {
  const floors = skus.flatMap((sku) => priceFloors[sku] ?? []);
  if (floors.length > 0) return { path: 'priceFloors', yuan: Math.max(...floors) };
  return priceFloor === undefined ? undefined : { path: 'priceFloor', yuan: priceFloor };
}

/** The floor of an unpaid order, only where that of every item is known; as old as the oldest of them. @see POL-01 */
export function orderFloor(order: Order, { view, time }: Moment): { yuan: number; readAt: string } | undefined {
  const items = order.facts.items ?? [];
  if (order.state !== 'unpaid' || items.length === 0) return undefined;
  let fen = 0;
  let oldest = Number.POSITIVE_INFINITY;
  for (const { title, sku, qty = 1 } of items) {
    const product = view.goods.titled(title);
    const floor = product && floorOf(product.facts, sku === undefined ? [] : [sku]);
    if (!product || floor === undefined) return undefined;
    fen += Math.round(floor.yuan * 100) * qty;
    oldest = Math.min(oldest, readAtOf(product, floor.path, view.feeds));
  }
  return { yuan: fen / 100, readAt: time(oldest) };
}

/** The styles of an order as the catalogue rates them; one without a fresh rating is left out. @see POL-31 */
export function ratedStyles(items: readonly { title: string }[], moment: Moment): NonNullable<Facts['choice']> {
  return items.flatMap(({ title }) => {
    const product = moment.view.goods.titled(title);
    const rating = product && nowOf(product, moment).rating;
    return rating === undefined ? [] : [{ title, rating }];
  });
}

/** Products beside the one of the chat: what fits the buyer, what is weighed against it, what goes with it. */
export function otherProducts(product: Product | undefined, said: Said, moment: Moment): GoodsFacts {
  const facts: Partial<Facts> = {};
  const asOf: Record<string, string> = {};
  const put = (name: 'candidates' | 'matching' | 'choice', found: { brief: object; now: ProductNow }[]) => {
    facts[name] = found.map(({ brief }) => brief) as never;
    const ages = found.map(({ now }) => now.stockReadAt);
    asOf[name] = moment.time(Math.min(moment.nowMs, ...ages));
  };
  const pair = findPair(moment.view.goods, said.message, said.history);
  const isWeighing = pair !== undefined && isWeighed(said.message, moment);
  if (isWeighing) {
    put(
      'choice',
      pair.map((one) => nowOf(one, moment)).map((now) => ({ now, brief: choiceOf(now) })),
    );
    const [, other] = product?.id === pair[1].id ? [pair[1], pair[0]] : pair;
    facts.comparedWith = { title: other.title, ...(other.facts.attrs ? { attrs: other.facts.attrs } : {}) };
    asOf['comparedWith'] = moment.time(readAtOf(other, 'attrs', moment.view.feeds));
  }
  if (asksAdvice(said.message, product !== undefined) && !isWeighing) {
    const found = recommend(said, moment);
    if (found.length > 0)
      put(
        'candidates',
        found.map((now) => ({ now, brief: candidateOf(now) })),
      );
  }
  if (product) {
    const found = matching(product, moment);
    put(
      'matching',
      found.map((now) => ({ now, brief: briefOf(now) })),
    );
  }
  return { facts, asOf };
}

/** Two products are weighed when both are named at once, or when the buyer wavers or compares. */
function isWeighed(message: string, { view }: Moment): boolean {
  if (view.goods.finder.find(message).ids.length >= 2) return true;
  return INTENT_CUES['INT-PRE-06']!.test(message) || INTENT_CUES['INT-PRE-10']!.test(message);
}

/** Says what is wanted before any product is spoken of. */
const WANTS =
  /(想|要|打算|准备|考虑)(买|找|入手?|挑|选|换).{0,12}(一|个|件|双|款|条|顶|套|把|的)|有没有.{0,12}(适合|能|可以|用来)|送(给)?(妈|爸|老|女|男|朋友|同事|长辈|孩子|小孩|领导|家人)|求推荐|适合.{1,10}(的|穿|用|带|背)(?!.{0,3}[吗么嘛不])/;
/** A size is to be recommended, not a product. */
const SIZE_ADVICE = /推荐.{0,5}(码|号|尺|大小)|(码|号|尺寸).{0,5}推荐/;

/** Asks what to buy; of a product that is spoken of, only plain words for advice say so. */
function asksAdvice(message: string, isAboutProduct: boolean): boolean {
  if (SIZE_ADVICE.test(message)) return false;
  return INTENT_CUES['INT-PRE-04']!.test(message) || (!isAboutProduct && WANTS.test(message));
}

/** What fits the need the buyer told, and the measurements. @see SCR-15 */
function recommend(said: Said, moment: Moment): Recommended[] {
  const texts = [...said.earlier.slice(-NEED_BACK), said.message];
  const need = texts.join('，');
  const told = readMeasurements(need);
  const { goods } = moment.view;
  const now = (id: string) => {
    const product = goods.find(id);
    return product && nowOf(product, moment, told);
  };
  return rankProducts(need, goods.fits.search(need), now).slice(0, MOST_CANDIDATES);
}

/** What goes with a product: what the shop named, else what serves the same use and is another kind. @see SCR-16 */
function matching(product: Product, moment: Moment): ProductNow[] {
  const { goods } = moment.view;
  const named = (product.details?.pairsWith ?? []).flatMap((id) => goods.find(id) ?? []);
  if (named.length > 0)
    return named
      .map((one) => nowOf(one, moment))
      .filter(isThere)
      .slice(0, MOST_MATCHING);
  const use = [product.facts.category, product.facts.suitability?.suits]
    .filter((part) => part !== undefined)
    .join('，');
  if (use === '') return [];
  return rankProducts(use, goods.fits.search(use), (id) => {
    const other = goods.find(id);
    const isOther = other && other.id !== product.id && other.facts.category !== product.facts.category;
    return isOther ? nowOf(other, moment) : undefined;
  }).slice(0, MOST_MATCHING);
}

function isThere({ stock, product }: ProductNow): boolean {
  return (stock ?? 0) > 0 && product.details?.offSale !== true;
}

/** What is known of a product and still fresh. */
function nowOf(product: Product, { view, nowMs }: Moment, told: Measurements = {}): ProductNow {
  const isFresh = (path: string) =>
    nowMs - readAtOf(product, path, view.feeds) <= (freshLimitMs(`product.${path}`) ?? 0);
  const { stock, sizeTable } = product.facts;
  const table = sizeTable && isFresh('sizeTable') ? sizeTable : undefined;
  const size = table && findSize(table, told);
  const pieces = Object.entries(stock ?? {}).filter(([sku]) => isFresh(`stock.${sku}`));
  const sized = size === undefined ? pieces : pieces.filter(([sku]) => sku.split(/[-_/\s]/).includes(size));
  const { rating, reviewCount } = product.details ?? {};
  return {
    product,
    stockReadAt: Math.min(nowMs, ...pieces.map(([sku]) => readAtOf(product, `stock.${sku}`, view.feeds))),
    stock: pieces.length === 0 ? undefined : sized.reduce((sum, [, count]) => sum + count, 0),
    rating: isFresh('rating') ? rating : undefined,
    reviewCount: isFresh('reviewCount') ? reviewCount : undefined,
    ...(size === undefined ? {} : { size }),
    ...(table && size === undefined && isOutside(table, told) ? { fitsNoSize: true } : {}),
  };
}

/** Every measurement the table needs is told, and none of its sizes holds them. */
function isOutside(table: NonNullable<ProductFacts['sizeTable']>, told: Measurements): boolean {
  const columns = sizeColumns(table);
  if (columns.length === 0 || columns.some((column) => told[column] === undefined)) return false;
  return !Object.values(table).some((row) =>
    Object.entries(row).every(([column, [from, to]]) => told[column]! >= from && told[column]! <= to),
  );
}

function briefOf({ product, stock }: ProductNow): { title: string; price?: number; stock?: number } {
  const { price } = product.facts;
  return {
    title: product.title,
    ...(price === undefined ? {} : { price }),
    ...(stock === undefined ? {} : { stock }),
  };
}

function choiceOf(now: ProductNow): NonNullable<Facts['choice']>[number] {
  const { rating, reviewCount } = now;
  return {
    ...briefOf(now),
    ...(rating === undefined ? {} : { rating }),
    ...(reviewCount === undefined ? {} : { reviewCount }),
  };
}

function candidateOf(found: Recommended): NonNullable<Facts['candidates']>[number] {
  const { size, rating, fits } = found;
  const why = [
    ...(size === undefined ? [] : [`按您报的尺寸对应${size}码`]),
    ...(rating === undefined || rating < GOOD_RATING ? [] : [`评分${rating}`]),
  ];
  return { ...briefOf(found), fits, ...(why.length === 0 ? {} : { why }) };
}
