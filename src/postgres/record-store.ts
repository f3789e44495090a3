/** Closed cases on Postgres or PGlite. */
import type { Kysely } from 'kysely';
import type { RecordStore } from '../conversations/record-store.ts';
import type { DeskRecord } from '../protocol/desk-records.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

/** Creates the store over a connection or inside a transaction. */
export function createRecordStore(db: Kysely<Database>): RecordStore {
  return {
    keepClosed: async (shopId, conversationId, id, record, at) => {
      await db
        .insertInto('closed_cases')
        .values({
          shop_id: shopId,
          conversation_id: conversationId,
          id,
          order_id: record.orderId ?? null,
          entry: toJsonb(record),
          closed_ms: at,
        })
        .onConflict((c) => c.doNothing())
        .execute();
    },
    closed: async (shopId, conversationId, limit) => {
      const rows = await db
        .selectFrom('closed_cases')
        .select('entry')
        .where('shop_id', '=', shopId)
        .where('conversation_id', '=', conversationId)
        .orderBy('closed_ms', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => row.entry as DeskRecord);
    },
  };
}
