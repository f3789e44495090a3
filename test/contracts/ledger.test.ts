import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgres } from '../../src/postgres/connect.ts';
import type { Ledger } from '../../src/turn/ports.ts';
import { RECORD_ENGINES } from '../setup/engines.ts';
import { createTestRecord, openTestRecord, type TestRecord } from '../setup/open-record.ts';
import {
  BUYER,
  CONVERSATION,
  incoming,
  makeBuyer,
  makeOrder,
  NOW,
  OTHER_SHOP,
  reply,
  SHOP,
  SHOPS,
  seedShops,
  upTo,
} from './fixtures.ts';

/** Tables whose rows belong to no shop: the shops themselves, and the migrator's own. */
const SHOPLESS = ['kysely_migration', 'kysely_migration_lock', 'shops'];

describe.each(RECORD_ENGINES)('ledger on %s', (engine) => {
  let record: TestRecord;
  let ledger: Ledger;

  beforeAll(async () => {
    record = await openTestRecord(engine);
    ledger = record.ledger;
    await seedShops(ledger);
  });
  afterAll(() => record.close());

  it('answers a ping', async () => {
    await expect(ledger.ping()).resolves.toBeUndefined();
  });

  describe('context', () => {
    it('holds what a turn needs: conversation, buyer, orders newest first, the last messages, what is owed', async () => {
      for (const i of upTo(35)) {
        await ledger.conversations.appendBuyerMessage(incoming({ shopId: OTHER_SHOP, text: `line ${i}` }));
      }
      await ledger.desk.owe(OTHER_SHOP, CONVERSATION, 34, NOW, NOW + 60_000);
      for (const i of upTo(7)) {
        await ledger.orders.save(makeOrder(OTHER_SHOP, `ord-${i}`, { placedAt: NOW + i, refund: i === 7 ? {} : null }));
      }
      const context = (await ledger.context({ shopId: OTHER_SHOP, conversationId: CONVERSATION }))!;
      expect(context.conversation).toMatchObject({ shopId: OTHER_SHOP, id: CONVERSATION, lastSeq: 35, state: {} });
      expect(context.buyer).toEqual(makeBuyer(OTHER_SHOP));
      expect(context.orders.map((order) => order.id)).toEqual(['ord-7', 'ord-6', 'ord-5', 'ord-4', 'ord-3']);
      expect(context.orders[0]).toEqual(await ledger.orders.find(OTHER_SHOP, 'ord-7'));
      expect(context.messages.map((message) => message.seq)).toEqual(upTo(35).slice(5));
      expect(context.messages.at(-1)).toEqual(
        (await ledger.conversations.lastMessages(OTHER_SHOP, CONVERSATION, 1))[0],
      );
      expect(context.owed).toEqual([{ seq: 34, text: 'line 34', askedAt: NOW, promisedAt: NOW + 60_000 }]);
    });

    it('of many conversations at once is each its own, and undefined where there is none', async () => {
      const keys = [...SHOPS, 'shp_nowhere'].flatMap((shopId) =>
        [CONVERSATION, 'cnv_nowhere'].map((conversationId) => ({ shopId, conversationId })),
      );
      const contexts = await Promise.all(keys.map((key) => ledger.context(key)));
      expect(contexts.map((context) => context?.buyer.name)).toEqual([
        `${BUYER} of ${SHOP}`,
        undefined,
        `${BUYER} of ${OTHER_SHOP}`,
        undefined,
        undefined,
        undefined,
      ]);
      expect(contexts[0]).toMatchObject({ orders: [], messages: [], owed: [] });
    });
  });

  describe('transaction', () => {
    it('writes all of its stores or none', async () => {
      const work = (fail: boolean) =>
        ledger.transaction(async (stores) => {
          await stores.orders.save(makeOrder(SHOP, 'ord-tx'));
          await stores.desk.addTask({ shopId: SHOP, id: 'tsk_tx', kind: 'k', title: 't' }, NOW);
          await stores.followUps(SHOP).change('byr_tx', ({ situation }) => ({
            situation: { ...situation, buyerId: 'byr_tx' },
            rows: [],
            notes: [],
            result: undefined,
          }));
          await stores.conversations.appendBuyerMessage(incoming({ key: 'tx' }));
          if (fail) throw new Error('half way');
        });
      await expect(work(true)).rejects.toThrow('half way');
      expect(await ledger.orders.find(SHOP, 'ord-tx')).toBeUndefined();
      expect(await ledger.desk.tasks(SHOP)).toEqual([]);
      expect((await ledger.conversations.find(SHOP, CONVERSATION))!.lastSeq).toBe(0);
      await work(false);
      expect(await ledger.orders.find(SHOP, 'ord-tx')).toBeDefined();
      expect((await ledger.conversations.find(SHOP, CONVERSATION))!.lastSeq).toBe(1);
    });

    it('keeps buyers and agents who write to one conversation at once in one sequence', async () => {
      const other = (await record.openNode()).ledger;
      const before = (await ledger.conversations.find(SHOP, CONVERSATION))!.lastSeq;
      await Promise.all(
        upTo(60).map((i) => {
          const node = i % 2 ? ledger : other;
          return i % 3 ? node.conversations.appendBuyerMessage(incoming()) : reply(node);
        }),
      );
      const messages = await ledger.conversations.messages(SHOP, CONVERSATION, 0, 1000);
      expect(messages.map((message) => message.seq)).toEqual(upTo(before + 60));
      expect((await ledger.conversations.find(SHOP, CONVERSATION))!.lastSeq).toBe(before + 60);
    });
  });

  describe('tables', () => {
    it('carry the shop’s id, and every key of theirs begins with it or is made here', async () => {
      const tables = await sql<{ name: string; shop: boolean }>`
        select t.table_name as name, exists (
          select 1 from information_schema.columns c
          where c.table_schema = t.table_schema and c.table_name = t.table_name and c.column_name = 'shop_id'
            and c.is_nullable = 'NO') as shop
        from information_schema.tables t where t.table_schema = 'public' order by 1`.execute(record.connection.db);
      expect(tables.rows.length).toBeGreaterThan(15);
      expect(tables.rows.filter((table) => !table.shop).map((table) => table.name)).toEqual(SHOPLESS);
    });
  });
});

