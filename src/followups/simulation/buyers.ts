/** Made-up buyers: how they order, pay, write, change their minds and send things back. Shares are of all orders. */
import type { ShopCalendar } from '../calendar.ts';
import type { EventOf, FollowUpEventType } from '../events.ts';
import type { Agenda, LoggedEvent, LoggedSend } from './month.ts';
import { followParcel } from './parcels.ts';
import type { Random } from './random.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** Orders a buyer gives in a month, on average. */
const ORDERS_A_BUYER = 1.4;
/** How many of 148 orders fall into each hour of the day. */
const BUSY = [2, 1, 1, 1, 1, 1, 2, 3, 5, 8, 10, 9, 7, 7, 9, 9, 8, 7, 7, 9, 12, 13, 10, 6];
const ORDER_HOURS = BUSY.flatMap((count, hour) => Array.from({ length: count }, () => hour));
const ZONES = ['America/New_York', 'Europe/London', 'Asia/Tokyo', 'Australia/Sydney'];
const CLOSES_AFTER_HOURS = [24, 48, 72, 72, 72];

/** What a buyer will do about an order if nobody writes. */
type Temper = 'prompt' | 'slow' | 'forgetful' | 'gone';

/** An order as its buyer sees it. */
export interface SimulatedOrder {
  orderId: string;
  buyerId: string;
  temper: Temper;
  state: 'unpaid' | 'paid' | 'closed' | 'merged';
}

/** What buyers and desk act with. */
export interface World {
  random: Random;
  calendar: ShopCalendar;
  /** Plans something; what it gives happens at that moment. */
  at(ms: number, act: () => (LoggedEvent | null)[]): void;
  tell<T extends FollowUpEventType>(buyerId: string, type: T, atMs: number, data: EventOf<T>['data']): LoggedEvent;
  /** A buyer writes, and somebody or the away reply answers. */
  write(order: SimulatedOrder, atMs: number, data?: Partial<EventOf<'message.buyer'>['data']>): void;
}

/** The buyers of a month. */
export interface Buyers {
  ids: string[];
  /** A touch reached its buyer or its agent, who acts on it. */
  onTouch(send: LoggedSend): void;
}

/** Creates the buyers and puts what they do first on the agenda. */
export function createBuyers(options: {
  orders: number;
  startMs: number;
  endMs: number;
  calendar: ShopCalendar;
  random: Random;
  agenda: Agenda;
}): Buyers {
  const { random, startMs, endMs } = options;
  const world = createWorld(options);
  const known = new Map<string, SimulatedOrder>();
  const ids = Array.from({ length: Math.max(1, Math.round(options.orders / ORDERS_A_BUYER)) }, (_, i) => `b${i + 1}`);
  for (const buyerId of ids) {
    if (!random.chance(0.04)) continue;
    const timeZone = random.pick(ZONES);
    world.at(startMs, () => [world.tell(buyerId, 'buyer.located', startMs, { buyerId, timeZone })]);
  }
  for (let i = 1; i <= options.orders; i++) {
    const order: SimulatedOrder = {
      orderId: `o${i}`,
      buyerId: random.pick(ids),
      temper: pickTemper(random),
      state: 'unpaid',
    };
    known.set(order.orderId, order);
    placeOrder(world, order, momentOf(random, startMs, endMs));
  }
  for (const buyerId of ids) if (random.chance(0.15)) onlyAsk(world, buyerId, momentOf(random, startMs, endMs));
  return {
    ids,
    onTouch(send) {
      const order = send.orderId === null ? undefined : known.get(send.orderId);
      if (order && order.state === 'unpaid' && send.mode !== 'T') answerReminder(world, order, send.atMs);
      if (send.rule === 'FU-46' && random.chance(0.01)) optOut(world, send.buyerId, send.atMs + MINUTE, 'all');
    },
  };
}

function createWorld({ random, calendar, agenda }: { random: Random; calendar: ShopCalendar; agenda: Agenda }): World {
  const tell: World['tell'] = (buyerId, type, atMs, data) => ({
    buyerId,
    event: { type, atMs, data } as LoggedEvent['event'],
  });
  const at: World['at'] = (atMs, act) => agenda.add({ atMs, act: () => act().filter((line) => line !== null) });
  return {
    random,
    calendar,
    tell,
    at,
    write({ buyerId }, atMs, data = {}) {
      const conversationId = `c-${buyerId}`;
      at(atMs, () => [
        tell(buyerId, 'message.buyer', atMs, { buyerId, conversationId, text: '', intents: [], ...data }),
      ]);
      const opensMs = calendar.isInShift(atMs) ? atMs : (calendar.nextShiftStart(atMs) ?? atMs + DAY);
      if (opensMs > atMs) {
        const away = { buyerId, conversationId, script: 'SCR-04', replyByHour: '10:00' } as const;
        at(atMs + 2000, () => [tell(buyerId, 'message.auto', atMs + 2000, away)]);
      }
      const answeredMs = opensMs + random.between(20_000, 9 * MINUTE);
      at(answeredMs, () => [
        tell(buyerId, 'message.agent', answeredMs, { agentId: 'a1', buyerId, conversationId, text: '' }),
      ]);
    },
  };
}

