/** Response clocks: started by what buyers write, stopped by people only, warned of and escalated once. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ClockTally, ClockView } from '../../src/protocol/clocks.ts';
import type { TaskView } from '../../src/protocol/records.ts';
import {
  AFTERNOON,
  DESK_ENGINES,
  HOUR,
  MINUTE,
  openMind,
  startDeskAt,
  startTestDesk,
  type TestBuyer,
  type TestDesk,
} from './start-desk.ts';
import type { TestClient } from './test-client.ts';

const DAY = 24 * HOUR;
const SECOND = 1000;

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('clocks, on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: TestClient & { cookie: string };
  let now = AFTERNOON;

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    agent = await desk.agent();
  });
  beforeEach(() => {
    now += DAY;
    desk.clock.set(now);
  });
  afterAll(() => desk?.close());

  async function write(buyer: TestBuyer, text: string): Promise<void> {
    await buyer.command('message.send', { text });
    await desk.settle();
  }

  async function clocks(buyer: TestBuyer): Promise<ClockView[]> {
    const answer = await desk.read<{ clocks: ClockView[] }>('/api/clocks', await desk.cookie());
    return answer.clocks.filter((clock) => clock.conversationId === buyer.conversationId);
  }

  const kinds = async (buyer: TestBuyer) => (await clocks(buyer)).map(({ kind, state }) => `${kind} ${state}`);

  async function tasks(buyer: TestBuyer): Promise<TaskView[]> {
    const answer = await desk.read<{ tasks: TaskView[] }>('/api/tasks', await desk.cookie('supervisor'));
    return answer.tasks.filter(
      (task) => task.kind === 'clock.breached' && task.conversationId === buyer.conversationId,
    );
  }

  async function today(kind: ClockTally['kind']): Promise<ClockTally> {
    const answer = await desk.read<{ clocks: ClockTally[] }>('/api/clocks/today', await desk.cookie('supervisor'));
    return answer.clocks.find((tally) => tally.kind === kind)!;
  }

  const reply = (buyer: TestBuyer, text = '在的，您请说') =>
    agent.command('message.send', { conversationId: buyer.conversationId, text, warningsRead: true });

  test('the first message starts the clocks of the talk, a reply of a person stops them', async () => {
    const buyer = await desk.buyer();
    await write(buyer, '你好');
    expect(await clocks(buyer)).toMatchObject([
      { kind: 'firstReply', startedAt: now, dueAt: now + 30 * SECOND, state: 'running' },
      { kind: 'platform', startedAt: now, dueAt: now + 3 * MINUTE, state: 'running' },
    ]);
    desk.clock.advance(10 * SECOND);
    await reply(buyer);
    expect(await clocks(buyer)).toEqual([]);
    expect(await today('platform')).toEqual({ kind: 'platform', kept: 1, missed: 0, running: 0, automatic: 0 });
  });

  test('a burst is one wait; the next turn of the same talk has no first reply', async () => {
    const buyer = await desk.buyer();
    await write(buyer, '你好');
    desk.clock.advance(5 * SECOND);
    await write(buyer, '在吗');
    expect((await clocks(buyer)).map(({ seq }) => seq)).toEqual([1, 1]);
    await reply(buyer);
    desk.clock.advance(MINUTE);
    await write(buyer, '发什么快递');
    expect(await kinds(buyer)).toEqual(['platform running']);
    await reply(buyer);
  });

  test('an after-sale message has five minutes, is warned of at three, and becomes the supervisor’s task once', async () => {
    const buyer = await desk.buyer();
    await write(buyer, '收到的衣服破了个洞，我要退货');
    expect(await kinds(buyer)).toContain('afterSale running');
    desk.clock.advance(3 * MINUTE);
    await desk.app.workers.sweep();
    expect(await kinds(buyer)).toContain('afterSale warned');
    expect(await tasks(buyer)).toEqual([]);
    desk.clock.advance(2 * MINUTE + SECOND);
    await desk.app.workers.sweep();
    await desk.app.workers.sweep();
    expect(await kinds(buyer)).toContain('afterSale breached');
    expect(await tasks(buyer)).toMatchObject([{ kind: 'clock.breached', rule: 'FU-08' }]);
    await reply(buyer);
    await desk.app.workers.sweep();
    expect(await tasks(buyer)).toEqual([]);
    expect(await today('afterSale')).toMatchObject({ kept: 0, missed: 1 });
  });

  test('the platform’s three minutes become the supervisor’s task; a late return message is told of once', async () => {
    const [asks, returns] = [await desk.buyer(), await desk.buyer()];
    await write(asks, '你好');
    await write(returns, '收到的衣服破了个洞，我要退货');
    desk.clock.advance(3 * MINUTE + SECOND);
    await desk.app.workers.sweep();
    expect((await tasks(asks)).map(({ title }) => title)).toEqual([expect.stringContaining('平台回复时限')]);
    desk.clock.advance(2 * MINUTE);
    await desk.app.workers.sweep();
    expect((await tasks(returns)).map(({ rule }) => rule)).toEqual(['FU-08']);
    for (const buyer of [asks, returns]) await reply(buyer);
    await desk.app.workers.sweep();
    expect([...(await tasks(asks)), ...(await tasks(returns))]).toEqual([]);
  });

  test('logistics trouble is open for two days whatever is replied, until somebody says it is solved', async () => {
    const buyer = await desk.buyer();
    await write(buyer, '物流三天没有更新了，一直不动');
    await reply(buyer);
    expect(await kinds(buyer)).toEqual(['logisticsCase running']);
    desk.clock.advance(41 * HOUR);
    expect(await kinds(buyer)).toEqual(['logisticsCase warned']);
    const cookie = await desk.cookie();
    const settle = (kind: string) =>
      fetch(`${desk.url}/api/conversations/${buyer.conversationId}/clocks/settle`, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json' },
        body: JSON.stringify({ kind }),
      });
    expect((await settle('logisticsCase')).status).toBe(204);
    expect((await settle('logisticsCase')).status).toBe(404);
    expect(await clocks(buyer)).toEqual([]);
  });

  test('a logistics case is solved when the parcel has arrived, and not while another is on its way', async () => {
    const buyer = await desk.buyer();
    const place = async (orderId: string) => {
      const items = [{ title: '速干长裤', qty: 1 }];
      await desk.tell('order.created', { orderId, buyerId: buyer.buyerId, amount: 159, items });
      await desk.tell('order.paid', { orderId });
      await desk.tell('order.shipped', { orderId, carrier: 'ZTO', trackingNo: `ZT-${orderId}`, handedOver: true });
    };
    await place('CL-1');
    await place('CL-2');
    await write(buyer, '物流三天没有更新了，一直不动');
    await reply(buyer);
    expect(await kinds(buyer)).toEqual(['logisticsCase running']);
    await desk.tell('order.signed', { orderId: 'CL-1' });
    expect(await kinds(buyer)).toEqual(['logisticsCase running']);
    await desk.tell('order.signed', { orderId: 'CL-2' });
    expect(await clocks(buyer)).toEqual([]);
  });

  test('to the supervisor the alert before a limit and its breach are one task', async () => {
    const buyer = await desk.buyer();
    await write(buyer, '衣服破了，我要退货');
    const ofBuyer = async (login: string) => {
      const { tasks } = await desk.read<{ tasks: TaskView[] }>('/api/tasks', await desk.cookie(login));
      return tasks.filter((task) => task.conversationId === buyer.conversationId && task.rule === 'FU-08');
    };
    desk.clock.advance(3 * MINUTE + 1000);
    await desk.app.workers.sweep();
    expect((await ofBuyer('supervisor')).map(({ kind }) => kind)).toEqual(['follow_up']);
    desk.clock.advance(2 * MINUTE);
    await desk.app.workers.sweep();
    expect((await ofBuyer('supervisor')).map(({ kind }) => kind)).toEqual(['clock.breached']);
    expect((await ofBuyer('agent1')).map(({ kind }) => kind)).toEqual(['follow_up']);
    await reply(buyer);
    await desk.app.workers.sweep();
    expect(await ofBuyer('supervisor')).toEqual([]);
  });

  test('a message of the night counts from the opening; the away reply is noted and stops nothing', async () => {
    const buyer = await desk.buyer();
    await agent.command('presence.set', { state: 'away' });
    const night = now + 9 * HOUR;
    desk.clock.set(night);
    await write(buyer, '衣服掉色，我要退货');
    desk.clock.advance(MINUTE);
    await desk.app.workers.sweep();
    const opening = night + 10 * HOUR;
    const sale = (await clocks(buyer)).find(({ kind }) => kind === 'afterSale');
    expect(sale).toMatchObject({ countsFrom: opening, dueAt: opening + 5 * MINUTE, state: 'running' });
    expect(buyer.messages().some(({ from }) => from === 'auto')).toBe(true);
    expect(sale?.automaticAt).toBeGreaterThanOrEqual(night);
    // Each counts on its own day: the machine's word last night, the person's this morning.
    expect(await today('afterSale')).toMatchObject({ kept: 0, automatic: 1, running: 1 });
    await agent.command('presence.set', { state: 'online' });
    desk.clock.set(opening + 4 * MINUTE);
    now = opening + 4 * MINUTE;
    await reply(buyer);
    expect(await today('afterSale')).toMatchObject({ kept: 1, missed: 0, automatic: 0 });
    now = opening + 5 * HOUR;
  });

  test('a clock that its node did not start is started by the next sweep, as of its message', async () => {
    const buyer = await desk.buyer();
    await write(buyer, '想退货，尺码不合适');
    const before = await clocks(buyer);
    expect(before.length).toBeGreaterThan(1);
    await reply(buyer);
    desk.clock.advance(HOUR);
    const asked = desk.clock.now();
    const { conversationId } = buyer;
    await desk.app.ledger.conversations.appendBuyerMessage({
      shopId: 'demo',
      conversationId,
      channel: 'web',
      key: `lost-${asked}`,
      messageId: `msg_lost_${asked}`,
      text: '怎么还没人处理退货',
      sentAt: asked,
    });
    desk.clock.advance(20 * SECOND);
    await desk.app.workers.sweep();
    await desk.settle();
    await desk.app.workers.sweep();
    expect((await clocks(buyer)).find(({ kind }) => kind === 'platform')).toMatchObject({ startedAt: asked });
    await reply(buyer);
  });

  test('two nodes note one breach: one task', async () => {
    const buyer = await desk.buyer();
    await write(buyer, '鞋子开胶了，要换货');
    desk.clock.advance(6 * MINUTE);
    const noted = await Promise.all(
      Array.from({ length: 4 }, () =>
        desk.app.ledger.transaction((stores) => stores.clocks.noteBreached('demo', desk.clock.now())),
      ),
    );
    expect(noted.flat().filter(({ conversationId }) => conversationId === buyer.conversationId).length).toBe(
      (await clocks(buyer)).length,
    );
    await reply(buyer);
  });

  test('an ended talk keeps nobody waiting, and counts neither as kept nor as missed', async () => {
    const buyer = await desk.buyer();
    const before = await today('platform');
    await write(buyer, '好的谢谢');
    await agent.command('conversation.resolve', { conversationId: buyer.conversationId });
    expect(await clocks(buyer)).toEqual([]);
    const after = await today('platform');
    expect([after.kept, after.missed]).toEqual([before.kept, before.missed]);
  });
});

test('clocks outlive the desk that started them', async () => {
  const first = await startTestDesk();
  const buyer = await first.buyer();
  await buyer.command('message.send', { text: '我要退货，质量有问题' });
  await first.settle();
  const before = await first.app.ledger.clocks.open('demo', first.clock.now(), 10);
  await buyer.close();
  await first.app.close();
  const second = await startDeskAt(first.config, { clock: first.clock });
  try {
    second.clock.advance(6 * MINUTE);
    await second.app.workers.sweep();
    const after = await second.app.ledger.clocks.open('demo', second.clock.now(), 10);
    // A case has two days; and the desk, where nobody is, has answered by itself.
    const isNoted = ({ kind, dueAt, startedAt }: ClockView) => ({ kind, dueAt, startedAt });
    expect(after.map(isNoted)).toEqual(before.map(isNoted));
    expect(after.map(({ state }) => state)).toEqual(before.map(() => 'breached'));
  } finally {
    await second.close();
    await first.close();
  }
});
