/** Concessions and requests for them, on Postgres or PGlite. */
import { type Kysely, sql } from 'kysely';
import type { DiscountStore } from '../desk/ports.ts';
import { type Discount, DiscountSchema } from '../protocol/discounts.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

const MOST = 200;

/** Creates the store over a connection or inside a transaction. */
export function createDiscountStore(db: Kysely<Database>): DiscountStore {
  const rows = (shopId: string) => db.selectFrom('discounts').select('entry').where('shop_id', '=', shopId);
  return {
    save: async (shopId, discount, endsAt) => {
      const entry = { state: discount.state, ends_ms: endsAt, entry: toJsonb(discount) };
      const { id, conversationId, at } = discount;
      await db
        .insertInto('discounts')
        .values({ shop_id: shopId, id, conversation_id: conversationId, at_ms: at, ...entry })
        .onConflict((c) => c.columns(['shop_id', 'id']).doUpdateSet(entry))
        .execute();
    },
    find: async (shopId, id) => {
      const row = await rows(shopId).where('id', '=', id).executeTakeFirst();
      return row && read(row);
    },
    ofConversation: async (shopId, conversationId) => {
      // What was given counts however much was asked since: nobody asks themselves new authority.
      const newest = sql`(select n.id from discounts n where n.shop_id = ${shopId}
        and n.conversation_id = ${conversationId} order by n.at_ms desc, n.id desc limit ${MOST})`;
      const found = await rows(shopId)
        .where('conversation_id', '=', conversationId)
        .where(sql<boolean>`(state = 'given' or id in ${newest})`)
        .orderBy('at_ms')
        .orderBy('id')
        .execute();
      return found.map(read);
    },
    asked: async (shopId) =>
      (await rows(shopId).where('state', '=', 'asked').orderBy('at_ms').orderBy('id').limit(MOST).execute()).map(read),
    requestsOf: async (shopId, agentId, since) => {
      const found = await rows(shopId)
        .where('at_ms', '>=', since)
        .where(sql<boolean>`entry -> 'by' ->> 'id' = ${agentId} and entry ? 'answerBy'`)
        .orderBy('at_ms', 'desc')
        .limit(MOST)
        .execute();
      return found.map(read);
    },
    ended: async (shopId, at) =>
      (
        await rows(shopId).where('state', 'in', ['asked', 'granted']).where('ends_ms', '<=', at).limit(MOST).execute()
      ).map(read),
  };
}

function read({ entry }: { entry: unknown }): Discount {
  return DiscountSchema.parse(entry);
}
