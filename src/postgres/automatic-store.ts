/** Texts that leave by themselves, on Postgres or PGlite. */
import { type Kysely, sql } from 'kysely';
import type { SendEnd } from '../protocol/modes.ts';
import type {
  AutomaticMode,
  AutomaticSend,
  AutomaticSendStore,
  EndedSend,
  WhichSends,
} from '../turn/automatic-sends.ts';
import type { Database } from './schema.ts';

/** Creates the store over a connection or inside a transaction. */
export function createAutomaticStore(db: Kysely<Database>): AutomaticSendStore {
  return {
    plan: async (send, replaced, at) => {
      const ended = await endPending(db, send.shopId, { conversationId: send.conversationId }, replaced, at);
      await sql`
        insert into automatic_sends (shop_id, id, conversation_id, buyer_id, mode, seq, suggestion_id, position, script_id,
          script_version, text, due_ms, created_ms, state)
        values (${send.shopId}, ${send.id}, ${send.conversationId}, ${send.buyerId}, ${send.mode}, ${send.seq},
          ${send.suggestionId}, ${send.position}, ${send.scriptId}, ${send.scriptVersion}, ${send.text},
          ${send.dueAt}, ${at}, 'pending')`.execute(db);
      return ended;
    },
    end: (shopId, which, reason, at) => endPending(db, shopId, which, reason, at),
    find: async (shopId, id) => {
      const found = await sql<RawSend>`
        select * from automatic_sends where shop_id = ${shopId} and id = ${id}`.execute(db);
      const row = found.rows[0];
      return row && { ...readSend(row), state: row.state, reason: row.reason };
    },
    claim: async (shopId, id, nowMs) => {
      const found = await sql<RawSend>`
        select * from automatic_sends
        where shop_id = ${shopId} and id = ${id} and state = 'pending' and due_ms <= ${nowMs} for update`.execute(db);
      return found.rows[0] && readSend(found.rows[0]);
    },
    finish: async (shopId, id, messageId, at) => {
      await sql`
        update automatic_sends set state = 'sent', message_id = ${messageId}, ended_ms = ${at}
        where shop_id = ${shopId} and id = ${id} and state = 'pending'`.execute(db);
    },
    due: async (nowMs, limit) =>
      (
        await sql<{ shop_id: string; id: string }>`
          select shop_id, id from automatic_sends
          where state = 'pending' and due_ms <= ${nowMs} order by due_ms limit ${limit}`.execute(db)
      ).rows.map((row) => ({ shopId: row.shop_id, id: row.id })),
  };
}

/** Ends pending rows; the same statement wherever a person, a newer message or a fact voids them. */
export async function endPending(
  db: Kysely<Database>,
  shopId: string,
  { conversationId, id, suggestionId, buyerId, spareAway }: WhichSends,
  reason: SendEnd,
  at: number,
): Promise<EndedSend[]> {
  const only = (value: string | undefined) => value ?? null;
  const state = reason === 'failed' ? 'failed' : 'voided';
  const rows = await sql<{ id: string; conversation_id: string }>`
    update automatic_sends set state = ${state}, reason = ${reason}, ended_ms = ${at}
    where shop_id = ${shopId} and state = 'pending'
      and (${only(conversationId)}::text is null or conversation_id = ${only(conversationId)})
      and (${only(id)}::text is null or id = ${only(id)})
      and (${only(suggestionId)}::text is null or suggestion_id = ${only(suggestionId)})
      and (${only(buyerId)}::text is null or buyer_id = ${only(buyerId)})
      and (${spareAway !== true} or mode <> 'away')
    returning id, conversation_id`.execute(db);
  return rows.rows.map((row) => ({ id: row.id, conversationId: row.conversation_id }));
}

interface RawSend {
  shop_id: string;
  id: string;
  conversation_id: string;
  buyer_id: string;
  mode: AutomaticMode;
  seq: number;
  suggestion_id: string;
  position: number;
  script_id: string;
  script_version: number;
  text: string;
  due_ms: number;
  state: string;
  reason: string | null;
}

function readSend(row: RawSend): AutomaticSend {
  return {
    shopId: row.shop_id,
    id: row.id,
    conversationId: row.conversation_id,
    buyerId: row.buyer_id,
    mode: row.mode,
    seq: row.seq,
    suggestionId: row.suggestion_id,
    position: row.position,
    scriptId: row.script_id,
    scriptVersion: row.script_version,
    text: row.text,
    dueAt: row.due_ms,
  };
}
