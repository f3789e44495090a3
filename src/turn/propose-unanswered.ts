/** What a buyer asked in the same breath before the newest message gets a chip of its own. @see INT-GEN-09 */
import type { Facts } from '../protocol/facts.ts';
import type { Analysis, Proposal, Situation, SuggestionResult, Turn } from '../protocol/turn.ts';
import { contextUpTo, historyBefore, orderOfChat } from './build-facts.ts';
import { withNamedOrder } from './find-order.ts';
import type { Goods } from './goods-window.ts';
import type { SuggestionEngine, TurnContext, Understanding } from './ports.ts';
import { readMessage } from './read-message.ts';

/** A message that nobody has answered, as it was read when it came. */
export interface OpenMessage {
  seq: number;
  text: string;
  history: Turn[];
  analysis: Analysis;
  /** Facts of what this message speaks of; the newest may speak of another product. */
  facts: Facts;
}

/** How an open message is read. */
export interface OpenReading {
  understanding: Understanding;
  tz: string;
  goods: Goods;
  /** The facts for a text as the conversation stood at it. */
  factsAt(context: TurnContext, text: string): Facts;
}

const MOST_PROPOSALS = 3;
/** Messages back that are looked through. */
const MOST_OPEN = 2;
/** What was asked longer ago stands in the list of owed answers or is no matter any more. */
const OPEN_FOR_MS = 10 * 60_000;
/** Intents that ask for nothing. */
const ASKS_NOTHING = new Set(['INT-GEN-01', 'INT-GEN-04', 'INT-GEN-05', 'INT-GEN-09']);
/** Cards that greet, hold, hand over or ask back: none of them answers a question. */
const NO_ANSWER = /^SCR-0[1-9]$/;

/** The buyer's messages between the desk's last word and `seq`, newest first; each is read when it is asked for. */
export function* unansweredBefore(
  context: TurnContext,
  seq: number,
  { understanding, tz, goods, factsAt }: OpenReading,
): Generator<OpenMessage> {
  const newest = context.messages.find((message) => message.seq === seq);
  const earlier = context.messages.filter((message) => message.seq < seq);
  const since = earlier.findLastIndex(({ from }) => from !== 'buyer') + 1;
  for (const message of earlier.slice(since).slice(-MOST_OPEN).reverse()) {
    if (newest === undefined || newest.sentAt - message.sentAt > OPEN_FOR_MS) return;
    const history = historyBefore(context, message.seq, tz);
    const at = withNamedOrder(contextUpTo(context, message.seq), message, goods);
    const order = orderOfChat(at.orders, at.conversation);
    const analysis = readMessage(understanding, message.text, order, history, { atMs: message.sentAt });
    const facts = factsAt(at, message.text);
    yield { seq: message.seq, text: message.text, history, analysis, facts };
  }
}

/**
 * The proposals with one for each open question that none of them answers, as far as there is room: a proposal that
 * answers nothing the newest message says gives way.
 */
export function addUnanswered(
  result: SuggestionResult,
  open: Iterable<OpenMessage>,
  engine: SuggestionEngine,
  situation: Situation,
): SuggestionResult {
  if (situation.mode !== 'A') return result;
  const held = new Set<string>(situation.analysis.held);
  const isNeeded = ({ intents, answers }: Proposal, at: number) =>
    at === 0 || answers !== undefined || intents.some((intent) => held.has(intent));
  let proposals = result.proposals;
  if (proposals.filter(isNeeded).length === MOST_PROPOSALS) return result;
  for (const message of open) {
    const asked = message.analysis.held.filter((intent) => !ASKS_NOTHING.has(intent));
    const answered = new Set(proposals.flatMap(({ intents }) => intents));
    const left = asked.filter((intent) => !answered.has(intent));
    if (left.length === 0) continue;
    const { text, history, analysis, facts, seq } = message;
    const found = engine
      .suggest({ ...situation, facts, message: text, history, analysis })
      .proposals.find(
        ({ card, intents }) =>
          !NO_ANSWER.test(card) &&
          intents.some((intent) => left.some((one) => one === intent)) &&
          !proposals.some((known) => known.card === card),
      );
    if (!found) continue;
    const kept = proposals.length < MOST_PROPOSALS ? proposals : proposals.filter(isNeeded);
    if (kept.length === MOST_PROPOSALS) break;
    const answer: Proposal = {
      ...found,
      answers: seq,
      reasons: [`买家前面问的“${short(text)}”还没有回答`, ...found.reasons],
    };
    proposals = [...kept, answer];
  }
  if (proposals === result.proposals) return result;
  const { abstained: _abstained, ...rest } = result;
  return { ...rest, proposals };
}

function short(text: string): string {
  const letters = [...text];
  return letters.length > 16 ? `${letters.slice(0, 16).join('')}…` : text;
}
