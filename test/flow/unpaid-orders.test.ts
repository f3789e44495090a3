/** Orders nobody paid yet: reminders planned, checked again at their moment, sent once or not at all. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FEEDS } from '../../src/orders/ports.ts';
import type { FollowUpView, TaskView } from '../../src/protocol/records.ts';
import { createFollowUpRunner } from '../../src/turn/run-follow-up.ts';
import { openTestRedis } from '../setup/open-redis.ts';
import {
  AFTERNOON,
  DESK_ENGINES,
  HOUR,
  MINUTE,
  openMind,
  startTestDesk,
  type TestBuyer,
  type TestDesk,
} from './start-desk.ts';

const DAY = 24 * HOUR;
const SHOP = 'demo';
const REMINDERS = /^SCR-(60|63|6[789]|7[0-2])/;
let orders = 0;

beforeAll(async () => {
  await openMind();
});

async function place(desk: TestDesk, buyer: TestBuyer, atMs = desk.clock.now(), data: object = {}): Promise<string> {
  const orderId = `U-${++orders}`;
  const response = await desk.tell(
    'order.created',
    {
      orderId,
      buyerId: buyer.buyerId,
      amount: 159,
      items: [{ title: '速干长裤', sku: '黑色-L', qty: 1 }],
      address: { receiver: '林**', phone: '138****0000', street: '示例路**号' },
      ...data,
    },
    { atMs },
  );
  expect(response.status).toBe(200);
  return orderId;
}

async function rowOf(desk: TestDesk, buyer: TestBuyer, rule: string, orderId?: string): Promise<FollowUpView> {
  const rows = (await desk.followUps(buyer.buyerId, rule)).filter(
    (row) => orderId === undefined || row.subject === orderId,
  );
  const row = rows.at(-1);
  if (!row) throw new Error(`no ${rule} was planned`);
  return row;
}

async function tasksOf(desk: TestDesk, buyer: TestBuyer): Promise<TaskView[]> {
  const { tasks } = await desk.read<{ tasks: TaskView[] }>('/api/tasks', await desk.cookie());
  return tasks.filter((task) => task.conversationId === buyer.conversationId);
}

/** An alarm heard by a worker of its own. */
function runFollowUp(desk: TestDesk, shopId: string, followUpId: string): Promise<void> {
  return createFollowUpRunner(desk.app.desk).run(shopId, followUpId);
}