function pickTemper(random: Random): Temper {
  const share = random.next();
  return share < 0.62 ? 'prompt' : share < 0.76 ? 'slow' : share < 0.92 ? 'forgetful' : 'gone';
}

/** A moment of the month, as often by day as shops see it. */
function momentOf(random: Random, startMs: number, endMs: number): number {
  const day = random.between(0, Math.round((endMs - startMs) / DAY));
  return startMs + day * DAY + random.pick(ORDER_HOURS) * HOUR + random.between(0, HOUR);
}

/** Orders, perhaps after a chat, and then does what its buyer's temper says. */
function placeOrder(world: World, order: SimulatedOrder, atMs: number): void {
  const { random, at, tell } = world;
  const { orderId, buyerId } = order;
  const afterChat = random.chance(0.4);
  if (afterChat) world.write(order, atMs - random.between(10 * MINUTE, HOUR));
  const closesAtMs = atMs + random.pick(CLOSES_AFTER_HOURS) * HOUR;
  const autoCloseAt = new Date(closesAtMs).toISOString();
  at(atMs, () => [tell(buyerId, 'order.created', atMs, { orderId, buyerId, afterChat, amount: 159, autoCloseAt })]);
  at(closesAtMs, () => closeOrder(world, order, closesAtMs, 'platform'));
  if (order.temper === 'prompt') payAt(world, order, atMs + random.between(MINUTE, 15 * MINUTE));
  if (order.temper === 'slow') payAt(world, order, atMs + random.between(20 * MINUTE, 40 * HOUR));
  if (order.temper === 'prompt') return;
  const laterMs = atMs + random.between(5 * MINUTE, 20 * HOUR);
  if (random.chance(0.1)) nameATime(world, order, laterMs);
  else if (random.chance(0.06)) world.write(order, laterMs);
  else if (random.chance(0.04)) world.write(order, laterMs, { declined: true });
  else if (random.chance(0.05)) at(laterMs, () => closeOrder(world, order, laterMs, 'buyer'));
}

/** A chat that ends without an order: the buyer thinks again, or is registered as asked-not-ordered. */
function onlyAsk(world: World, buyerId: string, atMs: number): void {
  const chat: SimulatedOrder = { orderId: '', buyerId, temper: 'gone', state: 'closed' };
  if (world.random.chance(0.5)) world.write(chat, atMs, { intents: ['INT-GEN-05'] });
  else world.write(chat, atMs, { prospect: true });
}

function payAt(world: World, order: SimulatedOrder, atMs: number): void {
  const { orderId, buyerId } = order;
  world.at(atMs, () => {
    if (order.state !== 'unpaid') return [];
    order.state = 'paid';
    followParcel(world, order, atMs);
    return [world.tell(buyerId, 'order.paid', atMs, { orderId })];
  });
}

function closeOrder(world: World, order: SimulatedOrder, atMs: number, by: 'buyer' | 'platform'): LoggedEvent[] {
  if (order.state !== 'unpaid') return [];
  order.state = 'closed';
  return [world.tell(order.buyerId, 'order.closed', atMs, { orderId: order.orderId, by })];
}

/** Names a time to pay, and half of the time keeps it. */
function nameATime(world: World, order: SimulatedOrder, atMs: number): void {
  const promisedMs = atMs + world.random.between(HOUR, 20 * HOUR);
  world.write(order, atMs, { promisedAt: new Date(promisedMs).toISOString() });
  if (world.random.chance(0.5)) payAt(world, order, promisedMs - world.random.between(0, HOUR));
}

/** What a reminder brings about. */
function answerReminder(world: World, order: SimulatedOrder, atMs: number): void {
  const { random } = world;
  const soonMs = atMs + random.between(2 * MINUTE, 5 * HOUR);
  const willing = { prompt: 0.8, slow: 0.4, forgetful: 0.4, gone: 0.03 }[order.temper];
  if (random.chance(willing)) payAt(world, order, soonMs);
  else if (random.chance(0.08)) nameATime(world, order, soonMs);
  else if (random.chance(0.05)) world.write(order, soonMs, { declined: true });
  else if (random.chance(0.03)) optOut(world, order.buyerId, soonMs, random.pick(['reminders', 'all']));
}

function optOut(world: World, buyerId: string, atMs: number, scope: 'reminders' | 'all'): void {
  world.at(atMs, () => [world.tell(buyerId, 'buyer.optout', atMs, { buyerId, scope })]);
}
