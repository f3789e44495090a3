/** What the feed has told of an order: the same whatever order the deliveries come in, and however often. */
import { describe, expect, test } from 'vitest';
import { deriveOrder, etaDaysOf, feedGroups, feedOf, returnFacts } from '../../src/orders/derive-order.ts';
import { foldOrderEvent, type LaterOrderEvent } from '../../src/orders/fold-order-event.ts';
import type { Order } from '../../src/orders/ports.ts';
import { OrderEventSchema } from '../../src/protocol/order-events.ts';

const START = Date.parse('2027-05-12T14:00:00+08:00');
const DAY = 86_400_000;

/** An event so many minutes after the order was placed. */
function event(minute: number, type: string, data: object): LaterOrderEvent {
  const at = new Date(START + minute * 60_000).toISOString();
  return OrderEventSchema.parse({ type, at, data: { orderId: 'A1', ...data } }) as LaterOrderEvent;
}

const placed: Order = {
  shopId: 's',
  id: 'A1',
  buyerId: 'b1',
  state: 'unpaid',
  amountFen: 10_000,
  facts: { id: 'A1', state: 'unpaid', items: [{ title: '速干长裤', qty: 1 }], slipPrinted: false },
  refund: null,
  afterChat: true,
  placedAt: START,
  paidAt: null,
  autoCloseAt: START + 3 * DAY,
  closedAt: null,
  readAt: START,
};

function told(...events: LaterOrderEvent[]): Order {
  return events.reduce((order, one) => {
    const feed = feedOf(order);
    foldOrderEvent(feed, one);
    return deriveOrder(order, feed);
  }, placed);
}

/** The whole life of an order, its parcel and its return. */
const LIFE: LaterOrderEvent[] = [
  event(1, 'order.priceChanged', { amount: 95, visible: true }),
  event(2, 'order.autoCloseChanged', { autoCloseAt: new Date(START + 4 * DAY).toISOString() }),
  event(5, 'order.paid', { amount: 90 }),
  event(6, 'order.noteChanged', { notes: ['请发中通'], flag: 'red' }),
  event(7, 'order.addressChanged', { address: { receiver: '王*' } }),
  event(8, 'order.shipByChanged', { promisedShipBy: new Date(START + 2 * DAY).toISOString() }),
  event(10, 'order.printed', {}),
  event(11, 'order.packed', { packingList: ['速干长裤'], split: false, slipWeightKg: 0.6 }),
  event(12, 'order.shipped', { carrier: 'ZTO', trackingNo: 'ZT1' }),
  event(13, 'tracking.updated', { trackingNo: 'ZT1', lastScan: '已揽收', handedOver: true, etaDays: 3 }),
  event(14, 'tracking.updated', { trackingNo: 'ZT1', lastScan: '到达转运中心', exception: null }),
  event(20, 'order.signed', {}),
  event(21, 'review.posted', { score: 2, issue: '开线' }),
  event(22, 'refund.updated', { refundId: 'R1', state: 'wait_seller_agree', type: 'return', amount: 90 }),
  event(23, 'refund.updated', { refundId: 'R1', state: 'wait_buyer_return', trackingNo: null }),
  event(24, 'order.deadlineChanged', { tradeDeadline: new Date(START + 20 * DAY).toISOString() }),
  event(25, 'refund.updated', { refundId: 'R1', state: 'return_shipped', trackingNo: 'SF9', carrier: 'SF' }),
  event(26, 'return.arrived', { sound: true }),
  event(27, 'order.noteChanged', { notes: ['退货'], flag: 'blue' }),
  event(28, 'refund.updated', { refundId: 'R1', state: 'refunded' }),
];

