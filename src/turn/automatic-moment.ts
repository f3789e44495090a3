/** A conversation at the moment something may leave by itself: facts, analyses, who is there. */
import type { Agent } from '../desk/ports.ts';
import type { Message } from '../protocol/records.ts';
import type { Analysis, Proposal, Situation, Verdict } from '../protocol/turn.ts';
import { decideMode, type ModeQuestion } from '../suggestions/decide-mode.ts';
import { pickServing } from './analyse-turn.ts';
import { buildFacts, historyBefore } from './build-facts.ts';
import type { Desk } from './desk.ts';
import { gateContextIn, type Surroundings } from './gate-surroundings.ts';
import type { Stores, TurnContext } from './ports.ts';

/** Everything the decision goes by. */
export interface Moment {
  context: TurnContext;
  surroundings: Surroundings;
  /** The buyer's newest message. */
  asked: Message;
  analysis: Analysis;
  analyses: Map<number, Analysis>;
  /** The agent in whose name a text is filled. */
  agent: Agent | undefined;
  nowMs: number;
}

/** Reads it through one set of stores: inside a transaction that is what the transaction sees. */
export async function readMoment(
  desk: Desk,
  stores: Pick<Stores, 'contextNow' | 'conversations'>,
  key: { shopId: string; conversationId: string },
  surroundings: Surroundings,
): Promise<Moment | undefined> {
  const context = await stores.contextNow(key);
  const asked = context?.messages.findLast(({ from }) => from === 'buyer');
  if (!context || !asked) return undefined;
  const first = context.messages[0]?.seq ?? asked.seq;
  const analyses = await stores.conversations.analyses(key.shopId, key.conversationId, first);
  const analysis = analyses.get(asked.seq);
  if (!analysis) return undefined;
  const { onDuty, view } = surroundings;
  const agent = pickServing(view.agents, context.conversation, onDuty);
  return { context, surroundings, asked, analysis, analyses, agent, nowMs: desk.clock.now() };
}

/** The situation in which the newest message is answered. */
export function situationOf(moment: Moment, mode: 'A' | 'O'): Situation {
  const { context, surroundings, asked, analysis, agent, nowMs } = moment;
  const { view, onDuty } = surroundings;
  const { profile } = context.conversation.state;
  const { facts } = buildFacts({
    context,
    view,
    onDuty,
    message: asked.text,
    nowMs,
    ...(agent ? { agent } : {}),
    ...(profile ? { profile } : {}),
  });
  const history = historyBefore(context, asked.seq, view.shop.tz);
  return { facts, history, message: asked.text, analysis, mode, ...(profile ? { profile } : {}) };
}

/** The gate's word on a text that no person reads before it leaves. */
export function judgeAutomatic(desk: Desk, moment: Moment, text: string): Verdict {
  const { context, surroundings, agent } = moment;
  return surroundings.library.gate.judge(text, gateContextIn(desk, context, surroundings, agent, 'O'));
}

/** Who sends the proposal at this moment. */
export function decideAt(
  moment: Moment,
  situation: Situation,
  proposal: Proposal | undefined,
  verdict: Verdict['decision'] | undefined,
): ReturnType<typeof decideMode> {
  const { context, surroundings } = moment;
  const { takenOverAt, lastAgentAt } = context.conversation;
  const question: ModeQuestion = {
    modes: surroundings.view.shop.settings.modes,
    onDuty: surroundings.onDuty.length > 0,
    proposal,
    burst: analysesSince(moment, ({ from }) => from !== 'buyer'),
    sinceHuman: analysesSince(moment, ({ from }) => from === 'agent'),
    dispute: situation.facts.case?.open === true,
    takenOver: takenOverAt !== null,
    lastAgentAt,
    nowMs: moment.nowMs,
    ...(verdict ? { verdict } : {}),
  };
  return decideMode(question);
}

/** What was understood of the buyer's messages after the last one that ends a burst. */
function analysesSince({ context, analyses }: Moment, ends: (message: Message) => boolean): Analysis[] {
  const { messages } = context;
  return messages
    .slice(messages.findLastIndex(ends) + 1)
    .flatMap(({ from, seq }) => (from === 'buyer' ? (analyses.get(seq) ?? []) : []));
}
