/** A blocked text laid before a supervisor: asked, decided, run out. What is granted is sent by `send-reply`. */
import type { Agent } from '../desk/ports.ts';
import { cleanText } from '../lib/clean-text.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import type { Approval } from '../protocol/library.ts';
import type { Verdict } from '../protocol/turn.ts';
import type { Desk } from './desk.ts';
import { judgeTyped } from './judge-typed.ts';
import { tellTimers } from './plan-follow-ups.ts';
import type { Stores } from './ports.ts';
import { NEVER_APPROVED, rulesOf, withoutApproved } from './use-approval.ts';

/** By when an answer is announced. @see AMB-34 */
const ANSWER_WITHIN_MS = 15 * 60_000;
/** How long a granted text may be sent. */
const GRANT_MS = 15 * 60_000;
/** A request that nobody answered is over then: the buyer was told of a quarter of an hour. */
const ASKED_FOR_MS = 60 * 60_000;
/** How far back an agent sees what became of their requests. */
const SEEN_BACK_MS = 2 * 60 * 60_000;
/** The task that reminds of the announced answer. */
const REMINDER = 'FU-45';

/** A text that an agent wants to send although the gate blocks it. */
export interface ApprovalQuestion {
  shopId: string;
  conversationId: string;
  agent: Agent;
  text: string;
  reason: string;
}

/**
 * Lays a blocked text before a supervisor. Asking again for the same text is answered with the request that stands.
 * A shop's only supervisor has nobody to ask: their own request is granted at once, and the trail says so.
 *
 * @throws DeskError `bad_request`, `not_found`, `conflict` (the gate does not block it; a colleague asked for the same
 * text), `gate_blocked` (a rule that nobody can approve)
 */
export async function askApproval(desk: Desk, question: ApprovalQuestion): Promise<{ approvalId: string }> {
  const { shopId, conversationId, agent } = question;
  const text = cleanText(question.text);
  const reason = cleanText(question.reason);
  if (text === '')
    throw new DeskError('bad_request', 'data.text is empty: it must hold at least one visible character');
  if (reason === '') throw new DeskError('bad_request', 'data.reason is empty: a supervisor decides by it');
  const verdict = await judgeBlocked(desk, question, text);
  const [shop, agents] = await Promise.all([desk.shop(shopId), desk.ledger.people.agents(shopId)]);
  const nowMs = desk.clock.now();
  const asked = await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(shopId, conversationId);
    if (!row) throw new DeskError('not_found', `conversation ${conversationId} is not of this shop`);
    const standing = await findStanding(stores, question, text, verdict, nowMs);
    if (standing) return { approvalId: standing.id, isKnown: true };
    const id = createId('approval', nowMs);
    const answerBy = nowMs + ANSWER_WITHIN_MS;
    const { findings } = verdict;
    await stores.approvals.ask({
      shopId,
      id,
      conversationId,
      text,
      findings,
      reason,
      askedBy: agent.id,
      askedAt: nowMs,
      answerBy,
    });
    const said = { approvalId: id, conversationId, rules: rulesOf(findings) };
    await stores.desk.audit(shopId, agent.id, 'approval.asked', { ...said, text, reason }, nowMs);
    if (agent.role === 'supervisor' && isAlone(agent, agents)) {
      const validUntil = nowMs + GRANT_MS;
      await stores.approvals.decide(shopId, id, { grant: true, by: agent.id, at: nowMs, note: reason, validUntil });
      await stores.desk.audit(shopId, agent.id, 'approval.granted', { ...said, note: reason, alone: true }, nowMs);
    } else {
      const data = { rule: REMINDER, subjectId: conversationId, buyerId: row.buyerId } as const;
      await tellTimers(stores, desk, shop, { type: 'timer.asked', atMs: nowMs, data });
    }
    return { approvalId: id, isKnown: false };
  });
  if (!asked.isKnown) desk.bus.publish({ type: 'lists.changed', shopId, lists: ['approvals', 'followUps'] });
  return { approvalId: asked.approvalId };
}

async function judgeBlocked(desk: Desk, question: ApprovalQuestion, text: string): Promise<Verdict> {
  const context = await desk.ledger.context(question);
  if (!context) throw new DeskError('not_found', `conversation ${question.conversationId} is not of this shop`);
  const { verdict } = await judgeTyped(desk, context, question.agent, text);
  if (verdict.decision !== 'block') throw new DeskError('conflict', 'the gate does not block this text: send it');
  const never = rulesOf(verdict.findings).filter((rule) => NEVER_APPROVED.has(rule));
  if (never.length > 0) {
    throw new DeskError('gate_blocked', `${never.join(', ')}: nobody can approve a text that is not filled`, verdict);
  }
  return verdict;
}

/** The agent's own request that stands for this text; one that no longer covers what the gate finds is ended. */
async function findStanding(
  stores: Stores,
  { shopId, conversationId, agent }: ApprovalQuestion,
  text: string,
  verdict: Verdict,
  nowMs: number,
): Promise<Approval | undefined> {
  for (const standing of await stores.approvals.standing(shopId, conversationId, text, nowMs)) {
    const isOwn = standing.askedBy.id === agent.id;
    if (withoutApproved(verdict, standing.findings).decision === 'block') {
      await stores.approvals.end(shopId, standing.id);
    } else if (isOwn) return standing;
    else if (standing.state === 'asked') {
      throw new DeskError('conflict', `${standing.askedBy.name} has asked for this text already`);
    }
  }
  return undefined;
}

