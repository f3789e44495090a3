import type { Facts, PromoFacts } from '../protocol/facts.ts';
import type { Context } from './context.ts';
import { UNDECIDED } from './cues.ts';
import { DAY_MS, ms, offsetMs } from './guard-checks.ts';

const WHICH = /(咋|怎么|如何)(选|挑)|都(喜欢|好看|想要)/;

type Candidate = NonNullable<Facts['candidates']>[number];
type Choice = NonNullable<Facts['choice']>[number];

/** Stock of one variant, when fresh. */
export function freshStock(context: Context, sku: string): number | undefined {
  return context.fresh(`product.stock.${sku}`, context.facts.product?.stock?.[sku]);
}

/** Who wavers between variants is told of the one that is gone. */
function stillWanted(context: Context): readonly string[] {
  const { skus } = context.named;
  if (skus.length < 2 || !(UNDECIDED.test(context.message) || WHICH.test(context.message))) return skus;
  const gone = skus.filter((sku) => freshStock(context, sku) === 0);
  return gone.length > 0 ? gone : skus;
}

/** Variants of the order that waits to be sent: what is said of stock while it waits is said of them. */
function orderedSkus({ facts: { order, product } }: Context): string[] {
  if (order === null || order === undefined || !['unpaid', 'paid', 'printed'].includes(order.state)) return [];
  const skus = (order.items ?? []).flatMap(({ title, sku }) =>
    sku !== undefined && (product?.title === undefined || title === product.title) ? [sku] : [],
  );
  return skus.filter((sku) => product?.stock?.[sku] !== undefined);
}

/** Variants the buyer asks for: named ones, those that were ordered, the only one there is, or with none named every one. */
export function askedSkus(context: Context): readonly string[] {
  if (context.named.skus.length > 0) return stillWanted(context);
  if (context.named.unknown) return [];
  const ordered = orderedSkus(context);
  if (ordered.length > 0) return ordered;
  const all = Object.keys(context.facts.product?.stock ?? {});
  if (context.held.has('INT-PRE-29')) {
    const gone = all.filter((sku) => freshStock(context, sku) === 0);
    if (gone.length > 0) return gone;
  }
  return all;
}

/** Other variants that are in stock. */
export function alternativeSkus(context: Context): string[] {
  const asked = askedSkus(context);
  const stock = context.facts.product?.stock ?? {};
  return Object.keys(stock).filter((sku) => !asked.includes(sku) && (freshStock(context, sku) ?? 0) > 0);
}

/** Whether two short texts share a pair of characters, or one holds the other. */
function touches(a: string, b: string): boolean {
  if (a.includes(b) || b.includes(a)) return true;
  for (let i = 0; i + 2 <= a.length; i++) if (b.includes(a.slice(i, i + 2))) return true;
  return false;
}

/** Every word of the need, or of what the buyer wrote when none is on record. */
function servesNeed(candidate: Candidate, context: Context): boolean {
  const fits = candidate.fits ?? [];
  if (fits.length === 0) return false;
  const need = context.convo.need;
  if (need !== undefined) {
    const parts = need.split(/[，,、；;\s]+/).filter((part) => part !== '');
    return parts.every((part) => fits.some((fit) => touches(part, fit)));
  }
  const said = [...context.history.filter((t) => t.from === 'buyer').map((t) => t.text), context.message].join(' ');
  return fits.some((fit) => touches(fit, said)) || context.convo.budget !== undefined;
}

/** Candidates that may be recommended: in stock, serving the need, within the budget; best fit first, never by price. @see SCR-15 */
export function fittingCandidates(context: Context): Candidate[] {
  const { facts, convo } = context;
  if (!context.freshness.isFresh('candidates')) return [];
  return (facts.candidates ?? [])
    .filter((c) => (c.stock ?? 0) > 0 && servesNeed(c, context))
    .filter((c) => convo.budget === undefined || (c.price !== undefined && c.price <= convo.budget))
    .sort((a, b) => (b.fits?.length ?? 0) - (a.fits?.length ?? 0));
}

/** The style to advise: in stock and reviewed at least as well as the other. @see SCR-17 */
export function betterChoice(context: Context): Choice | undefined {
  const choice = context.fresh('choice', context.facts.choice) ?? [];
  if (choice.length < 2) return undefined;
  if (choice.some((c) => c.stock === undefined || c.rating === undefined || c.reviewCount === undefined))
    return undefined;
  return choice.find(
    (c) =>
      c.stock! > 0 &&
      choice.every(
        (other) =>
          other === c ||
          c.rating! > other.rating! ||
          (c.rating === other.rating && c.reviewCount! >= other.reviewCount!),
      ),
  );
}

/** Names of the options a choice is between: two styles, or the variants in stock (named ones where named). */
export function options(context: Context): { names: string[]; inStock: boolean; total: number } {
  const choice = context.facts.choice;
  if (choice !== undefined && choice.length > 0) {
    const fresh = context.freshness.isFresh('choice');
    const there = choice.filter((c) => (c.stock ?? 0) > 0).map((c) => c.title);
    return { names: there, inStock: fresh && there.length === choice.length, total: choice.length };
  }
  const stock = Object.keys(context.facts.product?.stock ?? {});
  const named = context.named.skus;
  const pool = named.length >= 2 ? named : stock;
  const there = pool.filter((sku) => (freshStock(context, sku) ?? 0) > 0);
  return {
    names: there,
    inStock: named.length >= 2 ? there.length === named.length : there.length > 0,
    total: pool.length,
  };
}

/** Variants the buyer has shown interest in: named in the chat, or the only one there is. */
function wantedSkus(context: Context): readonly string[] {
  if (context.named.skus.length > 0) return context.named.skus;
  const stock = Object.keys(context.facts.product?.stock ?? {});
  return stock.length === 1 && !context.named.unknown ? stock : [];
}

/** A wanted variant with verified last pieces, and how many there are. @see CT-3 */
export function lastPieces(context: Context): { sku: string; pieces: number } | undefined {
  const threshold = context.facts.shop.lastPiecesThreshold ?? 3;
  for (const sku of wantedSkus(context)) {
    const pieces = freshStock(context, sku);
    if (pieces !== undefined && pieces >= 1 && pieces <= threshold) return { sku, pieces };
  }
  return undefined;
}

/** Review pictures that may be shown: genuine and masked. */
export function cleanShots(context: Context): number {
  const shots = context.fresh('product.reviewShots', context.facts.product?.reviewShots) ?? [];
  return shots.filter((shot) => shot.genuine === true && shot.masked === true).length;
}

/** A campaign on what is talked about that ends on this day of the shop's calendar and is not extended. @see CT-3 */
export function endingToday({ promos, facts, nowMs }: Context): PromoFacts | undefined {
  const zone = offsetMs(facts.now);
  const day = (at: number): number => Math.floor((at + zone) / DAY_MS);
  return promos.find((p) => p.extensionPlanned === false && day(ms(p.endsAt!) - 1) === day(nowMs));
}
