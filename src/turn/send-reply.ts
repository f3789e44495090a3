/** The only way out: gate, then message and outbox row in one commit, then the channel. */

import type { AppendedMessage, ConversationState } from '../conversations/ports.ts';
import type { Agent } from '../desk/ports.ts';
import { cleanText } from '../lib/clean-text.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import type { Message } from '../protocol/records.ts';
import type { Proposal, Verdict } from '../protocol/turn.ts';
import { announceVoided } from './automatic-stop.ts';
import { contextUpTo } from './build-facts.ts';
import { checkStillTrue } from './check-still-true.ts';
import type { Desk, DeskList } from './desk.ts';
import { deliverNow } from './dispatch-outbox.ts';
import { gateContextIn, readSurroundings } from './gate-surroundings.ts';
import { type JudgedText, judgeTyped } from './judge-typed.ts';
import { learnFromReply } from './learn-outcomes.ts';
import { noteConcession } from './note-concession.ts';
import { matterOf } from './note-matter.ts';
import { isStep, promiseOf, recordsAfterLine, type Sender } from './note-sent-line.ts';
import { tellTimers } from './plan-follow-ups.ts';
import type { Stores, TurnContext } from './ports.ts';
import { renewAfterChange } from './renew-after-change.ts';
import { claimGrant, type Grant, readGrant, withoutApproved } from './use-approval.ts';
import { followAnswer } from './watch-clocks.ts';

/** A reply that a person wants to send. */
export interface AgentReply {
  shopId: string;
  conversationId: string;
  agent: Agent;
  /** The console's own id of the command. */
  key: string;
  text: string;
  suggestion?: { id: string; position: number };
  /** The agent saw the warnings for this very text. */
  warningsRead: boolean;
  /** A supervisor's grant for this very text. */
  approvalId?: string;
}

/** What became of a reply. */
export interface SentReply {
  appended: AppendedMessage;
  /** Absent for a repeated command: its text was judged when it was sent. */
  verdict?: Verdict;
}

/**
 * Sends what a person wrote or accepted. The same agent and key is sent once: a repetition is answered with the
 * place of the first, whatever the gate or the suggestion would say by now.
 *
 * @throws DeskError `gate_blocked`, `gate_warned` (both with the verdict in `details`), `suggestion_stale`,
 * `suggestion_settled`, `not_found`
 */
export async function sendAgentReply(desk: Desk, reply: AgentReply): Promise<SentReply> {
  const find = () => desk.ledger.conversations.findReply(reply.shopId, scopeOf(reply), reply.key);
  const repeated = await find();
  if (repeated) return { appended: repeated };
  try {
    return await sendNewReply(desk, reply);
  } catch (error) {
    // The first of two that came at once may have been recorded meanwhile, and made the second look wrong.
    const first = error instanceof DeskError ? await find() : undefined;
    if (first) return { appended: first };
    throw error;
  }
}

function scopeOf(reply: AgentReply): string {
  return `agent:${reply.agent.id}`;
}

