import type { GateContext } from '../../protocol/turn.ts';
import { knownAmounts, toFen } from '../known-facts.ts';
import type { View } from '../normalize-text.ts';
import { clauseOf, createPassage, findAll, type Match, type Passage, sentenceOf, spanOf } from '../passage.ts';
import { NUMBER, readAmounts, readNumber } from '../read-amounts.ts';
import type { Rule } from '../rule.ts';
import { isAsked, isBeingChecked, isCondition, isDenied, isReported } from '../sense.ts';
import {
  ADDED_SUMS,
  CUTS,
  CUTS_TURNED,
  GIFTS,
  GIFTS_TURNED,
  POSTAGE_WAIVED,
  SAID_SUMS,
  UPHELD_SUMS,
  YUAN,
} from '../words/price.ts';
import { falseFixedPrice } from './fixed-price.ts';
import { type Concession, foldFactor, isPublished } from './published-cuts.ts';

const DEFAULT_AUTHORITY_YUAN = 20;
const BELOW_FLOOR = '这样就低于底价了，主管也不能批，请讲商品的价值。';
const CONDITION_REDUCTION = /满\d{1,6}(?:元|块)?(?:再)?(?:减|立减|返|送|打)/;
const FOLDS =
  /(?<!骨|转|曲|打|对|夸)(?:打|按|算|给|享|享受|可以|能|再)?(?:您|你)?(?:个|了)?([一二三四五六七八九\d](?:[.点]?[一二三四五六七八九\d])?)折(?!叠|腾|射|扣店|痕|角|断|返|起)|半价|(?:对折|五折)/g;
const NEW_PRICES = new RegExp(
  `(?:算|按|给|收|卖|做|最低|底价|只要|只收|改|改成|改到|降到|优惠到|便宜到|减到)(?:您|你|亲)?(?:个|成|到|为)?[¥]?(${NUMBER})${YUAN}?(?:拿走|带走|给您|给你|包邮|吧|成交|好了|就行|改价?|,|。|$|的价)|(${NUMBER})${YUAN}?(?:给您(?=[,。!~哈啦吧]|$)|给你(?=[,。!~哈啦吧]|$)|拿走|带走|卖您|卖你|卖给您|成交|给您好了|给您吧|给你吧|拿去)`,
  'g',
);
const ENGLISH_CUTS =
  /(?<![\d.])(?:[$¥])?(\d{1,4}(?:\.\d{1,2})?) ?(?:yuan|rmb|cny|dollars?|usd)? (?:off|discount|cheaper)(?! the)/g;
const ENGLISH_FOLDS = /(?<![\d.])(\d{1,2}) ?(?:%|percent) (?:off|discount|cheaper)/g;
const FREE = /免单|白送|不要钱|免费送您(?:一|这)|(?:整|这)单免/g;

/** The figure is the name of a variant that was ordered or is for sale: 改成24 turns to another size, not another price. */
function namesVariant({ context }: Passage, match: Match): boolean {
  if (/[¥元块]/.test(match.text)) return false;
  const figure = match.groups.find((group) => group !== undefined) ?? '';
  const variants = [
    ...(context.order?.items ?? []).map(({ sku }) => sku ?? ''),
    ...Object.keys(context.product?.stock ?? {}),
    ...Object.keys(context.product?.variants ?? {}),
  ];
  return variants.some((name) => [...name.matchAll(/\d+(?:\.\d+)?/g)].some(([digits]) => digits === figure));
}

/** Every reduction the text offers this buyer, campaigns and mere talk of reductions left out. */
export function concessionsIn(passage: Passage): readonly Concession[] {
  let known = read.get(passage);
  if (known === undefined) {
    known = readConcessions(passage);
    read.set(passage, known);
  }
  return known;
}

/** No message of a person offers more reductions. */
const MOST_CONCESSIONS = 60;
/** Two rules ask for the same reductions. */
const read = new WeakMap<Passage, readonly Concession[]>();

