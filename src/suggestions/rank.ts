import type { MessageIntent } from '../protocol/ids.ts';
import type { Script, ScriptVariant } from '../protocol/script.ts';
import type { Context } from './context.ts';
import { fitsTalk } from './fit-talk.ts';
import { type ScriptGroup, wordPairs } from './nearness.ts';
import { type Occasion, orderState, RANK_CLASSES, type Trigger } from './trigger.ts';
import { saysNothing, speaksOfOrder } from './trigger-tests.ts';
import { ADVICE_TRIGGERS } from './triggers-advice.ts';
import { AFTER_SALE_TRIGGERS } from './triggers-after-sale.ts';
import { CLOSING_TRIGGERS } from './triggers-closing.ts';
import { ORDER_TRIGGERS } from './triggers-order.ts';
import { PRICE_TRIGGERS } from './triggers-price.ts';
import { TALK_TRIGGERS } from './triggers-talk.ts';

/** When each card is worth proposing. */
export const TRIGGERS: readonly Trigger[] = [
  ...TALK_TRIGGERS,
  ...ADVICE_TRIGGERS,
  ...PRICE_TRIGGERS,
  ...CLOSING_TRIGGERS,
  ...ORDER_TRIGGERS,
  ...AFTER_SALE_TRIGGERS,
];

/** A card that fits the situation, with how well and why. */
export interface Candidate {
  readonly trigger: Trigger;
  readonly score: number;
  /** The intents it answers, most believed first. */
  readonly intents: readonly MessageIntent[];
  readonly occasion: Occasion | undefined;
}

/** Below this a card is no candidate. */
const LEAST_SCORE = 0.27;
/** Belief from which a matter of the message counts as surely there. */
export const SURE_BELIEF = 0.55;
/** The same while the analyser abstains: then a weak reading is worse than the clarifying question. */
const LEAST_SCORE_UNREAD = 0.5;
/** What is left of a card that fades. */
const FADED = 0.42;
/** What one class of SR-15 is worth between cards that fit alike. */
const CLASS_STEP = 0.012;
/** What urgency is worth between two matters in one message. @see INT-GEN-09 */
const URGENCY_STEP = 0.07;

/** After-sale before logistics before payment before the rest. @see INT-GEN-09 */
function urgency(intent: MessageIntent): number {
  if (/^INT-(AS|REV)|^INT-GEN-07/.test(intent)) return 3;
  if (intent.startsWith('INT-LOG')) return 2;
  return intent.startsWith('INT-IN') ? 1 : 0;
}

/** What the urgency of an intent adds to a score. @see INT-GEN-09 */
export function urgencyWorth(intent: MessageIntent): number {
  return urgency(intent) * URGENCY_STEP;
}

function urgencyBonus(trigger: Trigger, context: Context): number {
  let most = 0;
  for (const key in trigger.intents) {
    const intent = key as MessageIntent;
    if ((context.beliefs.get(intent) ?? 0) >= SURE_BELIEF && (trigger.intents[intent] ?? 0) >= 0.9) {
      most = Math.max(most, urgencyWorth(intent));
    }
  }
  return most;
}

/** Cards that answer a doubt about buying at all. */
const DOUBT_CARDS = new Set(['SCR-40', 'SCR-41', 'SCR-43', 'SCR-44']);

/** Before an order a weak reading about the product at hand is worth a look: only facts of that product pass. */
function likelyAdvice(trigger: Trigger, context: Context): boolean {
  return (
    trigger.rank === 'question' &&
    (context.facts.product !== undefined || (DOUBT_CARDS.has(trigger.card) && !speaksOfOrder(context))) &&
    context.facts.case?.open !== true &&
    orderState(context) === 'none'
  );
}

function rate(trigger: Trigger, context: Context): Candidate | undefined {
  let score = 0;
  const intents: [MessageIntent, number][] = [];
  for (const key in trigger.intents) {
    const intent = key as MessageIntent;
    const belief = context.beliefs.get(intent) ?? 0;
    const fit = belief * trigger.intents[intent]!;
    if (fit > score) score = fit;
    if (fit >= LEAST_SCORE) intents.push([intent, fit]);
  }
  // Cheap before dear: a test reads words, a belief is a number.
  if (score < LEAST_SCORE && trigger.occasions === undefined) return undefined;
  if (trigger.when?.(context) === false) return undefined;
  let best: Occasion | undefined;
  for (const occasion of trigger.occasions ?? []) {
    if (occasion.weight <= score || occasion.weight <= (best?.weight ?? 0)) continue;
    if (occasion.holds(context)) best = occasion;
  }
  if (best !== undefined) score = best.weight;
  if (trigger.fades?.(context) === true) score *= FADED;
  const unread = context.situation.analysis.abstained && trigger.card !== 'SCR-09' && !likelyAdvice(trigger, context);
  if (score < (unread ? LEAST_SCORE_UNREAD : LEAST_SCORE)) return undefined;
  const bonus = (RANK_CLASSES.length - 1 - RANK_CLASSES.indexOf(trigger.rank)) * CLASS_STEP;
  intents.sort((a, b) => b[1] - a[1]);
  return {
    trigger,
    score: score + bonus + urgencyBonus(trigger, context),
    intents: intents.map(([intent]) => intent),
    occasion: best,
  };
}

