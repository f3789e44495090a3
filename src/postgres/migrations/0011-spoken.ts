import { type Kysely, sql } from 'kysely';

/**
 * Each conversation row says which message a person wrote last. A statement that waited for the row's lock sees the
 * row anew but the messages as they stood when it began, so it must not ask the messages.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table conversations add column spoken_seq bigint not null default 0').execute(db);
  await sql
    .raw(`update conversations c set spoken_seq = m.seq from (
        select shop_id, conversation_id, max(seq) as seq from messages where sender <> 'auto' group by 1, 2) m
      where m.shop_id = c.shop_id and m.conversation_id = c.id`)
    .execute(db);
}
