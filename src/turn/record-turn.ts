/** A reply that was given elsewhere, kept for the history: outside the gate, and never delivered. */
import type { Agent } from '../desk/ports.ts';
import { cleanText } from '../lib/clean-text.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import { announceVoided } from './automatic-stop.ts';
import type { Desk } from './desk.ts';
import { announce } from './send-reply.ts';

/** A recorded turn of the desk. */
export interface RecordedTurn {
  shopId: string;
  conversationId: string;
  agent: Agent;
  text: string;
  /** Recorded once. */
  key: string;
}

/** Appends it and returns its `seq`. @throws DeskError `not_found` */
export async function recordTurn(desk: Desk, turn: RecordedTurn): Promise<number> {
  const nowMs = desk.clock.now();
  const text = cleanText(turn.text);
  const recorded = await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(turn.shopId, turn.conversationId);
    if (!row) throw new DeskError('not_found', `conversation ${turn.conversationId} is not of this shop`);
    const appended = await stores.conversations.appendReply({
      shopId: turn.shopId,
      conversationId: turn.conversationId,
      scope: 'recorded',
      key: `${turn.conversationId}:${turn.key}`,
      messageId: createId('message', nowMs),
      from: 'agent',
      text,
      sentAt: nowMs,
      agentId: turn.agent.id,
      recordedOnly: true,
    });
    return { appended, buyerId: row.buyerId };
  });
  const { appended, buyerId } = recorded;
  if (!appended.duplicate) {
    announce(
      desk,
      turn.shopId,
      buyerId,
      {
        id: appended.messageId,
        conversationId: turn.conversationId,
        seq: appended.seq,
        from: 'agent',
        text,
        sentAt: nowMs,
        agentId: turn.agent.id,
      },
      appended.withdrawn,
    );
    announceVoided(desk, turn, appended, 'answered');
  }
  return appended.seq;
}
