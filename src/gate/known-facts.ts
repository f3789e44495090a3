import type { GateContext } from '../protocol/turn.ts';
import { normalizeText } from './normalize-text.ts';
import { readAmounts } from './read-amounts.ts';

/** What the desk knows of the goods, in one normal text: a claim is supported when its words stand here. */
export function knownAboutProduct(context: GateContext): string {
  const product = context.product;
  const suitability = product?.suitability;
  const parts: (string | undefined)[] = [
    product?.title,
    product?.category,
    ...pairs(product?.attrs),
    ...pairs(product?.variants),
    ...(product?.care ?? []),
    ...(product?.differences ?? []),
    ...(product?.benefits ?? []),
    ...(product?.guarantees ?? []),
    ...(product?.certificates ?? []),
    suitability?.suits,
    suitability?.notFor,
    suitability?.caution,
    ...numbersOf(product?.modelStats),
    product?.modelStats?.wears,
    ...Object.entries(product?.sizeTable ?? {}).flatMap(([size, row]) => [
      size,
      ...Object.values(row).flat().map(String),
    ]),
    ...Object.values(context.buyer?.measurements ?? {}).map(String),
    ...(context.candidates ?? []).flatMap((item) => [item.title, ...(item.fits ?? [])]),
    ...(context.choice ?? []).map((item) => item.title),
    ...(context.matching ?? []).map((item) => item.title),
    context.comparedWith?.title,
    ...pairs(context.comparedWith?.attrs ?? undefined),
    ...(context.order?.items ?? []).flatMap((item) => [item.title, item.sku]),
    ...(context.basket ?? []).map((item) => item.title),
    ...(context.parcel?.packingList ?? []),
    context.slip?.weight?.toString(),
    ...(context.case?.options ?? []),
    context.case?.offer,
    context.case?.decision,
    context.case?.remedy,
    context.question?.verifiedAnswer,
    ...(context.payment?.methods ?? []),
    context.return?.policy,
    ...(context.return?.exemptions ?? []),
  ];
  return normalizeText(parts.filter((part) => part !== undefined).join('\n')).plain.text;
}

function pairs(map: Record<string, string> | undefined): string[] {
  return Object.entries(map ?? {}).map(([name, value]) => `${name}:${value}`);
}

function numbersOf(map: object | undefined): string[] {
  return Object.values(map ?? {}).map(String);
}

/** Amounts in yuan that some fact states, and those that follow from them by one step. */
export function knownAmounts(context: GateContext): Set<number> {
  const stated = new Set<number>();
  const note = (yuan: number | null | undefined): void => {
    if (yuan !== undefined && yuan !== null) stated.add(toFen(yuan));
  };
  const { product, order, refund, priceEdit, stack, exchange, postage, discount } = context;
  note(product?.price);
  note(order?.amount);
  note(refund?.amount);
  note(refund?.paidAmount);
  note(refund?.keepAmount);
  note(priceEdit?.oldAmount);
  note(priceEdit?.newAmount);
  note(stack?.computedTotal);
  note(exchange?.difference);
  note(postage?.amount);
  note(discount?.granted);
  note(discount?.requested);
  note(discount?.approvedAmount);
  note(context.case?.approvedAmount);
  note(context.buyer?.need?.budget);
  for (const tier of Object.values(context.shop?.tiers ?? {})) note(tier.minSpent);
  for (const row of Object.values(postage?.table ?? {})) for (const yuan of Object.values(row)) note(yuan);
  for (const item of [...(context.candidates ?? []), ...(context.choice ?? []), ...(context.matching ?? [])]) {
    note(item.price);
  }
  for (const item of context.basket ?? []) {
    note(item.price);
    if (item.price !== undefined) note(item.price * (item.qty ?? 1));
  }
  note(basketTotal(context));
  for (const number of numbersIn(textsWithAmounts(context))) note(number);
  return stated;
}

/** What the basket costs before reductions; `undefined` unless every price is known. */
function basketTotal(context: GateContext): number | undefined {
  const basket = context.basket ?? [];
  if (basket.length === 0) return undefined;
  return basket.reduce<number | undefined>(
    (sum, { price, qty }) => (sum === undefined || price === undefined ? undefined : sum + price * (qty ?? 1)),
    0,
  );
}

/** Yuan as whole fen. */
export function toFen(yuan: number): number {
  return Math.round(yuan * 100);
}

