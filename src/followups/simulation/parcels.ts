/** What becomes of a paid order: shipped, signed, completed; lost, broken, sent back. */
import type { SimulatedOrder, World } from './buyers.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Plans a paid order's way. */
export function followParcel(world: World, order: SimulatedOrder, paidAtMs: number): void {
  const { random, at, tell } = world;
  const { orderId, buyerId } = order;
  if (random.chance(0.03)) {
    returnOrder(world, order, paidAtMs + random.between(HOUR, 10 * HOUR));
    return;
  }
  if (random.chance(0.02)) tellShortage(world, order, paidAtMs + random.between(4 * HOUR, 20 * HOUR));
  const shippedMs = paidAtMs + random.between(4 * HOUR, 44 * HOUR);
  const items = [{ title: '', rating: random.chance(0.1) ? 4.6 : 4.9 }];
  const handedOver = random.chance(0.9);
  at(shippedMs, () => [
    tell(buyerId, 'order.shipped', shippedMs, { orderId, buyerId, trackingNo: `T${orderId}`, handedOver, items }),
  ]);
  if (random.chance(0.015)) {
    openCase(world, order, shippedMs + 5 * DAY, 'lost');
    return;
  }
  const signedMs = shippedMs + random.between(30 * HOUR, 5 * DAY);
  at(signedMs, () => [tell(buyerId, 'order.signed', signedMs, { orderId, buyerId })]);
  const completedMs = signedMs + 10 * DAY;
  at(completedMs, () => [tell(buyerId, 'order.completed', completedMs, { orderId, buyerId })]);
  const troubleMs = signedMs + random.between(HOUR, 4 * DAY);
  if (random.chance(0.06)) returnOrder(world, order, troubleMs);
  else if (random.chance(0.01)) openCase(world, order, troubleMs, 'quality');
  else if (random.chance(0.005)) openCase(world, order, troubleMs, 'surplus');
}

/** Asks for the money back; most have told the desk before. */
function returnOrder(world: World, order: SimulatedOrder, atMs: number): void {
  const { random, at, tell } = world;
  const { orderId, buyerId } = order;
  if (random.chance(0.7)) world.write(order, atMs - random.between(5 * MINUTE, 2 * HOUR), { intents: ['INT-AS-01'] });
  const refund = { refundId: `r-${orderId}`, orderId, buyerId };
  const step = (ms: number, data: Parameters<typeof tell<'refund.updated'>>[3]) =>
    at(ms, () => [tell(buyerId, 'refund.updated', ms, data)]);
  step(atMs, { ...refund, state: 'wait_seller_agree' });
  const agreedMs = atMs + random.between(HOUR, 30 * HOUR);
  const closesMs = agreedMs + 7 * DAY;
  step(agreedMs, {
    ...refund,
    state: 'wait_buyer_return',
    trackingNo: null,
    closesAt: new Date(closesMs).toISOString(),
  });
  if (random.chance(0.15)) {
    step(closesMs, { ...refund, state: 'closed' });
    return;
  }
  const sentBackMs = agreedMs + random.between(DAY, 6.9 * DAY);
  step(sentBackMs, { ...refund, state: 'return_shipped', trackingNo: `R${orderId}` });
  step(sentBackMs + random.between(2 * DAY, 6 * DAY), { ...refund, state: 'refunded' });
}

function openCase(world: World, order: SimulatedOrder, atMs: number, kind: 'lost' | 'quality' | 'surplus'): void {
  const { random, at, tell } = world;
  const { orderId, buyerId } = order;
  world.write(order, atMs, { intents: [kind === 'lost' ? 'INT-LOG-02' : 'INT-AS-01'] });
  const openedMs = atMs + random.between(10 * MINUTE, 12 * HOUR);
  at(openedMs, () => [tell(buyerId, 'case.opened', openedMs, { orderId, buyerId, kind })]);
  const closedMs = openedMs + random.between(DAY, 9 * DAY);
  at(closedMs, () => [tell(buyerId, 'case.closed', closedMs, { orderId, buyerId })]);
}

/** An agent tells a buyer who is not there that the goods are late. @see FR-08 */
function tellShortage(world: World, { orderId, buyerId }: SimulatedOrder, atMs: number): void {
  const { calendar, random, at, tell } = world;
  const toldMs = calendar.isInShift(atMs) ? atMs : (calendar.nextShiftStart(atMs) ?? atMs) + 5 * MINUTE;
  at(toldMs, () => [
    tell(buyerId, 'message.agent', toldMs, {
      agentId: 'a1',
      buyerId,
      conversationId: `c-${buyerId}`,
      text: '',
      matter: 'shortage',
      orderId,
      buyerOnline: random.chance(0.3),
      channelsAllowed: ['sms'],
    }),
  ]);
}
