/** The books and rows of the follow-ups on Postgres or PGlite. */
import { type Kysely, sql } from 'kysely';
import { createSituation, type Situation } from '../followups/situation.ts';
import type { Book, BookChange, FollowUp, FollowUpStore } from '../followups/store.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

/** Creates the store of one shop over a connection, or inside a transaction, whose lock then lasts until its end. */
export function createFollowUpStore(db: Kysely<Database>, shopId: string): FollowUpStore {
  return {
    change: (buyerId, work) =>
      db.isTransaction
        ? changeBook(db, shopId, buyerId, work)
        : db.transaction().execute((trx) => changeBook(trx, shopId, buyerId, work)),
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

async function changeBook<T>(
  db: Kysely<Database>,
  shopId: string,
  buyerId: string,
  work: (book: Book) => BookChange<T>,
): Promise<T> {
  // One statement makes, locks and reads the book: the empty update takes the row's lock.
  const book = await sql<{ situation: Situation }>`
    insert into follow_up_books as b (shop_id, buyer_id, situation)
    values (${shopId}, ${buyerId}, ${toJsonb(createSituation(buyerId))}::jsonb)
    on conflict (shop_id, buyer_id) do update set buyer_id = b.buyer_id
    returning situation`.execute(db);
  const live = await sql<{ entry: FollowUp }>`
    select entry from follow_ups
    where shop_id = ${shopId} and buyer_id = ${buyerId} and status in ('planned', 'claimed')`.execute(db);
  const { situation } = book.rows[0]!;
  const before = toJsonb(situation);
  const change = work({ situation, live: live.rows.map((row) => row.entry) });
  const after = toJsonb(change.situation);
  if (after !== before) {
    await sql`
      update follow_up_books set situation = ${after}::jsonb
      where shop_id = ${shopId} and buyer_id = ${buyerId}`.execute(db);
  }
  if (change.rows.length > 0) await writeRows(db, shopId, change.rows);
  if (change.notes.length > 0) await writeNotes(db, shopId, buyerId, change.notes);
  return change.result;
}

/** Ended rows first: a row planned in the same change may take the place of one that ends in it. */
async function writeRows(db: Kysely<Database>, shopId: string, rows: FollowUp[]): Promise<void> {
  const live = (row: FollowUp) => row.status === 'planned' || row.status === 'claimed';
  for (const part of [rows.filter((row) => !live(row)), rows.filter(live)]) {
    if (part.length === 0) continue;
    const input = part.map((row) => ({
      id: row.id,
      rule: row.rule,
      subject_id: row.subjectId,
      buyer_id: row.buyerId,
      order_id: row.orderId,
      conversation_id: row.conversationId,
      revision: row.revision,
      status: row.status,
      due_ms: row.dueAtMs,
      ended_ms: row.endedAtMs,
      entry: row,
    }));
    await sql`
      insert into follow_ups (shop_id, id, rule, subject_id, buyer_id, order_id, conversation_id, revision, status, due_ms, ended_ms, entry)
      select ${shopId}, i.* from jsonb_to_recordset(${toJsonb(input)}::jsonb) as i(
        id text, rule text, subject_id text, buyer_id text, order_id text, conversation_id text, revision int,
        status text, due_ms bigint, ended_ms bigint, entry jsonb)
      on conflict (shop_id, id) do update set
        revision = excluded.revision, status = excluded.status, due_ms = excluded.due_ms,
        ended_ms = excluded.ended_ms, entry = excluded.entry`.execute(db);
  }
}

/** Appends to the stories of ended rows; lines for the same row keep their order. */
async function writeNotes(
  db: Kysely<Database>,
  shopId: string,
  buyerId: string,
  notes: BookChange<unknown>['notes'],
): Promise<void> {
  const stories = new Map<string, BookChange<unknown>['notes'][number]['entry'][]>();
  for (const { id, entry } of notes) stories.set(id, [...(stories.get(id) ?? []), entry]);
  const input = [...stories].map(([id, lines]) => ({ id, lines }));
  await sql`
    update follow_ups f set entry = jsonb_set(f.entry, '{story}', f.entry -> 'story' || i.lines)
    from jsonb_to_recordset(${toJsonb(input)}::jsonb) as i(id text, lines jsonb)
    where f.shop_id = ${shopId} and f.buyer_id = ${buyerId} and f.id = i.id
      and f.status not in ('planned', 'claimed')`.execute(db);
}
