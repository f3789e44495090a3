/** What the panes show of the state. */
import type { ClockView } from '../../../protocol/clocks.ts';
import type { Approval } from '../../../protocol/library.ts';
import type { ConversationSummary, OrderView, OwedAnswer } from '../../../protocol/records.ts';
import type { Proposal } from '../../../protocol/turn.ts';
import type { DeskState, Thread } from './desk-state.ts';

const SHOWN_ORDER_STATES = new Set(['unpaid', 'paid', 'printed', 'shipped', 'signed']);

/** Open conversations somebody waits in, who waits longest first. */
export function waitingConversations(conversations: DeskState['conversations']): ConversationSummary[] {
  return Object.values(conversations)
    .filter((it) => it.status === 'open' && it.waitingSince !== undefined)
    .sort((a, b) => a.waitingSince! - b.waitingSince! || a.id.localeCompare(b.id));
}

/** All open conversations in which something was said, the latest change first. */
export function openConversations(conversations: DeskState['conversations']): ConversationSummary[] {
  return Object.values(conversations)
    .filter((it) => it.status === 'open' && it.lastSeq > 0)
    .sort((a, b) => b.changedAt - a.changedAt || a.id.localeCompare(b.id));
}

/** Answers that are owed, the one promised first at the top. */
export function owedInOrder(owed: DeskState['owed']): OwedAnswer[] {
  return [...owed].sort((a, b) => (a.promisedAt ?? a.askedAt) - (b.promisedAt ?? b.askedAt));
}

/** Conversations of the list in sight, in its order, for moving by keys. */
export function listedIds({ list, conversations, owed }: DeskState): string[] {
  if (list === 'owed') return [...new Set(owedInOrder(owed).map((answer) => answer.conversationId))];
  const listed = list === 'waiting' ? waitingConversations(conversations) : openConversations(conversations);
  return listed.map(({ id }) => id);
}

/** The thread on the middle pane. */
export function activeThread(state: DeskState): Thread | undefined {
  return state.activeId === undefined ? undefined : state.threads[state.activeId];
}

/** The conversation on the middle pane. */
export function activeConversation(state: DeskState): ConversationSummary | undefined {
  return state.activeId === undefined ? undefined : state.conversations[state.activeId];
}

/** The newest order that is still of concern, for the badge in the list. */
export function orderOfConcern(orders: readonly OrderView[] | undefined): OrderView | undefined {
  return orders
    ?.filter((order) => SHOWN_ORDER_STATES.has(order.state))
    .reduce<OrderView | undefined>((latest, it) => (!latest || it.placedAt > latest.placedAt ? it : latest), undefined);
}

/** A proposal and its place in the set. */
export interface UsableProposal {
  position: number;
  proposal: Proposal;
}

/** Proposals the agent can still use: live, not put away, and nobody has answered since. */
export function usableProposals(thread: Thread | undefined): UsableProposal[] {
  const { suggestions } = thread ?? {};
  if (!thread || suggestions?.state !== 'live' || isAnswered(thread, suggestions.afterSeq ?? suggestions.seq))
    return [];
  return suggestions.proposals
    .map((proposal, position) => ({ position, proposal }))
    .filter(({ position }) => !thread.dismissed.includes(position));
}

/** True when a person has replied after a message. */
export function isAnswered(thread: Thread, seq: number): boolean {
  return thread.log.messages.some((message) => message.from === 'agent' && message.seq > seq);
}

/** `seq` of the buyer's newest message, once it was read. */
export function newestUnderstood(thread: Thread | undefined): number | undefined {
  const seq = thread?.log.messages.findLast((message) => message.from === 'buyer')?.seq;
  return seq !== undefined && thread?.analyses[seq] ? seq : undefined;
}

/**
 * The neighbour of the open conversation in a list, for Alt+J and Alt+K.
 *
 * @param step 1 for the next, -1 for the one before; behind the last comes the first
 */
export function neighbour(ids: readonly string[], activeId: string | undefined, step: 1 | -1): string | undefined {
  if (ids.length === 0) return undefined;
  const at = activeId === undefined ? -1 : ids.indexOf(activeId);
  if (at === -1) return step === 1 ? ids[0] : ids.at(-1);
  return ids[(at + step + ids.length) % ids.length];
}

/** How many requests of others wait for this person's decision; an agent who is no supervisor gets none of others. */
export function waitingApprovals(approvals: readonly Approval[] | undefined, selfId: string): number {
  return approvals?.filter(({ state, askedBy }) => state === 'asked' && askedBy.id !== selfId).length ?? 0;
}

/** The clock of a conversation that is due next, and where all are late the one that is so longest. */
export function nearestClock(
  clocks: DeskState['clocks'],
  conversationId: string,
  nowMs: number,
  kinds?: readonly ClockView['kind'][],
): ClockView | undefined {
  const own = clocks?.filter(
    (clock) => clock.conversationId === conversationId && (!kinds || kinds.includes(clock.kind)),
  );
  const running = own?.filter(({ dueAt }) => dueAt >= nowMs) ?? [];
  const first = (some: readonly ClockView[] | undefined) =>
    some?.reduce<ClockView | undefined>((next, it) => (!next || it.dueAt < next.dueAt ? it : next), undefined);
  return first(running.length > 0 ? running : own);
}
