/** Tasks of the timers: whose, by when, with which words, and gone with their reason; refusals heard and taken back. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { MOST_TASKS } from '../../src/desk/ports.ts';
import { FEEDS } from '../../src/orders/ports.ts';
import type { TaskDetail, TaskView } from '../../src/protocol/records.ts';
import { tellTimers } from '../../src/turn/plan-follow-ups.ts';
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

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('tasks on $record and $redis', (engines) => {
  let desk: TestDesk;
  let buyer: TestBuyer;
  let cookie: string;
  let today = AFTERNOON;
  let count = 0;

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    await desk.agent();
  });
  beforeEach(async () => {
    today += 7 * DAY;
    await goTo(today);
    cookie = await desk.cookie();
    buyer = await desk.buyer();
  });
  afterAll(() => desk?.close());

  async function goTo(ms: number): Promise<void> {
    desk.clock.set(ms);
    for (const feed of FEEDS) await desk.app.ledger.orders.touchFeed('demo', feed, ms);
    await desk.app.workers.sweep();
    // A session lasts for a shift.
    cookie = await desk.cookie();
  }
  async function write(text: string): Promise<void> {
    await buyer.command('message.send', { text });
    await desk.settle();
  }
  async function place(): Promise<string> {
    const orderId = `K-${++count}`;
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
  async function tasks(as = cookie): Promise<TaskView[]> {
    const { tasks: all } = await desk.read<{ tasks: TaskView[] }>('/api/tasks', as);
    return all.filter((task) => task.conversationId === buyer.conversationId && task.kind === 'follow_up');
  }
  const detail = (id: string, as = cookie) => desk.read<TaskDetail>(`/api/tasks/${id}`, as);

  test('an unpaid order after a chat: due before it closes, with the words for this moment', async () => {
    await write('这条裤子有货吗');
    desk.clock.advance(11 * MINUTE);
    const orderId = await place();
    await goTo(desk.clock.now() + HOUR);
    const [task] = await tasks();
    expect(task).toMatchObject({ rule: 'FU-01', orderId, forRole: 'agent', hasScript: true });
    expect(task!.dueAt).toBe(desk.clock.now() - HOUR + 72 * HOUR);
    const shown = await detail(task!.id);
    expect(shown.proposal ?? shown.hidden[0]).toBeDefined();
    if (shown.proposal) expect(shown.proposal.text).not.toMatch(/[{}]/);
  });

  test('is gone as soon as the order is paid, for the reader at once and from the record with the sweep', async () => {
    await write('这条裤子有货吗');
    desk.clock.advance(11 * MINUTE);
    const orderId = await place();
    await goTo(desk.clock.now() + HOUR);
    const [task] = await tasks();
    await desk.tell('order.paid', { orderId });
    expect(await tasks()).toEqual([]);
    await desk.app.workers.sweep();
    expect((await desk.app.ledger.desk.tasks('demo', { id: task!.id })).length).toBe(0);
  });

  test('a return message: five minutes from the message, not from the alert', async () => {
    const since = desk.clock.now();
    await write('我要退货，尺码不合适');
    await goTo(since + 3 * MINUTE);
    expect(await tasks()).toMatchObject([{ rule: 'FU-08', dueAt: since + 5 * MINUTE }]);
  });

  test('a logistics case: the supervisor’s at forty hours, and not among the agents’', async () => {
    const orderId = await place();
    const { desk: flow } = desk.app;
    const atMs = desk.clock.now();
    await tellTimers(desk.app.ledger, flow, await flow.shop('demo'), {
      type: 'case.opened',
      atMs,
      data: { orderId, buyerId: buyer.buyerId, kind: 'lost' },
    });
    await goTo(atMs + DAY);
    expect((await tasks()).filter(({ rule }) => rule === 'FU-10')).toMatchObject([{ dueAt: atMs + 48 * HOUR }]);
    await goTo(atMs + 40 * HOUR);
    const supervisor = await desk.cookie('supervisor');
    const chiefs = (await tasks(supervisor)).filter(({ forRole }) => forRole === 'supervisor');
    expect(chiefs).toMatchObject([{ rule: 'FU-10', dueAt: atMs + 48 * HOUR }]);
    expect((await tasks()).every(({ forRole }) => forRole === 'agent')).toBe(true);
    const refused = await fetch(`${desk.url}/api/tasks/${chiefs[0]!.id}`, { headers: { cookie } });
    expect(refused.status).toBe(404);
  });

  test('a script whose fact is missing says which', async () => {
    const orderId = await place();
    const { desk: flow } = desk.app;
    await tellTimers(desk.app.ledger, flow, await flow.shop('demo'), {
      type: 'timer.asked',
      atMs: desk.clock.now(),
      data: { rule: 'FU-43', subjectId: orderId, buyerId: buyer.buyerId },
    });
    await goTo(desk.clock.now() + 2 * HOUR);
    const task = (await tasks()).find(({ rule }) => rule === 'FU-43')!;
    const shown = await detail(task.id);
    expect(shown.proposal).toBeUndefined();
    expect(shown.hidden[0]).toMatchObject({ card: 'SCR-80', because: expect.any(String), detail: expect.any(String) });
  });

  test('who asked and did not order is to be visited that day; what was not done leaves the list', async () => {
    await write('这条裤子有货吗');
    await goTo(desk.clock.now() + DAY);
    const [task, ...others] = await tasks();
    expect(others).toEqual([]);
    expect(task).toMatchObject({ rule: 'FU-05', dueAt: expect.any(Number) });
    await goTo(task!.dueAt!);
    expect((await tasks()).map(({ id }) => id)).toEqual([task!.id]);
    await goTo(task!.dueAt! + MINUTE);
    expect((await tasks()).map(({ id }) => id)).not.toContain(task!.id);
    expect(await desk.app.ledger.desk.tasks('demo', { id: task!.id })).toEqual([]);
  });

  test('a second word that waited for the morning has its hour then', async () => {
    const evening = today + 8 * HOUR - 5 * MINUTE;
    await goTo(evening);
    await write('我再想想吧');
    await goTo(evening + 11 * HOUR + 4 * MINUTE);
    expect(await tasks()).toEqual([]);
    const morning = evening + 11 * HOUR + 5 * MINUTE;
    await goTo(morning);
    expect((await tasks()).filter(({ rule }) => rule === 'FU-06')).toMatchObject([{ dueAt: morning + HOUR }]);
    await goTo(morning + HOUR + MINUTE);
    expect((await tasks()).filter(({ rule }) => rule === 'FU-06')).toEqual([]);
  });

  test('tasks beyond those that are listed are told of by their number', async () => {
    const nowMs = desk.clock.now();
    const add = (at: number) =>
      desk.app.ledger.desk.addTask(
        { shopId: 'demo', id: `tsk_many_${at}`, kind: 'test', title: `第 ${at} 件`, dueAt: nowMs + DAY + at },
        nowMs,
      );
    for (let at = 0; at <= MOST_TASKS; at++) await add(at);
    const page = await desk.read<{ tasks: TaskView[]; more?: number }>('/api/tasks', cookie);
    expect(page.tasks.length).toBeLessThanOrEqual(MOST_TASKS);
    expect(page.more).toBe((await desk.app.ledger.desk.countTasks('demo', { forRole: 'agent' })) - MOST_TASKS);
    for (let at = 0; at <= MOST_TASKS; at++) await desk.app.ledger.desk.finishTask('demo', `tsk_many_${at}`, nowMs);
    expect(await desk.read<{ more?: number }>('/api/tasks', cookie)).not.toHaveProperty('more');
  });

  test('the most urgent stands first', async () => {
    const { tasks: all } = await desk.read<{ tasks: TaskView[] }>('/api/tasks', await desk.cookie('supervisor'));
    const due = all.map(({ dueAt }) => dueAt ?? Infinity);
    expect(due).toEqual(due.toSorted((a, b) => a - b));
  });

  describe('a refusal', () => {
    const rows = async () => (await desk.followUps(buyer.buyerId)).filter(({ state }) => state === 'planned');

    test.each(['別催了', 'bie cui le', 'STOP', 'unsubscirbe', '不要再给我发消息了'])(
      '%s stops what is planned',
      async (text) => {
        await place();
        expect(await rows()).not.toEqual([]);
        await write(text);
        expect((await rows()).map(({ rule }) => rule).filter((rule) => /FU-0[1-6]/.test(rule))).toEqual([]);
      },
    );

    test('counts before the message is understood, and in the middle of a burst', async () => {
      await place();
      const sent = ['在吗', '别再催我了', '那个尺码L有吗'].map((text) => buyer.command('message.send', { text }));
      await Promise.all(sent);
      expect((await rows()).filter(({ rule }) => /FU-0[1-6]/.test(rule))).toEqual([]);
      await desk.settle();
      const { buyer: shown } = await desk.detail(buyer.conversationId, cookie);
      expect(shown.optedOut).toBe('reminders');
    });

    test('別發錯了 and its like stop nothing', async () => {
      await place();
      const before = (await rows()).filter(({ rule }) => rule === 'FU-04');
      await write('别发错了');
      await write('先别发货');
      expect((await rows()).filter(({ rule }) => rule === 'FU-04')).toMatchObject(before.map(({ id }) => ({ id })));
    });

    test('in words of its own stops at once; a plain no ends the reminders of the order and opts nobody out', async () => {
      await place();
      await write('这单我不要了');
      expect((await rows()).filter(({ rule }) => /FU-0[1-6]/.test(rule))).toEqual([]);
      expect((await desk.detail(buyer.conversationId, cookie)).buyer.optedOut).toBeUndefined();
      await place();
      expect((await rows()).map(({ rule }) => rule)).toContain('FU-04');
      await write('手机从早到晚叮叮当当，全是你们店');
      expect((await rows()).filter(({ rule }) => /FU-0[1-6]/.test(rule))).toEqual([]);
      expect((await desk.detail(buyer.conversationId, cookie)).buyer.optedOut).toBe('all');
    });

    test('is taken back by an agent with a reason, which is kept', async () => {
      await write('退订');
      const undo = (reason: unknown) =>
        fetch(`${desk.url}/api/conversations/${buyer.conversationId}/opt-in`, {
          method: 'POST',
          headers: { cookie, 'content-type': 'application/json' },
          body: JSON.stringify({ reason }),
        });
      expect((await undo('  ')).status).toBe(400);
      expect((await undo('买家说是发错了')).status).toBe(204);
      expect((await undo('再来一次')).status).toBe(400);
      expect((await desk.detail(buyer.conversationId, cookie)).buyer.optedOut).toBeUndefined();
      const [entry] = await desk.app.ledger.desk.trail('demo', 'optout', 1);
      expect(entry).toMatchObject({
        action: 'optout.undo',
        data: { buyerId: buyer.buyerId, refused: 'all', reason: '买家说是发错了' },
      });
      await place();
      expect((await rows()).map(({ rule }) => rule)).toContain('FU-04');
    });
  });
});
