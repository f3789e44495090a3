/** Suggestions and their outcomes on Postgres or PGlite. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { SuggestionStore } from '../desk/ports.ts';
import type { SuggestionSet } from '../protocol/records.ts';
import { isLive, withdrawLive } from './conversation-store.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

/** Creates the store over a connection or inside a transaction. */
export function createSuggestionStore(db: Kysely<Database>): SuggestionStore {
  return {
    find: async (shopId, id) => {
      const row = await db
        .selectFrom('suggestions')
        .selectAll()
        .where('shop_id', '=', shopId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && readSet(row);
    },
    live: async (shopId, conversationId) => {
      const row = await db
        .selectFrom('suggestions')
        .selectAll()
        .where('shop_id', '=', shopId)
        .where('conversation_id', '=', conversationId)
        .where(isLive)
        .orderBy('seq', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && readSet(row);
    },
    settle: async (shopId, id, at) => {
      const rows = await sql`
        update suggestions set state = 'settled', settled_ms = ${at}
        where shop_id = ${shopId} and id = ${id} and ${isLive} returning id`.execute(db);
      return rows.rows.length === 1;
    },
    withdraw: (shopId, conversationId, reason, at) => withdrawLive(db, shopId, conversationId, reason, at),
    replace: async (shopId, set, lastSeq, at) => {
      const rows = await sql`
        with standing as (
          select id from conversations
          where shop_id = ${shopId} and id = ${set.conversationId} and spoken_seq <= ${lastSeq} for update
        ), older as (
          update suggestions s set state = 'withdrawn', reason = 'fact_changed', settled_ms = ${at} from standing
          where s.shop_id = ${shopId} and s.conversation_id = standing.id and s.state = 'live'
        )
        insert into suggestions (shop_id, id, conversation_id, seq, state, proposals, hidden, abstained, learning, after_seq, created_ms)
        select ${shopId}, ${set.id}, standing.id, ${set.seq}::bigint, 'live', ${toJsonb(set.proposals)}::jsonb,
          ${toJsonb(set.hidden)}::jsonb, ${set.abstained ?? null},
          ${set.learning ? toJsonb(set.learning) : null}::jsonb, ${set.afterSeq ?? null}::bigint, ${at}::bigint
        from standing returning id`.execute(db);
      return rows.rows.length === 1;
    },
    leaningOn: async (shopId, { products, facts }, limit) => {
      const named = `^(${facts.join('|')})([^a-zA-Z]|$)`;
      const said =
        facts.length === 0
          ? sql`false`
          : sql`(
        jsonb_path_exists(s.proposals, ${`$[*].slots[*].source ? (@ like_regex "${named}")`}::jsonpath)
        or jsonb_path_exists(s.hidden, ${`$[*].fact ? (@ like_regex "${named}")`}::jsonpath))`;
      const spoken =
        products.length === 0
          ? sql`false`
          : sql`(
        c.state ->> 'productId' = any(${sql.val([...products])}::text[]) or jsonb_path_exists(s.proposals, '$[*].answers'))`;
      const rows = await sql<{ conversation_id: string }>`
        select s.conversation_id from suggestions s
        join conversations c on c.shop_id = s.shop_id and c.id = s.conversation_id
        where s.shop_id = ${shopId} and s.state = 'live' and (${spoken} or ${said})
        order by s.created_ms desc, s.id desc limit ${limit}`.execute(db);
      return rows.rows.map((row) => row.conversation_id);
    },
    polish: async (shopId, id, proposals) => {
      const rows = await sql`
        update suggestions set proposals = ${toJsonb(proposals)}::jsonb
        where shop_id = ${shopId} and id = ${id} and state = 'live' returning id`.execute(db);
      return rows.rows.length === 1;
    },
    note: async (outcome) => {
      const rows = await sql`
        insert into suggestion_outcomes
          (shop_id, suggestion_id, position, script_id, script_version, outcome, agent_id, text, at_ms)
        values (${outcome.shopId}, ${outcome.suggestionId}, ${outcome.position}, ${outcome.scriptId},
          ${outcome.scriptVersion}, ${outcome.outcome}, ${outcome.agentId}, ${outcome.text}, ${outcome.at})
        on conflict do nothing returning suggestion_id`.execute(db);
      return rows.rows.length === 1;
    },
  };
}

function readSet(row: Selectable<Database['suggestions']>): SuggestionSet {
  return {
    id: row.id,
    conversationId: row.conversation_id,
    seq: row.seq,
    state: row.state,
    proposals: row.proposals as SuggestionSet['proposals'],
    hidden: row.hidden as SuggestionSet['hidden'],
    ...(row.abstained === null ? {} : { abstained: row.abstained }),
    ...(row.after_seq === null ? {} : { afterSeq: row.after_seq }),
    ...(row.learning === null ? {} : { learning: row.learning as NonNullable<SuggestionSet['learning']> }),
  };
}
