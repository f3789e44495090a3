/** Suggestions anew for a message that was understood before: its facts have changed, or an answer is owed. */
import type { Agent } from '../desk/ports.ts';
import { createId } from '../lib/ids.ts';
import type { MessageIntent } from '../protocol/ids.ts';
import type { SuggestionSet } from '../protocol/records.ts';
import type { Analysis, Situation, SuggestionResult } from '../protocol/turn.ts';
import type { Learnt } from '../suggestions/learning/reorder.ts';
import { servingAgent, toSet } from './analyse-turn.ts';
import { endSends } from './automatic-stop.ts';
import { buildFacts, historyWithout, orderOfChat } from './build-facts.ts';
import type { Desk } from './desk.ts';
import type { SuggestionEngine, TurnContext } from './ports.ts';
import { addNextLines, nextLines } from './propose-next-line.ts';
import { addUnanswered, unansweredBefore } from './propose-unanswered.ts';
import { readMessage } from './read-message.ts';
import { proceduresOf } from './record-facts.ts';

/**
 * Puts new suggestions for the newest buyer message in place of the live ones, if anything about them changed. While
 * somebody writes meanwhile, nothing is replaced: the newer message brings its own. What an agent said the message means
 * stands in place of what is understood.
 */
export async function suggestAgain(
  desk: Desk,
  context: TurnContext,
  live: SuggestionSet | undefined,
  agent?: Agent,
  /** Where the next line of a return or refund goes; `alone`: everything else is answered. */
  nextLine: 'alone' | 'first' | 'fitting' = 'fitting',
): Promise<void> {
  const { shopId, id: conversationId } = context.conversation;
  const asked = context.messages.findLast((message) => message.from === 'buyer');
  const onDuty = await desk.presence.onDuty(shopId);
  if (!asked || onDuty.length === 0) return;
  const view = await desk.window.view(shopId);
  const nowMs = desk.clock.now();
  // The away reply that followed belongs to what was said: it is why an answer is owed.
  const history = historyWithout(context, asked.seq, view.shop.tz);
  const order = orderOfChat(context.orders, context.conversation);
  const library = await desk.libraries.of(shopId);
  const { engine, understanding } = library;
  const read = readMessage(understanding, asked.text, order, history);
  const corrections = await desk.ledger.teaching.correctionsOf(shopId, conversationId);
  const corrected = corrections.find(({ seq }) => seq === asked.seq);
  const analysis = corrected ? asCorrected(read, corrected.intents) : read;
  const { profile } = context.conversation.state;
  const serving = agent ?? (await servingAgent(desk, context.conversation, onDuty));
  const factsAt = (at: TurnContext, message: string) =>
    buildFacts({
      context: at,
      view,
      onDuty,
      message,
      nowMs,
      ...(serving ? { agent: serving } : {}),
      ...(profile ? { profile } : {}),
    }).facts;
  const facts = factsAt(context, asked.text);
  const situation: Situation = {
    facts,
    history,
    message: asked.text,
    analysis,
    mode: 'A',
    ...(profile ? { profile } : {}),
  };
  const { learnt, learning } = await desk.learning.rank(view.shop, conversationId, situation);
  const lines = nextLines(library, situation, proceduresOf(context, order, facts));
  const onlyNextLine = nextLine === 'alone' || live?.afterSeq !== undefined;
  if (onlyNextLine && lines.length === 0) return live && (await withdrawLine(desk, live, shopId));
  const answer =
    context.owed.length > 0 ? answerOwed : (one: SuggestionEngine, s: Situation, l?: Learnt) => one.suggest(s, l);
  const owed = onlyNextLine ? { proposals: [], hidden: [] } : answer(engine, situation, learnt);
  const open = unansweredBefore(context, asked.seq, { understanding, tz: view.shop.tz, goods: view.goods, factsAt });
  const own = addNextLines(owed, lines, situation, onlyNextLine ? 'alone' : nextLine);
  const result = onlyNextLine || context.owed.length > 0 ? own : addUnanswered(own, open, engine, situation);
  if (live && textsOf(live) === textsOf(result)) return;
  const goesAfter = onlyNextLine ? { afterSeq: context.conversation.lastSeq } : {};
  const set = {
    ...toSet(result, { conversationId, seq: asked.seq }, createId('suggestion', nowMs)),
    learning,
    ...goesAfter,
  };
  const replaced = await desk.ledger.suggestions.replace(shopId, set, context.conversation.lastSeq, nowMs);
  if (!replaced) return;
  if (live) {
    const suggestionId = live.id;
    await endSends(desk, shopId, { suggestionId }, 'fact_changed');
    desk.bus.publish({ type: 'suggestions.withdrawn', shopId, conversationId, suggestionId, reason: 'fact_changed' });
  }
  desk.bus.publish({
    type: 'turn.analysed',
    shopId,
    conversationId,
    data: {
      conversationId,
      seq: asked.seq,
      analysis,
      suggestions: set,
      profile: profile ?? { types: {}, top: 'unknown', segments: [], evidence: [] },
    },
  });
}

/** A next line that is next no longer. */
async function withdrawLine(desk: Desk, { conversationId }: SuggestionSet, shopId: string): Promise<void> {
  const reason = 'fact_changed';
  for (const suggestionId of await desk.ledger.suggestions.withdraw(shopId, conversationId, reason, desk.clock.now())) {
    await endSends(desk, shopId, { suggestionId }, reason);
    desk.bus.publish({ type: 'suggestions.withdrawn', shopId, conversationId, suggestionId, reason });
  }
}

/** The analysis with an agent's word in the place of the model's. */
function asCorrected(analysis: Analysis, intents: readonly MessageIntent[]): Analysis {
  return {
    ...analysis,
    intents: intents.map((intent) => ({ intent, confidence: 1, evidence: [] })),
    held: [...intents],
    abstained: intents.length === 0,
    outOfScope: intents.length === 0 ? 1 : 0,
  };
}

function textsOf({ proposals }: Pick<SuggestionResult, 'proposals'>): string {
  return proposals.map((proposal) => `${proposal.scriptId} ${proposal.text}`).join('\n');
}

/** Cards that greet, hold or ask back: none of them answers a question. */
const NO_ANSWERS = new Set(['SCR-01', 'SCR-02', 'SCR-03', 'SCR-04', 'SCR-05', 'SCR-06', 'SCR-07', 'SCR-08', 'SCR-09']);

/**
 * Proposals for a question left offline: the first line introduces the agent, repeats the question and gives the
 * answer that the desk would give now. Without facts that answer it, the engine's own proposals stand. @see SCR-03
 */
function answerOwed(engine: SuggestionEngine, situation: Situation, learnt: Learnt | undefined): SuggestionResult {
  if (!situation.facts.question) return engine.suggest(situation, learnt);
  const result = engine.suggest(withOwedAnswer(engine, situation, learnt), learnt);
  const first = result.proposals.filter((proposal) => proposal.card === 'SCR-03');
  return { ...result, proposals: [...first, ...result.proposals.filter((proposal) => proposal.card !== 'SCR-03')] };
}

/** The situation with the answer that the desk would give now to the question left offline, where there is one. */
export function withOwedAnswer(engine: SuggestionEngine, situation: Situation, learnt?: Learnt): Situation {
  const { question, ...others } = situation.facts;
  if (!question) return situation;
  const { proposals } = engine.suggest({ ...situation, facts: others }, learnt);
  const answer = proposals.find((proposal) => !NO_ANSWERS.has(proposal.card));
  const answered = answer ? { ...question, verifiedAnswer: answer.text } : question;
  return { ...situation, facts: { ...others, question: answered } };
}
