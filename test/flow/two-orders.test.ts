/** A buyer with two orders: what is proposed is about the one they speak of. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
import type { TestClient } from './test-client.ts';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('of two orders on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: TestClient & { cookie: string };
  let buyer: TestBuyer;
  /** Paid and sent, a jacket. */
  let sent: string;
  /** The newest, unpaid, trousers. */
  let unpaid: string;
  let serial = 0;

  beforeAll(async () => {
    desk = await startTestDesk({ engines, startAt: AFTERNOON });
    agent = await desk.agent('agent1');
  });
  afterAll(() => desk?.close());

  beforeEach(async () => {
    buyer = await desk.buyer();
    serial++;
    [sent, unpaid] = [`8800${serial}51001`, `8800${serial}62002`];
    const { buyerId } = buyer;
    const now = desk.clock.now();
    const tell = async (type: string, data: object, ago: number) =>
      expect((await desk.tell(type, data, { atMs: now - ago })).status).toBe(200);
    const jacket = [{ title: '轻量冲锋衣', sku: '藏青-M', qty: 1 }];
    const trousers = [{ title: '速干长裤', sku: '黑色-M', qty: 1 }];
    await tell('order.created', { orderId: sent, buyerId, amount: 399, items: jacket }, 72 * HOUR);
    await tell('order.paid', { orderId: sent }, 71 * HOUR);
    await tell('order.shipped', { orderId: sent, carrier: 'ZTO', trackingNo: '75312345678901' }, 48 * HOUR);
    await tell('order.created', { orderId: unpaid, buyerId, amount: 159, items: trousers }, HOUR);
  });

  /** The number of the order that the newest turn was about; the newest one unless another was named. */
  async function orderAfter(...texts: string[]): Promise<string> {
    for (const text of texts) {
      await buyer.command('message.send', { text });
      await desk.settle();
    }
    const row = await desk.app.ledger.conversations.find('demo', buyer.conversationId);
    const order = row?.state.namedOrder?.id ?? unpaid;
    return order === sent ? 'sent' : 'unpaid';
  }

  async function proposals() {
    return (await desk.detail(buyer.conversationId, agent.cookie)).suggestions?.proposals ?? [];
  }

  test.each([
    ['the newest where nothing tells', ['在吗'], 'unpaid'],
    ['the one whose goods are named', ['冲锋衣我要退货'], 'sent'],
    ['the one of the kind of goods that is named', ['裤子那单怎么付款'], 'unpaid'],
    ['the only one that a question fits', ['快递到哪了'], 'sent'],
    ['the one that was named before', ['冲锋衣到哪了', '好的，谢谢'], 'sent'],
    ['the other one when it is named', ['冲锋衣到哪了', '那裤子呢 便宜点吧'], 'unpaid'],
    ['the other one when only it fits', ['冲锋衣到哪了', '还没付款呢 怎么付'], 'unpaid'],
    ['the newest where both are named and both may be meant', ['冲锋衣到哪了，裤子便宜点吧'], 'unpaid'],
  ])('it is %s', async (_, texts, order) => {
    expect(await orderAfter(...texts)).toBe(order);
  });

  test('it is the one of the number, or of its end', async () => {
    expect(await orderAfter(`订单${sent}怎么样了`)).toBe('sent');
    expect(await orderAfter(`那${unpaid}呢`)).toBe('unpaid');
    expect(await orderAfter('尾号1001那个')).toBe('sent');
  });

  test('what is said of the one is not said of the other', async () => {
    expect(await orderAfter('冲锋衣我不想要了，能退货吗')).toBe('sent');
    const texts = (await proposals()).map(({ text }) => text).join('\n');
    expect(texts).not.toContain(unpaid);
    expect(texts).not.toContain('取消订单');
    await orderAfter('裤子便宜点吧');
    const praise = (await proposals()).find(({ card }) => card === 'SCR-31')!;
    expect(praise.text).toContain('出汗干得快');
    await agent.command('message.send', {
      conversationId: buyer.conversationId,
      text: praise.text,
      suggestion: { id: (await desk.detail(buyer.conversationId, agent.cookie)).suggestions!.id, position: 0 },
    });
  });

  test('a newer order, or half an hour, ends what was named', async () => {
    expect(await orderAfter('冲锋衣到哪了')).toBe('sent');
    desk.clock.advance(31 * MINUTE);
    expect(await orderAfter('在吗')).toBe('unpaid');
    expect(await orderAfter('冲锋衣到哪了')).toBe('sent');
    desk.clock.advance(MINUTE);
    const order = { orderId: `${unpaid}9`, buyerId: buyer.buyerId, amount: 189, items: [{ title: '抓绒内胆' }] };
    expect((await desk.tell('order.created', order)).status).toBe(200);
    expect(await orderAfter('好的')).toBe('unpaid');
  });
});
