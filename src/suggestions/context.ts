import type { Facts, PromoFacts } from '../protocol/facts.ts';
import type { BuyerType, MessageIntent } from '../protocol/ids.ts';
import type { Situation, Turn } from '../protocol/turn.ts';
import {
  type AskedAttributes,
  findAskedAttributes,
  findNamedSkus,
  type NamedSkus,
  namesOfProduct,
} from './asked-items.ts';
import { type Beliefs, believeIntents, heldIntents } from './believe-intents.ts';
import { createFreshness, type Freshness } from './freshness.ts';
import { type Conversation, inferConversation } from './infer-conversation.ts';
import { asksOfOtherGoods } from './other-goods.ts';
import { readTalk, type Talk } from './read-talk.ts';
import { takeUpOpenMatter } from './take-up-open-matter.ts';

/** Everything guards, slots and triggers may ask about one situation. */
export interface Context {
  readonly facts: Facts;
  readonly nowMs: number;
  readonly message: string;
  readonly history: readonly Turn[];
  readonly situation: Situation;
  readonly freshness: Freshness;
  readonly beliefs: Beliefs;
  readonly held: ReadonlySet<MessageIntent>;
  readonly convo: Conversation;
  /** How the message stands to the talk before it. */
  readonly talk: Talk;
  /** Attributes the message, or else the open question, asks for. */
  readonly asked: AskedAttributes;
  /** Variants the message asks for, or else the last one named in the chat. */
  readonly named: NamedSkus;
  /** Buyer types that reach the threshold. @see BT-P2 */
  readonly types: readonly BuyerType[];
  /** Running campaigns that cover the product or the basket. */
  readonly promos: readonly PromoFacts[];
  /** The value when its path is fresh, else `undefined`. `null` stays `null`. */
  fresh<T>(path: string, value: T | undefined): T | undefined;
}

/** Score from which a buyer type changes anything. @see BT-P2 */
const TYPE_THRESHOLD = 0.5;

function typesOf(situation: Situation): BuyerType[] {
  const scores = situation.facts.buyer.types ?? situation.profile?.types ?? {};
  return (Object.keys(scores) as BuyerType[])
    .filter((type) => (scores[type] ?? 0) >= TYPE_THRESHOLD)
    .sort((a, b) => scores[b]! - scores[a]!);
}

function namedSkus(situation: Situation, skus: readonly string[]): NamedSkus {
  const here = findNamedSkus(situation.message, skus, situation.analysis.entities);
  if (here.skus.length > 0 || here.unknown) return here;
  for (let i = situation.history.length - 1; i >= 0; i--) {
    const turn = situation.history[i]!;
    if (turn.from !== 'buyer') continue;
    const named = findNamedSkus(turn.text, skus);
    if (named.skus.length > 0) return named;
  }
  return here;
}

/** Whether a campaign runs now: `startsAt ≤ now < endsAt`, both known. */
function runs(promo: PromoFacts, nowMs: number): boolean {
  if (promo.startsAt === undefined || promo.endsAt === undefined) return false;
  return Date.parse(promo.startsAt) <= nowMs && nowMs < Date.parse(promo.endsAt);
}

function runningPromos(facts: Facts, nowMs: number): PromoFacts[] {
  const titles = [facts.product?.title, ...(facts.basket ?? []).map((item) => item.title)].filter(
    (title): title is string => title !== undefined,
  );
  return (facts.promo ?? []).filter(
    (promo) => runs(promo, nowMs) && (promo.items ?? []).some((item) => titles.includes(item)),
  );
}

function askedAttributes(situation: Situation): AskedAttributes {
  const { facts, message, history } = situation;
  const attrs = facts.product?.attrs ?? {};
  const names = namesOfProduct(facts.product);
  const here = findAskedAttributes(message, attrs, names);
  if (here.known.length > 0 || here.unknown || facts.question !== undefined) return here;
  const before = history.findLast((turn) => turn.from === 'buyer');
  const answered = history.at(-1)?.from === 'agent';
  return before === undefined || answered ? here : findAskedAttributes(before.text, attrs, names);
}

/** Nobody says more than this in one line of chat; the rest of a pasted wall is not searched for words. */
const MOST_READ = 500;

function shorten(situation: Situation): Situation {
  const { message, history } = situation;
  if (message.length <= MOST_READ && history.every((turn) => turn.text.length <= MOST_READ)) return situation;
  return {
    ...situation,
    message: message.slice(0, MOST_READ),
    history: history.map((turn) => ({ ...turn, text: turn.text.slice(0, MOST_READ) })),
  };
}

/** The desk asks something, or asks for something. */
function asksBuyer(turn: Turn | undefined): boolean {
  return (
    turn !== undefined &&
    turn.from !== 'buyer' &&
    /[?？]|吗|嘛|呢|哪|多少|什么|请|麻烦|提供|告诉|发(我|一下|下)/.test(turn.text)
  );
}

/** Reads one situation once, so that guards, slots and triggers stay cheap. */
export function createContext(given: Situation): Context {
  const situation = takeUpOpenMatter(shorten(given));
  const { facts, message, history, analysis } = situation;
  const nowMs = Date.parse(facts.now);
  const freshness = createFreshness(facts);
  const beliefs = believeIntents(analysis, message, facts, nowMs, asksBuyer(history.at(-1)));
  const held = heldIntents(beliefs);
  // What the record says of one product answers nothing about another.
  const other = asksOfOtherGoods(facts, message);
  return {
    facts,
    nowMs,
    message,
    history,
    situation,
    freshness,
    beliefs,
    held,
    convo: inferConversation(facts, history, message, analysis, held),
    talk: readTalk(facts, history, message),
    asked: other ? { known: [], unknown: true } : askedAttributes(situation),
    named: other ? { skus: [], unknown: true } : namedSkus(situation, Object.keys(facts.product?.stock ?? {})),
    types: typesOf(situation),
    promos: freshness.isFresh('promo') ? runningPromos(facts, nowMs) : [],
    fresh: (path, value) => (value !== undefined && freshness.isFresh(path) ? value : undefined),
  };
}
