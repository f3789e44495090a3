/** Hands committed messages to their channels, and finds those whose sender died. */
import { createId } from '../lib/ids.ts';
import type { Message } from '../protocol/records.ts';
import type { Desk } from './desk.ts';
import type { OutboxEntry } from './ports.ts';

/** A sender that has not finished by then is taken for dead. */
const LEASE_MS = 15_000;
const BATCH = 100;
const MAX_ATTEMPTS = 8;

/** Delivers a message right after its commit; when that fails, the sweep tries again. */
export async function deliverNow(desk: Desk, shopId: string, buyerId: string, message: Message): Promise<void> {
  const entry = await desk.ledger.outbox.claimOne(shopId, message.id, desk.clock.now(), LEASE_MS);
  if (entry) await deliver(desk, entry, buyerId, message);
}

/** Delivers what is due, after a restart too. Returns how many rows were taken. */
export async function sweepOutbox(desk: Desk): Promise<number> {
  const entries = await desk.ledger.outbox.claim(desk.clock.now(), LEASE_MS, BATCH);
  for (const entry of entries) {
    const row = await desk.ledger.conversations.find(entry.shopId, entry.conversationId);
    const [message] = await desk.ledger.conversations.messages(entry.shopId, entry.conversationId, entry.seq - 1, 1);
    if (row && message) await deliver(desk, entry, row.buyerId, message);
    else await desk.ledger.outbox.finish(entry, 'failed', 0, 'message is not in the record', desk.clock.now());
  }
  return entries.length;
}

async function deliver(desk: Desk, entry: OutboxEntry, buyerId: string, message: Message): Promise<void> {
  const channel = desk.channels.get(entry.channel);
  if (!channel) {
    await desk.ledger.outbox.finish(entry, 'failed', 0, `no channel named ${entry.channel}`, desk.clock.now());
    return;
  }
  // Where the platform knows no idempotency key, a send that may have left is never repeated by itself.
  if (entry.wasSending && !channel.idempotent) {
    await desk.ledger.outbox.finish(entry, 'uncertain', 0, 'the sender died while sending', desk.clock.now());
    await askAPerson(desk, entry, buyerId);
    return;
  }
  try {
    await channel.deliver(message, { shopId: entry.shopId, buyerId, idempotencyKey: entry.idempotencyKey });
    await desk.ledger.outbox.finish(entry, 'sent', 0, null, desk.clock.now());
  } catch (error) {
    await retryLater(desk, entry, buyerId, channel.idempotent, error);
  }
}

async function retryLater(
  desk: Desk,
  entry: OutboxEntry,
  buyerId: string,
  idempotent: boolean,
  error: unknown,
): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  desk.log.warn({ channel: entry.channel, attempts: entry.attempts, reason }, 'delivery failed');
  const nowMs = desk.clock.now();
  if (!idempotent) {
    await desk.ledger.outbox.finish(entry, 'uncertain', 0, reason, nowMs);
    await askAPerson(desk, entry, buyerId);
  } else if (entry.attempts >= MAX_ATTEMPTS) {
    await desk.ledger.outbox.finish(entry, 'failed', 0, reason, nowMs);
    await askAPerson(desk, entry, buyerId);
  } else {
    await desk.ledger.outbox.finish(entry, 'pending', nowMs + 1000 * 2 ** entry.attempts, reason, nowMs);
  }
}

async function askAPerson(desk: Desk, entry: OutboxEntry, buyerId: string): Promise<void> {
  const nowMs = desk.clock.now();
  await desk.ledger.desk.addTask(
    {
      shopId: entry.shopId,
      id: createId('task', nowMs),
      kind: 'uncertain_send',
      title: '消息可能没有送达，请核对后再决定是否重发',
      conversationId: entry.conversationId,
      buyerId,
    },
    nowMs,
  );
  desk.bus.publish({ type: 'lists.changed', shopId: entry.shopId, lists: ['tasks'] });
}
