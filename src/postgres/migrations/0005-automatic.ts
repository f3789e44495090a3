import { type Kysely, sql } from 'kysely';

/** Texts that leave by themselves: one live row a conversation, found by the moment it is due. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table automatic_sends (
    shop_id text not null references shops, id text not null, conversation_id text not null, buyer_id text not null,
    mode text not null check (mode in ('semi', 'auto', 'away')),
    seq bigint not null, suggestion_id text not null, position int not null,
    script_id text not null, script_version int not null, text text not null,
    due_ms bigint not null, created_ms bigint not null,
    state text not null check (state in ('pending', 'sent', 'voided', 'failed')),
    reason text, ended_ms bigint, message_id text,
    primary key (shop_id, id))`,
  `create unique index automatic_sends_live on automatic_sends (shop_id, conversation_id) where state = 'pending'`,
  `create index automatic_sends_due on automatic_sends (due_ms) where state = 'pending'`,
];
