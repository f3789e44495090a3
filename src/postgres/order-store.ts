/** Orders, products, campaigns and webhook deliveries on Postgres or PGlite. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { OrderFeed } from '../orders/order-feed.ts';
import type { Feed, Order, OrderStore } from '../orders/ports.ts';
import type { OrderFacts } from '../protocol/facts.ts';
import type { OrderState } from '../protocol/ids.ts';
import { goodsQueries } from './goods-queries.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

/** Creates the store over a connection or inside a transaction. */
export function createOrderStore(db: Kysely<Database>): OrderStore {
  const orders = (shopId: string) => db.selectFrom('orders').selectAll().where('shop_id', '=', shopId);
  return {
    find: async (shopId, id) => {
      const row = await orders(shopId).where('id', '=', id).executeTakeFirst();
      return row && readOrder(row);
    },
    lock: async (shopId, id) => {
      const row = await orders(shopId).where('id', '=', id).forUpdate().executeTakeFirst();
      return row && readOrder(row);
    },
    save: async (order) => {
      const row = {
        buyer_id: order.buyerId,
        state: order.state,
        amount_fen: order.amountFen,
        facts: toJsonb(order.facts),
        refund: toJsonb(order.refund),
        after_chat: order.afterChat,
        placed_ms: order.placedAt,
        paid_ms: order.paidAt,
        auto_close_ms: order.autoCloseAt,
        closed_ms: order.closedAt,
        read_ms: order.readAt,
        feed: order.feed ? toJsonb(order.feed) : null,
      };
      await db
        .insertInto('orders')
        .values({ shop_id: order.shopId, id: order.id, ...row })
        .onConflict((c) => c.columns(['shop_id', 'id']).doUpdateSet(row))
        .execute();
    },
    ofBuyer: async (shopId, buyerId, limit) =>
      (await orders(shopId).where('buyer_id', '=', buyerId).orderBy('placed_ms', 'desc').limit(limit).execute()).map(
        readOrder,
      ),
    ...goodsQueries(db),
    touchFeed: async (shopId, feed, at) => {
      await sql`
        update shops set feeds = jsonb_set(feeds, array[${feed}]::text[], to_jsonb(${at}::bigint))
        where id = ${shopId} and coalesce((feeds ->> ${feed})::bigint, 0) < ${at}`.execute(db);
    },
    feeds: async (shopId) => {
      const row = await db.selectFrom('shops').select('feeds').where('id', '=', shopId).executeTakeFirst();
      return (row?.feeds ?? {}) as Partial<Record<Feed, number>>;
    },
    noteDelivery: async (shopId, source, id, at) => {
      const result = await sql`
        insert into webhook_deliveries (shop_id, source, id, received_ms) values (${shopId}, ${source}, ${id}, ${at})
        on conflict do nothing`.execute(db);
      return Number(result.numAffectedRows ?? 0) === 1;
    },
  };
}

/** Reads a row. */
export function readOrder(row: Selectable<Database['orders']>): Order {
  return {
    shopId: row.shop_id,
    id: row.id,
    buyerId: row.buyer_id,
    state: row.state as OrderState,
    amountFen: row.amount_fen,
    facts: row.facts as OrderFacts,
    refund: row.refund as Order['refund'],
    afterChat: row.after_chat,
    placedAt: row.placed_ms,
    paidAt: row.paid_ms,
    autoCloseAt: row.auto_close_ms,
    closedAt: row.closed_ms,
    readAt: row.read_ms,
    ...(row.feed ? { feed: row.feed as OrderFeed } : {}),
  };
}
