/** Calls to the person on call, on Postgres or PGlite. */
import { type Kysely, sql } from 'kysely';
import type { Call, CallStore } from '../desk/clock-store.ts';
import type { CallView, EmergencyKind } from '../protocol/on-call.ts';
import type { Database } from './schema.ts';

/** Creates the store over a connection or inside a transaction. */
export function createCallStore(db: Kysely<Database>): CallStore {
  return {
    plan: async (call, dueAt, nowMs, quietSinceMs) => {
      const rows = await sql`
        insert into on_call_calls (shop_id, id, conversation_id, buyer_id, kind, seq, said_ms, excerpt, state, next_ms, created_ms)
        select ${call.shopId}, ${call.id}, ${call.conversationId}, ${call.buyerId}, ${call.kind}, ${call.seq}::bigint,
          ${call.saidAt}::bigint, ${call.excerpt}, 'waiting', ${dueAt}::bigint, ${nowMs}::bigint
        where not exists (
          select 1 from on_call_calls o where o.shop_id = ${call.shopId} and o.buyer_id = ${call.buyerId}
            and o.state not in ('answered', 'nobody') and o.created_ms > ${quietSinceMs})
        on conflict do nothing returning id`.execute(db);
      return rows.rows.length === 1;
    },
    claim: async (shopId, nowMs, leaseMs, limit) => {
      const rows = await sql<RawCall>`
        with due as materialized (
          select shop_id, id from on_call_calls
          where shop_id = ${shopId} and state in ('waiting', 'sending') and next_ms <= ${nowMs}
          order by next_ms limit ${limit} for update skip locked)
        update on_call_calls o set state = 'sending', attempts = o.attempts + 1, next_ms = ${nowMs + leaseMs}
        from due where o.shop_id = due.shop_id and o.id = due.id returning o.*`.execute(db);
      return rows.rows.map(readCall);
    },
    finish: async (call, { state, nextMs, person, problem }, nowMs) => {
      const rows = await sql`
        update on_call_calls set state = ${state}, next_ms = ${nextMs}, person = ${person ?? null},
          problem = ${problem ?? null}, ended_ms = case when ${state} = 'waiting' then null else ${nowMs}::bigint end
        where shop_id = ${call.shopId} and id = ${call.id} and state = 'sending' and attempts = ${call.attempts}
        returning id`.execute(db);
      return rows.rows.length === 1;
    },
    latest: async (shopId, limit) => {
      const rows = await sql<RawCall>`
        select * from on_call_calls where shop_id = ${shopId} order by created_ms desc, id desc limit ${limit}`.execute(
        db,
      );
      return rows.rows.map((row) => ({
        id: row.id,
        kind: row.kind,
        conversationId: row.conversation_id,
        at: row.created_ms,
        state: row.state,
        attempts: row.attempts,
        ...(row.person === null ? {} : { person: row.person }),
        ...(row.problem === null ? {} : { problem: row.problem }),
      }));
    },
  };
}

interface RawCall {
  shop_id: string;
  id: string;
  conversation_id: string;
  buyer_id: string;
  kind: EmergencyKind;
  seq: number;
  said_ms: number;
  excerpt: string;
  state: CallView['state'];
  attempts: number;
  person: string | null;
  problem: string | null;
  created_ms: number;
}

function readCall(row: RawCall): Call {
  return {
    shopId: row.shop_id,
    id: row.id,
    conversationId: row.conversation_id,
    buyerId: row.buyer_id,
    kind: row.kind,
    seq: row.seq,
    saidAt: row.said_ms,
    excerpt: row.excerpt,
    attempts: row.attempts,
  };
}
