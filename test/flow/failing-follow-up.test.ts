/** A follow-up that cannot be run: it is tried a few times, then a person is asked; the others go on. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FEEDS } from '../../src/orders/ports.ts';
import type { TaskView } from '../../src/protocol/records.ts';
import type { Gate } from '../../src/turn/ports.ts';
import { AFTERNOON, HOUR, openMind, startTestDesk, type TestDesk } from './start-desk.ts';

const SHOP = 'demo';
const LAST_TRY = 10;
let desk: TestDesk;
let judged = 0;

beforeAll(async () => {
  const mind = await openMind();
  const judge: Gate['judge'] = (text, context) => {
    if (context.mode !== 'S') return mind.gate.judge(text, context);
    judged++;
    throw new Error('the list of words cannot be read');
  };
  desk = await startTestDesk({ overrides: { mind: { ...mind, gateWith: () => ({ judge }) } } });
});
afterAll(() => desk?.close());

async function comeTo(ms: number): Promise<void> {
  desk.clock.set(ms);
  for (const feed of FEEDS) await desk.app.ledger.orders.touchFeed(SHOP, feed, ms);
  await desk.app.workers.sweep();
}

test('ends after some tries, with the reason and a task, and is not run again', async () => {
  const [agent, buyer] = [await desk.agent(), await desk.buyer()];
  await desk.tell('order.created', {
    orderId: 'FAIL-1',
    buyerId: buyer.buyerId,
    amount: 159,
    items: [{ title: '速干长裤', sku: '黑色-L', qty: 1 }],
    autoCloseAt: new Date(AFTERNOON + 8 * HOUR).toISOString(),
  });
  await buyer.command('message.send', { text: '裤子是四面弹的吗' });
  // Who writes needs no check within the hour: the notice before the close is the first to go out.
  await agent.next('turn.analysed', (data) => data.conversationId === buyer.conversationId);
  for (let tries = 1; tries <= LAST_TRY; tries++) {
    const [row] = await desk.followUps(buyer.buyerId, 'FU-04');
    expect(row).toMatchObject({ state: 'planned' });
    await comeTo(row!.dueAt);
    expect(judged).toBe(tries);
  }
  const [failed] = await desk.followUps(buyer.buyerId, 'FU-04');
  expect(failed).toMatchObject({ state: 'failed', reason: 'the list of words cannot be read' });
  const { tasks } = await desk.read<{ tasks: TaskView[] }>('/api/tasks', await desk.cookie());
  expect(tasks.filter((task) => task.orderId === 'FAIL-1')).toMatchObject([{ kind: 'follow_up', rule: 'FU-04' }]);
  await comeTo(desk.clock.now() + HOUR);
  expect(judged).toBe(LAST_TRY);
});
