/** Shops, agents, sessions and buyers on Postgres or PGlite. */
import type { Kysely, Selectable, Updateable } from 'kysely';
import type { Agent, Buyer, PeopleStore, Shop } from '../desk/ports.ts';
import { ShopSettingsSchema } from '../desk/shop-settings.ts';
import { DeskError } from '../lib/errors.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

/** Creates the store over a connection or inside a transaction. */
export function createPeopleStore(db: Kysely<Database>): PeopleStore {
  return {
    shop: async (shopId) => {
      const row = await db.selectFrom('shops').selectAll().where('id', '=', shopId).executeTakeFirst();
      return row && readShop(row);
    },
    shops: async () => (await db.selectFrom('shops').selectAll().orderBy('id').execute()).map(readShop),
    saveShop: async (shop, at) => {
      const row = { name: shop.name, tz: shop.tz, settings: toJsonb(shop.settings) };
      await db
        .insertInto('shops')
        .values({ id: shop.id, epoch: shop.epoch, created_ms: at, ...row })
        .onConflict((c) => c.column('id').doUpdateSet((e) => ({ ...row, revision: e('shops.revision', '+', 1) })))
        .execute();
    },
    settings: async (shopId) => {
      const row = await db
        .selectFrom('shops')
        .select(['settings', 'revision'])
        .where('id', '=', shopId)
        .executeTakeFirst();
      if (!row) throw new DeskError('not_found', `shop ${shopId} is not on this desk`);
      return { revision: row.revision, settings: ShopSettingsSchema.parse(row.settings) };
    },
    saveSettings: async (shopId, settings, basedOn) => {
      const { numUpdatedRows } = await db
        .updateTable('shops')
        .set({ settings: toJsonb(settings), revision: basedOn + 1 })
        .where('id', '=', shopId)
        .where('revision', '=', basedOn)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    agentByLogin: async (shopId, login) => {
      const row = await db
        .selectFrom('agents')
        .selectAll()
        .where('shop_id', '=', shopId)
        .where('login', '=', login)
        .executeTakeFirst();
      return row && { ...readAgent(row), passwordHash: row.password_hash };
    },
    agents: async (shopId) =>
      (await db.selectFrom('agents').selectAll().where('shop_id', '=', shopId).orderBy('login').execute()).map(
        readAgent,
      ),
    saveAgent: async (agent, at) => {
      const row = {
        login: agent.login,
        name: agent.name,
        title: agent.title,
        role: agent.role,
        password_hash: agent.passwordHash,
      };
      await db
        .insertInto('agents')
        .values({ shop_id: agent.shopId, id: agent.id, created_ms: at, ...row })
        .onConflict((c) => c.columns(['shop_id', 'id']).doUpdateSet(row))
        .execute();
    },
    openSession: async (shopId, tokenHash, agentId, expiresAt) => {
      await db
        .insertInto('sessions')
        .values({ shop_id: shopId, token_hash: tokenHash, agent_id: agentId, expires_ms: expiresAt })
        .execute();
    },
    agentBySession: async (tokenHash, at) => {
      const row = await db
        .selectFrom('sessions as s')
        .innerJoin('agents as a', (join) => join.onRef('a.id', '=', 's.agent_id').onRef('a.shop_id', '=', 's.shop_id'))
        .selectAll('a')
        .where('s.token_hash', '=', tokenHash)
        .where('s.expires_ms', '>', at)
        .executeTakeFirst();
      return row && readAgent(row);
    },
    closeSession: async (tokenHash) => {
      await db.deleteFrom('sessions').where('token_hash', '=', tokenHash).execute();
    },
    buyer: async (shopId, id) => {
      const row = await db
        .selectFrom('buyers')
        .selectAll()
        .where('shop_id', '=', shopId)
        .where('id', '=', id)
        .executeTakeFirst();
      return row && readBuyer(row);
    },
    buyers: async (shopId, limit) =>
      (
        await db
          .selectFrom('buyers')
          .selectAll()
          .where('shop_id', '=', shopId)
          .orderBy('created_ms')
          .orderBy('id')
          .limit(limit)
          .execute()
      ).map(readBuyer),
    saveBuyer: async (buyer, at) => {
      const renewed = { name: buyer.name, tz: buyer.tz, facts: toJsonb(buyer.facts), read_ms: buyer.readAt };
      const row = await db
        .insertInto('buyers')
        .values({
          shop_id: buyer.shopId,
          id: buyer.id,
          channel: buyer.channel,
          external_id: buyer.externalId,
          profile: toJsonb(buyer.profile),
          consent: toJsonb(buyer.consent),
          opted_out: buyer.optedOut,
          created_ms: at,
          ...renewed,
        })
        .onConflict((c) => c.columns(['shop_id', 'channel', 'external_id']).doUpdateSet(renewed))
        .returningAll()
        .executeTakeFirstOrThrow();
      return readBuyer(row);
    },
    setOptOut: (shopId, buyerId, scope) => setBuyer(db, shopId, buyerId, { opted_out: scope }),
    pinType: (shopId, buyerId, type) => setBuyer(db, shopId, buyerId, { pinned_type: type }),
    saveProfile: (shopId, buyerId, profile) => setBuyer(db, shopId, buyerId, { profile: toJsonb(profile) }),
  };
}

async function setBuyer(
  db: Kysely<Database>,
  shopId: string,
  buyerId: string,
  values: Updateable<Database['buyers']>,
): Promise<void> {
  await db.updateTable('buyers').set(values).where('shop_id', '=', shopId).where('id', '=', buyerId).execute();
}

function readShop(row: Selectable<Database['shops']>): Shop {
  return { id: row.id, name: row.name, tz: row.tz, epoch: row.epoch, settings: ShopSettingsSchema.parse(row.settings) };
}

function readAgent(row: Selectable<Database['agents']>): Agent {
  return { shopId: row.shop_id, id: row.id, login: row.login, name: row.name, title: row.title, role: row.role };
}

/** Reads a row. */
export function readBuyer(row: Selectable<Database['buyers']>): Buyer {
  return {
    shopId: row.shop_id,
    id: row.id,
    channel: row.channel,
    externalId: row.external_id,
    name: row.name,
    tz: row.tz,
    facts: row.facts as Buyer['facts'],
    profile: row.profile,
    consent: row.consent as Buyer['consent'],
    optedOut: row.opted_out,
    ...(row.pinned_type === null ? {} : { pinnedType: row.pinned_type }),
    readAt: row.read_ms,
  };
}
