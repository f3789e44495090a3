/** Understands a recorded message: analysis, profile, suggestions, one write, one push. */
import {
  type FlowState,
  followFlow,
  followOrder,
  REPEATED_SIGNALS,
  START_OF_FLOW,
} from '../conversations/follow-flow.ts';
import type { ConversationRow } from '../conversations/ports.ts';
import type { Agent } from '../desk/ports.ts';
import { createId } from '../lib/ids.ts';
import type { MessageIntent } from '../protocol/ids.ts';
import type { Message, SuggestionSet } from '../protocol/records.ts';
import type { Analysis, Profile, Proposal, Situation, SuggestionResult } from '../protocol/turn.ts';
import { buildFacts, historyBefore, orderOfChat } from './build-facts.ts';
import type { Desk } from './desk.ts';
import { withNamedOrder } from './find-order.ts';
import type { PendingTurn } from './handle-message.ts';
import { notePicture } from './note-picture.ts';
import { polishProposals } from './polish-proposals.ts';
import type { ProfiledMessage, TurnContext } from './ports.ts';
import { addNextLines, nextLines } from './propose-next-line.ts';
import { addUnanswered, unansweredBefore } from './propose-unanswered.ts';
import { readMessage } from './read-message.ts';
import { proceduresOf } from './record-facts.ts';

/** What a turn came to. */
export interface AnalysedResult {
  context: TurnContext;
  analysis: Analysis;
  profile: Profile;
  situation: Situation;
  suggestions: SuggestionSet;
  onDuty: string[];
}

/**
 * Analyses one buyer message and records the outcome. Repeating it for the same message changes nothing that
 * was recorded.
 */
export async function analyseTurn(desk: Desk, turn: PendingTurn): Promise<AnalysedResult | undefined> {
  const [found, view, onDuty, library] = await Promise.all([
    contextAt(desk, turn),
    desk.window.view(turn.shopId),
    desk.presence.onDuty(turn.shopId),
    desk.libraries.of(turn.shopId),
  ]);
  const message = found?.messages.find((candidate) => candidate.seq === turn.seq);
  if (!found || !message || message.from !== 'buyer') return undefined;
  const context = await notePicture(desk, withNamedOrder(found, message, view.goods), message);
  await desk.pace();
  const nowMs = desk.clock.now();
  const history = historyBefore(context, turn.seq, view.shop.tz);
  const order = orderOfChat(context.orders, context.conversation);
  const analysis = readMessage(library.understanding, message.text, order, history, {
    atMs: message.sentAt,
    ...meantBefore(context, turn.seq),
  });
  const profiled = desk.profiler.addMessages(
    context.buyer.profile,
    [
      ...deskSince(context.messages, turn.seq),
      { from: 'buyer', text: message.text, atMs: message.sentAt, intents: analysis.held },
    ],
    context.orders,
    context.buyer.pinnedType,
    view.shop.settings.profiling,
  );
  const agent = await servingAgent(desk, context.conversation, onDuty);
  const { profile } = profiled;
  const build = (at: TurnContext, text: string) =>
    buildFacts({ context: at, view, onDuty, profile, message: text, nowMs, ...(agent ? { agent } : {}) });
  const { facts, productId } = build(context, message.text);
  const situation: Situation = {
    facts,
    history,
    message: message.text,
    analysis,
    profile,
    mode: onDuty.length > 0 ? 'A' : 'O',
  };
  const { learnt, learning } = await desk.learning.rank(view.shop, turn.conversationId, situation);
  const lines = nextLines(library, situation, proceduresOf(context, order, facts));
  // While a newer message waits, what is proposed now is withdrawn at once.
  const isNewest = !context.messages.some(({ seq, from }) => seq > turn.seq && from !== 'auto');
  const reading = {
    understanding: library.understanding,
    tz: view.shop.tz,
    goods: view.goods,
    factsAt: (at: TurnContext, text: string) => build(at, text).facts,
  };
  const open = isNewest ? unansweredBefore(context, turn.seq, reading) : [];
  const own = addNextLines(library.engine.suggest(situation, learnt), lines, situation);
  const result = addUnanswered(own, open, library.engine, situation);
  const suggestions: SuggestionSet = { ...toSet(result, turn, createId('suggestion', nowMs)), learning };
  const { state: kept } = context.conversation;
  const { namedOrder } = kept;
  // Reading a message again begins where it began the first time.
  const before = kept.flowBefore?.seq === turn.seq ? kept.flowBefore.flow : (kept.flow ?? START_OF_FLOW);
  const flow = flowAfter(before, { facts, intents: analysis.held, onDuty: situation.mode === 'A' }, result.proposals);
  const flowBefore = { seq: turn.seq, onDuty: situation.mode === 'A', flow: before };
  const state = await desk.ledger.conversations.saveTurn({
    shopId: turn.shopId,
    conversationId: turn.conversationId,
    seq: turn.seq,
    analysis,
    profile,
    buyerId: context.buyer.id,
    profileState: profiled.state,
    suggestions,
    state: {
      profile,
      flow,
      flowBefore,
      ...(namedOrder === undefined ? {} : { namedOrder }),
      ...(productId === undefined ? {} : { productId }),
    },
    at: nowMs,
  });
  const recorded: SuggestionSet = { ...suggestions, state };
  const tell = (shown: SuggestionSet) =>
    desk.bus.publish({
      type: 'turn.analysed',
      shopId: turn.shopId,
      conversationId: turn.conversationId,
      data: {
        conversationId: turn.conversationId,
        seq: turn.seq,
        analysis,
        profile,
        suggestions: shown,
      },
    });
  tell(recorded);
  if (situation.mode === 'A') {
    // Chips do not wait for a model: what it makes of them comes after, or not at all.
    polishProposals(desk, {
      shopId: turn.shopId,
      suggestions: recorded,
      gate: library.gate,
      gateContext: { ...facts, mode: 'A', history, intents: analysis.held },
    }).then(
      (polished) => polished && tell(polished),
      (error: unknown) => desk.log.warn({ err: error }, 'softened proposals were not kept'),
    );
  }
  return { context, analysis, profile, situation, suggestions: recorded, onDuty };
}

