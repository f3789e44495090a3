/** Bots and jobs that the gate stops: nothing goes out, and the desk gets one task. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { FEEDS } from '../../src/orders/ports.ts';
import type { TaskView } from '../../src/protocol/records.ts';
import type { GateContext, Verdict } from '../../src/protocol/turn.ts';
import type { Gate } from '../../src/turn/ports.ts';
import { AFTERNOON, DESK_ENGINES, HOUR, openMind, startTestDesk, type TestBuyer, type TestDesk } from './start-desk.ts';

const SHOP = 'demo';
const NIGHT = Date.parse('2027-05-12T22:30:00+08:00');
const DAY = 24 * HOUR;

/** What this desk's own rule stops: nothing, every text of bots and jobs, or those that were let through once. */
let stops: 'nothing' | 'all' | 'late' = 'nothing';
const judged = new Set<string>();

function withOwnRule(gate: Gate): Gate {
  return {
    judge(text: string, context: GateContext): Verdict {
      const isFirst = !judged.has(text);
      judged.add(text);
      const isStopped =
        context.mode !== 'typed' && context.mode !== 'A' && (stops === 'all' || (stops === 'late' && !isFirst));
      if (!isStopped) return gate.judge(text, context);
      const finding = { rule: 'TAB-22' as const, severity: 'B' as const, span: null, message: '本店禁用', instead: [] };
      return { decision: 'block', findings: [finding] };
    },
  };
}

beforeAll(async () => {
  await openMind();
});

describe('stopped by a rule of the shop', () => {
  let desk: TestDesk;
  beforeAll(async () => {
    desk = await startTestDesk({ startAt: NIGHT });
  });
  afterAll(() => desk?.close());

  test('an away reply: the task names the rule', async () => {
    const cookie = await desk.cookie('supervisor');
    const words = [
      { text: '自动回复', severity: 'B', id: 'SHOP-no-robot' },
      { text: '休息时间', severity: 'B', id: 'SHOP-no-robot' },
    ];
    const saved = await fetch(`${desk.url}/api/gate-rules`, {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ rules: { words }, basedOn: 0, note: '不像机器人' }),
    });
    expect(saved.status).toBe(200);
    const buyer = await desk.buyer();
    await buyer.command('message.send', { text: '轻量冲锋衣防水吗' });
    await desk.quiet();
    await buyer.command('typing', { on: false });
    const { tasks } = await desk.read<{ tasks: TaskView[] }>('/api/tasks', cookie);
    const [task, ...others] = tasks.filter(({ kind }) => kind === 'gate.stopped');
    expect(others).toEqual([]);
    expect(task).toMatchObject({ conversationId: buyer.conversationId, rule: 'SHOP-no-robot' });
    expect(task!.title).toContain('SHOP-no-robot');
    expect(buyer.messages().map(({ from }) => from)).toEqual(['buyer']);
  });
});

describe.each(DESK_ENGINES)('stopped by the gate, on $record and $redis', (engines) => {
  let desk: TestDesk;

  beforeAll(async () => {
    const mind = await openMind();
    const gate = withOwnRule(mind.gate);
    desk = await startTestDesk({ engines, overrides: { mind: { ...mind, gate, gateWith: () => gate } } });
  });
  beforeEach(() => {
    stops = 'nothing';
    judged.clear();
  });
  afterAll(() => desk?.close());

  async function goTo(ms: number): Promise<void> {
    desk.clock.set(ms);
    for (const feed of FEEDS) await desk.app.ledger.orders.touchFeed(SHOP, feed, ms);
  }
  async function write(buyer: TestBuyer, text: string): Promise<void> {
    await buyer.command('message.send', { text });
    await desk.quiet();
    await buyer.command('typing', { on: false });
  }
  async function stopped(buyer: TestBuyer): Promise<TaskView[]> {
    const { tasks } = await desk.read<{ tasks: TaskView[] }>('/api/tasks', await desk.cookie());
    return tasks.filter((task) => task.conversationId === buyer.conversationId && task.kind === 'gate.stopped');
  }
  const automatic = (buyer: TestBuyer) => buyer.messages().filter(({ from }) => from === 'auto');

  test.each([
    ['the engine finds no wording that passes', 'all'],
    ['the gate has the last word', 'late'],
  ] as const)('an away reply, where %s: one open task for the chat', async (_name, how) => {
    await goTo(NIGHT);
    stops = how;
    const buyer = await desk.buyer();
    await write(buyer, '轻量冲锋衣防水吗');
    expect(await stopped(buyer)).toMatchObject([
      {
        title: '自动回复没有发出：话术「离线自动应答」（SCR-04）被出口检查拦下（TAB-22）',
        rule: 'TAB-22',
        conversationId: buyer.conversationId,
      },
    ]);
    judged.clear();
    await write(buyer, '在吗');
    expect(await stopped(buyer)).toHaveLength(1);
    expect(automatic(buyer)).toEqual([]);
    const [task] = await stopped(buyer);
    await desk.app.ledger.desk.finishTask(SHOP, task!.id, desk.clock.now());
    judged.clear();
    await write(buyer, '有人吗');
    expect(await stopped(buyer)).toHaveLength(1);
    stops = 'nothing';
    await write(buyer, '还在吗');
    expect(automatic(buyer)).toHaveLength(1);
  });

  test('an away reply that has gone out leaves no task, nor one that is not due', async () => {
    await goTo(NIGHT + 3 * DAY);
    const buyer = await desk.buyer();
    await write(buyer, '轻量冲锋衣防水吗');
    expect(automatic(buyer)).toHaveLength(1);
    stops = 'all';
    await write(buyer, '在吗');
    expect(await stopped(buyer)).toEqual([]);
  });

  test.each([
    ['the engine finds no wording that passes', 'all', 1],
    ['the gate has the last word', 'late', 2],
  ] as const)('a reminder, where %s: one open task for the order', async (_name, how, days) => {
    const today = AFTERNOON + (7 + days) * DAY;
    await goTo(today);
    const agent = await desk.agent();
    const buyer = await desk.buyer();
    const orderId = `STOP-${engines.record}-${days}`;
    await desk.tell('order.created', {
      orderId,
      buyerId: buyer.buyerId,
      amount: 159,
      items: [{ title: '速干长裤', sku: '黑色-L', qty: 1 }],
      autoCloseAt: new Date(today + 8 * HOUR).toISOString(),
    });
    // Who writes needs no check within the hour: the notice before the close is the first to go out.
    await write(buyer, '裤子是四面弹的吗');
    const [row] = await desk.followUps(buyer.buyerId, 'FU-04');
    judged.clear();
    stops = how;
    await goTo(row!.dueAt);
    await desk.app.workers.sweep();
    expect(await desk.followUps(buyer.buyerId, 'FU-04')).toMatchObject([{ state: 'skipped' }]);
    const [task, ...others] = await stopped(buyer);
    expect(others).toEqual([]);
    expect(task).toMatchObject({ orderId, rule: 'TAB-22' });
    expect(task!.title).toMatch(/^「.+」没有发出：话术「.+」（SCR-\d+.*）被出口检查拦下（TAB-22）$/);
    expect(automatic(buyer)).toEqual([]);
    await agent.command('presence.set', { state: 'away' });
    await agent.close();
  });
});