/** Cards that answer whoever comes, whatever was sent. */
const GREETING_CARDS = new Set(['SCR-01', 'SCR-02', 'SCR-04']);

/** Cards that fit the situation. @see INT-GEN-09 */
export function findCandidates(context: Context): Candidate[] {
  const found: Candidate[] = [];
  const nothing = saysNothing(context);
  for (const trigger of TRIGGERS) {
    if (nothing && !GREETING_CARDS.has(trigger.card)) continue;
    const candidate = rate(trigger, context);
    if (candidate !== undefined && fitsTalk(trigger, context)) found.push(candidate);
  }
  return found;
}

/** Best first; of two that fit alike the card comes before an answer of the shop's own. @see SR-15 */
export function inOrder<T extends Candidate>(candidates: readonly T[]): T[] {
  return candidates.toSorted((a, b) => b.score - a.score || (a.trigger.card < b.trigger.card ? -1 : 1));
}

function segmentsOf(context: Context): readonly string[] {
  const given = context.facts.buyer.segment;
  return given === undefined ? (context.situation.profile?.segments ?? []) : [given];
}

/** How well a wording or script suits the buyer: 2 named for him, 1 for everybody, 0 for others. */
export function suits(
  context: Context,
  wording: { buyerTypes?: readonly string[] | undefined; segments?: readonly string[] | undefined },
): number {
  const types = wording.buyerTypes ?? [];
  const segments = wording.segments ?? [];
  if (types.length === 0 && segments.length === 0) return 1;
  const mine = segmentsOf(context);
  return types.some((type) => context.types.includes(type as never)) || segments.some((s) => mine.includes(s)) ? 2 : 0;
}

/** A wording with its place in the script. */
export interface RankedVariant {
  readonly variant: ScriptVariant;
  readonly index: number;
  /** How well it suits the buyer; see `suits`. */
  readonly fit: number;
}

/** A script of a card, with how well it suits the buyer and how near it is to the message. */
export interface RankedScript {
  readonly script: Script;
  readonly fit: number;
  readonly near: number;
}

/** Says at least two words of English and no Chinese in the whole chat: a link or a lone word is not a language. */
function writesEnglish(context: Context): boolean {
  const said = [...context.history.filter((t) => t.from === 'buyer').map((t) => t.text), context.message];
  return (
    said.every((text) => !/[\u4e00-\u9fff]/.test(text)) &&
    (context.message.replace(/https?:\/\/\S+/g, '').match(/[A-Za-z']{2,}/g) ?? []).length >= 2
  );
}

/** Wordings to try, best suited first; the buyer's language before the shop's. */
export function rankVariants(script: Script, context: Context): RankedVariant[] {
  const english = context.situation.analysis.language === 'en' && writesEnglish(context);
  return script.variants
    .map((variant, index) => ({ variant, index, fit: suits(context, variant) }))
    .filter(({ variant, fit }) => fit > 0 && (english || variant.language !== 'en'))
    .sort(
      (a, b) =>
        Number(b.variant.language === 'en') - Number(a.variant.language === 'en') || b.fit - a.fit || a.index - b.index,
    );
}

/** Scripts of one card, best suited to the buyer first, then nearest to the message; those for other types are left out. */
export function rankScripts(group: ScriptGroup, context: Context): RankedScript[] {
  const { scripts } = group;
  if (scripts.length === 1) {
    const fit = suits(context, scripts[0]!);
    return fit > 0 ? [{ script: scripts[0]!, fit, near: 0 }] : [];
  }
  const near = group.nearness(wordPairs(context.message));
  return scripts
    .map((script, index) => ({ script, index, fit: suits(context, script), near: near.get(index) ?? 0 }))
    .filter(({ fit }) => fit > 0)
    .sort((a, b) => b.fit - a.fit || b.near - a.near || a.index - b.index);
}