async function sendNewReply(desk: Desk, reply: AgentReply): Promise<SentReply> {
  const text = cleanText(reply.text);
  if (text === '')
    throw new DeskError('bad_request', 'data.text is empty: it must hold at least one visible character');
  const context = await desk.ledger.context(reply);
  if (!context) throw new DeskError('not_found', `conversation ${reply.conversationId} is not of this shop`);
  const proposal = reply.suggestion ? await proposalOf(desk, reply, reply.suggestion) : undefined;
  // An answer to an earlier message is judged by what that one speaks of.
  const asked = proposal?.answers === undefined ? context : contextUpTo(context, proposal.answers);
  const { gate } = await desk.libraries.of(reply.shopId);
  const { verdict, gateContext } = proposal
    ? await judgeProposed(desk, asked, reply.agent, text)
    : await judgeTyped(desk, context, reply.agent, text);
  const approved = reply.approvalId === undefined ? undefined : { ...reply, text, approvalId: reply.approvalId };
  const grant = approved && (await readGrant(desk, approved));
  checkVerdict(verdict, grant, reply.warningsRead);
  const shop = await desk.shop(reply.shopId);
  const nowMs = desk.clock.now();
  const buyerOnline = await desk.presence.isBuyerHere(reply.shopId, context.buyer.id);
  const appended = await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(reply.shopId, reply.conversationId);
    if (!row) throw new DeskError('not_found', `conversation ${reply.conversationId} is not of this shop`);
    const recorded = await stores.conversations.appendReply({
      shopId: reply.shopId,
      conversationId: reply.conversationId,
      scope: scopeOf(reply),
      key: reply.key,
      messageId: createId('message', nowMs),
      from: 'agent',
      text,
      sentAt: nowMs,
      agentId: reply.agent.id,
      ...(proposal ? { script: { id: proposal.scriptId, version: proposal.version } } : {}),
      ...(reply.suggestion ? { suggestionId: reply.suggestion.id } : {}),
      claimSuggestion: reply.suggestion?.id,
    });
    if (recorded.duplicate) return recorded;
    if (approved && grant?.approval) await claimGrant(stores, approved, grant.approval, verdict, recorded, nowMs);
    if (reply.suggestion && proposal) await noteOutcome(stores, reply, proposal, text, nowMs);
    if (proposal)
      await rememberScript(stores, row, proposal.card, nowMs, { by: reply.agent.id, name: reply.agent.name });
    if (proposal) await followAnswer(stores, shop, row, proposal.card, nowMs);
    const { agent } = reply;
    const { seq } = recorded;
    const isApproved = grant?.approval !== undefined;
    const scriptId = proposal?.scriptId;
    const offeredFen = proposal && isAsProposed(proposal, text) ? grantedBy(proposal) : undefined;
    const said = { context, agent, text, gate, gateContext, isApproved, scriptId, offeredFen, seq, nowMs };
    await noteConcession(stores, said);
    await tellTimers(
      stores,
      desk,
      shop,
      {
        type: 'message.agent',
        atMs: nowMs,
        data: {
          agentId: reply.agent.id,
          buyerId: row.buyerId,
          conversationId: row.id,
          text,
          ...promiseOf(row, proposal?.card),
          ...matterOf(context, row, proposal?.card, buyerOnline),
        },
      },
      undefined,
      row.channel,
    );
    const { withdrawn } = recorded;
    const edited = proposal !== undefined && !isAsProposed(proposal, text);
    const taken = reply.suggestion ? { taken: { ...reply.suggestion, edited } } : {};
    await learnFromReply(stores, { shopId: reply.shopId, buyerId: row.buyerId, text, withdrawn, at: nowMs, ...taken });
    return recorded;
  });
  if (!appended.duplicate) {
    const message: Message = {
      id: appended.messageId,
      conversationId: reply.conversationId,
      seq: appended.seq,
      from: 'agent',
      text,
      sentAt: nowMs,
      agentId: reply.agent.id,
      ...(proposal ? { script: { id: proposal.scriptId, version: proposal.version } } : {}),
    };
    announce(desk, reply.shopId, context.buyer.id, message, appended.withdrawn);
    announceVoided(desk, reply, appended, 'answered');
    const lists: DeskList[] = [
      'owed',
      'clocks',
      'counters',
      'followUps',
      'discounts',
      ...(proposal ? (['records'] as const) : []),
      ...(approved ? (['approvals'] as const) : []),
    ];
    desk.bus.publish({ type: 'lists.changed', shopId: reply.shopId, lists });
    await deliverNow(desk, reply.shopId, context.buyer.id, message);
    if (proposal && isStep(proposal.card)) {
      await renewAfterChange(desk, reply.shopId, reply.conversationId, reply.agent);
    }
  }
  return { appended, verdict };
}

/** Blocks yield to a supervisor's grant for what they saw, warnings to an agent who has read them. */
function checkVerdict(verdict: Verdict, grant: Grant | undefined, warningsRead: boolean): void {
  const left = grant?.approval ? withoutApproved(verdict, grant.approval.findings) : verdict;
  if (left.decision === 'block') {
    const problem = grant?.problem === undefined ? '' : `${grant.problem}; `;
    throw new DeskError('gate_blocked', problem + blockedBecause(left), verdict);
  }
  if (left.decision === 'warn' && !warningsRead) throw new DeskError('gate_warned', blockedBecause(left), left);
}

