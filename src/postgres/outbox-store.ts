/** The outbox: what was decided to be sent and has not surely left yet. */
import { type Kysely, sql } from 'kysely';
import type { OutboxEntry, OutboxStore } from '../turn/ports.ts';
import type { Database } from './schema.ts';

/** Creates the store over a connection. */
export function createOutboxStore(db: Kysely<Database>): OutboxStore {
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
    claimOne: async (shopId, messageId, nowMs, leaseMs) => {
      const rows = await sql<RawEntry>`
        update outbox set state = 'sending', attempts = attempts + 1, next_ms = ${nowMs + leaseMs}
        where shop_id = ${shopId} and idempotency_key = ${messageId} and state = 'pending'
        returning *, 'pending' as was_state`.execute(db);
      return rows.rows[0] && readEntry(rows.rows[0]);
    },
    finish: async (entry, state, nextMs, error, nowMs) => {
      await sql`
        update outbox set state = ${state}, next_ms = ${nextMs}, error = ${error},
          sent_ms = case when ${state} = 'sent' then ${nowMs}::bigint end
        where shop_id = ${entry.shopId} and id = ${entry.id}
          and (${state} = 'sent' or (state = 'sending' and attempts = ${entry.attempts}))`.execute(db);
    },
    open: async (shopId) => {
      const rows = await sql<{ n: number }>`
        select count(*) as n from outbox where shop_id = ${shopId} and state in ('pending', 'sending')`.execute(db);
      return rows.rows[0]!.n;
    },
  };
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
