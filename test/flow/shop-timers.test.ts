/** Timers of the shop as a whole: on their moment, once over all nodes, whatever the clock and the calendar do. */
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TaskDetail, TaskView } from '../../src/protocol/records.ts';
import { runShopTimers } from '../../src/turn/run-shop-timers.ts';
import { stopMarketing } from '../../src/turn/stop-marketing.ts';
import {
  DESK_ENGINES,
  HOUR,
  MINUTE,
  openMind,
  startDeskAt,
  startTestDesk,
  type TestDesk,
  WINDOW_MS,
} from './start-desk.ts';

/** A Wednesday. */
const at = (text: string) => Date.parse(`${text}+08:00`);
const START = at('2027-05-12T08:00:00');

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('timers of the shop, on $record and $redis', (engines) => {
  let desk: TestDesk;
  beforeEach(async () => {
    desk = await startTestDesk({ engines, startAt: START });
    await run(START);
  });
  afterEach(() => desk?.close());

  async function run(ms: number): Promise<void> {
    desk.clock.set(ms);
    desk.app.desk.window.forget('demo');
    await runShopTimers(desk.app.desk, 'demo');
  }

  async function tasks(rule?: string): Promise<TaskView[]> {
    const all = await desk.app.ledger.desk.tasks('demo');
    return all.filter((task) => task.kind === 'shop_timer' && (rule === undefined || task.rule === rule));
  }

  async function next(key: string): Promise<number | undefined> {
    return (await desk.app.ledger.shopTimers.all('demo')).find((row) => row.key === key)?.nextAt;
  }

  async function save(part: string, value: unknown): Promise<void> {
    const cookie = await desk.cookie('supervisor');
    const { revision } = await desk.read<{ revision: number }>('/api/settings', cookie);
    const response = await fetch(`${desk.url}/api/settings/${part}`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ basedOn: revision, value }),
    });
    if (!response.ok) throw new Error(await response.text());
  }

  test('one live row a rule stands at its moment', async () => {
    const rows = await desk.app.ledger.shopTimers.all('demo');
    expect(rows.map(({ key, nextAt }) => [key, new Date(nextAt + 8 * HOUR).toISOString().slice(0, 16)])).toEqual([
      ['FU-22', '2027-05-12T11:00'],
      ['FU-22.list', '2027-05-12T09:00'],
      ['FU-23', '2027-05-15T09:00'],
      ['FU-24', '2027-05-17T09:00'],
      ['FU-25', '2027-05-12T09:00'],
      ['FU-26', '2027-05-12T09:00'],
      ['FU-28', '2027-05-31T09:00'],
      ['FU-32', '2027-05-12T22:00'],
      ['FU-44', '2027-05-14T09:00'],
    ]);
  });

  test('the hand-over list names what the night left open, and at eleven reminds of a list that is not done', async () => {
    const buyer = await desk.buyer();
    await buyer.command('message.send', { text: '冲锋衣什么时候能发货' });
    await desk.settle();
    await run(at('2027-05-12T09:00:00'));
    const [list] = await tasks('FU-22');
    expect(list).toMatchObject({ forRole: 'agent', dueAt: at('2027-05-12T12:00:00') });
    expect(list?.title).toContain('1 条留言');
    expect(list?.lines?.join('\n')).toMatch(/留言待回复：.*答应 05-12 10:00 前/);
    await run(at('2027-05-12T11:00:00'));
    expect((await tasks('FU-22')).map(({ forRole }) => forRole).sort()).toEqual(['agent', 'supervisor']);
    await run(at('2027-05-13T09:00:00'));
    for (const task of await tasks('FU-22')) await desk.app.ledger.desk.finishTask('demo', task.id, desk.clock.now());
    await run(at('2027-05-13T11:00:00'));
    expect(await tasks('FU-22')).toEqual([]);
  });

  test('an occurrence is raised once, on however many nodes and with whatever died', async () => {
    desk.clock.set(at('2027-05-12T22:00:00'));
    await Promise.all(Array.from({ length: 5 }, () => runShopTimers(desk.app.desk, 'demo')));
    await runShopTimers(desk.app.desk, 'demo');
    const [parcels, ...more] = await tasks('FU-32');
    expect(more).toEqual([]);
    expect(parcels?.title).toMatch(/\d+ 个包裹，按揽收扫描确认/);
    expect(parcels?.lines?.every((line) => /^订单 .+（已(打单|标发货)）$/.test(line))).toBe(true);
    expect(await next('FU-32')).toBe(at('2027-05-13T22:00:00'));
  });

  test('the daily look at good reviews names those with a problem, and who may be spoken to is a task with its script', async () => {
    const buyers = await Promise.all(['RV-1', 'RV-2', 'RV-3', 'RV-4'].map(() => desk.buyer()));
    const reviews = [
      { score: 5, issue: '袖子有点长' },
      { score: 5 },
      { score: 2, issue: '色差' },
      { score: 4, issue: '线头多' },
    ];
    for (const [index, review] of reviews.entries()) {
      const orderId = `RV-${index + 1}`;
      const items = [{ title: '速干长裤', qty: 1 }];
      await desk.tell('order.created', { orderId, buyerId: buyers[index]!.buyerId, amount: 159, items });
      await desk.tell('review.posted', { orderId, ...review });
    }
    const rests = { shopId: 'demo', buyerId: buyers[3]!.buyerId, scope: 'all', atMs: desk.clock.now() } as const;
    await stopMarketing(desk.app.desk, rests);
    await run(at('2027-05-12T09:00:00'));
    const [daily, ...contacts] = await tasks('FU-26');
    expect(daily?.title).toBe('每日查看新好评：3 条好评，2 条说到问题');
    expect(daily?.lines).toEqual([
      expect.stringContaining('订单 RV-1：袖子有点长'),
      expect.stringContaining('订单 RV-4：线头多'),
      expect.stringContaining('登记'),
      expect.stringContaining('不提改评价'),
    ]);
    expect(contacts).toMatchObject([{ title: '好评里说到问题：袖子有点长', orderId: 'RV-1' }]);
    const detail = await desk.read<TaskDetail>(`/api/tasks/${contacts[0]!.id}`, await desk.cookie());
    expect(detail.proposal?.text).toContain('袖子有点长');
    await run(at('2027-05-13T09:00:00'));
    expect((await tasks('FU-26')).filter(({ orderId }) => orderId !== undefined)).toHaveLength(1);
  });

  test('a long stop is made up for once', async () => {
    await run(at('2027-06-20T15:00:00'));
    await run(at('2027-06-20T15:00:05'));
    expect(await tasks('FU-32')).toHaveLength(1);
    expect(await tasks('FU-24')).toHaveLength(1);
    expect(await next('FU-32')).toBe(at('2027-06-20T22:00:00'));
  });

  test('a clock put back runs nothing twice; one that was far ahead runs again when it is right', async () => {
    await run(at('2027-05-12T09:00:00'));
    const raised = (await tasks()).length;
    await run(at('2027-05-12T08:30:00'));
    await run(at('2027-05-12T09:00:00'));
    expect(await tasks()).toHaveLength(raised);
    await run(at('2028-03-01T12:00:00'));
    await run(at('2028-03-01T23:00:00'));
    await run(at('2027-05-13T21:59:00'));
    expect(await next('FU-32')).toBe(at('2027-05-13T22:00:00'));
    const before = (await tasks('FU-32')).length;
    await run(at('2027-05-13T22:00:00'));
    expect(await tasks('FU-32')).toHaveLength(before + 1);
  });

  test('a closed day gives way, and a month ends on its last open day', async () => {
    await save('closedDays', ['2027-05-17', '2027-05-31']);
    await run(START + MINUTE);
    expect(await next('FU-24')).toBe(at('2027-05-18T09:00:00'));
    expect(await next('FU-28')).toBe(at('2027-05-30T09:00:00'));
  });

  test('a shop switches a timer off and sets another moment', async () => {
    await save('timers', {
      'FU-26': { enabled: false },
      'FU-22': { schedule: { kind: 'daily', at: '10:30' } },
      'FU-44': { schedule: { kind: 'weekly', weekday: 2, at: 'shift_start' } },
    });
    desk.clock.advance(WINDOW_MS);
    await run(START + MINUTE);
    expect(await next('FU-26')).toBeUndefined();
    expect(await next('FU-22')).toBe(at('2027-05-12T10:30:00'));
    expect(await next('FU-44')).toBe(at('2027-05-18T09:00:00'));
  });

  test('agents below the average are a hint for training: no ranking, and nobody by a handful of talks', async () => {
    const [first, second] = [await desk.agent('agent1'), await desk.agent('agent2')];
    const talks = async (agent: typeof first, count: number, answers: boolean) => {
      for (let n = 0; n < count; n++) {
        const buyer = await desk.buyer();
        await buyer.command('message.send', { text: '在吗' });
        const { conversationId } = buyer;
        await agent.command('conversation.takeOver', { conversationId, on: true });
        if (answers) await agent.command('message.send', { conversationId, text: '在的，您请说', warningsRead: true });
      }
    };
    await talks(first, 6, true);
    await talks(second, 5, false);
    await run(at('2027-05-14T09:00:00'));
    const [task] = await tasks('FU-44');
    expect(task).toMatchObject({ forRole: 'supervisor' });
    expect(task?.title).toContain('1 人可以重点辅导（仅供培训，不作处罚或排名）');
    const name = (await desk.app.desk.window.agents('demo')).find(({ login }) => login === 'agent2')?.name;
    expect(task?.lines).toEqual([`${name}：回复率 0%（全组 55%），接待 5 段（平均 6）`]);
  });

  test('the rows outlive the desk, and what came due meanwhile is raised', async () => {
    const before = await desk.app.ledger.shopTimers.all('demo');
    await desk.app.close();
    desk.clock.set(at('2027-05-12T22:30:00'));
    const second = await startDeskAt(desk.config, { clock: desk.clock });
    try {
      // A start sweeps by itself only with a rhythm; here the test does.
      expect(await second.app.ledger.shopTimers.all('demo')).toEqual(before);
      await second.app.workers.sweep();
      const raised = await second.app.ledger.desk.tasks('demo');
      expect(raised.filter(({ rule }) => rule === 'FU-32')).toHaveLength(1);
    } finally {
      await second.close();
    }
  });
});