function readConcessions(passage: Passage): Concession[] {
  const { plain } = passage.views;
  const { order, product } = passage.context;
  const base = order?.amount ?? product?.price;
  const cuts = [
    ...findAll(plain, CUTS),
    ...findAll(plain, GIFTS),
    ...findAll(plain, GIFTS_TURNED),
    ...findAll(plain, CUTS_TURNED),
    ...waivedPostage(passage),
    ...findAll(plain, SAID_SUMS),
    ...(passage.context.discount === undefined ? [] : sumsBesideGranted(plain)),
    ...findAll(plain, ENGLISH_CUTS),
  ].map((match) => {
    // 6块6 is 6.60, not 6.
    const yuan =
      readAmounts(match.text)[0]?.yuan ?? readNumber(match.groups.find((group) => group !== undefined) ?? '');
    return { ...match, yuan: yuan ?? 0, isKnown: yuan !== undefined };
  });
  const folds = findAll(plain, FOLDS).map((match) => {
    const factor = foldFactor(match);
    return { ...match, yuan: base === undefined ? 0 : base * (1 - factor), isKnown: base !== undefined };
  });
  const shares = findAll(plain, ENGLISH_FOLDS).map((match) => {
    const yuan = ((base ?? 0) * (readNumber(match.groups[0] ?? '') ?? 0)) / 100;
    return { ...match, yuan, isKnown: base !== undefined };
  });
  const isPrice = (match: Match): boolean => !(/^改/.test(match.text) && namesVariant(passage, match));
  const prices = findAll(plain, NEW_PRICES)
    .filter(isPrice)
    .flatMap((match) => {
      if (cuts.some((cut) => cut.from < match.to && match.from < cut.to)) return [];
      const price = readNumber(match.groups[0] ?? match.groups[1] ?? '');
      if (price === undefined || price < 1 || (base !== undefined && price >= base)) return [];
      if (base === undefined && knownAmounts(passage.context).has(toFen(price))) return [];
      return [{ ...match, yuan: base === undefined ? 0 : base - price, isKnown: base !== undefined }];
    });
  const free = findAll(plain, FREE).map((match) => ({ ...match, yuan: base ?? 0, isKnown: base !== undefined }));
  const named = [...cuts, ...folds, ...shares, ...prices, ...free].slice(0, MOST_CONCESSIONS);
  const offered = dropNested(named).filter((c) => isOffered(passage, c));
  return withoutRestated(offered, passage.context.discount?.granted ?? 0);
}

/** Before the sale: after it, the postage of a return has its own rules. @see POL-14, POL-15 */
function waivedPostage({ views, context }: Passage): Match[] {
  const isAfterSale = context.refund !== undefined || (context.case !== undefined && context.case !== null);
  return isAfterSale ? [] : findAll(views.plain, POSTAGE_WAIVED);
}

function sumsBesideGranted(plain: View): Match[] {
  return [...findAll(plain, UPHELD_SUMS), ...findAll(plain, ADDED_SUMS).filter(isOfPrice)];
}

/** 再给您12块 takes off where the sentence speaks of taking off. */
function isOfPrice(match: Match): boolean {
  return /减|便宜|优惠|让|少|降|一共|总共|加起来|合计|到顶|到头|权限/.test(sentenceOf(match).text);
}

/** Speaks of what was settled before; 再 and the like begin something on top of it. */
const SETTLED =
  /已经|刚才|刚刚|之前|前面|先前|方才|原先|说好|讲好|谈好|答应|改好|减好|优惠好|申请好|(?:减|便宜|优惠|让|降|抹|少)过/;
const ON_TOP = /再|又|另外|额外|多/;
const SUM =
  /一共|总共|合计|累计|加起来|前后|(?:算上|连同|加上)(?:之前|前面|刚才|先前|上面|原来)|(?<![公一])共(?=优惠|减|便宜|省|给|让)/;
/** A sum that takes in what was granted before. */
const WHOLE = /累计|加起来|前后|算上|连同|加上(?:之前|前面|刚才|先前|上面|原来)|包括/;

