/** Showings, fading counts, resets and found wordings on Postgres or PGlite. */
import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { FoundVariant, ShowingCounts } from '../protocol/learning.ts';
import type { SuggestionSet } from '../protocol/records.ts';
import { HALF_LIFE_MS } from '../suggestions/learning/fold-counts.ts';
import type { ArmSums, CountRow, LearningStore } from '../suggestions/learning/ports.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

/** A payment counts for what was accepted so long before it. */
const PAID_WITHIN_MS = 24 * 3_600_000;
/** Edits that are read at once. */
const MOST_EDITS = 5000;

const COUNTED = ['shown', 'accepted', 'edited', 'dismissed', 'passed', 'below', 'paid'] as const;

/** Creates the store over a connection or inside a transaction. */
export function createLearningStore(db: Kysely<Database>): LearningStore {
  return {
    note: async (shopId, showings) => {
      if (showings.length === 0) return 0;
      const input = showings.map(({ suggestionId, conversationId, buyerId, scriptId, at, ...rest }) => ({
        ...rest,
        suggestion_id: suggestionId,
        conversation_id: conversationId,
        buyer_id: buyerId,
        script_id: scriptId,
        at_ms: at,
      }));
      const rows = await sql<{ noted: number }>`
        with input as (
          select * from jsonb_to_recordset(${toJsonb(input)}::jsonb) as i(
            suggestion_id text, position int, conversation_id text, buyer_id text, script_id text, version int,
            variant int, context text, arm text, fate text, at_ms bigint)
        ), fresh as (
          insert into learning_showings (shop_id, suggestion_id, position, conversation_id, buyer_id, script_id,
            version, variant, context, arm, fate, at_ms, generation)
          select ${shopId}, i.suggestion_id, i.position, i.conversation_id, i.buyer_id, i.script_id,
            i.version, i.variant, i.context, i.arm, i.fate, i.at_ms, ${generationOf(shopId, sql`i.script_id`)}
          from input i on conflict do nothing returning *
        ), folded as (
          ${foldInto(
            sql`
            select *, 1 as shown, (fate = 'accepted')::int as accepted, (fate = 'edited')::int as edited,
              (fate = 'dismissed')::int as dismissed, (fate in ('passed', 'below'))::int as passed,
              (fate = 'below')::int as below, 0 as paid
            from fresh`,
            Math.max(...showings.map(({ at }) => at)),
          )} returning 1
        )
        select count(*) as noted from fresh`.execute(db);
      return rows.rows[0]!.noted;
    },
    notePayment: async (shopId, { buyerId, orderId, paidAt, at }) => {
      const rows = await sql<{ noted: number }>`
        with fresh as (
          update learning_showings s set paid_order_id = ${orderId}
          from (
            select suggestion_id, position from learning_showings
            where shop_id = ${shopId} and buyer_id = ${buyerId} and fate in ('accepted', 'edited')
              and paid_order_id is null and at_ms <= ${paidAt} and at_ms > ${paidAt - PAID_WITHIN_MS}
            order by suggestion_id, position for update
          ) due
          where s.shop_id = ${shopId} and s.suggestion_id = due.suggestion_id and s.position = due.position
          returning s.*
        ), folded as (
          ${foldInto(
            sql`
            select *, 0 as shown, 0 as accepted, 0 as edited, 0 as dismissed, 0 as passed, 0 as below, 1 as paid
            from fresh`,
            at,
          )} returning 1
        )
        select count(*) as noted from fresh`.execute(db);
      return rows.rows[0]!.noted;
    },
    counts: async (shopId, changedSince) => {
      const rows = await sql<CountColumns>`
        select c.* from learning_counts c
        where c.shop_id = ${shopId} and c.changed_ms >= ${changedSince}
          and c.generation = ${generationOf(shopId, sql`c.script_id`)}
        order by c.script_id, c.version, c.variant, c.context`.execute(db);
      return rows.rows.map(readCounts);
    },
    resets: async (shopId) => {
      const rows = await sql<{ resets: number }>`
        select coalesce(sum(generation), 0) as resets from learning_resets where shop_id = ${shopId}`.execute(db);
      return rows.rows[0]!.resets;
    },
    reset: async (shopId, scriptId, at) => {
      await sql`
        insert into learning_resets (shop_id, script_id, generation, at_ms)
        values (${shopId}, ${scriptId ?? ''}, 1, ${at})
        on conflict (shop_id, script_id)
        do update set generation = learning_resets.generation + 1, at_ms = excluded.at_ms`.execute(db);
    },
    resetAt: async (shopId) => {
      const row = await db
        .selectFrom('learning_resets')
        .select('at_ms')
        .where('shop_id', '=', shopId)
        .where('script_id', '=', '')
        .executeTakeFirst();
      return row?.at_ms ?? 0;
    },
    arms: async (shopId, since) => {
      const rows = await sql<ArmSums & { arm: 'learnt' | 'plain' }>`
        with sets as (
          select arm, conversation_id, suggestion_id,
            max((fate in ('accepted', 'edited'))::int) as taken, max((fate = 'edited')::int) as edited,
            max((paid_order_id is not null)::int) as paid
          from learning_showings
          where shop_id = ${shopId} and at_ms >= ${since} and arm <> 'off' group by 1, 2, 3
        ), talks as (
          select arm, count(*) as sets, sum(taken) as taken, sum(edited) as edited, sum(paid) as paid
          from sets group by arm, conversation_id
        )
        select arm, count(*) as conversations, sum(sets) as sets, sum(taken) as taken, sum(edited) as edited,
          sum(paid) as paid, sum(sets * sets) as "setsSquared", sum(taken * taken) as "takenSquared",
          sum(edited * edited) as "editedSquared", sum(paid * paid) as "paidSquared",
          sum(sets * taken) as "setsTaken", sum(taken * edited) as "takenEdited", sum(taken * paid) as "takenPaid"
        from talks group by arm`.execute(db);
      const sums = { learnt: NO_SUMS, plain: NO_SUMS };
      for (const { arm, ...of } of rows.rows) sums[arm] = of;
      return sums;
    },
    edits: async (shopId, since) => {
      const rows = await db
        .selectFrom('suggestion_outcomes as o')
        .innerJoin('suggestions as s', (join) =>
          join.onRef('s.shop_id', '=', 'o.shop_id').onRef('s.id', '=', 'o.suggestion_id'),
        )
        .select([
          'o.suggestion_id',
          's.conversation_id',
          'o.script_id',
          'o.script_version',
          'o.text',
          'o.at_ms',
          'o.position',
          's.proposals',
        ])
        .where('o.shop_id', '=', shopId)
        .where('o.outcome', '=', 'edited')
        .where('o.at_ms', '>=', since)
        .orderBy('o.at_ms', 'desc')
        .orderBy('o.suggestion_id')
        .limit(MOST_EDITS)
        .execute();
      return rows.toReversed().map((row) => ({
        suggestionId: row.suggestion_id,
        conversationId: row.conversation_id,
        scriptId: row.script_id,
        version: row.script_version,
        text: row.text,
        slots: (row.proposals as SuggestionSet['proposals'])[row.position]?.slots ?? [],
        at: row.at_ms,
      }));
    },
    found: async (shopId) => {
      const rows = await db
        .selectFrom('learning_variants')
        .select('entry')
        .where('shop_id', '=', shopId)
        .orderBy('at_ms', 'desc')
        .orderBy('id', 'desc')
        .execute();
      return rows.map((row) => row.entry as FoundVariant);
    },
    addFound: async (shopId, found) => {
      await db
        .insertInto('learning_variants')
        .values({
          shop_id: shopId,
          id: found.id,
          script_id: found.scriptId,
          entry: toJsonb(found),
          at_ms: found.at,
        })
        .execute();
    },
  };
}

