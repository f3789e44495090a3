/** Timers of the shop as a whole, on Postgres or PGlite. */
import { type Kysely, sql } from 'kysely';
import type { ShopTimerStore } from '../desk/clock-store.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

/** Creates the store over a connection or inside a transaction. */
export function createShopTimerStore(db: Kysely<Database>): ShopTimerStore {
  return {
    all: async (shopId) => {
      const rows = await sql<{ key: string; next_ms: number; since_ms: number }>`
        select key, next_ms, since_ms from shop_timers where shop_id = ${shopId} order by key`.execute(db);
      return rows.rows.map((row) => ({ key: row.key, nextAt: row.next_ms, sinceAt: row.since_ms }));
    },
    add: async (shopId, { key, nextAt, sinceAt }) => {
      const rows = await sql`
        insert into shop_timers (shop_id, key, next_ms, since_ms) values (${shopId}, ${key}, ${nextAt}, ${sinceAt})
        on conflict do nothing returning key`.execute(db);
      return rows.rows.length === 1;
    },
    move: async (shopId, { key, nextAt, sinceAt }, expected) => {
      const rows = await sql`
        update shop_timers set next_ms = ${nextAt}, since_ms = ${sinceAt}
        where shop_id = ${shopId} and key = ${key} and next_ms = ${expected} returning key`.execute(db);
      return rows.rows.length === 1;
    },
    remove: async (shopId, key) => {
      await sql`delete from shop_timers where shop_id = ${shopId} and key = ${key}`.execute(db);
    },
    talks: async (shopId, sinceMs) => {
      const rows = await sql<{ id: string; buyer_name: string; agent_name: string | null; replied: boolean }>`
        select c.id, b.name as buyer_name, a.name as agent_name, coalesce(c.last_agent_ms >= ${sinceMs}, false) as replied
        from conversations c
        join buyers b on b.shop_id = c.shop_id and b.id = c.buyer_id
        left join agents a on a.shop_id = c.shop_id and a.id = c.assigned_agent_id
        where c.shop_id = ${shopId} and c.changed_ms >= ${sinceMs} and c.last_buyer_ms >= ${sinceMs}
        order by c.last_buyer_ms desc, c.id limit 5000`.execute(db);
      return rows.rows.map((row) => ({
        conversationId: row.id,
        buyerName: row.buyer_name,
        ...(row.agent_name === null ? {} : { agentName: row.agent_name }),
        replied: row.replied,
      }));
    },
    parcels: async (shopId, sinceMs) => {
      const rows = await sql<{ id: string; state: 'printed' | 'shipped' }>`
        select id, state from orders
        where shop_id = ${shopId} and (state = 'printed' or (state = 'shipped' and read_ms >= ${sinceMs}))
        order by state, placed_ms limit 500`.execute(db);
      return rows.rows.map((row) => ({ orderId: row.id, state: row.state }));
    },
    claims: async (shopId, sinceMs) => {
      const rows = await sql<{ order_id: string }>`
        select distinct order_id from follow_ups
        where shop_id = ${shopId} and rule = 'FU-47' and order_id is not null and due_ms >= ${sinceMs}
          and status <> 'cancelled' order by order_id limit 500`.execute(db);
      return rows.rows.map((row) => row.order_id);
    },
    goodReviews: async (shopId, sinceMs, aboveScore) => {
      const rows = await sql<{
        id: string;
        buyer_id: string;
        name: string;
        rests: boolean;
        score: number;
        issue: string | null;
      }>`
        select o.id, o.buyer_id, b.name, b.opted_out = 'all' as rests, (o.review ->> 'score')::float8 as score, o.review ->> 'issue' as issue
        from (
          select id, shop_id, buyer_id, feed -> 'last' -> 'review' -> 'value' as review from orders
          where shop_id = ${shopId} and read_ms >= ${sinceMs} and (feed -> 'last' -> 'review' ->> 'at')::bigint >= ${sinceMs}
        ) o join buyers b on b.shop_id = o.shop_id and b.id = o.buyer_id
        where (o.review ->> 'score')::float8 > ${aboveScore}
        order by o.review ->> 'issue' is null, o.id limit 500`.execute(db);
      return rows.rows.map((row) => ({
        orderId: row.id,
        buyerId: row.buyer_id,
        buyerName: row.name,
        score: row.score,
        wantsRest: row.rests,
        ...(row.issue === null ? {} : { issue: row.issue }),
      }));
    },
    sameIssue: async (shopId, { title, kind, sinceMs }) => {
      const rows = await sql<{ id: string; buyer_id: string }>`
        with cases as (
          select record ->> 'orderId' as order_id
          from conversations c cross join lateral jsonb_array_elements(coalesce(c.state -> 'records', '[]'::jsonb)) as record
          where c.shop_id = ${shopId} and c.changed_ms >= ${sinceMs}
            and record ->> 'group' = 'case' and record -> 'value' ->> 'kind' = ${kind}
            and (record -> 'value' ->> 'openedAt' is null
              or (record -> 'value' ->> 'openedAt')::timestamptz >= to_timestamp(${sinceMs} / 1000.0))
          union
          select order_id from closed_cases
          where shop_id = ${shopId} and closed_ms >= ${sinceMs} and entry -> 'value' ->> 'kind' = ${kind})
        select o.id, o.buyer_id from orders o join cases on cases.order_id = o.id
        where o.shop_id = ${shopId} and o.facts -> 'items' @> ${toJsonb([{ title }])}::jsonb
        order by o.id limit 500`.execute(db);
      return rows.rows.map((row) => ({ orderId: row.id, buyerId: row.buyer_id }));
    },
  };
}