/** 九五折，相当于便宜15元 is one concession said twice, 一共优惠15 the sum of what was granted and is. */
function withoutRestated(concessions: Concession[], granted: number): Concession[] {
  const folds = concessions.filter((c) => c.isKnown && c.text.includes('折'));
  const single = concessions.filter(
    (c) => c.text.includes('折') || !folds.some((fold) => toFen(fold.yuan) === toFen(c.yuan)),
  );
  const settled = settledOf(single, granted);
  const fresh = single.filter((c) => !settled.includes(c));
  const parts = partsOfWhole(single, granted);
  if (parts !== undefined) return parts;
  // What is only told again takes nothing off.
  const toldAgain = settled.map((c) => ({ ...c, yuan: 0 }));
  const added = fresh.flatMap((c) => {
    const sentence = sentenceOf(c).text;
    const clause = clauseOf(c).text;
    if (!SUM.test(clause)) return [c];
    const others = fresh.filter((other) => other !== c && !SUM.test(clauseOf(other).text));
    const restFen = toFen(c.yuan) - toFen(granted) - others.reduce((sum, other) => sum + toFen(other.yuan), 0);
    if (restFen === 0) return [];
    return restFen > 0 && granted > 0 && (WHOLE.test(clause) || SETTLED.test(sentence))
      ? [{ ...c, yuan: restFen / 100 }]
      : [c];
  });
  return [...toldAgain, ...added];
}

/** 减了5块，又减3块，再减12块，总共20: the parts make the sum, and what was granted is the first of them. */
function partsOfWhole(concessions: readonly Concession[], granted: number): Concession[] | undefined {
  const whole = concessions.find((c) => SUM.test(clauseOf(c).text));
  const parts = concessions.filter((c) => c !== whole);
  const partsFen = parts.reduce((sum, c) => sum + toFen(c.yuan), 0);
  if (whole === undefined || granted === 0 || partsFen !== toFen(whole.yuan) || !SETTLED.test(sentenceOf(whole).text))
    return undefined;
  let left = toFen(granted);
  return parts.map((c) => {
    const takenFen = Math.min(left, toFen(c.yuan));
    left -= takenFen;
    return { ...c, yuan: (toFen(c.yuan) - takenFen) / 100 };
  });
}

/** Told of the past: 前面已经减了8块, as far as that much was granted. */
function settledOf(concessions: readonly Concession[], granted: number): Concession[] {
  const told = concessions.filter((c) => isSettledIn(clauseOf(c).text));
  const toldFen = told.reduce((sum, c) => sum + toFen(c.yuan), 0);
  if (told.length > 0 && toldFen <= toFen(granted)) return told;
  return concessions.filter((c) => toFen(c.yuan) === toFen(granted) && isSettledIn(sentenceOf(c).text));
}

function isSettledIn(text: string): boolean {
  return SETTLED.test(text) && !ON_TOP.test(text);
}

function dropNested<T extends Match>(matches: T[]): T[] {
  return matches.filter(
    (m) =>
      !matches.some(
        (other) => other !== m && other.from <= m.from && m.to <= other.to && other.to - other.from > m.to - m.from,
      ),
  );
}

const WANTS = /(?:您|你)(?:想|要求|希望|想要|要|说|问|提)[^,]{0,8}$/;
const PASSED_UP =
  /申请(?!到|下来|好|成功|批|的|过的)|(?:没|未|待|等)批|批了(?:就|再|后|我)|批下来(?:就|再|后|才)|请示|问(?:一下|问|过|下)?(?:主管|领导|店长|经理)|超出|超过|权限|(?:要|需要|得)(?:主管|领导|经理)|等(?:主管|领导)/;
const OTHER_AMOUNT = /运费|邮费|快递费|押金|定金|退款|多少钱/;

