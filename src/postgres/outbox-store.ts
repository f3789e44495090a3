/** The outbox: what was decided to be sent and has not surely left yet. */
import { type Kysely, sql } from 'kysely';
import { groupCalls } from '../lib/group-calls.ts';
import type { OutboxEntry, OutboxStore } from '../turn/ports.ts';
import { retryLostRace } from './retry-lost-race.ts';
import { rowsOf } from './rows-of.ts';
import type { Database } from './schema.ts';

const MAX_BATCH = 100;

const FINISHED = 'shop_id text, id text, attempts int, state text, next_ms bigint, error text, sent_ms bigint';

interface FreshMessage {
  shopId: string;
  messageId: string;
  nowMs: number;
  leaseMs: number;
}

interface FinishedEntry {
  entry: OutboxEntry;
  state: 'pending' | 'sent' | 'uncertain' | 'failed';
  nextMs: number;
  error: string | null;
  nowMs: number;
}

/**
 * Creates the store over a connection. What many senders take and finish at the same time is one statement.
 *
 * @param lanes statements that may be on their way at once
 */
export function createOutboxStore(db: Kysely<Database>, lanes: number): OutboxStore {
  const claimOne = groupCalls<FreshMessage, OutboxEntry | undefined>(
    (batch) => retryLostRace(() => claimFresh(db, batch)),
    MAX_BATCH,
    lanes,
  );
  const finish = groupCalls<FinishedEntry, void>(
    (batch) => retryLostRace(() => finishEntries(db, batch)),
    MAX_BATCH,
    lanes,
  );
  return {
    claim: async (nowMs, leaseMs, limit) => {
      const rows = await sql<RawEntry>`
        with due as materialized (
          select shop_id, id, state from outbox where state in ('pending', 'sending') and next_ms <= ${nowMs}
          order by next_ms limit ${limit} for update skip locked)
        update outbox o set state = 'sending', attempts = o.attempts + 1, next_ms = ${nowMs + leaseMs}
        from due where o.shop_id = due.shop_id and o.id = due.id
        returning o.*, due.state as was_state`.execute(db);
      return rows.rows.map(readEntry);
    },
    claimOne: (shopId, messageId, nowMs, leaseMs) => claimOne({ shopId, messageId, nowMs, leaseMs }),
    finish: (entry, state, nextMs, error, nowMs) => finish({ entry, state, nextMs, error, nowMs }),
    open: async (shopId) => {
      const rows = await sql<{ n: number }>`
        select count(*) as n from outbox where shop_id = ${shopId} and state in ('pending', 'sending')`.execute(db);
      return rows.rows[0]!.n;
    },
  };
}

async function claimFresh(db: Kysely<Database>, batch: readonly FreshMessage[]): Promise<(OutboxEntry | undefined)[]> {
  const input = batch.map(({ shopId, messageId, nowMs, leaseMs }) => ({
    shop_id: shopId,
    message_id: messageId,
    until_ms: nowMs + leaseMs,
  }));
  const rows = await sql<RawEntry>`
    update outbox o set state = 'sending', attempts = o.attempts + 1, next_ms = i.until_ms
    from ${rowsOf(input, 'shop_id text, message_id text, until_ms bigint')} i
    where o.shop_id = i.shop_id and o.idempotency_key = i.message_id and o.state = 'pending'
    returning o.*, 'pending' as was_state`.execute(db);
  // One of two who ask for the same message gets it.
  const claimed = new Map(rows.rows.map((row) => [`${row.shop_id}\n${row.idempotency_key}`, readEntry(row)]));
  return batch.map(({ shopId, messageId }) => {
    const key = `${shopId}\n${messageId}`;
    const entry = claimed.get(key);
    claimed.delete(key);
    return entry;
  });
}

/** A row that is sent stays sent; every other word on it counts only from who holds it. */
async function finishEntries(db: Kysely<Database>, batch: readonly FinishedEntry[]): Promise<undefined[]> {
  const input = batch.map(({ entry, state, nextMs, error, nowMs }) => ({
    shop_id: entry.shopId,
    id: entry.id,
    attempts: entry.attempts,
    state,
    next_ms: nextMs,
    error,
    sent_ms: state === 'sent' ? nowMs : null,
  }));
  await sql`
    update outbox o set state = i.state, next_ms = i.next_ms, error = i.error, sent_ms = i.sent_ms
    from (select distinct on (shop_id, id) * from ${rowsOf(input, FINISHED)} f order by shop_id, id, state = 'sent' desc) i
    where o.shop_id = i.shop_id and o.id = i.id
      and (i.state = 'sent' or (o.state = 'sending' and o.attempts = i.attempts))`.execute(db);
  return batch.map(() => undefined);
}

interface RawEntry {
  shop_id: string;
  id: string;
  conversation_id: string;
  seq: number;
  channel: string;
  idempotency_key: string;
  attempts: number;
  was_state: 'pending' | 'sending';
}

function readEntry(row: RawEntry): OutboxEntry {
  return {
    shopId: row.shop_id,
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    channel: row.channel,
    idempotencyKey: row.idempotency_key,
    attempts: row.attempts,
    wasSending: row.was_state === 'sending',
  };
}
