/** The books and rows of the follow-ups on Postgres or PGlite. */
import { type Kysely, sql } from 'kysely';
import type { Book, BookChange, FollowUp, FollowUpStore } from '../followups/store.ts';
import { groupCalls } from '../lib/group-calls.ts';
import { type BookWork, changeBooks } from './change-books.ts';
import type { Database } from './schema.ts';

/** Changes one book: alone in the open transaction, or together with others that come at the same time. */
export type ChangeBook = (work: BookWork) => Promise<unknown>;

/** Books that one statement changes at most. */
export const BOOKS_A_BATCH = 100;

/**
 * Changes a book inside an open transaction, whose lock on it then lasts until the end. Changes that are asked for in
 * one turn of the event loop are made together.
 */
export function changeBookIn(trx: Kysely<Database>): ChangeBook {
  return groupCalls<BookWork, unknown>((batch) => changeBooks(trx, batch), BOOKS_A_BATCH, 1);
}

/** Creates the store of one shop. */
export function createFollowUpStore(db: Kysely<Database>, shopId: string, changeBook: ChangeBook): FollowUpStore {
  return {
    change: async <T>(buyerId: string, work: (book: Book) => BookChange<T>) =>
      (await changeBook({ shopId, buyerId, work })) as T,
    listDue: async (nowMs, limit) => {
      const rows = await sql<{ id: string; buyer_id: string; revision: number; due_ms: number }>`
        select id, buyer_id, revision, due_ms from follow_ups
        where shop_id = ${shopId} and status = 'planned' and due_ms <= ${nowMs}
        order by due_ms, rule, id limit ${limit}`.execute(db);
      return rows.rows.map((row) => ({
        id: row.id,
        buyerId: row.buyer_id,
        revision: row.revision,
        dueAtMs: row.due_ms,
      }));
    },
    nextDueAt: async (fromMs) => {
      const rows = await sql<{ due_ms: number | null }>`
        select min(due_ms) as due_ms from follow_ups
        where shop_id = ${shopId} and status = 'planned' and due_ms >= ${fromMs ?? 0}`.execute(db);
      return rows.rows[0]?.due_ms ?? null;
    },
    listByBuyer: async (buyerId) => {
      const rows = await sql<{ entry: FollowUp }>`
        select entry from follow_ups where shop_id = ${shopId} and buyer_id = ${buyerId}
        order by (entry ->> 'plannedAtMs')::bigint, id`.execute(db);
      return rows.rows.map((row) => row.entry);
    },
  };
}