/** What a supervisor says to a request. */
export interface ApprovalDecision {
  shopId: string;
  agent: Agent;
  approvalId: string;
  grant: boolean;
  /** For the agent who asked; a refusal needs one. */
  note: string;
}

/**
 * Grants or refuses a request. Nobody decides on their own while another supervisor can. The same decision of the
 * same supervisor may come twice.
 *
 * @throws DeskError `forbidden`, `not_found`, `bad_request`, `conflict` (decided or run out meanwhile)
 */
export async function decideApproval(desk: Desk, decision: ApprovalDecision): Promise<void> {
  const { shopId, agent, approvalId, grant } = decision;
  const note = cleanText(decision.note);
  if (agent.role !== 'supervisor') throw new DeskError('forbidden', 'only a supervisor decides on a blocked text');
  if (!grant && note === '') throw new DeskError('bad_request', 'data.note is empty: a refusal says why');
  const approval = await desk.ledger.approvals.find(shopId, approvalId);
  if (!approval) throw new DeskError('not_found', `approval ${approvalId} is not of this shop`);
  const isOwn = approval.askedBy.id === agent.id;
  const agents = await desk.ledger.people.agents(shopId);
  if (isOwn && !isAlone(agent, agents)) {
    throw new DeskError('forbidden', 'your own request is decided by another supervisor');
  }
  const shop = await desk.shop(shopId);
  const nowMs = desk.clock.now();
  const { conversationId } = approval;
  await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(shopId, conversationId);
    const validUntil = grant ? nowMs + GRANT_MS : null;
    const decided = await stores.approvals.decide(shopId, approvalId, {
      grant,
      by: agent.id,
      at: nowMs,
      note,
      validUntil,
    });
    if (!decided) return refuseUnlessSame(await stores.approvals.find(shopId, approvalId), decision);
    const alone = isOwn ? { alone: true } : {};
    const said = { approvalId, conversationId, askedBy: approval.askedBy.id, rules: rulesOf(approval.findings) };
    const action = grant ? 'approval.granted' : 'approval.refused';
    await stores.desk.audit(shopId, agent.id, action, { ...said, note, ...alone }, nowMs);
    if (row) await settleReminder(stores, desk, shop, row, nowMs);
  });
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['approvals', 'tasks', 'followUps'] });
}

function refuseUnlessSame(approval: Approval | undefined, { agent, approvalId, grant }: ApprovalDecision): void {
  const states: readonly string[] = grant ? ['granted', 'used'] : ['refused'];
  if (approval && approval.decidedBy?.id === agent.id && states.includes(approval.state)) return;
  throw new DeskError('conflict', `approval ${approvalId} is ${approval?.state ?? 'gone'} already`);
}

/** Whether the shop has no other supervisor. */
export function isAlone(agent: Agent, agents: readonly Agent[]): boolean {
  return !agents.some(({ id, role }) => role === 'supervisor' && id !== agent.id);
}

/** The reminder of a conversation ends with the last request in it, for a text or for a price. @see FU-45 */
export async function settleReminder(
  stores: Stores,
  desk: Desk,
  shop: Awaited<ReturnType<Desk['shop']>>,
  row: { id: string; buyerId: string },
  nowMs: number,
): Promise<void> {
  if ((await stores.approvals.asked(shop.id, row.id)).length > 0) return;
  const discounts = await stores.discounts.ofConversation(shop.id, row.id);
  if (discounts.some(({ state }) => state === 'asked')) return;
  const data = { rule: REMINDER, subjectId: row.id, buyerId: row.buyerId } as const;
  await tellTimers(stores, desk, shop, { type: 'timer.settled', atMs: nowMs, data });
  await stores.desk.finishTasks(shop.id, { kind: 'follow_up', rule: REMINDER, conversationId: row.id }, nowMs);
}

/** Ends requests that nobody answered and grants that were not used in time. */
export async function expireApprovals(desk: Desk, shopId: string): Promise<void> {
  const at = desk.clock.now();
  const ended = await desk.ledger.approvals.expire(shopId, { askedBefore: at - ASKED_FOR_MS, at });
  if (ended.length === 0) return;
  const shop = await desk.shop(shopId);
  const unanswered = new Set(ended.filter(({ wasAsked }) => wasAsked).map(({ conversationId }) => conversationId));
  for (const conversationId of unanswered) {
    await desk.ledger.transaction(async (stores) => {
      const row = await stores.conversations.lock(shopId, conversationId);
      if (row) await settleReminder(stores, desk, shop, row, at);
    });
  }
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['approvals', 'tasks', 'followUps'] });
}

/** What an agent sees: their own requests of late, and for a supervisor all that wait, the oldest first. */
export async function listApprovals(desk: Desk, agent: Agent): Promise<Approval[]> {
  const since = desk.clock.now() - SEEN_BACK_MS;
  const own = await desk.ledger.approvals.askedBy(agent.shopId, agent.id, since);
  if (agent.role !== 'supervisor') return own;
  const asked = await desk.ledger.approvals.asked(agent.shopId);
  const ids = new Set(asked.map(({ id }) => id));
  return [...asked, ...own.filter(({ id }) => !ids.has(id))];
}
