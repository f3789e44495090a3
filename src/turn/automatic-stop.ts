/** What ends a pending automatic send without a message, and who is told. @see architecture, invariant 5 */
import type { AppendedMessage } from '../conversations/ports.ts';
import { DeskError } from '../lib/errors.ts';
import type { PendingSend, SendEnd } from '../protocol/modes.ts';
import type { AutomaticSend, EndedSend, WhichSends } from './automatic-sends.ts';
import type { Desk } from './desk.ts';

/** Ends pending sends in one statement of its own; whoever is faster, this or the sending, wins wholly. */
export async function endSends(desk: Desk, shopId: string, which: WhichSends, reason: SendEnd): Promise<EndedSend[]> {
  const ended = await desk.ledger.automatic.end(shopId, which, reason, desk.clock.now());
  announceEnded(desk, shopId, ended, reason);
  return ended;
}

/** Tells every console, after the commit. */
export function announceEnded(desk: Desk, shopId: string, ended: readonly EndedSend[], reason: SendEnd): void {
  for (const { id, conversationId } of ended) {
    desk.bus.publish({ type: 'automatic.changed', shopId, data: { conversationId, ended: { id, reason } } });
  }
}

/** Tells of the pending sends that a recorded message voided. */
export function announceVoided(
  desk: Desk,
  { shopId, conversationId }: { shopId: string; conversationId: string },
  { voided = [] }: AppendedMessage,
  reason: SendEnd,
): void {
  const ended = voided.map((id) => ({ id, conversationId }));
  announceEnded(desk, shopId, ended, reason);
}

/** Tells every console of a text that will leave. */
export function announcePending(desk: Desk, send: AutomaticSend): void {
  const { shopId, conversationId } = send;
  desk.bus.publish({ type: 'automatic.changed', shopId, data: { conversationId, pending: toPending(send) } });
}

function toPending({ id, suggestionId, position, text, dueAt }: AutomaticSend): PendingSend {
  return { id, suggestionId, position, text, dueAt };
}

/** An agent's key or click. Repeating it changes nothing. @throws DeskError `not_found`, `conflict` when it has left */
export async function stopSend(
  desk: Desk,
  { shopId, conversationId, sendId }: { shopId: string; conversationId: string; sendId: string },
): Promise<void> {
  const ended = await endSends(desk, shopId, { conversationId, id: sendId }, 'stopped');
  if (ended.length > 0) return;
  const send = await desk.ledger.automatic.find(shopId, sendId);
  if (send?.conversationId !== conversationId) {
    throw new DeskError('not_found', `data.sendId is ${sendId}: conversation ${conversationId} has no such send`);
  }
  if (send.state === 'sent') throw new DeskError('conflict', `data.sendId is ${sendId}: it has left already`);
}
