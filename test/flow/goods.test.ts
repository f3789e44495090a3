/** The catalogue of a running desk: taken in as files, pushed, read from a source, and what the next turn makes of it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { signWebhook } from '../../src/lib/sign-webhook.ts';
import type { GoodsReading } from '../../src/orders/ports.ts';
import type { GoodsDetail, GoodsList, GoodsReport } from '../../src/protocol/goods.ts';
import { createGoodsWindow } from '../../src/turn/goods-window.ts';
import { DESK_ENGINES, openMind, startTestDesk, type TestDesk, WINDOW_MS } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

const SHOP = 'demo';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('goods on $record and $redis', (engines) => {
  let desk: TestDesk;
  let cookie: string;
  let agent: TestClient;
  let reading: GoodsReading | Error | undefined;
  let serial = 0;

  beforeAll(async () => {
    const goodsSource = () => ({
      name: 'a test',
      read: async () => {
        if (reading instanceof Error) throw reading;
        return reading ?? { products: [], promos: [], isWhole: false };
      },
    });
    desk = await startTestDesk({ engines, overrides: { goodsSource, sweepEveryMs: null } });
    cookie = await desk.cookie('supervisor');
    agent = await desk.agent('agent1');
  });
  afterAll(() => desk?.close());

  async function send<T>(method: string, path: string, body?: string | object, as = cookie) {
    const isFile = typeof body === 'string';
    const type = isFile ? 'application/octet-stream' : 'application/json';
    const response = await fetch(desk.url + path, {
      method,
      headers: { cookie: as, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: isFile ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as T & { message?: string } };
  }

  async function push(event: object, id = `goods-${++serial}`) {
    const timestampS = Math.floor(desk.clock.now() / 1000);
    const body = JSON.stringify({ at: new Date(desk.clock.now()).toISOString(), ...event });
    const response = await fetch(`${desk.url}/api/webhooks/goods/${SHOP}`, {
      method: 'POST',
      headers: {
        'webhook-id': id,
        'webhook-timestamp': String(timestampS),
        'webhook-signature': signWebhook(desk.app.webhookSecret, id, timestampS, Buffer.from(body)),
      },
      body,
    });
    return {
      status: response.status,
      body: (await response.json()) as { effect?: string; unknown?: string[]; message?: string },
    };
  }

  async function ask(text: string) {
    const buyer = await desk.buyer();
    const { conversationId } = buyer;
    await buyer.command('message.send', { text });
    const { suggestions } = await agent.next('turn.analysed', (data) => data.conversationId === conversationId);
    return suggestions;
  }

  const product = async (id: string) => (await desk.app.desk.window.view(SHOP)).goods.find(id);

  test('a file is tried out first and changes nothing; taken in, the next turn knows it', async () => {
    const file =
      '商品ID,标题,类目,价格,规格,库存,适合,评分,评价数\nf-1,雨线便携伞,雨伞,59,黑色,6,雨天通勤,4.9,88\nf-2,坏的,雨伞,贵,,,,,';
    const tried = await send<GoodsReport>('POST', '/api/goods/import', file);
    expect(tried.body).toMatchObject({
      applied: false,
      counts: { rows: 2, added: 1, changed: 0, refused: 1 },
      refused: [{ row: 3, column: '价格', value: '贵' }],
    });
    expect(await product('f-1')).toBeUndefined();
    const before = (await desk.app.desk.window.view(SHOP)).products.length;
    const done = await send<GoodsReport>('POST', '/api/goods/import?apply=true', file);
    expect(done.body).toMatchObject({ applied: true, counts: { added: 1 } });
    await agent.next('lists.changed', ({ lists }) => lists.includes('goods'));
    expect((await desk.app.desk.window.view(SHOP)).products).toHaveLength(before + 1);
    expect((await ask('雨线便携伞还有黑色吗')).proposals.map(({ card }) => card)).toContain('SCR-19');
    const again = await send<GoodsReport>('POST', '/api/goods/import?apply=true', file);
    expect(again.body.counts).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
  });

  test('what a file said of the stock is unknown after five minutes, and the list says so', async () => {
    desk.clock.advance(5 * 60_000 + WINDOW_MS);
    const { proposals } = await ask('雨线便携伞还有黑色吗');
    expect(proposals.map(({ card }) => card)).not.toContain('SCR-19');
    const { body } = await send<GoodsList>('GET', `/api/goods?search=${encodeURIComponent('雨线')}`);
    const [row] = body.rows;
    expect(row?.ages.find(({ part }) => part === 'stock')).toMatchObject({ fresh: false, limitMs: 5 * 60_000 });
    expect(row?.ages.find(({ part }) => part === 'listing')).toMatchObject({ fresh: true });
    expect(body.uses.find(({ part }) => part === 'stock')?.scripts.length).toBeGreaterThan(0);
    expect((await send<GoodsList>('GET', '/api/goods?stale=stock')).body.rows.map(({ id }) => id)).toContain('f-1');
  });

  test('a recommendation says why, and asks for no price', async () => {
    await send('POST', '/api/goods/import?apply=true&part=stock', '商品ID,规格,库存\nf-1,黑色,6');
    const { proposals } = await ask('雨天通勤用的伞 有什么推荐吗');
    const found = proposals.find(({ card }) => card === 'SCR-15');
    expect(found?.text).toContain('雨线便携伞');
    expect(found?.text).toContain('评分4.9');
  });

  test('a pushed stock is taken once, and closes the sale of the piece that is gone', async () => {
    const event = {
      type: 'stock.updated',
      data: {
        items: [
          { id: 'f-1', stock: { 黑色: 0 } },
          { id: 'nobody', stock: { 黑: 1 } },
        ],
      },
    };
    expect(await push(event, 'same')).toEqual({ status: 200, body: { effect: 'applied', unknown: ['nobody'] } });
    expect(await push(event, 'same')).toMatchObject({ body: { effect: 'repeated' } });
    expect((await product('f-1'))?.facts.stock).toEqual({ 黑色: 0 });
    expect(await product('nobody')).toBeUndefined();
    const cards = (await ask('雨线便携伞还有黑色吗')).proposals.map(({ card }) => card);
    expect(cards).not.toContain('SCR-19');
  });

  test('pushed goods and campaigns are taken in; what is not legal is refused with its place', async () => {
    await push({
      type: 'goods.updated',
      data: { products: [{ id: 'f-3', title: '折叠水桶', price: 39, stock: { 蓝: 4 } }] },
    });
    await push({
      type: 'promo.updated',
      data: { promos: [{ id: 'c-1', name: '雨季节', rule: '满99减9', items: ['折叠水桶'] }] },
    });
    expect((await product('f-3'))?.facts).toMatchObject({ price: 39, stock: { 蓝: 4 } });
    expect((await desk.app.desk.window.view(SHOP)).promos.map(({ id }) => id)).toContain('c-1');
    const wrong = await push({ type: 'stock.updated', data: { items: [{ id: 'f-3', stock: { 蓝: -1 } }] } });
    expect(wrong).toMatchObject({ status: 400, body: { message: expect.stringContaining('data.items.0.stock') } });
    const unsigned = await fetch(`${desk.url}/api/webhooks/goods/${SHOP}`, { method: 'POST', body: '{}' });
    expect(unsigned.status).toBe(401);
  });

  test('one fact is changed by the supervisor, by nobody else, and checked', async () => {
    const path = '/api/goods/products/f-3';
    const saved = await send<GoodsDetail>('PUT', path, { field: 'priceFloor', value: 35 });
    expect(saved.body).toMatchObject({ facts: { priceFloor: 35 }, readAt: { priceFloor: desk.clock.now() } });
    expect(await send('PUT', path, { field: 'rating', value: 6 })).toMatchObject({ status: 400 });
    expect(await send('PUT', path, { field: 'nonsense', value: 6 })).toMatchObject({ status: 400 });
    expect(await send('PUT', '/api/goods/products/none', { field: 'price', value: 6 })).toMatchObject({ status: 404 });
    const plain = await desk.cookie('agent1');
    expect(await send('PUT', path, { field: 'price', value: 1 }, plain)).toMatchObject({ status: 403 });
    expect(await send('GET', '/api/goods', undefined, plain)).toMatchObject({ status: 403 });
  });

  test('a source is read at its interval; while it fails, what it said grows old', async () => {
    const settings = await send<{ revision: number }>('GET', '/api/settings');
    const value = { sourceUrl: 'https://goods.example/all.json', everyMinutes: 5 };
    await send('PUT', '/api/settings/goods', { basedOn: settings.body.revision, value });
    reading = { products: [{ id: 'f-9', title: '晴雨帽', stock: { 米: 3 } }], promos: [], isWhole: false };
    await desk.app.workers.sweep();
    expect((await product('f-9'))?.facts.stock).toEqual({ 米: 3 });
    const version = await desk.app.ledger.orders.goodsVersion(SHOP);
    desk.clock.advance(5 * 60_000);
    await desk.app.workers.sweep();
    expect(await desk.app.ledger.orders.goodsVersion(SHOP)).toBe(version + 1);
    expect((await ask('晴雨帽还有米色的吗')).proposals.map(({ card }) => card)).toContain('SCR-19');
    reading = new Error('the source is down');
    desk.clock.advance(6 * 60_000);
    await desk.app.workers.sweep();
    expect((await ask('晴雨帽还有米色的吗')).proposals.map(({ card }) => card)).not.toContain('SCR-19');
    expect((await product('f-9'))?.facts.stock).toEqual({ 米: 3 });
  });

  test('a whole reading that names a product no more keeps it up no more', async () => {
    reading = { products: [{ id: 'f-9', title: '晴雨帽', stock: { 米: 3 } }], promos: [], isWhole: true };
    desk.clock.advance(6 * 60_000);
    await desk.app.workers.sweep();
    expect((await product('p-shell'))?.readAt.fed).toEqual([]);
    expect((await product('p-shell'))?.facts.stock).toBeDefined();
    expect(
      (await desk.app.desk.window.view(SHOP)).promos.every(
        ({ facts }) => Date.parse(facts.endsAt ?? '') <= desk.clock.now(),
      ),
    ).toBe(true);
  });

  test('the catalogue goes out as a file that comes back unchanged', async () => {
    for (const form of ['csv', 'json']) {
      const response = await fetch(`${desk.url}/api/goods/export?form=${form}`, { headers: { cookie } });
      expect(response.headers.get('content-disposition')).toContain(`goods-listing.${form}`);
      const back = await fetch(`${desk.url}/api/goods/import`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/octet-stream' },
        body: await response.arrayBuffer(),
      });
      expect((await back.json()) as GoodsReport).toMatchObject({ counts: { added: 0, changed: 0, refused: 0 } });
    }
  });

  test('a desk that knows the catalogue reads only what changed', async () => {
    const { orders } = desk.app.ledger;
    const asked: (number | undefined)[] = [];
    const rows: number[] = [];
    const window = createGoodsWindow({
      goodsVersion: (shopId) => orders.goodsVersion(shopId),
      promos: (shopId) => orders.promos(shopId),
      products: async (shopId, since) => {
        const found = await orders.products(shopId, since);
        asked.push(since);
        rows.push(found.length);
        return found;
      },
    });
    const first = await window.read(SHOP);
    await window.read(SHOP);
    expect(asked).toEqual([undefined]);
    await orders.saveProduct({ ...(await product('f-9'))!, title: '晴雨渔夫帽' });
    const second = await window.read(SHOP);
    expect([asked.length, rows[1]]).toEqual([2, 1]);
    expect([first.find('f-9'), second.find('f-9')?.title]).toEqual([second.find('f-9'), '晴雨渔夫帽']);
    expect(second.finder.find('晴雨渔夫帽').ids).toEqual(['f-9']);
  });
});
