/** What the shop's modes would do with a buyer's line, and why. Nothing is recorded, nothing is sent. */

import { DeskError } from '../lib/errors.ts';
import { riskOf } from '../protocol/card-risk.ts';
import type { ModeDecision, TriedMode, TryMode } from '../protocol/modes.ts';
import type { Analysis, HiddenScript, Proposal } from '../protocol/turn.ts';
import { pickServing } from './analyse-turn.ts';
import { AWAY_CARD, isAwayDue } from './answer-offline.ts';
import { type Moment, situationOf } from './automatic-moment.ts';
import { decideFirst } from './automatic-plan.ts';
import { historyBefore, orderOfChat } from './build-facts.ts';
import type { Desk } from './desk.ts';
import { readSurroundings } from './gate-surroundings.ts';
import type { TurnContext } from './ports.ts';
import { readMessage } from './read-message.ts';

/** Guesses that are shown. */
const SHOWN_GUESSES = 3;

/** Tries a line. @throws DeskError `not_found` for a conversation that is not of this shop */
export async function tryMode(desk: Desk, shopId: string, tried: TryMode): Promise<TriedMode> {
  const read = await readSurroundings(desk, shopId);
  const nowMs = desk.clock.now();
  const agents = read.view.agents.map(({ id }) => id);
  const surroundings = { ...read, onDuty: tried.hours === 'on_duty' ? agents.slice(0, 1) : [] };
  const context = withLine(await contextOf(desk, shopId, tried.conversationId, nowMs), tried.text, nowMs);
  const asked = context.messages.at(-1)!;
  const { view, onDuty, library } = surroundings;
  const order = orderOfChat(context.orders, context.conversation);
  const history = historyBefore(context, asked.seq, view.shop.tz);
  const analysis = readMessage(library.understanding, asked.text, order, history);
  const agent = pickServing(view.agents, context.conversation, onDuty);
  const analyses = new Map<number, Analysis>([[asked.seq, analysis]]);
  const moment: Moment = { context, surroundings, asked, analysis, analyses, agent, nowMs };
  const mode = tried.hours === 'on_duty' ? 'A' : 'O';
  const { proposals, hidden } = library.engine.suggest(situationOf(moment, mode));
  const first = proposals.find(({ card }) => mode === 'A' || card !== AWAY_CARD);
  const decision = withHidden(decideFirst(desk, moment, first, mode), hidden);
  const { takenOverAt } = context.conversation;
  const isAwaySent = mode === 'O' && takenOverAt === null && isAwayDue(context.conversation, nowMs);
  const isInstead = decision.mode === 'auto' && view.shop.settings.modes.withAway === 'instead';
  return {
    intents: analysis.intents.slice(0, SHOWN_GUESSES).map(({ intent, confidence }) => ({ intent, confidence })),
    ...(first ? { proposal: showProposal(first) } : {}),
    decision,
    away: isAwaySent && !isInstead,
  };
}

/** Where nothing is proposed, what hid the likeliest script is the answer to "why". */
function withHidden(decision: ModeDecision, [first]: readonly HiddenScript[]): ModeDecision {
  const objections = decision.objections.map((objection) =>
    objection.code === 'nothing_proposed' && first
      ? { ...objection, detail: `${first.scriptId}：${first.detail}` }
      : objection,
  );
  return { ...decision, objections };
}

function showProposal({ scriptId, card, text, technique }: Proposal): NonNullable<TriedMode['proposal']> {
  return { scriptId, card, text, risk: riskOf(card, technique) };
}

async function contextOf(desk: Desk, shopId: string, id: string | undefined, nowMs: number): Promise<TurnContext> {
  if (id === undefined) return stranger(shopId, nowMs);
  const context = await desk.ledger.context({ shopId, conversationId: id });
  if (!context) throw new DeskError('not_found', `conversation ${id} is not of this shop`);
  return context;
}

function withLine(context: TurnContext, text: string, nowMs: number): TurnContext {
  const { id, lastSeq } = context.conversation;
  const seq = lastSeq + 1;
  const line = { id: 'msg_tried', conversationId: id, seq, from: 'buyer' as const, text, sentAt: nowMs };
  const conversation = { ...context.conversation, lastSeq: seq, lastBuyerAt: nowMs };
  return { ...context, conversation, messages: [...context.messages, line] };
}

/** A buyer nobody knows, who writes for the first time. */
function stranger(shopId: string, nowMs: number): TurnContext {
  const id = 'tried';
  return {
    conversation: {
      shopId,
      id,
      buyerId: id,
      channel: 'web',
      status: 'open',
      lastSeq: 0,
      analysedSeq: 0,
      lastBuyerAt: null,
      lastAgentAt: null,
      waitingSince: null,
      takenOverAt: null,
      awayAckAt: null,
      assignedAgentId: null,
      state: {},
    },
    buyer: {
      shopId,
      id,
      channel: 'web',
      externalId: id,
      name: id,
      tz: null,
      facts: {},
      profile: null,
      consent: {},
      optedOut: 'none',
      readAt: nowMs,
    },
    orders: [],
    messages: [],
    owed: [],
  };
}
