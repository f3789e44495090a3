import { type Kysely, sql } from 'kysely';

/** What the feed has told of each order, and the cases of an order that were closed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table orders add column feed jsonb').execute(db);
  await sql
    .raw(`create table closed_cases (
      shop_id text not null, conversation_id text not null, id text not null, order_id text,
      entry jsonb not null, closed_ms bigint not null,
      primary key (shop_id, id))`)
    .execute(db);
  await sql
    .raw('create index closed_cases_of_conversation on closed_cases (shop_id, conversation_id, closed_ms)')
    .execute(db);
}
