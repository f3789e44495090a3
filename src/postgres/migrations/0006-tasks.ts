import { type Kysely, sql } from 'kysely';

/** Tasks know whose they are; the ledger is read by time, timer and order; rows follow a changed setting in batches. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `alter table tasks add column for_role text not null default 'agent' check (for_role in ('agent', 'supervisor'))`,
  `create index owed_answers_promised on owed_answers (shop_id, promised_ms)`,
  `create index follow_ups_by_due on follow_ups (shop_id, due_ms, id)`,
  `create index follow_ups_by_rule on follow_ups (shop_id, rule, due_ms, id)`,
  `create index follow_ups_of_order on follow_ups (shop_id, order_id) where order_id is not null`,
  `create index follow_ups_planned on follow_ups (shop_id, rule, id) where status = 'planned'`,
  `create index follow_ups_switched_off on follow_ups (shop_id, rule, id)
    where status = 'cancelled' and entry ->> 'reason' = 'switched_off'`,
  `create index follow_ups_failed on follow_ups (shop_id, due_ms, id) where status = 'failed'`,
  `create table timer_changes (
    shop_id text not null references shops, rule text not null, revision int not null, after_id text not null,
    next_ms bigint not null, primary key (shop_id, rule))`,
];