describe.each(DESK_ENGINES)('an unpaid order on $record and $redis', (engines) => {
  let desk: TestDesk;
  let today = AFTERNOON;

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    await desk.agent();
  });
  beforeEach(async () => {
    // Days of its own for every test.
    today += 7 * DAY;
    await goTo(today);
  });
  afterAll(() => desk?.close());

  /** A moment at which every feed is alive. */
  async function goTo(ms: number): Promise<void> {
    desk.clock.set(ms);
    for (const feed of FEEDS) await desk.app.ledger.orders.touchFeed(SHOP, feed, ms);
  }

  /** A moment comes, and what is due is run. */
  async function comeTo(ms: number): Promise<void> {
    await goTo(ms);
    await desk.app.workers.sweep();
  }

  async function chat(buyer: TestBuyer, text: string): Promise<void> {
    await buyer.command('message.send', { text });
    await desk.settle();
    await buyer.command('typing', { on: false });
  }

  /** Reminders that went out by themselves; thanks for a payment are none. */
  async function reminders(buyer: TestBuyer): Promise<string[]> {
    await buyer.command('typing', { on: false });
    const { messages } = await desk.detail(buyer.conversationId, await desk.cookie());
    expect(buyer.messages().map((message) => message.id)).toEqual(messages.map((message) => message.id));
    return messages
      .filter((message) => message.from === 'auto' && REMINDERS.test(message.script?.id ?? ''))
      .map((message) => message.text);
  }

  /** Places an order and writes a word, which takes the early check off: only the notice before closing is left. */
  async function placeAndWrite(buyer: TestBuyer, data: object = {}): Promise<string> {
    const orderId = await place(desk, buyer, today, data);
    await chat(buyer, '裤子是四面弹的吗');
    return orderId;
  }

  test('plans a check within the hour and a notice before it closes; silent orders another than talked-over ones', async () => {
    const [silent, talker] = [await desk.buyer(), await desk.buyer()];
    await chat(talker, '速干长裤有黑色L吗');
    await place(desk, silent);
    await place(desk, talker);
    expect(await desk.followUps(silent.buyerId, 'FU-01')).toEqual([]);
    const check = await rowOf(desk, silent, 'FU-02');
    expect(check).toMatchObject({ state: 'planned' });
    expect(check.dueAt).toBeGreaterThanOrEqual(today + 30 * MINUTE);
    expect(check.dueAt).toBeLessThanOrEqual(today + HOUR);
    expect(await desk.followUps(talker.buyerId, 'FU-02')).toEqual([]);
    expect(await rowOf(desk, talker, 'FU-01')).toMatchObject({ state: 'planned', dueAt: today + HOUR });
    // 72 h after two in the afternoon, less six: eight in the morning, so the evening before.
    const notice = await rowOf(desk, silent, 'FU-04');
    expect(notice.dueAt).toBeLessThan(today + 2 * DAY + 8 * HOUR);
    expect(notice.dueAt).toBeGreaterThan(today + 2 * DAY);
  });

  test('puts the first check before an agent and says nothing to the buyer by itself', async () => {
    const buyer = await desk.buyer();
    const orderId = await place(desk, buyer);
    const { dueAt } = await rowOf(desk, buyer, 'FU-02');
    await comeTo(dueAt - 1);
    expect(await tasksOf(desk, buyer)).toEqual([]);
    await comeTo(dueAt);
    expect(await tasksOf(desk, buyer)).toMatchObject([{ kind: 'follow_up', rule: 'FU-02', orderId }]);
    expect(await rowOf(desk, buyer, 'FU-02')).toMatchObject({ state: 'sent' });
    expect(await reminders(buyer)).toEqual([]);
    await comeTo(dueAt + MINUTE);
    expect(await tasksOf(desk, buyer)).toHaveLength(1);
  });

  test('sends the notice before closing by itself, through the gate, once', async () => {
    const buyer = await desk.buyer();
    const orderId = await placeAndWrite(buyer);
    const { dueAt } = await rowOf(desk, buyer, 'FU-04');
    await comeTo(dueAt - 1);
    expect(await reminders(buyer)).toEqual([]);
    await comeTo(dueAt);
    await comeTo(dueAt + 1);
    const sent = await reminders(buyer);
    expect(sent).toHaveLength(1);
    expect(sent[0]).not.toMatch(/[{}]/);
    const row = await rowOf(desk, buyer, 'FU-04', orderId);
    expect(row.state).toBe('sent');
    expect(row.story.map((entry) => entry.step)).toEqual(expect.arrayContaining(['planned', 'claimed', 'sent']));
    const detail = await desk.detail(buyer.conversationId, await desk.cookie());
    expect(detail.messages.at(-1)).toMatchObject({ from: 'auto', script: { id: expect.stringMatching(/^SCR-72/) } });
    expect(await desk.app.ledger.outbox.open(SHOP)).toBe(0);
  });

  test('sends the second check of a talked-over order a day later as the neutral one', async () => {
    const buyer = await desk.buyer();
    await chat(buyer, '速干长裤有黑色L吗');
    await place(desk, buyer);
    await comeTo((await rowOf(desk, buyer, 'FU-01')).dueAt);
    expect(await tasksOf(desk, buyer)).toHaveLength(1);
    const second = await rowOf(desk, buyer, 'FU-01');
    expect(second).toMatchObject({ state: 'planned', dueAt: today + DAY });
    await comeTo(second.dueAt);
    expect(await reminders(buyer)).toHaveLength(1);
    const detail = await desk.detail(buyer.conversationId, await desk.cookie());
    expect(detail.messages.at(-1)?.script?.id).toMatch(/^SCR-60/);
  });

  describe('is left alone when', () => {
    test('it is paid one millisecond before the moment', async () => {
      const buyer = await desk.buyer();
      const orderId = await placeAndWrite(buyer);
      const { dueAt } = await rowOf(desk, buyer, 'FU-04');
      await comeTo(dueAt - 1);
      await desk.tell('order.paid', { orderId });
      await comeTo(dueAt);
      expect(await reminders(buyer)).toEqual([]);
      expect(await rowOf(desk, buyer, 'FU-04', orderId)).toMatchObject({ state: 'cancelled', reason: 'paid' });
    });

    test('it is paid in the very moment: sent before the payment, or cancelled by it, never both', async () => {
      const buyers = await Promise.all(Array.from({ length: 6 }, () => desk.buyer()));
      const placed: string[] = [];
      for (const buyer of buyers) placed.push(await placeAndWrite(buyer));
      const { dueAt } = await rowOf(desk, buyers[0]!, 'FU-04');
      await goTo(dueAt);
      await Promise.all([desk.app.workers.sweep(), ...placed.map((orderId) => desk.tell('order.paid', { orderId }))]);
      await desk.app.workers.sweep();
      for (const [i, buyer] of buyers.entries()) {
        const row = await rowOf(desk, buyer, 'FU-04', placed[i]!);
        expect(['sent', 'cancelled']).toContain(row.state);
        expect(await reminders(buyer)).toHaveLength(row.state === 'sent' ? 1 : 0);
      }
    });

    test('it is closed', async () => {
      const buyer = await desk.buyer();
      const orderId = await place(desk, buyer);
      await desk.tell('order.closed', { orderId, by: 'buyer' });
      for (const row of await desk.followUps(buyer.buyerId)) {
        expect(row).toMatchObject({ state: 'cancelled', reason: 'closed' });
      }
      await comeTo(today + 3 * DAY);
      expect(await reminders(buyer)).toEqual([]);
      expect(await tasksOf(desk, buyer)).toEqual([]);
    });

    test('the buyer writes: the check is off, the notice before closing stays', async () => {
      const buyer = await desk.buyer();
      await place(desk, buyer);
      await chat(buyer, '裤子是四面弹的吗');
      expect(await rowOf(desk, buyer, 'FU-02')).toMatchObject({ state: 'cancelled', reason: 'buyer_wrote' });
      expect(await rowOf(desk, buyer, 'FU-04')).toMatchObject({ state: 'planned' });
    });

    test('the buyer wants no reminders: nothing of them is left, now or for the next order', async () => {
      const buyer = await desk.buyer();
      await place(desk, buyer);
      await chat(buyer, '别催了，烦死了');
      const rows = await desk.followUps(buyer.buyerId);
      for (const row of rows.filter((one) => ['FU-02', 'FU-04'].includes(one.rule)))
        expect(row.state).toBe('cancelled');
      await place(desk, buyer);
      await comeTo(today + 2 * DAY + 10 * HOUR);
      await comeTo(today + 3 * DAY);
      expect(await reminders(buyer)).toEqual([]);
      expect(
        (await tasksOf(desk, buyer)).filter((task) => ['FU-01', 'FU-02', 'FU-04'].includes(task.rule ?? '')),
      ).toEqual([]);
    });

    test('a person takes the conversation over', async () => {
      const agent = await desk.agent('agent2');
      const buyer = await desk.buyer();
      await place(desk, buyer);
      await agent.command('conversation.takeOver', { conversationId: buyer.conversationId, on: true });
      expect(await rowOf(desk, buyer, 'FU-02')).toMatchObject({ state: 'cancelled', reason: 'agent_took_over' });
      await comeTo(today + 2 * HOUR);
      expect(await reminders(buyer)).toEqual([]);
    });

    test('a person has just written', async () => {
      const agent = await desk.agent('agent2');
      const buyer = await desk.buyer();
      await chat(buyer, '速干长裤有黑色L吗');
      await place(desk, buyer);
      await agent.command('message.send', {
        conversationId: buyer.conversationId,
        text: '有的，黑色L有现货，您放心拍',
      });
      const [now, later] = await desk.followUps(buyer.buyerId, 'FU-01');
      expect(now).toMatchObject({ state: 'cancelled', reason: 'agent_in_chat' });
      expect(later?.dueAt ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(today + DAY);
    });
  });

  test('whose closing moves takes its notice along', async () => {
    const buyer = await desk.buyer();
    const orderId = await placeAndWrite(buyer);
    const before = await rowOf(desk, buyer, 'FU-04', orderId);
    await desk.tell('order.autoCloseChanged', { orderId, autoCloseAt: new Date(today + 5 * DAY).toISOString() });
    const after = await rowOf(desk, buyer, 'FU-04', orderId);
    expect(after).toMatchObject({ state: 'planned' });
    expect(after.dueAt).toBeGreaterThan(before.dueAt + DAY);
    await comeTo(before.dueAt);
    expect(await reminders(buyer)).toEqual([]);
    await comeTo(after.dueAt);
    expect(await reminders(buyer)).toHaveLength(1);
  });

  test('placed late waits for the morning', async () => {
    const buyer = await desk.buyer();
    const evening = today + 7.5 * HOUR;
    const morning = today + 19 * HOUR;
    await goTo(evening);
    await chat(buyer, '速干长裤有黑色L吗');
    await place(desk, buyer);
    expect((await rowOf(desk, buyer, 'FU-01')).dueAt).toBe(morning);
    await comeTo(evening + 2 * HOUR);
    expect(await reminders(buyer)).toEqual([]);
    expect(await tasksOf(desk, buyer)).toEqual([]);
    await comeTo(morning);
    expect(await tasksOf(desk, buyer)).toHaveLength(1);
  });

  test('that closes in the night gets its notice the evening before', async () => {
    const buyer = await desk.buyer();
    const closesAt = today + DAY + 15 * HOUR;
    const orderId = await placeAndWrite(buyer, { autoCloseAt: new Date(closesAt).toISOString() });
    const { dueAt } = await rowOf(desk, buyer, 'FU-04', orderId);
    expect(dueAt).toBeLessThan(today + DAY + 8 * HOUR);
    await comeTo(dueAt);
    expect(await reminders(buyer)).toHaveLength(1);
  });

  test('is one of two: the second notice waits twelve hours or is skipped, and says why', async () => {
    const buyer = await desk.buyer();
    const closesAt = { autoCloseAt: new Date(today + 30 * HOUR).toISOString() };
    const first = await place(desk, buyer, today, closesAt);
    const second = await placeAndWrite(buyer, closesAt);
    await comeTo((await rowOf(desk, buyer, 'FU-04', first)).dueAt);
    expect(await reminders(buyer)).toHaveLength(1);
    const rows = [await rowOf(desk, buyer, 'FU-04', first), await rowOf(desk, buyer, 'FU-04', second)];
    expect(rows.map((row) => row.state).toSorted()).toEqual(['sent', 'skipped']);
    expect(rows.find((row) => row.state === 'skipped')?.reason).toBe('cap_12h');
    await comeTo(today + 30 * HOUR);
    expect(await reminders(buyer)).toHaveLength(1);
  });

  test('sees a clock that jumps: nothing early, nothing twice, nothing after its time', async () => {
    const [sent, lapsed] = [await desk.buyer(), await desk.buyer()];
    await placeAndWrite(sent);
    await placeAndWrite(lapsed);
    const { dueAt } = await rowOf(desk, sent, 'FU-04');
    await comeTo(dueAt - HOUR);
    await comeTo(today);
    expect(await reminders(sent)).toEqual([]);
    await goTo(dueAt);
    await runFollowUp(desk, SHOP, (await rowOf(desk, sent, 'FU-04')).id);
    expect(await reminders(sent)).toHaveLength(1);
    await comeTo(today);
    await comeTo(dueAt + MINUTE - HOUR);
    expect(await reminders(sent)).toHaveLength(1);
    await comeTo(today + 4 * DAY);
    expect(await reminders(sent)).toHaveLength(1);
    expect(await reminders(lapsed)).toEqual([]);
    expect(await rowOf(desk, lapsed, 'FU-04')).toMatchObject({ state: 'skipped' });
  });

  test('is reminded once when many workers wake for the same row', async () => {
    const buyer = await desk.buyer();
    await placeAndWrite(buyer);
    const { id, dueAt } = await rowOf(desk, buyer, 'FU-04');
    await goTo(dueAt);
    await Promise.all([...Array.from({ length: 20 }, () => runFollowUp(desk, SHOP, id)), desk.app.workers.sweep()]);
    expect(await reminders(buyer)).toHaveLength(1);
  });

  test('is not run by an alarm of another shop or of no row', async () => {
    await runFollowUp(desk, SHOP, 'fup_nobody');
    const buyer = await desk.buyer();
    await placeAndWrite(buyer);
    const { id, dueAt } = await rowOf(desk, buyer, 'FU-04');
    await goTo(dueAt);
    await runFollowUp(desk, 'elsewhere', id);
    expect(await reminders(buyer)).toEqual([]);
  });
});

