/** The order feed over the signed webhook: every event, its facts and their ages, its timers, and any order of deliveries. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { FollowUpView } from '../../src/protocol/records.ts';
import { factsOf } from './read-facts.ts';
import {
  DESK_ENGINES,
  deliver,
  HOUR,
  MINUTE,
  openMind,
  startTestDesk,
  type TestBuyer,
  type TestDesk,
} from './start-desk.ts';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('the order feed on $record and $redis', (engines) => {
  let desk: TestDesk;
  let buyer: TestBuyer;
  let orderId: string;
  let serial = 0;

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
  });
  afterAll(() => desk?.close());
  beforeEach(async () => {
    buyer = await desk.buyer();
    orderId = `F-${++serial}`;
    await tell('order.created', { buyerId: buyer.buyerId, amount: 159, items: [{ title: '速干长裤', qty: 1 }] });
  });

  async function tell(type: string, data: object, atMs = desk.clock.now()): Promise<string> {
    const response = await desk.tell(type, { orderId, ...data }, { atMs });
    expect(response.status, `${type}: ${response.status === 200 ? '' : await response.clone().text()}`).toBe(200);
    return ((await response.json()) as { effect: string }).effect;
  }
  const order = async () => (await desk.app.ledger.orders.find('demo', orderId))!;
  const facts = () => factsOf(desk, buyer.conversationId);
  const rows = async (rule: string, subject = orderId): Promise<FollowUpView[]> =>
    (await desk.followUps(buyer.buyerId, rule)).filter((row) => row.subject === subject);

  test('a changed price is told with what it was, and paid as told', async () => {
    desk.clock.advance(MINUTE);
    expect(await tell('order.priceChanged', { amount: 149, visible: true })).toBe('applied');
    expect((await facts()).priceEdit).toEqual({ oldAmount: 159, newAmount: 149, visible: true });
    desk.clock.advance(MINUTE);
    await tell('order.paid', {});
    expect(await order()).toMatchObject({ state: 'paid', amountFen: 14_900 });
  });

  test('what the warehouse does is known, up to the weight of the slip', async () => {
    await tell('order.paid', {});
    await tell('order.printed', {});
    expect((await facts()).order).toMatchObject({ state: 'printed', slipPrinted: true });
    await tell('order.packed', {
      packingList: ['速干长裤', '赠品袜'],
      split: true,
      trackingNos: ['ZT1', 'ZT2'],
      slipWeightKg: 0.72,
    });
    const told = await facts();
    expect(told.order).toMatchObject({ inParcel: true });
    expect(told.slip).toEqual({ weight: 0.72 });
    expect(told.parcel).toEqual({ packingList: ['速干长裤', '赠品袜'], split: true, trackingNos: ['ZT1', 'ZT2'] });
    await tell('warehouse.reported', { cause: '面料晚到', checkedAt: new Date(desk.clock.now()).toISOString() });
    // What the shop set up stands beside it.
    expect((await facts()).warehouse).toMatchObject({ cause: '面料晚到', eveningConfirmHour: '20:00' });
  });

  test('a scan that comes after the mark is the hand-over', async () => {
    await tell('order.paid', {});
    await tell('order.shipped', { carrier: 'ZTO', trackingNo: 'ZT1' });
    expect((await facts()).order).toMatchObject({ state: 'shipped', handedOver: false });
    expect(await rows('FU-31')).toEqual([]);
    await tell('tracking.updated', { trackingNo: 'ZT1', lastScan: '已揽收', handedOver: true, etaDays: 3 });
    expect((await facts()).order).toMatchObject({ handedOver: true, etaDays: 3 });
    expect((await facts()).tracking).toMatchObject({ lastScan: '已揽收' });
    expect(await rows('FU-31')).toHaveLength(1);
  });

  test('the courier’s word grows old by itself, unless its source lives', async () => {
    await tell('order.paid', {});
    await tell('order.shipped', { carrier: 'ZTO', trackingNo: 'ZT1', handedOver: true });
    await tell('tracking.updated', { lastScan: '到达北京', exception: '地址不详' });
    const toldAt = Date.parse((await facts()).asOf!['tracking']!);
    expect(toldAt).toBe(desk.clock.now());
    desk.clock.advance(3 * HOUR);
    await desk.tell('feed.alive', { sources: ['orders'] });
    expect(Date.parse((await facts()).asOf!['tracking']!)).toBe(toldAt);
    expect(Date.parse((await facts()).asOf!['order']!)).toBe(desk.clock.now());
    await desk.tell('feed.alive', {});
    expect(Date.parse((await facts()).asOf!['tracking']!)).toBe(desk.clock.now());
  });

  test('a merged order is closed, and what reminded of it ends', async () => {
    const gone = orderId;
    expect(await rows('FU-04')).toMatchObject([{ state: 'planned' }]);
    orderId = `F-${++serial}`;
    await tell('order.created', { buyerId: buyer.buyerId, amount: 20, items: [{ title: '袜子', qty: 1 }] });
    const into = orderId;
    orderId = gone;
    expect(await tell('order.merged', { intoOrderId: into })).toBe('applied');
    expect(await order()).toMatchObject({ state: 'closed' });
    expect(await rows('FU-04')).toMatchObject([{ state: 'cancelled', reason: 'merged' }]);
    expect(await rows('FU-04', into)).toMatchObject([{ state: 'planned' }]);
    expect((await facts()).order).toMatchObject({ id: into });
    expect((await desk.tell('order.merged', { orderId: into, intoOrderId: 'nowhere' })).status).toBe(404);
    expect((await desk.tell('order.merged', { orderId: into, intoOrderId: into })).status).toBe(400);
  });

  test('a refund form plans and ends its timers, and stops what would remind', async () => {
    await tell('order.paid', {});
    await tell('order.shipped', { trackingNo: 'ZT1', carrier: 'ZTO', handedOver: true });
    await tell('order.signed', {});
    const closesAt = new Date(desk.clock.now() + 7 * 24 * HOUR).toISOString();
    desk.clock.advance(MINUTE);
    const refund = { refundId: `R-${serial}` };
    await tell('refund.updated', { ...refund, state: 'wait_seller_agree', type: 'return', amount: 159 });
    expect(await rows('FU-46')).toMatchObject([{ state: 'cancelled' }]);
    desk.clock.advance(MINUTE);
    await tell('refund.updated', { ...refund, state: 'wait_buyer_return', trackingNo: null, closesAt });
    expect(await rows('FU-14')).toHaveLength(1);
    expect(await rows('FU-19', refund.refundId)).toMatchObject([{ state: 'planned' }]);
    expect((await facts()).refund).toMatchObject({
      state: 'wait_buyer_return',
      type: 'return',
      trackingNo: null,
      paidAmount: 159,
    });
    desk.clock.advance(MINUTE);
    await tell('refund.updated', { ...refund, state: 'return_shipped', trackingNo: 'SF1', carrier: 'SF' });
    expect(await rows('FU-19', refund.refundId)).toMatchObject([{ state: 'cancelled', reason: 'number_entered' }]);
    expect(await rows('FU-16', refund.refundId)).toMatchObject([{ state: 'planned' }]);
    desk.clock.advance(MINUTE);
    await tell('refund.updated', { ...refund, state: 'refunded' });
    expect(await rows('FU-16', refund.refundId)).toMatchObject([{ state: 'cancelled', reason: 'refunded' }]);
  });

  test('a low review asks for a contact and ends the wish for one', async () => {
    await tell('order.paid', {});
    await tell('order.signed', {});
    expect(await rows('FU-46')).toMatchObject([{ state: 'planned' }]);
    expect(await tell('review.posted', { score: 2, issue: '色差' })).toBe('applied');
    expect((await facts()).review).toEqual({ score: 2, issue: '色差' });
    expect(await rows('FU-46')).toMatchObject([{ state: 'cancelled' }]);
    expect(await rows('FU-33', buyer.buyerId)).toHaveLength(1);
  });

  test('a ship-by time is watched, and no more once the parcel has left', async () => {
    await tell('order.paid', {});
    await tell('order.shipByChanged', { promisedShipBy: new Date(desk.clock.now() + 48 * HOUR).toISOString() });
    expect(await rows('FU-12')).toMatchObject([{ state: 'planned' }]);
    await tell('order.shipped', { trackingNo: 'ZT1', handedOver: true });
    expect(await rows('FU-12')).toMatchObject([{ state: 'cancelled', reason: 'shipped' }]);
  });

  test('what comes too late is kept and announces nothing', async () => {
    await tell('order.paid', {});
    await tell('order.signed', {});
    expect(await tell('order.shipped', { carrier: 'ZTO', trackingNo: 'ZT1', handedOver: true })).toBe('applied');
    expect(await order()).toMatchObject({ state: 'signed', facts: { carrier: 'ZTO', trackingNo: 'ZT1' } });
    expect(await rows('FU-31')).toEqual([]);
  });

  test.each([
    ['an unknown state', 'refund.updated', { refundId: 'R', state: 'none' }, /data\.state/],
    ['a carrier in words', 'order.shipped', { carrier: '中通' }, /data\.carrier/],
    ['a weight below nothing', 'order.packed', { slipWeightKg: -1 }, /data\.slipWeightKg/],
    ['six stars', 'review.posted', { score: 6 }, /data\.score/],
    ['half a day', 'tracking.updated', { etaDays: 0.5 }, /data\.etaDays/],
    ['a colour that is no flag', 'order.noteChanged', { notes: [], flag: 'pink' }, /data\.flag/],
    ['a time of no zone', 'order.shipByChanged', { promisedShipBy: '2027-05-12 14:00' }, /data\.promisedShipBy/],
    ['a field nobody knows', 'order.completed', { by: 'buyer' }, /data|by/],
  ])('refuses %s and says where', async (_what, type, data, place) => {
    const response = await desk.tell(type, { orderId, ...data });
    expect(response.status).toBe(400);
    expect(((await response.json()) as { message: string }).message).toMatch(place);
  });

  test('any order of a life’s deliveries ends in the same order, facts and timers', async () => {
    const start = desk.clock.now();
    const life = (id: string): [number, string, object][] => [
      [0, 'order.created', { buyerId: buyer.buyerId, amount: 159, items: [{ title: '速干长裤', qty: 1 }] }],
      [1, 'order.priceChanged', { amount: 149 }],
      [2, 'order.paid', {}],
      [3, 'order.packed', { packingList: ['速干长裤'], slipWeightKg: 0.5 }],
      [4, 'order.shipped', { carrier: 'ZTO', trackingNo: `ZT-${id}`, handedOver: true }],
      [5, 'tracking.updated', { trackingNo: `ZT-${id}`, lastScan: '派件中', exception: null }],
      [6, 'order.signed', {}],
      [7, 'refund.updated', { refundId: `R-${id}`, state: 'wait_seller_agree', type: 'return' }],
      [8, 'refund.updated', { refundId: `R-${id}`, state: 'wait_buyer_return', trackingNo: null }],
      [9, 'refund.updated', { refundId: `R-${id}`, state: 'refunded' }],
      [10, 'order.completed', {}],
    ];
    desk.clock.advance(HOUR);
    const looks: unknown[] = [];
    for (let seed = 0; seed < 6; seed++) {
      const id = `P-${++serial}`;
      await deliverUntilTaken(id, start, seed === 0 ? life(id) : shuffle(life(id), seed));
      const { facts: told, refund, state, amountFen, paidAt } = (await desk.app.ledger.orders.find('demo', id))!;
      const live = (await desk.followUps(buyer.buyerId)).filter(
        (row) =>
          row.subject === id && row.state === 'planned' && ['FU-01', 'FU-02', 'FU-03', 'FU-04'].includes(row.rule),
      );
      const text = JSON.stringify({ told, refund, state, amountFen, paidAt, reminders: live.length });
      looks.push(JSON.parse(text.replaceAll(id, 'ID')));
    }
    expect(looks[0]).toMatchObject({
      state: 'completed',
      amountFen: 14_900,
      refund: { state: 'refunded' },
      reminders: 0,
    });
    for (const one of looks) expect(one).toEqual(looks[0]);
  });

  /** As a sender does it: what is refused because the order is not known yet is delivered again. */
  async function deliverUntilTaken(id: string, start: number, life: [number, string, object][]): Promise<void> {
    let waiting = life.map(([minute, type, data]) => ({
      delivery: `${id}-${type}-${minute}`,
      body: JSON.stringify({
        type,
        at: new Date(start + minute * MINUTE).toISOString(),
        data: { orderId: id, ...data },
      }),
    }));
    for (let round = 0; waiting.length > 0 && round < 3; round++) {
      const refused: typeof waiting = [];
      for (const one of waiting) {
        const response = await deliver(desk.app, desk.clock, one.body, { id: one.delivery });
        if (response.status === 404) refused.push(one);
        else expect(response.status).toBe(200);
      }
      waiting = refused;
    }
    expect(waiting).toEqual([]);
  }
});

/** The same mixture for the same seed. */
function shuffle<T>(list: readonly T[], seed: number): T[] {
  return list
    .map((item, index) => ({ item, at: Math.sin(seed * 97 + index * 13) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
