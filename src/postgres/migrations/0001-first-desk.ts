import { type Kysely, sql } from 'kysely';

/** The record of the first desk. Every table carries the shop's id; no query sees two shops. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  `create table shops (
    id text primary key, name text not null, tz text not null, epoch text not null,
    settings jsonb not null, feeds jsonb not null default '{}', created_ms bigint not null)`,
  `create table agents (
    shop_id text not null references shops, id text not null, login text not null, name text not null,
    title text not null, role text not null check (role in ('agent', 'supervisor')),
    password_hash text not null, created_ms bigint not null,
    primary key (shop_id, id), unique (shop_id, login))`,
  `create table sessions (
    shop_id text not null references shops, token_hash text primary key, agent_id text not null,
    expires_ms bigint not null)`,
  `create table buyers (
    shop_id text not null references shops, id text not null, channel text not null, external_id text not null,
    name text not null, tz text, facts jsonb not null, profile jsonb not null, consent jsonb not null,
    opted_out text not null check (opted_out in ('none', 'reminders', 'all')),
    read_ms bigint not null, created_ms bigint not null,
    primary key (shop_id, id), unique (shop_id, channel, external_id))`,
  `create table conversations (
    shop_id text not null references shops, id text not null, buyer_id text not null, channel text not null,
    status text not null check (status in ('open', 'resolved')),
    last_seq bigint not null default 0, analysed_seq bigint not null default 0,
    last_buyer_ms bigint, last_agent_ms bigint, waiting_since_ms bigint, unread int not null default 0,
    assigned_agent_id text, taken_over_ms bigint, away_ack_ms bigint,
    state jsonb not null, changed_ms bigint not null, created_ms bigint not null,
    primary key (shop_id, id))`,
  `create unique index conversations_one_a_buyer on conversations (shop_id, buyer_id, channel)`,
  `create index conversations_changed on conversations (shop_id, changed_ms)`,
  `create index conversations_unanalysed on conversations (shop_id) where analysed_seq < last_seq`,
  `create table messages (
    shop_id text not null, conversation_id text not null, seq bigint not null, id text not null,
    sender text not null check (sender in ('buyer', 'agent', 'auto')), text text not null, sent_ms bigint not null,
    agent_id text, script_id text, script_version int, suggestion_id text,
    primary key (shop_id, conversation_id, seq))`,
  `create table message_keys (
    shop_id text not null, scope text not null, key text not null,
    conversation_id text not null, seq bigint not null, message_id text not null,
    primary key (shop_id, scope, key))`,
  `create table analyses (
    shop_id text not null, conversation_id text not null, seq bigint not null,
    data jsonb not null, model text not null, created_ms bigint not null,
    primary key (shop_id, conversation_id, seq))`,
  `create table suggestions (
    shop_id text not null, id text not null, conversation_id text not null, seq bigint not null,
    state text not null check (state in ('live', 'withdrawn', 'settled')), reason text,
    proposals jsonb not null, hidden jsonb not null, abstained text,
    created_ms bigint not null, settled_ms bigint,
    primary key (shop_id, id))`,
  `create index suggestions_live on suggestions (shop_id, conversation_id) where state = 'live'`,
  `create table suggestion_outcomes (
    shop_id text not null, suggestion_id text not null, position int not null,
    script_id text not null, script_version int not null,
    outcome text not null check (outcome in ('accepted', 'edited', 'dismissed')),
    agent_id text not null, text text not null, at_ms bigint not null,
    primary key (shop_id, suggestion_id, position))`,
  `create table products (
    shop_id text not null references shops, id text not null, title text not null,
    facts jsonb not null, read_ms jsonb not null, primary key (shop_id, id))`,
  `create table promos (
    shop_id text not null references shops, id text not null, facts jsonb not null, read_ms bigint not null,
    primary key (shop_id, id))`,
  `create table orders (
    shop_id text not null references shops, id text not null, buyer_id text not null, state text not null,
    amount_fen bigint not null, facts jsonb not null, refund jsonb not null, after_chat boolean not null,
    placed_ms bigint not null, paid_ms bigint, auto_close_ms bigint, closed_ms bigint, read_ms bigint not null,
    primary key (shop_id, id))`,
  `create index orders_of_buyer on orders (shop_id, buyer_id, placed_ms desc)`,
  `create table webhook_deliveries (
    shop_id text not null, source text not null, id text not null, received_ms bigint not null,
    primary key (shop_id, source, id))`,
  // One book a buyer: what the timers know, and the lock under which payment and reminder are decided.
  `create table follow_up_books (
    shop_id text not null references shops, buyer_id text not null, situation jsonb not null,
    primary key (shop_id, buyer_id))`,
  `create table follow_ups (
    shop_id text not null references shops, id text not null, rule text not null, subject_id text not null,
    buyer_id text not null, order_id text, conversation_id text, revision int not null,
    status text not null check (status in ('planned', 'claimed', 'sent', 'cancelled', 'skipped', 'failed')),
    due_ms bigint not null, ended_ms bigint, entry jsonb not null,
    primary key (shop_id, id))`,
  `create unique index follow_ups_live_once on follow_ups (shop_id, rule, subject_id)
    where status in ('planned', 'claimed')`,
  `create index follow_ups_due on follow_ups (shop_id, due_ms) where status = 'planned'`,
  `create index follow_ups_claimed on follow_ups (shop_id) where status = 'claimed'`,
  `create index follow_ups_of_buyer on follow_ups (shop_id, buyer_id)`,
  `create table outbox (
    shop_id text not null, id text not null, conversation_id text not null, seq bigint not null,
    channel text not null, idempotency_key text not null,
    state text not null check (state in ('pending', 'sending', 'sent', 'uncertain', 'failed', 'voided')),
    attempts int not null default 0, next_ms bigint not null, error text, created_ms bigint not null, sent_ms bigint,
    primary key (shop_id, id), unique (shop_id, idempotency_key))`,
  `create index outbox_open on outbox (next_ms) where state in ('pending', 'sending')`,
  `create table owed_answers (
    shop_id text not null, conversation_id text not null, seq bigint not null,
    asked_ms bigint not null, promised_ms bigint, answered_ms bigint,
    primary key (shop_id, conversation_id, seq))`,
  `create index owed_answers_open on owed_answers (shop_id, promised_ms) where answered_ms is null`,
  `create table tasks (
    shop_id text not null references shops, id text not null, kind text not null, title text not null,
    conversation_id text, buyer_id text, order_id text, rule text, due_ms bigint,
    state text not null check (state in ('open', 'done')), data jsonb not null,
    created_ms bigint not null, done_ms bigint, primary key (shop_id, id))`,
  `create index tasks_open on tasks (shop_id, due_ms) where state = 'open'`,
  `create table audit (
    id bigint generated always as identity primary key, shop_id text not null, at_ms bigint not null,
    actor text not null, action text not null, data jsonb not null)`,
];
