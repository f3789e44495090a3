/** Changes the books of many buyers in one transaction: a few statements, whatever the number of buyers. */
import { type Kysely, sql } from 'kysely';
import { createSituation, type Situation } from '../followups/situation.ts';
import type { Book, BookChange, FollowUp } from '../followups/store.ts';
import { rowsOf } from './rows-of.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

/** One change of one book. */
export interface BookWork {
  shopId: string;
  buyerId: string;
  work(book: Book): BookChange<unknown>;
}

interface OpenBook {
  shopId: string;
  buyerId: string;
  situation: Situation;
  before: string;
  live: Map<string, FollowUp>;
  written: Map<string, FollowUp>;
  notes: BookChange<unknown>['notes'];
}

const isLive = (row: FollowUp) => row.status === 'planned' || row.status === 'claimed';

/**
 * Runs each piece of work alone on its buyer's book, in their order, and writes what they return.
 *
 * Books are locked in the order of their keys, so that two nodes cannot wait for each other. A piece of work that
 * throws changes nothing, and its error stands in the place of its answer. Call inside a transaction.
 */
export async function changeBooks(db: Kysely<Database>, batch: readonly BookWork[]): Promise<(unknown | Error)[]> {
  const books = await openBooks(db, batch);
  const answers = batch.map(({ shopId, buyerId, work }) => {
    const book = books.get(keyOf(shopId, buyerId))!;
    try {
      const change = work({ situation: book.situation, live: [...book.live.values()] });
      book.situation = change.situation;
      for (const row of change.rows) {
        // A second row for one id replaces the first, in the place of the later.
        book.written.delete(row.id);
        book.written.set(row.id, row);
        if (isLive(row)) book.live.set(row.id, row);
        else book.live.delete(row.id);
      }
      book.notes.push(...change.notes);
      return change.result;
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    }
  });
  await writeBooks(db, [...books.values()]);
  return answers;
}

function keyOf(shopId: string, buyerId: string): string {
  return `${shopId}\n${buyerId}`;
}

async function openBooks(db: Kysely<Database>, batch: readonly BookWork[]): Promise<Map<string, OpenBook>> {
  const wanted = new Map(batch.map(({ shopId, buyerId }) => [keyOf(shopId, buyerId), { shopId, buyerId }]));
  const keys = [...wanted.values()].map(({ shopId, buyerId }) => ({
    shop_id: shopId,
    buyer_id: buyerId,
    situation: createSituation(buyerId),
  }));
  // One statement makes, locks and reads the books: the empty update takes each row's lock.
  const found = await sql<{ shop_id: string; buyer_id: string; situation: Situation }>`
    insert into follow_up_books as b (shop_id, buyer_id, situation)
    select shop_id, buyer_id, situation
    from ${rowsOf(keys, 'shop_id text, buyer_id text, situation jsonb')} i
    order by shop_id, buyer_id
    on conflict (shop_id, buyer_id) do update set buyer_id = b.buyer_id
    returning shop_id, buyer_id, situation`.execute(db);
  const books = new Map<string, OpenBook>();
  for (const { shop_id: shopId, buyer_id: buyerId, situation } of found.rows) {
    books.set(keyOf(shopId, buyerId), {
      shopId,
      buyerId,
      situation,
      before: toJsonb(situation),
      live: new Map(),
      written: new Map(),
      notes: [],
    });
  }
  const live = await sql<{ shop_id: string; entry: FollowUp }>`
    select f.shop_id, f.entry from follow_ups f
    join ${rowsOf(keys, 'shop_id text, buyer_id text')} i
      on i.shop_id = f.shop_id and i.buyer_id = f.buyer_id
    where f.status in ('planned', 'claimed')`.execute(db);
  for (const { shop_id: shopId, entry } of live.rows)
    books.get(keyOf(shopId, entry.buyerId))!.live.set(entry.id, entry);
  return books;
}

async function writeBooks(db: Kysely<Database>, books: readonly OpenBook[]): Promise<void> {
  const changed = books.filter(({ situation, before }) => toJsonb(situation) !== before);
  if (changed.length > 0) {
    const input = changed.map(({ shopId, buyerId, situation }) => ({ shop_id: shopId, buyer_id: buyerId, situation }));
    await sql`
      update follow_up_books b set situation = i.situation
      from ${rowsOf(input, 'shop_id text, buyer_id text, situation jsonb')} i
      where b.shop_id = i.shop_id and b.buyer_id = i.buyer_id`.execute(db);
  }
  const rows = books.flatMap(({ shopId, written }) => [...written.values()].map((row) => ({ shopId, row })));
  // Ended rows first: a row planned in the same change may take the place of one that ends in it.
  const [live, ended] = [rows.filter(({ row }) => isLive(row)), rows.filter(({ row }) => !isLive(row))];
  await writeRows(db, [...ended, ...live]);
  for (const { shopId, buyerId, notes } of books) if (notes.length > 0) await writeNotes(db, shopId, buyerId, notes);
}

/** Writes rows one after the other, in their order. */
async function writeRows(db: Kysely<Database>, rows: readonly { shopId: string; row: FollowUp }[]): Promise<void> {
  if (rows.length === 0) return;
  const input = rows.map(({ shopId, row }) => ({
    shop_id: shopId,
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
    select i.* from jsonb_to_recordset(${toJsonb(input)}::jsonb) as i(
      shop_id text, id text, rule text, subject_id text, buyer_id text, order_id text, conversation_id text, revision int,
      status text, due_ms bigint, ended_ms bigint, entry jsonb)
    on conflict (shop_id, id) do update set
      revision = excluded.revision, status = excluded.status, due_ms = excluded.due_ms,
      ended_ms = excluded.ended_ms, entry = excluded.entry`.execute(db);
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
