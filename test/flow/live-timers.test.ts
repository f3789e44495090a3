/** Timers that nothing but a live desk can start: who asked, who cannot read, who agreed to visits, what people raise. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FEEDS } from '../../src/orders/ports.ts';
import type { DeskRecord, RecordGroup, RecordsView } from '../../src/protocol/desk-records.ts';
import type { TaskView } from '../../src/protocol/records.ts';
import {
  DESK_ENGINES,
  HOUR,
  MINUTE,
  openMind,
  startTestDesk,
  type TestBuyer,
  type TestDesk,
  WINDOW_MS,
} from './start-desk.ts';
import { openClient, until } from './test-client.ts';

const DAY = 24 * HOUR;

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('timers of a live desk on $record and $redis', (engines) => {
  let desk: TestDesk;
  let count = 0;

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
  });
  afterAll(() => desk?.close());

  async function goTo(ms: number): Promise<void> {
    desk.clock.set(ms);
    for (const feed of FEEDS) await desk.app.ledger.orders.touchFeed('demo', feed, ms);
    await desk.app.workers.sweep();
  }
  async function write(buyer: TestBuyer, text: string): Promise<void> {
    await buyer.command('message.send', { text });
    await desk.settle();
  }
  async function place(buyer: TestBuyer): Promise<string> {
    const orderId = `L-${++count}`;
    const response = await desk.tell('order.created', {
      orderId,
      buyerId: buyer.buyerId,
      amount: 159,
      items: [{ title: '速干长裤', sku: '黑色-L', qty: 1 }],
      address: { receiver: '林**', phone: '138****0000', street: '示例路**号' },
    });
    expect(response.status).toBe(200);
    return orderId;
  }
  async function enter(buyer: TestBuyer, group: RecordGroup, value: object): Promise<void> {
    const cookie = await desk.cookie();
    const path = `/api/conversations/${buyer.conversationId}/records`;
    const { records } = await desk.read<RecordsView>(path, cookie);
    const known = records.find((one: DeskRecord) => one.group === group);
    const response = await fetch(`${desk.url}${path}/${group}`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ basedOn: known?.revision ?? 0, value: { ...known?.value, ...value } }),
    });
    expect(response.status, await response.clone().text()).toBe(200);
  }
  async function tasks(rule: string): Promise<TaskView[]> {
    const all = await desk.read<{ tasks: TaskView[] }>('/api/tasks', await desk.cookie('supervisor'));
    return all.tasks.filter((task) => task.rule === rule);
  }
  /** The buyer's page closes, and the desk knows it. */
  async function leave(buyer: TestBuyer): Promise<void> {
    await buyer.close();
    const isGone = async () => ((await desk.app.desk.presence.isBuyerHere('demo', buyer.buyerId)) ? undefined : true);
    await until(isGone, 'page is closed');
  }
  async function say(buyer: TestBuyer, text: string): Promise<void> {
    const agent = await desk.agent();
    const { conversationId } = buyer;
    await agent.command('message.send', { conversationId, text, warningsRead: true });
    await agent.close();
  }

  test('FU-05: who asks about goods and orders nothing is a task of the next day; who orders is none', async () => {
    const [asks, orders] = [await desk.buyer(), await desk.buyer()];
    await write(asks, '速干长裤有黑色L码吗');
    await write(orders, '速干长裤有黑色L码吗');
    await place(orders);
    expect(await desk.followUps(asks.buyerId, 'FU-05')).toMatchObject([{ state: 'planned', touch: 1 }]);
    expect(await desk.followUps(orders.buyerId, 'FU-05')).toMatchObject([{ state: 'cancelled', reason: 'ordered' }]);
    await goTo(Date.parse('2027-05-13T09:30:00+08:00'));
    expect((await tasks('FU-05')).map((task) => task.conversationId)).toEqual([asks.conversationId]);
  });

  test('FU-05: a question about an order under way, or a refusal, registers nobody', async () => {
    const [owner, refuses] = [await desk.buyer(), await desk.buyer()];
    const orderId = await place(owner);
    await desk.tell('order.paid', { orderId });
    await write(owner, '速干长裤有黑色L码吗');
    await write(refuses, '速干长裤有黑色L码吗');
    await write(refuses, '不用了，别再给我发消息');
    expect(await desk.followUps(owner.buyerId, 'FU-05')).toEqual([]);
    expect((await desk.followUps(refuses.buyerId, 'FU-05')).map((row) => row.state)).toEqual(['cancelled']);
  });

  test('FU-42: an after-sale word to a closed page becomes a call after half an hour', async () => {
    await goTo(desk.clock.now() + DAY - (desk.clock.now() % DAY) + 6 * HOUR);
    const buyer = await desk.buyer();
    const orderId = await place(buyer);
    await desk.tell('order.paid', { orderId });
    await write(buyer, '裤子破了个洞，要退');
    await enter(buyer, 'case', { open: true, kind: 'quality' });
    await say(buyer, '您看着页面，不用打电话');
    expect(await desk.followUps(buyer.buyerId, 'FU-42')).toEqual([]);
    await leave(buyer);
    desk.clock.advance(MINUTE);
    await say(buyer, '麻烦拍一张破损的照片给我');
    await goTo(desk.clock.now() + 30 * MINUTE);
    expect((await tasks('FU-42')).map((task) => task.conversationId)).toEqual([buyer.conversationId]);
  });

  test('FU-42: a buyer whose page opens again has read it', async () => {
    const buyer = await desk.buyer();
    await place(buyer);
    await enter(buyer, 'case', { open: true, kind: 'quality' });
    await leave(buyer);
    await say(buyer, '麻烦拍一张破损的照片给我');
    expect(await desk.followUps(buyer.buyerId, 'FU-42')).toMatchObject([{ state: 'planned' }]);
    const back = await openClient(desk.url, { role: 'buyer', token: buyer.token });
    const ended = await until(
      async () => (await desk.followUps(buyer.buyerId, 'FU-42')).find((row) => row.state !== 'planned'),
      'the row ends',
    );
    expect(ended).toMatchObject({ state: 'cancelled', story: [{}, { because: 'answered' }] });
    await back.close();
  });

  test('FU-42: without a number and without consent there is no other way, and the ledger says so', async () => {
    const buyer = await desk.buyer();
    await enter(buyer, 'consent', { marketing: false });
    const orderId = `L-${++count}`;
    await desk.tell('order.created', {
      orderId,
      buyerId: buyer.buyerId,
      amount: 9,
      items: [{ title: '袜子', qty: 1 }],
    });
    await enter(buyer, 'case', { open: true, kind: 'missing' });
    await leave(buyer);
    await say(buyer, '少的那双给您补发');
    await goTo(desk.clock.now() + 31 * MINUTE);
    expect(await desk.followUps(buyer.buyerId, 'FU-42')).toMatchObject([{ state: 'skipped', reason: 'no_channel' }]);
  });

  test('FU-20, FU-21: consent plans the visits, a visit done plans the next, consent taken back ends them', async () => {
    const member = await desk.buyer('demo-01');
    const other = await desk.buyer();
    await enter(other, 'consent', { marketing: true });
    const [first] = await desk.followUps(other.buyerId, 'FU-21');
    expect(first!.dueAt - desk.clock.now()).toBeGreaterThanOrEqual(59 * DAY);
    await enter(other, 'consent', { marketing: false });
    expect(await desk.followUps(other.buyerId, 'FU-21')).toMatchObject([{ state: 'cancelled', reason: 'no_consent' }]);

    const { facts } = (await desk.app.ledger.people.buyer('demo', member.buyerId))!;
    const rule = typeof facts['tier'] === 'string' && facts['tier'] !== 'none' ? 'FU-20' : 'FU-21';
    await enter(member, 'consent', { marketing: true });
    const [visit] = await desk.followUps(member.buyerId, rule);
    await goTo(visit!.dueAt);
    const [task] = await tasks(rule);
    const agent = await desk.agent();
    await agent.command('task.done', { taskId: task!.id });
    expect((await desk.followUps(member.buyerId, rule)).map((row) => row.state)).toEqual(['sent', 'planned']);
    await agent.close();
  });

  test('FR-05: a buyer far away sleeps by the clock of their own zone, which their page tells', async () => {
    await goTo(Date.parse('2027-07-14T14:00:00+08:00'));
    const visitor = async (timeZone: string): Promise<string> => {
      const response = await fetch(`${desk.url}/api/visitor`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ timeZone }),
      });
      expect(response.status).toBe(200);
      const { buyerId } = (await response.json()) as { buyerId: string };
      const orderId = `L-${++count}`;
      await desk.tell('order.created', { orderId, buyerId, amount: 9, items: [{ title: '袜子', qty: 1 }] });
      return buyerId;
    };
    // 14:00 in Shanghai is 23:00 in Los Angeles: the shop and the buyer are first both awake at 09:00 in Shanghai.
    const [far, near, unknown] = [
      await visitor('America/Los_Angeles'),
      await visitor('Asia/Shanghai'),
      await visitor('Mars/Olympus'),
    ];
    const [row] = await desk.followUps(far, 'FU-02');
    expect(new Date(row!.dueAt).toISOString()).toBe('2027-07-15T01:00:00.000Z');
    for (const buyer of [near, unknown]) {
      const [same] = await desk.followUps(buyer, 'FU-02');
      expect(new Date(same!.dueAt).toISOString()).toBe('2027-07-14T06:45:00.000Z');
    }
  });

  test('FU-30: a payment is confirmed although another order of the buyer was just placed', async () => {
    const buyer = await desk.buyer();
    const paid = await place(buyer);
    await place(buyer);
    await desk.tell('order.paid', { orderId: paid });
    await desk.app.workers.sweep();
    expect(await desk.followUps(buyer.buyerId, 'FU-30')).toMatchObject([{ state: 'sent', mode: 'S' }]);
  });

  test('FU-13: a day after the pick-up of a style rated low, care goes out by itself', async () => {
    const buyer = await desk.buyer();
    const orderId = `L-${++count}`;
    const low = (await desk.app.ledger.orders.products('demo')).find(({ details }) => (details?.rating ?? 5) < 4.8)!;
    const items = [{ title: low.title, qty: 1 }];
    await desk.tell('order.created', { orderId, buyerId: buyer.buyerId, amount: 269, items });
    await desk.tell('order.paid', { orderId });
    const parcel = { carrier: 'ZTO', trackingNo: 'ZT-13', handedOver: true };
    await desk.tell('order.shipped', {
      orderId,
      ...parcel,
      items: [{ title: low.title, rating: low.details!.rating }],
    });
    await goTo(desk.clock.now() + DAY);
    expect(await desk.followUps(buyer.buyerId, 'FU-13')).toMatchObject([{ state: 'sent', mode: 'S' }]);
    const last = buyer.messages().at(-1)!;
    expect(last).toMatchObject({ from: 'auto' });
    expect(last.text).toContain(low.title);
  });

  test('FU-11: a late order is checked each week until it leaves', async () => {
    const buyer = await desk.buyer();
    const orderId = await place(buyer);
    await desk.tell('order.paid', { orderId });
    const promisedShipBy = new Date(desk.clock.now() + 2 * DAY).toISOString();
    await desk.tell('order.shipByChanged', { orderId, promisedShipBy });
    const [row] = await desk.followUps(buyer.buyerId, 'FU-11');
    expect(row).toMatchObject({ state: 'planned', dueAt: desk.clock.now() + 6 * DAY });
    await desk.tell('order.shipped', { orderId, carrier: 'ZTO', trackingNo: 'ZT-1', handedOver: true });
    expect(await desk.followUps(buyer.buyerId, 'FU-11')).toMatchObject([{ state: 'cancelled', reason: 'shipped' }]);
  });

  test('FU-39: the third buyer with one issue on one style is told to the people concerned, once', async () => {
    for (let n = 1; n <= 4; n++) {
      const buyer = await desk.buyer();
      const orderId = `L-${++count}`;
      const items = [{ title: '轻量冲锋衣', qty: 1 }];
      await desk.tell('order.created', { orderId, buyerId: buyer.buyerId, amount: 399, items });
      // The same buyer twice is one buyer.
      for (const open of [true, false, true]) await enter(buyer, 'case', { open, kind: 'not_as_described' });
      expect(await tasks('FU-39')).toHaveLength(n < 3 ? 0 : 1);
    }
    const [task] = await tasks('FU-39');
    expect(task!.title).toBe('同款多人反映同一问题：「轻量冲锋衣」与描述不符，两周内 3 位买家');
    expect(task).toMatchObject({ forRole: 'supervisor' });
  });

  test('FU-49: a campaign that begins is a briefing, and one that ends', async () => {
    const [startsAt, endsAt] = [desk.clock.now() + DAY, desk.clock.now() + 5 * DAY].map((ms) =>
      new Date(ms).toISOString(),
    ) as [string, string];
    const facts = { name: '六月满减', rule: '满300减40', startsAt, endsAt, items: ['轻量冲锋衣'] };
    await desk.app.ledger.orders.savePromo({ shopId: 'demo', id: 'promo-june', facts, readAt: desk.clock.now() });
    const titles = async () => (await tasks('FU-49')).map(({ title }) => title).filter((title) => /六月/.test(title));
    await goTo(desk.clock.now() + WINDOW_MS);
    expect(await titles()).toEqual([]);
    await goTo(Date.parse(startsAt) + MINUTE);
    await goTo(Date.parse(startsAt) + 2 * MINUTE);
    expect(await titles()).toEqual(['活动开始、变更、结束的说明：「六月满减」开始']);
    await goTo(Date.parse(endsAt) + MINUTE);
    expect(await titles()).toHaveLength(2);
  });

  test('FU-27, FU-40: the supervisor raises what people start; nothing else, and nobody else', async () => {
    const start = async (rule: string, body: object, login = 'supervisor') =>
      fetch(`${desk.url}/api/timers/${rule}/start`, {
        method: 'POST',
        headers: { cookie: await desk.cookie(login), 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const note = '秋款周三到店';
    expect((await start('FU-40', { note })).status).toBe(204);
    expect((await tasks('FU-40')).map(({ title }) => title)).toEqual(['新款到店试穿：秋款周三到店']);
    expect((await tasks('FU-40')).flatMap(({ lines = [] }) => lines).join()).toMatch(/试用.*商品资料/);
    const refused = await start('FU-01', { note });
    expect(refused.status).toBe(400);
    expect(((await refused.json()) as { message: string }).message).toBe(
      'FU-01: starts by itself; people start FU-27, FU-39, FU-40, FU-49',
    );
    expect((await start('FU-99', { note })).status).toBe(404);
    expect((await start('FU-40', { note: ' ' })).status).toBe(400);
    expect((await start('FU-40', { note }, 'agent1')).status).toBe(403);
  });
});
