import { type Kysely, sql } from 'kysely';

/** Concessions on a price and the requests for them. @see POL-01, FU-45 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table discounts (
    shop_id text not null references shops, id text not null, conversation_id text not null,
    state text not null check (state in
      ('given', 'taken_back', 'asked', 'granted', 'refused', 'expired', 'used', 'withdrawn')),
    at_ms bigint not null, ends_ms bigint, entry jsonb not null,
    primary key (shop_id, id))`,
  'create index discounts_conversation on discounts (shop_id, conversation_id, at_ms)',
  'create index discounts_at on discounts (shop_id, at_ms)',
  `create index discounts_open on discounts (shop_id, ends_ms) where state in ('asked', 'granted')`,
];
