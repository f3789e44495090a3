import { type Kysely, sql } from 'kysely';

/** Response clocks, calls to the person on call, timers of the shop, and when somebody was on duty last. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table response_clocks (
    shop_id text not null references shops, conversation_id text not null, kind text not null, seq bigint not null,
    because text, started_ms bigint not null, counts_ms bigint not null, warn_ms bigint not null, due_ms bigint not null,
    warns text not null, escalates boolean not null, automatic_ms bigint, warned_ms bigint, breached_ms bigint,
    stopped_ms bigint, stopped_by text check (stopped_by in ('reply', 'resolved', 'settled')),
    primary key (shop_id, conversation_id, kind, seq))`,
  `create index response_clocks_open on response_clocks (shop_id, due_ms) where stopped_ms is null`,
  `create index response_clocks_due on response_clocks (shop_id, due_ms)`,
  `create index conversations_waiting on conversations (shop_id) where waiting_since_ms is not null`,
  `create table on_call_calls (
    shop_id text not null references shops, id text not null, conversation_id text not null, buyer_id text not null,
    kind text not null, seq bigint not null, said_ms bigint not null, excerpt text not null,
    state text not null check (state in ('waiting', 'sending', 'sent', 'answered', 'failed', 'nobody')),
    attempts int not null default 0, next_ms bigint not null, person text, problem text,
    created_ms bigint not null, ended_ms bigint,
    primary key (shop_id, id), unique (shop_id, conversation_id, seq))`,
  `create index on_call_calls_open on on_call_calls (shop_id, next_ms) where state in ('waiting', 'sending')`,
  `create index on_call_calls_of_buyer on on_call_calls (shop_id, buyer_id, created_ms)`,
  `create table shop_timers (
    shop_id text not null references shops, key text not null, next_ms bigint not null, since_ms bigint not null,
    primary key (shop_id, key))`,
  `create table shop_duty (shop_id text primary key references shops, last_ms bigint not null)`,
];