/** Tells every node of a message that was committed. */
export function announce(desk: Desk, shopId: string, buyerId: string, message: Message, withdrawn: string[]): void {
  desk.bus.publish({ type: 'message.appended', shopId, buyerId, message });
  for (const suggestionId of withdrawn) {
    desk.bus.publish({
      type: 'suggestions.withdrawn',
      shopId,
      conversationId: message.conversationId,
      suggestionId,
      reason: 'answered',
    });
  }
  desk.bus.publish({ type: 'conversation.changed', shopId, conversationId: message.conversationId });
}

async function judgeProposed(desk: Desk, context: TurnContext, agent: Agent, text: string): Promise<JudgedText> {
  const surroundings = await readSurroundings(desk, context.conversation.shopId);
  const gateContext = gateContextIn(desk, context, surroundings, agent, 'A');
  return { gateContext, verdict: surroundings.library.gate.judge(text, gateContext) };
}

async function proposalOf(desk: Desk, reply: AgentReply, chosen: { id: string; position: number }): Promise<Proposal> {
  const set = await desk.ledger.suggestions.find(reply.shopId, chosen.id);
  if (!set || set.conversationId !== reply.conversationId) {
    throw new DeskError('not_found', `suggestion ${chosen.id} is not of this conversation`);
  }
  const proposal = set.proposals[chosen.position];
  if (!proposal) {
    throw new DeskError(
      'bad_request',
      `data.suggestion.position is ${chosen.position}: this suggestion has ${set.proposals.length} proposals`,
    );
  }
  // Said before the gate speaks: whose suggestion is gone need not hear what is wrong with its text. Who passes here
  // and is then overtaken is refused when the set is claimed.
  if (set.state === 'settled') throw new DeskError('suggestion_settled', `suggestion ${set.id} was taken already`);
  if (set.state === 'withdrawn') {
    throw new DeskError(
      'suggestion_stale',
      `suggestion ${set.id} was withdrawn: a newer message, a reply or a changed fact came`,
    );
  }
  await checkStillTrue(desk, set, proposal, reply.agent);
  return proposal;
}

/** What a concession within the authority takes off, in fen. @see SCR-37 */
function grantedBy({ card, slots }: Proposal): number | undefined {
  const value = card === 'SCR-37' ? slots.find(({ name }) => name === 'discount.requested')?.value : undefined;
  const yuan = /\d+(?:\.\d+)?/.exec(value ?? '')?.[0];
  return yuan === undefined ? undefined : Math.round(Number(yuan) * 100);
}

/** The text of the chip, or its softened wording, without a change. */
function isAsProposed({ text, polished }: Proposal, sent: string): boolean {
  return [text, polished].some((said) => said?.trim() === sent);
}

async function noteOutcome(
  stores: Stores,
  reply: AgentReply,
  proposal: Proposal,
  text: string,
  at: number,
): Promise<void> {
  await stores.suggestions.note({
    shopId: reply.shopId,
    suggestionId: reply.suggestion!.id,
    position: reply.suggestion!.position,
    scriptId: proposal.scriptId,
    scriptVersion: proposal.version,
    outcome: isAsProposed(proposal, text) ? 'accepted' : 'edited',
    agentId: reply.agent.id,
    text,
    at,
  });
}

/** Remembers which script was said in this chat, for guards such as "once per chat". */
export async function rememberScript(
  stores: Stores,
  row: TurnContext['conversation'],
  card: string,
  at: number,
  sender?: Sender,
): Promise<void> {
  const state = await stateAfterScript(stores, row, card, at, sender);
  await stores.conversations.update(row.shopId, row.id, { state }, at);
}

/** What the desk remembers of a chat once a script was said in it. Call while the conversation is locked. */
export async function stateAfterScript(
  stores: Stores,
  row: TurnContext['conversation'],
  card: string,
  at: number,
  sender: Sender = { by: 'desk', name: '自动' },
): Promise<ConversationState> {
  const scriptsUsed = [...(row.state.scriptsUsed ?? []), card].slice(-50);
  const records = await recordsAfterLine(stores, row, card, sender, at);
  return { ...row.state, scriptsUsed, ...(records ? { records } : {}) };
}

function blockedBecause(verdict: Verdict): string {
  return verdict.findings.map((finding) => `${finding.rule} ${finding.message}`).join('; ');
}
