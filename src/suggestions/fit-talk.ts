import type { MessageIntent } from '../protocol/ids.ts';
import { CARD_TOPICS, PRICE_FELL } from './card-topics.ts';
import type { Context } from './context.ts';
import { INTENT_CUES, QUESTION } from './cues.ts';
import { isGreeting } from './plain-words.ts';
import { moveOf } from './read-desk-turn.ts';
import { buyerSpokeOf, TURNS_OF_TOPIC } from './read-matter.ts';
import type { Trigger } from './trigger.ts';
import { nobodyThere, speaksOfOrder } from './trigger-tests.ts';

/** Without a noun of its own: it takes its topic from the turns before. */
const MOST_ELLIPTIC = 8;
/** A first message this long, read this surely, needs no word of the list. */
const SURE_CONFIDENCE = 0.55;
/** The same where the analyser abstains. */
const VERY_SURE_CONFIDENCE = 0.8;
const LEAST_SAID = 4;
/** Fit from which an intent is what the card is for. */
const MAIN_INTENT = 0.75;
/** Belief that the wording of an intent gives by itself. */
const CUED_BELIEF = 0.45;

/** Cards that end a talk. */
const CLOSING_CARDS = new Set(['SCR-08', 'SCR-140', 'SCR-141', 'SCR-142', 'SCR-143', 'SCR-156']);
/** Cards that answer a person who is asked for, or who is wanted at once: never out of place. */
const ALWAYS = new Set(['SCR-07', 'SCR-133', 'SCR-160']);

/** The farewell to a buyer who thinks it over. */
const THINKING_CARDS = new Set(['SCR-74', 'SCR-142']);

/** Cards of a wish that may as well be an answer. */
const ANSWERS_TOO = new Set(['SCR-30', 'SCR-31', 'SCR-34', 'SCR-56', 'SCR-74']);
const BARGAINING_CARDS = new Set(['SCR-30', 'SCR-31', 'SCR-33', 'SCR-34']);

/** A price limit to what the desk recommended asks for something cheaper, not for a cut. @see SCR-15 */
function seeksCheaper({ history, message }: Context): boolean {
  const near = history.slice(-TURNS_OF_TOPIC);
  return (
    [...near.filter(({ from }) => from === 'buyer').map(({ text }) => text), message].some((text) =>
      /以内|之内|以下|预算|不超过|左右/.test(text),
    ) && near.some(({ from, text }) => from === 'agent' && /https?:|推荐|这(款|个)|item/.test(text))
  );
}

/** Belief from which a message takes leave, or puts off. */
const LEAVES = 0.3;

/** The buyer who is on record as thinking it over takes leave. @see FLOW-F3 */
function leavesThinking({ facts, beliefs }: Context): boolean {
  const thinks = facts.convo?.outcome === 'thinking' || facts.convo?.saidThinkAgain === true;
  return thinks && Math.max(beliefs.get('INT-GEN-04') ?? 0, beliefs.get('INT-GEN-05') ?? 0) >= LEAVES;
}

function isElliptic(message: string): boolean {
  return message.trim().length <= MOST_ELLIPTIC && QUESTION.test(message);
}

/** The buyer has brought nothing up yet, and the desk has only greeted: the message opens the talk. */
function isOpening({ history }: Context): boolean {
  return history.every(({ from, text }) => {
    if (from === 'buyer') return isGreeting(text);
    const move = moveOf(text);
    return move === undefined || move === 'greeted';
  });
}

/** Cards of an order or a parcel, or of the desk's hours: a sure reading of one line says nothing of what they rest on. */
const RESTS_ON_RECORD = new Set(['SCR-04', 'SCR-62', 'SCR-63', 'SCR-64', 'SCR-109', 'SCR-125']);

/** In the middle of a talk the model alone is believed from here. */
const SURE_IN_TALK = 0.95;

/** The model has hardly a doubt that the message is what the card is for. */
function isSureOf({ card, intents }: Trigger, context: Context): boolean {
  if (RESTS_ON_RECORD.has(card) || speaksOfOrder(context)) return false;
  const { abstained, intents: guesses } = context.situation.analysis;
  const [first] = guesses;
  return (
    !abstained && first !== undefined && first.confidence >= SURE_IN_TALK && (intents[first.intent] ?? 0) >= MAIN_INTENT
  );
}

/** The very first message is surely about what the card answers, by the model or by its own words. */
function opensWith({ card, intents }: Trigger, { situation, message, beliefs }: Context): boolean {
  if (card === 'SCR-159' || message.trim().length < LEAST_SAID || /\[[^\]]*x\]/.test(message)) return false;
  const { abstained, intents: guesses } = situation.analysis;
  const least = abstained ? VERY_SURE_CONFIDENCE : SURE_CONFIDENCE;
  const [first] = guesses;
  if (first !== undefined && first.confidence >= least && (intents[first.intent] ?? 0) >= MAIN_INTENT) return true;
  return (Object.keys(intents) as MessageIntent[]).some(
    (intent) =>
      intents[intent]! >= MAIN_INTENT &&
      (beliefs.get(intent) ?? 0) >= CUED_BELIEF &&
      INTENT_CUES[intent]?.test(message) === true,
  );
}

/**
 * Whether a card has its place in the talk. Where nothing on record says what the talk is about, the message must name
 * the card's topic, or be elliptic and follow turns that did; and what answers the desk's own question opens nothing.
 */
export function fitsTalk(trigger: Trigger, context: Context): boolean {
  const { card } = trigger;
  const { talk, message, history } = context;
  if (ALWAYS.has(card) || CLOSING_CARDS.has(card)) return true;
  if (card === 'SCR-04' && nobodyThere(context)) return true;
  if (THINKING_CARDS.has(card) && leavesThinking(context)) return true;
  const topic = CARD_TOPICS[card];
  if (topic === undefined) return true;
  const named = topic.outright.test(message) && topic.unless?.test(message) !== true;
  if (!talk.bare) return named || !talk.replies || context.situation.analysis.held.length > 0;
  if (talk.replies && !ANSWERS_TOO.has(card)) return false;
  // Who has just told that the price fell after the order claims, and wishes for no cut.
  if (BARGAINING_CARDS.has(card) && (seeksCheaper(context) || buyerSpokeOf(PRICE_FELL, history))) return false;
  if (card === 'SCR-85' && talk.invoice !== 'none') return false;
  const { unlessBefore } = topic;
  if (unlessBefore !== undefined && buyerSpokeOf(unlessBefore, history)) return false;
  if (named) return true;
  if (topic.unless?.test(message) === true || topic.outrightOnly === true) return false;
  if (isOpening(context)) return opensWith(trigger, context);
  if (isSureOf(trigger, context)) return true;
  if (topic.inherited === undefined || !isElliptic(message)) return false;
  return buyerSpokeOf(topic.inherited, history);
}
