import { type Kysely, sql } from 'kysely';

/** The governed library: versions of scripts, personal phrases, gate rules, texts laid before a supervisor; corrections. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // An agent's word on the buyer's type; it wins over what the profiler reads until it is taken back.
  `alter table buyers add column pinned_type text`,
  // One row a shop: the lock under which its library changes, and the number of its state.
  `create table library_states (
    shop_id text primary key references shops, state bigint not null, changed_ms bigint not null,
    models jsonb not null default '[]')`,
  `create table script_versions (
    shop_id text not null references shops, script_id text not null, version int not null,
    status text not null check (status in ('draft', 'in_review', 'approved', 'retired')),
    state bigint not null, body_hash text not null,
    entry jsonb not null,
    primary key (shop_id, script_id, version))`,
  `create unique index script_versions_one_open on script_versions (shop_id, script_id)
    where status in ('draft', 'in_review')`,
  `create unique index script_versions_one_approved on script_versions (shop_id, script_id)
    where status = 'approved'`,
  `create index script_versions_state on script_versions (shop_id, state)`,
  `create table personal_scripts (
    shop_id text not null references shops, agent_id text not null, id text not null, code text not null,
    title text not null, text text not null, changed_ms bigint not null,
    primary key (shop_id, agent_id, id), unique (shop_id, agent_id, code))`,
  `create table gate_rules (
    shop_id text not null references shops, version int not null, rules jsonb not null,
    author_id text not null, author_name text not null, at_ms bigint not null, note text not null,
    primary key (shop_id, version))`,
  `create table approvals (
    shop_id text not null references shops, id text not null, conversation_id text not null,
    text text not null, findings jsonb not null, reason text not null,
    asked_by text not null, asked_ms bigint not null, answer_ms bigint not null,
    state text not null check (state in ('asked', 'granted', 'refused', 'used', 'expired')),
    decided_by text, decided_ms bigint, decision_note text, valid_ms bigint,
    primary key (shop_id, id))`,
  // What agents set right, one word a message; the newest word counts.
  `create table corrections (
    shop_id text not null references shops, id text not null, conversation_id text not null, seq bigint not null,
    entry jsonb not null, at_ms bigint not null,
    primary key (shop_id, id), unique (shop_id, conversation_id, seq))`,
  `create table lessons (
    shop_id text not null references shops, id text not null, entry jsonb not null, at_ms bigint not null,
    primary key (shop_id, id))`,
  `create index lessons_newest on lessons (shop_id, at_ms desc)`,
  `create table taught_models (
    shop_id text not null references shops, hash text not null, packed bytea not null, based_on text not null, at_ms bigint not null,
    primary key (shop_id, hash))`,
  `create index approvals_open on approvals (shop_id, asked_ms) where state in ('asked', 'granted')`,
  `create index approvals_of_agent on approvals (shop_id, asked_by, asked_ms)`,
];
