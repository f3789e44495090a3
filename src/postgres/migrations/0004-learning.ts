import { type Kysely, sql } from 'kysely';

/** What the desk learns from outcomes: showings, counts that fade, resets, and wordings found in edits. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  // The arm and the place of a set at the moment it was made.
  `alter table suggestions add column learning jsonb`,
  // One row a proposal that somebody had before them. It is what happened; counts are folded from it.
  `create table learning_showings (
    shop_id text not null references shops, suggestion_id text not null, position int not null,
    conversation_id text not null, buyer_id text not null,
    script_id text not null, version int not null, variant int not null, context text not null,
    arm text not null check (arm in ('learnt', 'plain', 'off')),
    fate text not null check (fate in ('accepted', 'edited', 'dismissed', 'passed', 'below')),
    at_ms bigint not null, generation int not null, paid_order_id text,
    primary key (shop_id, suggestion_id, position))`,
  `create index learning_showings_unpaid on learning_showings (shop_id, buyer_id, at_ms)
    where fate in ('accepted', 'edited') and paid_order_id is null`,
  `create index learning_showings_arms on learning_showings (shop_id, at_ms) where arm <> 'off'`,
  // Weights fade by half in sixty days and stand as of as_of_ms. A reset begins a generation and leaves the old rows.
  `create table learning_counts (
    shop_id text not null references shops, script_id text not null, version int not null, variant int not null,
    context text not null, generation int not null,
    shown int not null, accepted int not null, edited int not null, dismissed int not null, passed int not null,
    below int not null, paid int not null,
    shown_weight float8 not null, accepted_weight float8 not null, edited_weight float8 not null,
    dismissed_weight float8 not null, passed_weight float8 not null, below_weight float8 not null,
    paid_weight float8 not null, as_of_ms bigint not null, changed_ms bigint not null,
    primary key (shop_id, script_id, version, variant, context, generation))`,
  `create index learning_counts_changed on learning_counts (shop_id, changed_ms)`,
  // The empty script id stands for all.
  `create table learning_resets (
    shop_id text not null references shops, script_id text not null, generation int not null, at_ms bigint not null,
    primary key (shop_id, script_id))`,
  `create table learning_variants (
    shop_id text not null references shops, id text not null, script_id text not null, entry jsonb not null,
    at_ms bigint not null, primary key (shop_id, id))`,
  `create index suggestion_outcomes_edited on suggestion_outcomes (shop_id, at_ms) where outcome = 'edited'`,
];