/** What the desk said since the buyer's message before: how a buyer takes an answer is part of the profile. */
function deskSince(messages: readonly Message[], seq: number): ProfiledMessage[] {
  const earlier = messages.filter((message) => message.seq < seq);
  return earlier
    .slice(earlier.findLastIndex((message) => message.from === 'buyer') + 1)
    .map(({ from, text, sentAt }) => ({ from, text, atMs: sentAt }));
}

/** What an agent said the buyer's last message before this one means. */
function meantBefore({ conversation, messages }: TurnContext, seq: number): { meant?: MessageIntent[] } {
  const { meant } = conversation.state;
  const before = messages.findLast((message) => message.from === 'buyer' && message.seq < seq);
  return meant && meant.seq === before?.seq ? { meant: meant.intents } : {};
}

/** What of a message moves the talk along. */
export interface FlowMove {
  facts: Situation['facts'];
  intents: readonly MessageIntent[];
  onDuty: boolean;
}

/** Where the talk stands after a message: the order as it is by now, then what was said. @see FLOW-T01 */
export function flowAfter(
  before: FlowState,
  { facts, intents, onDuty }: FlowMove,
  proposals: readonly Proposal[],
): FlowState {
  const cards = new Set(proposals.map(({ card }) => card));
  const seen = followOrder(before, orderOfFlow(facts.order), facts.case?.open === true);
  return followFlow(seen, {
    type: 'message',
    intents,
    onDuty,
    soldOut: cards.has('SCR-18') || cards.has('SCR-54'),
    aboveAuthority: cards.has('SCR-38'),
    // A closing technique is proposed on repeated signals only. @see CT-1
    signals: proposals.some(({ technique }) => technique !== undefined) ? REPEATED_SIGNALS : 0,
  });
}

function orderOfFlow(order: Situation['facts']['order']): { id: string; state: string } | undefined {
  return order?.id !== undefined && order.state !== undefined ? { id: order.id, state: order.state } : undefined;
}

/** Messages a turn sees of its history. */
const HISTORY = 30;

/**
 * The context as a turn's message found it. A context holds the newest messages: one that lies further back, in a
 * long burst or after an outage, is read with those before it.
 */
async function contextAt(desk: Desk, turn: PendingTurn): Promise<TurnContext | undefined> {
  const context = await desk.ledger.context(turn);
  if (!context || (context.messages[0]?.seq ?? 0) <= turn.seq) return context;
  const { shopId, conversationId, seq } = turn;
  const from = Math.max(0, seq - HISTORY);
  return { ...context, messages: await desk.ledger.conversations.messages(shopId, conversationId, from, seq - from) };
}

/** Makes a record of an engine's answer. */
export function toSet(
  result: SuggestionResult,
  turn: { conversationId: string; seq: number },
  id: string,
): SuggestionSet {
  return {
    id,
    conversationId: turn.conversationId,
    seq: turn.seq,
    state: 'live',
    proposals: result.proposals,
    hidden: result.hidden,
    ...(result.abstained === undefined ? {} : { abstained: result.abstained }),
  };
}

/** The agent in whose name a text is filled: who has the chat, else who looks at it, else the first on duty. */
export async function servingAgent(
  desk: Desk,
  conversation: ConversationRow,
  onDuty: string[],
): Promise<Agent | undefined> {
  return pickServing(await desk.window.agents(conversation.shopId), conversation, onDuty);
}

/** The same among agents that were read before. */
export function pickServing(
  agents: Agent[],
  { assignedAgentId, state }: Pick<ConversationRow, 'assignedAgentId' | 'state'>,
  onDuty: string[],
): Agent | undefined {
  const id = [assignedAgentId, state.openedBy].find((one) => one != null && onDuty.includes(one)) ?? onDuty[0];
  return agents.find((agent) => agent.id === id);
}