/** Resets of the script and of all: rises with each of them, so that older counts are another generation's. */
function generationOf(shopId: string, scriptId: RawBuilder<unknown>): RawBuilder<number> {
  return sql`(select coalesce(sum(r.generation), 0)::int from learning_resets r
    where r.shop_id = ${shopId} and r.script_id in ('', ${scriptId}))`;
}

/**
 * Folds showings into the counts. Rows are locked in one order, and each side fades to the later moment of the two, so
 * the order in which transactions come does not matter.
 */
function foldInto(showings: RawBuilder<unknown>, changedAt: number): RawBuilder<unknown> {
  const columns = (ending: string) => sql.join(COUNTED.map((name) => sql.ref(name + ending)));
  const faded = (name: string, elapsed: RawBuilder<unknown>) =>
    sql`${sql.ref(name)} * power(2::float8, -greatest(0, ${elapsed})::float8 / ${HALF_LIFE_MS}::float8)`;
  const updates = COUNTED.flatMap((name) => [
    sql`${sql.ref(name)} = c.${sql.ref(name)} + excluded.${sql.ref(name)}`,
    sql`${sql.ref(`${name}_weight`)} = ${faded(`c.${name}_weight`, sql`excluded.as_of_ms - c.as_of_ms`)}
      + ${faded(`excluded.${name}_weight`, sql`c.as_of_ms - excluded.as_of_ms`)}`,
  ]);
  return sql`
    insert into learning_counts as c (shop_id, script_id, version, variant, context, generation,
      ${columns('')}, ${columns('_weight')}, as_of_ms, changed_ms)
    select shop_id, script_id, version, variant, context, generation,
      ${sql.join(COUNTED.map((name) => sql`sum(${sql.ref(name)})`))},
      ${sql.join(COUNTED.map((name) => sql`sum(${faded(name, sql`newest - at_ms`)})`))}, max(at_ms), ${changedAt}::bigint
    from (
      select *, max(at_ms) over (partition by script_id, version, variant, context, generation) as newest
      from (${showings}) each_showing
    ) dated
    group by shop_id, script_id, version, variant, context, generation
    order by script_id, version, variant, context, generation
    on conflict (shop_id, script_id, version, variant, context, generation) do update set
      ${sql.join(updates)}, as_of_ms = greatest(c.as_of_ms, excluded.as_of_ms),
      changed_ms = greatest(c.changed_ms, excluded.changed_ms)`;
}

interface CountColumns {
  script_id: string;
  version: number;
  variant: number;
  context: string;
  as_of_ms: number;
  [column: string]: unknown;
}

function readCounts(row: CountColumns): CountRow {
  const read = (ending: string) =>
    Object.fromEntries(COUNTED.map((name) => [name, row[name + ending]])) as unknown as ShowingCounts;
  return {
    scriptId: row.script_id,
    version: row.version,
    variant: row.variant,
    context: row.context,
    counts: read(''),
    weights: read('_weight'),
    asOf: row.as_of_ms,
  };
}

const NO_SUMS: ArmSums = {
  conversations: 0,
  sets: 0,
  taken: 0,
  edited: 0,
  paid: 0,
  setsSquared: 0,
  takenSquared: 0,
  editedSquared: 0,
  paidSquared: 0,
  setsTaken: 0,
  takenEdited: 0,
  takenPaid: 0,
};