/** Differences that follow from two stated facts: price less concession, paid less refund. */
export function derivedAmounts(context: GateContext): Set<number> {
  const derived = new Set<number>();
  const less = (a: number | undefined, b: number | undefined | null): void => {
    if (a !== undefined && b !== undefined && b !== null) derived.add(toFen(a - b));
  };
  const { order, refund, product, discount, priceEdit } = context;
  const base = order?.amount ?? product?.price;
  less(base, discount?.granted);
  less(base, discount?.approvedAmount);
  less(base, (discount?.granted ?? 0) + (discount?.requested ?? 0));
  less(priceEdit?.oldAmount, priceEdit?.newAmount);
  less(refund?.paidAmount, refund?.amount);
  const price = product?.price;
  const factors = Object.values(context.shop?.tiers ?? {}).map((tier) => tier.discount);
  for (const factor of factors) {
    if (price !== undefined && factor !== undefined) derived.add(toFen(price * factor));
  }
  for (const campaign of context.promo ?? []) {
    for (const whole of [base, basketTotal(context)])
      for (const cut of cutsIn(campaign.rule ?? campaign.name, whole))
        if (whole !== undefined) derived.add(toFen(whole - cut));
  }
  const qty = order?.items?.reduce((sum, item) => sum + (item.qty ?? 1), 0);
  if (price !== undefined && qty !== undefined) derived.add(toFen(price * qty));
  return derived;
}

const RULE_CUT = /(?:满(\d{1,6})(?:元|块)?)?(?:可)?(?:再)?(?:立减|直减|减|抵|省|便宜)(\d{1,5}(?:\.\d{1,2})?)/g;
const RULE_FOLD = /(\d(?:\.\d)?)折/g;

/** What a campaign's rule takes off a price: 满199减20, 8折. */
function cutsIn(rule: string, price: number | undefined): number[] {
  if (price === undefined) return [];
  const plain = normalizeText(rule).plain.text;
  const cuts = [...plain.matchAll(RULE_CUT)].filter((m) => price >= Number(m[1] ?? 0)).map((m) => Number(m[2]));
  return [...cuts, ...[...plain.matchAll(RULE_FOLD)].map((m) => price * (1 - Number(m[1]) / 10))];
}

function textsWithAmounts(context: GateContext): string[] {
  return [
    ...(context.promo ?? []).flatMap((promo) => [promo.name, promo.rule ?? '']),
    ...(context.shop?.benefitsForAll ?? []),
    ...Object.values(context.shop?.tiers ?? {}).flatMap((tier) => tier.benefits ?? []),
    ...(context.product?.benefits ?? []),
    ...(context.product?.guarantees ?? []),
    ...Object.values(context.product?.attrs ?? {}),
    ...(context.case?.options ?? []),
    context.case?.offer ?? '',
    context.case?.decision ?? '',
    context.case?.remedy ?? '',
    context.return?.policy ?? '',
    context.question?.verifiedAnswer ?? '',
    ...(context.order?.notes ?? []),
    context.product?.title ?? '',
    context.comparedWith?.title ?? '',
    ...Object.values(context.comparedWith?.attrs ?? {}),
    ...(context.history ?? []).filter((turn) => turn.from === 'buyer').map((turn) => turn.text),
  ];
}

function numbersIn(texts: readonly string[]): number[] {
  return texts.flatMap((text) => {
    const plain = normalizeText(text).plain.text;
    return [...(plain.match(/\d{1,7}(?:\.\d{1,2})?/g) ?? []).map(Number), ...readAmounts(plain).map((a) => a.yuan)];
  });
}

/** How old a fact was at `now`, in ms: 0 when nothing is said of its age, `Infinity` when it cannot be told. */
export function ageMs(context: GateContext, path: string): number {
  const asOf = context.asOf;
  if (asOf === undefined) return 0;
  const pieces = path.split('.');
  for (let n = pieces.length; n > 0; n--) {
    const readAt = asOf[pieces.slice(0, n).join('.')];
    if (readAt !== undefined) {
      return context.now === undefined ? Number.POSITIVE_INFINITY : Date.parse(context.now) - Date.parse(readAt);
    }
  }
  return 0;
}

/** Longest a stock figure may be relied on. @see domain 05, 5.2 */
export const STOCK_FRESH_MS = 5 * 60_000;
/** Longest a campaign may be relied on. */
export const PROMO_FRESH_MS = 15 * 60_000;