function isOffered(passage: Passage, concession: Concession): boolean {
  const clause = clauseOf(concession);
  const before = concession.view.text.slice(clause.from, concession.from);
  const sentence = sentenceOf(concession).text;
  if (isDenied(concession) || isReported(concession) || isBeingChecked(concession)) return false;
  if (WANTS.test(before) || PASSED_UP.test(sentence) || CONDITION_REDUCTION.test(clause.text)) return false;
  if (isAsked(concession) && /(?:您|你)(?:是)?(?:想|要)/.test(clause.text)) return false;
  if (isCondition(concession) && !/(?:给|帮)(?:您|你)/.test(clause.text)) return false;
  if (
    /^(?:少|减|降|让|返|省|扣|补|退)/.test(concession.text) &&
    /(?:不|减|缺|至|多|太|很|最|更|下|温|早|晚)$/.test(before)
  )
    return false;
  if (/^(?:少)\d/.test(concession.text) && /少[了发]/.test(concession.text)) return false;
  const isOtherAmount = OTHER_AMOUNT.test(clause.text) && !/^(?:运费|邮费|快递费)/.test(concession.text);
  return !isOtherAmount && !isPublished(passage, concession);
}

/**
 * What a text takes off the price on top of what was granted before, in fen; `undefined` where a part of it hangs on a
 * price nobody knows.
 *
 * @see POL-01, KPI-26
 */
export function readConcessionFen(text: string, context: GateContext): number | undefined {
  const concessions = concessionsIn(createPassage(text, context));
  return concessions.every((c) => c.isKnown) ? concessions.reduce((sum, c) => sum + toFen(c.yuan), 0) : undefined;
}

/** Discount above authority, or one that leaves less than the margin rule asks. @see TAB-27, POL-01, AMB-01 */
export const excessiveDiscount: Rule = {
  id: 'TAB-27',
  severity: 'B',
  message: '这个优惠超出了您的权限，请先向主管申请。',
  instead: ['SCR-38', 'SCR-37'],
  detect(passage) {
    const { agent, shop, discount } = passage.context;
    const concessions = concessionsIn(passage).filter((c) => c.yuan > 0 || !c.isKnown);
    if (concessions.length === 0) return [];
    const totalFen = concessions.reduce((sum, c) => sum + toFen(c.yuan), 0);
    if (isBelowFloor(passage, totalFen)) {
      return concessions.map((concession) => ({ span: spanOf(concession), message: BELOW_FLOOR }));
    }
    if (agent?.role === 'supervisor') return [];
    const limitFen = toFen(shop?.authorityYuan ?? DEFAULT_AUTHORITY_YUAN);
    const isWithin = concessions.every((c) => c.isKnown) && totalFen + toFen(discount?.granted ?? 0) <= limitFen;
    if (isWithin || isApproved(passage, concessions, totalFen)) return [];
    return concessions.map((concession) => ({ span: spanOf(concession) }));
  },
};

/** With this much off, what is left is less than the margin rule asks; without a floor or a price nothing is. */
function isBelowFloor({ context: { product, order, discount } }: Passage, totalFen: number): boolean {
  const floor = order?.priceFloor ?? product?.priceFloor;
  const price = order?.priceFloor === undefined ? (product?.price ?? order?.amount) : order.amount;
  if (floor === undefined || price === undefined) return false;
  return toFen(price) - toFen(discount?.granted ?? 0) - totalFen < toFen(floor);
}

/** An approval counts with its id, an amount that covers this, and an expiry still to come. */
function isApproved(passage: Passage, concessions: readonly Concession[], totalFen: number): boolean {
  const { discount } = passage.context;
  if (discount?.approvalId === undefined || discount.approvalId === null) return false;
  if (discount.approvedAmount === undefined || !concessions.every((c) => c.isKnown)) return false;
  const grantedFen = toFen(discount.granted ?? 0);
  // What was approved is granted once: a sum may be the whole of it, or says that it comes on top.
  const isOnTop = concessions.some((c) => ON_TOP.test(sentenceOf(c).text));
  const wholeFen = isOnTop ? grantedFen + totalFen : totalFen;
  if (wholeFen > toFen(discount.approvedAmount) || grantedFen >= toFen(discount.approvedAmount)) return false;
  if (discount.approvalExpiresAt === undefined) return false;
  return passage.nowMs === undefined || passage.nowMs < Date.parse(discount.approvalExpiresAt);
}

/** Rules about prices. */
export const PRICE_RULES: readonly Rule[] = [excessiveDiscount, falseFixedPrice];