/** Numbers that look like chance and are the same each time. */
function shuffled<T>(list: readonly T[], seed: number): T[] {
  let state = seed * 2_654_435_761;
  const next = () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
  return list
    .map((item) => ({ item, at: next() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}

const looks = (order: Order) => ({ ...order, groups: feedGroups(order, START + DAY), more: returnFacts(order) });

describe('what the feed has told', () => {
  test('is all there at the end of a life', () => {
    const order = told(...LIFE);
    expect(order).toMatchObject({
      state: 'signed',
      amountFen: 9000,
      paidAt: START + 5 * 60_000,
      refund: { state: 'refunded', type: 'return', amount: 90, trackingNo: 'SF9' },
      facts: { carrier: 'ZTO', trackingNo: 'ZT1', handedOver: true, inParcel: true, notes: ['退货'] },
    });
    expect(feedGroups(order, START + DAY)).toMatchObject({
      tracking: { lastScan: '到达转运中心', exception: null },
      slip: { weight: 0.6 },
      parcel: { packingList: ['速干长裤'], split: false },
      priceEdit: { oldAmount: 100, newAmount: 95, visible: true },
      review: { score: 2, issue: '开线' },
    });
    expect(returnFacts(order)).toEqual({ arrivedAt: START + 26 * 60_000, sound: true, flag: 'blue' });
  });

  test('is the same in five hundred orders of delivery, some of them repeated', () => {
    const straight = looks(told(...LIFE));
    for (let seed = 1; seed <= 500; seed++) {
      const deliveries = shuffled([...LIFE, ...shuffled(LIFE, seed).slice(0, seed % 7)], seed);
      expect(looks(told(...deliveries)), `seed ${seed}`).toEqual(straight);
    }
  });

  test('is the same where two deliveries speak of one moment', () => {
    const same = [
      event(5, 'order.priceChanged', { amount: 80 }),
      event(5, 'order.priceChanged', { amount: 70 }),
      event(5, 'refund.updated', { refundId: 'R1', state: 'closed' }),
      event(5, 'refund.updated', { refundId: 'R1', state: 'wait_seller_agree' }),
      event(5, 'order.noteChanged', { notes: ['甲'] }),
      event(5, 'order.noteChanged', { notes: ['乙'] }),
    ];
    expect(looks(told(...same.toReversed()))).toEqual(looks(told(...same)));
  });

  test.each([
    ['a payment outweighs a close', [event(9, 'order.closed', { by: 'platform' }), event(3, 'order.paid', {})], 'paid'],
    ['an order that lapsed is closed', [event(9, 'order.closed', { by: 'platform' })], 'closed'],
    [
      'a full refund closes a signed order',
      [event(9, 'order.closed', { by: 'refund' }), event(3, 'order.signed', {})],
      'closed',
    ],
    ['a printed slip before the payment is no state yet', [event(1, 'order.printed', {})], 'unpaid'],
    ['a packed order is printed', [event(2, 'order.packed', {}), event(1, 'order.paid', {})], 'printed'],
    ['a completed order stays so', [event(9, 'order.completed', {}), event(3, 'order.shipped', {})], 'completed'],
    ['a merged order is gone', [event(2, 'order.merged', { intoOrderId: 'A2' }), event(9, 'order.paid', {})], 'closed'],
  ])('%s', (_what, events, state) => {
    expect(told(...events).state).toBe(state);
    expect(told(...events.toReversed()).state).toBe(state);
  });

  test('a refund form goes on where it was opened again, and never after the money', () => {
    const closed = event(5, 'refund.updated', { refundId: 'R1', state: 'closed' });
    const again = event(9, 'refund.updated', { refundId: 'R1', state: 'wait_seller_agree' });
    const paid = event(7, 'refund.updated', { refundId: 'R1', state: 'refunded' });
    expect(told(again, closed).refund).toMatchObject({ state: 'wait_seller_agree' });
    expect(told(again, closed).refund).not.toHaveProperty('closedAt');
    expect(told(paid, again, closed).refund).toMatchObject({ state: 'refunded' });
  });

  test('the open form counts before a newer one that is closed', () => {
    const open = event(1, 'refund.updated', { refundId: 'R1', state: 'wait_buyer_return' });
    const newer = event(5, 'refund.updated', { refundId: 'R2', state: 'closed' });
    expect(told(open, newer).refund).toMatchObject({ state: 'wait_buyer_return' });
  });

  test('a second parcel is not handed over by the scan of the first', () => {
    const first = event(1, 'order.shipped', { trackingNo: 'ZT1', handedOver: true });
    const second = event(9, 'order.shipped', { trackingNo: 'ZT2' });
    const old = event(12, 'tracking.updated', { trackingNo: 'ZT1', lastScan: '旧包裹' });
    expect(told(second, old, first).facts).toMatchObject({ trackingNo: 'ZT2', handedOver: false });
    expect(feedGroups(told(second, old, first), START + DAY).tracking).toBeUndefined();
  });

  test('days to arrival grow fewer by themselves', () => {
    const order = told(event(0, 'tracking.updated', { etaDays: 3 }));
    expect(etaDaysOf(order, START)).toBe(3);
    expect(etaDaysOf(order, START + 2 * DAY)).toBe(1);
    expect(etaDaysOf(order, START + 9 * DAY)).toBe(0);
    expect(etaDaysOf(told(event(0, 'tracking.updated', { etaDays: null })), START)).toBeNull();
    expect(etaDaysOf(placed, START)).toBeUndefined();
  });

  test('an order written before the feed was kept goes on from its row', () => {
    const shippedAt = new Date(START).toISOString();
    const row: Order = {
      ...placed,
      state: 'shipped',
      paidAt: START,
      facts: { ...placed.facts, shippedAt, handedOver: true },
    };
    const feed = feedOf(row);
    foldOrderEvent(feed, event(3, 'order.signed', {}));
    expect(deriveOrder(row, feed)).toMatchObject({
      state: 'signed',
      amountFen: 10_000,
      facts: { handedOver: true, shippedAt },
    });
  });
});
