import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Product } from '../../src/orders/ports.ts';
import type { Ledger } from '../../src/turn/ports.ts';
import { RECORD_ENGINES } from '../setup/engines.ts';
import { openTestRecord, type TestRecord } from '../setup/open-record.ts';
import { BUYER, makeOrder, NOW, OTHER_SHOP, SHOP, seedShops, upTo } from './fixtures.ts';

describe.each(RECORD_ENGINES)('order store on %s', (engine) => {
  let record: TestRecord;
  let ledger: Ledger;
  let orders: Ledger['orders'];

  beforeAll(async () => {
    record = await openTestRecord(engine);
    ledger = record.ledger;
    orders = ledger.orders;
    await seedShops(ledger);
  });
  afterAll(() => record.close());

  it('gives an order back as it was saved, also large amounts and lists', async () => {
    const order = makeOrder(SHOP, 'ord-1', {
      amountFen: 2 ** 41,
      facts: { id: 'ord-1', state: 'paid', items: [{ title: '羽绒服', qty: 2 }] },
      refund: { state: 'asked', amount: 12.5 },
      afterChat: true,
      paidAt: NOW + 5,
      autoCloseAt: NOW + 6,
      closedAt: NOW + 7,
    });
    await orders.save(order);
    expect(await orders.find(SHOP, 'ord-1')).toEqual(order);
    expect(await orders.find(SHOP, 'ord-0')).toBeUndefined();
  });

  it('replaces an order that is saved again', async () => {
    await orders.save(makeOrder(SHOP, 'ord-2'));
    const paid = makeOrder(SHOP, 'ord-2', { state: 'paid', paidAt: NOW + 1, readAt: NOW + 1 });
    await orders.save(paid);
    expect(await orders.find(SHOP, 'ord-2')).toEqual(paid);
  });

  it('lists the orders of a buyer, newest first, up to a limit', async () => {
    for (const i of upTo(4)) {
      await orders.save(makeOrder(SHOP, `ord-list-${i}`, { buyerId: 'byr_lists', placedAt: NOW + i }));
    }
    const ids = (await orders.ofBuyer(SHOP, 'byr_lists', 3)).map((order) => order.id);
    expect(ids).toEqual(['ord-list-4', 'ord-list-3', 'ord-list-2']);
  });

  it('lets one transaction at a time decide about a locked order', async () => {
    const other = (await record.openNode()).ledger;
    await orders.save(makeOrder(SHOP, 'ord-lock', { amountFen: 0 }));
    await Promise.all(
      upTo(40).map((i) =>
        (i % 2 ? ledger : other).transaction(async (stores) => {
          const order = (await stores.orders.lock(SHOP, 'ord-lock'))!;
          await stores.orders.save({ ...order, amountFen: order.amountFen + 1 });
        }),
      ),
    );
    expect((await orders.find(SHOP, 'ord-lock'))!.amountFen).toBe(40);
  });

  it('keeps products and campaigns with the times they were read', async () => {
    const product: Product = {
      shopId: SHOP,
      id: 'p1',
      title: '连衣裙',
      facts: {},
      readAt: { facts: NOW, stock: NOW + 1 },
    };
    await orders.saveProduct(product);
    await orders.saveProduct({ ...product, title: '长裙', readAt: { facts: NOW + 2, stock: NOW + 3 } });
    expect(await orders.products(SHOP)).toEqual([
      { ...product, title: '长裙', readAt: { facts: NOW + 2, stock: NOW + 3 } },
    ]);
    await orders.savePromo({ shopId: SHOP, id: 'c1', facts: { name: '满减' }, readAt: NOW });
    await orders.savePromo({ shopId: SHOP, id: 'c1', facts: { name: '满减' }, readAt: NOW + 1 });
    expect(await orders.promos(SHOP)).toEqual([{ shopId: SHOP, id: 'c1', facts: { name: '满减' }, readAt: NOW + 1 }]);
    expect([await orders.products(OTHER_SHOP), await orders.promos(OTHER_SHOP)]).toEqual([[], []]);
  });

  it('numbers every change of the catalogue, and gives what is newer than a number', async () => {
    const before = await orders.goodsVersion(SHOP);
    const elsewhere = await orders.goodsVersion(OTHER_SHOP);
    const made = (id: string) => ({
      shopId: SHOP,
      id,
      title: id,
      facts: { title: id },
      readAt: { facts: NOW, stock: NOW },
    });
    await orders.saveProducts(SHOP, [made('v1'), made('v2')]);
    const first = await orders.goodsVersion(SHOP);
    expect(first).toBe(before + 1);
    await orders.saveProduct({ ...made('v2'), details: { rating: 4.9 } });
    await orders.savePromo({ shopId: SHOP, id: 'v', facts: { name: '满减' }, readAt: NOW });
    expect(await orders.goodsVersion(SHOP)).toBe(first + 2);
    expect((await orders.products(SHOP, before)).map(({ id }) => id)).toEqual(['v1', 'v2']);
    expect(await orders.products(SHOP, first)).toEqual([{ ...made('v2'), details: { rating: 4.9 } }]);
    expect(await orders.products(SHOP, first + 2)).toEqual([]);
    expect((await orders.productsById(SHOP, ['v2', 'none'])).map(({ id }) => id)).toEqual(['v2']);
    expect(await orders.productsById(SHOP, [])).toEqual([]);
    expect([await orders.goodsVersion(OTHER_SHOP), await orders.productsById(OTHER_SHOP, ['v2'])]).toEqual([
      elsewhere,
      [],
    ]);
  });

  it('saves more products than one statement takes', async () => {
    const many = upTo(2300).map((i) => ({
      shopId: OTHER_SHOP,
      id: `many-${i}`,
      title: `第${i}款`,
      facts: { title: `第${i}款`, stock: { 均码: i } },
      readAt: { facts: NOW, stock: NOW, fed: [] },
    }));
    await orders.saveProducts(OTHER_SHOP, many);
    expect(await orders.products(OTHER_SHOP)).toHaveLength(many.length);
  });

  it('lets changes of the catalogue that were planned on what was read wait for each other', async () => {
    const other = (await record.openNode()).ledger;
    await orders.saveProduct({
      shopId: SHOP,
      id: 'race',
      title: 'race',
      facts: { price: 0 },
      readAt: { facts: 0, stock: 0 },
    });
    await Promise.all(
      upTo(20).map((i) =>
        (i % 2 ? ledger : other).transaction(async (stores) => {
          await stores.orders.lockGoods(SHOP);
          const [product] = await stores.orders.productsById(SHOP, ['race']);
          const price = (product!.facts.price ?? 0) + 1;
          await stores.orders.saveProduct({ ...product!, facts: { price } });
        }),
      ),
    );
    expect((await orders.productsById(SHOP, ['race']))[0]?.facts.price).toBe(20);
  });

  it('remembers the latest sign of life of each feed', async () => {
    await orders.touchFeed(SHOP, 'orders', NOW + 10);
    await orders.touchFeed(SHOP, 'orders', NOW + 5);
    await orders.touchFeed(SHOP, 'stock', NOW + 1);
    expect(await orders.feeds(SHOP)).toEqual({ orders: NOW + 10, stock: NOW + 1 });
    expect(await orders.feeds(OTHER_SHOP)).toEqual({});
  });

  it('notes a delivery once, however often and wherever it arrives', async () => {
    const other = (await record.openNode()).ledger.orders;
    const noted = await Promise.all(
      upTo(50).map((i) => (i % 2 ? orders : other).noteDelivery(SHOP, 'orders', 'evt-1', NOW)),
    );
    expect(noted.filter(Boolean)).toHaveLength(1);
    expect(await orders.noteDelivery(OTHER_SHOP, 'orders', 'evt-1', NOW)).toBe(true);
    expect(await orders.noteDelivery(SHOP, 'stock', 'evt-1', NOW)).toBe(true);
  });

  it('forgets a delivery whose work failed', async () => {
    await expect(
      ledger.transaction(async (stores) => {
        await stores.orders.noteDelivery(SHOP, 'orders', 'evt-failed', NOW);
        throw new Error('not now');
      }),
    ).rejects.toThrow('not now');
    expect(await orders.noteDelivery(SHOP, 'orders', 'evt-failed', NOW)).toBe(true);
  });

  it('keeps two shops apart', async () => {
    await orders.save(makeOrder(SHOP, 'ord-shared', { amountFen: 1 }));
    await orders.save(makeOrder(OTHER_SHOP, 'ord-shared', { amountFen: 2 }));
    expect((await orders.find(SHOP, 'ord-shared'))!.amountFen).toBe(1);
    expect((await orders.ofBuyer(OTHER_SHOP, BUYER, 10)).map((order) => order.amountFen)).toEqual([2]);
  });
});