describe.each(RECORD_ENGINES)('opening a record on %s', (engine) => {
  it('again changes nothing: migrations run once', async () => {
    const record = await openTestRecord(engine);
    const applied = () =>
      sql<{ name: string; timestamp: string }>`select name, timestamp from kysely_migration order by name`.execute(
        record.connection.db,
      );
    await seedShops(record.ledger);
    const before = await applied();
    expect(before.rows.length).toBeGreaterThan(0);
    await record.connection.checkpoint();
    if (engine === 'pglite') await record.connection.close();
    const again = await openPostgres(record.address);
    const rows = await sql`select name, timestamp from kysely_migration order by name`.execute(again.db);
    const shops = await sql`select id from shops order by id`.execute(again.db);
    expect(rows.rows).toEqual(before.rows);
    expect(shops.rows).toEqual(SHOPS.map((id) => ({ id })));
    await again.close();
    if (engine === 'postgres') await record.close();
  });

  it('for the first time makes the tables, also when two nodes start at once', async () => {
    const { address, remove } = await createTestRecord(engine, { empty: true });
    const nodes = await Promise.all((engine === 'postgres' ? [1, 2, 3] : [1]).map(() => openPostgres(address)));
    for (const node of nodes) {
      const shops = await sql`select count(*) as n from shops`.execute(node.db);
      expect(shops.rows).toEqual([{ n: 0 }]);
    }
    for (const node of nodes) await node.close();
    await remove();
  });
});