describe.each(DESK_ENGINES)('alarms on $redis', (engines) => {
  let close: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const one of close.reverse()) await one();
    close = [];
  });

  /** A desk whose clock runs, on a Redis that the test can empty. */
  async function start() {
    const redis = await openTestRedis(engines.redis);
    close.push(() => redis.close());
    const startedAt = performance.now();
    let aheadMs = 0;
    const clock = { now: () => Math.round(AFTERNOON + aheadMs + performance.now() - startedAt) };
    const jumpTo = (ms: number) => {
      aheadMs += ms - clock.now();
    };
    const desk = await startTestDesk({
      engines: { ...engines, redis: 'valkey' },
      config: { REDIS_URL: redis.url },
      overrides: { clock },
    });
    close.push(() => desk.close());
    return { desk, redis, clock, jumpTo };
  }

  test('wake the worker at the moment, without a sweep', async () => {
    const { desk, clock } = await start();
    const agent = await desk.agent();
    const buyer = await desk.buyer();
    // The middle of the half hour in which the check is due is a moment from now.
    await place(desk, buyer, clock.now() - 45 * MINUTE + 400);
    let row = await rowOf(desk, buyer, 'FU-02');
    while (row.state === 'planned') {
      await agent.next('lists.changed', (data) => data.lists.includes('followUps'));
      row = await rowOf(desk, buyer, 'FU-02');
    }
    expect(row.state).toBe('sent');
    expect(await tasksOf(desk, buyer)).toHaveLength(1);
    expect(row.endedAt!).toBeGreaterThanOrEqual(row.dueAt);
  });

  test('that are lost with all of Redis are found by the sweep', async () => {
    const { desk, redis, clock, jumpTo } = await start();
    const agent = await desk.agent();
    const buyer = await desk.buyer();
    // Due within the hour, so that it has an alarm, and not before Redis is emptied.
    await place(desk, buyer, clock.now() - 20 * MINUTE);
    await redis.connection.commands.flushdb();
    jumpTo((await rowOf(desk, buyer, 'FU-02')).dueAt);
    expect(await rowOf(desk, buyer, 'FU-02')).toMatchObject({ state: 'planned' });
    await desk.app.workers.sweep();
    expect(await rowOf(desk, buyer, 'FU-02')).toMatchObject({ state: 'sent' });
    expect(await tasksOf(desk, buyer)).toHaveLength(1);
    // Presence is kept anew, and a message still finds its agent.
    await agent.command('presence.set', { state: 'online' });
    const { seq } = await buyer.command('message.send', { text: '速干长裤有黑色L吗' });
    expect((await agent.next('turn.analysed', (data) => data.conversationId === buyer.conversationId)).seq).toBe(seq);
  });
});
