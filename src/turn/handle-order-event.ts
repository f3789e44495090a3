/** An event of the order feed: the order, its timers and the delivery's id in one commit. */

import { findRecord } from '../conversations/desk-records.ts';
import type { FollowUpEvent } from '../followups/events.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import { deriveOrder, etaDaysOf, feedGroups, feedOf, returnFacts } from '../orders/derive-order.ts';
import { foldOrderEvent, type LaterOrderEvent } from '../orders/fold-order-event.ts';
import type { Order } from '../orders/ports.ts';
import { FEED_SOURCES, type FeedSource, type OrderEvent, type OrderEventOf } from '../protocol/order-events.ts';
import { announceEnded } from './automatic-stop.ts';
import type { Desk, DeskList } from './desk.ts';
import { tellTimers } from './plan-follow-ups.ts';
import type { Stores } from './ports.ts';
import { renewAfterChange } from './renew-after-change.ts';
import { tellOrderChange } from './tell-order-change.ts';
import { settleParcel } from './watch-clocks.ts';

/** What a delivery came to. */
export type OrderEffect = 'applied' | 'repeated' | 'ignored';

/** Lifetime of an unpaid order where the feed does not tell. @see POL-06 */
const UNPAID_LIFETIME_MS = 72 * 3_600_000;
/** A chat this short a time before makes an order one "after a chat". @see BF-20 */
const CHAT_BEFORE_MS = 7 * 24 * 3_600_000;
const DONE: readonly Order['state'][] = ['signed', 'completed', 'closed'];

/**
 * Applies an event once by its delivery id. An event that tells nothing new (a payment of a paid order, a state
 * that was passed already) changes nothing, and whatever order deliveries come in, the order ends the same.
 *
 * @throws DeskError `not_found` for an order or buyer nobody told of
 */
export async function handleOrderEvent(
  desk: Desk,
  shopId: string,
  deliveryId: string,
  event: OrderEvent,
): Promise<OrderEffect> {
  const nowMs = desk.clock.now();
  const shop = await desk.shop(shopId);
  const advanced = event.type === 'order.completed' && (await isPostageAdvanced(desk, shopId, event.data.orderId));
  const outcome = await desk.ledger.transaction(async (stores) => {
    const fresh = await stores.orders.noteDelivery(shopId, 'orders', deliveryId, nowMs);
    if (!fresh) return { effect: 'repeated' as const };
    if (event.type === 'feed.alive') return { effect: 'applied' as const };
    const change =
      event.type === 'order.created'
        ? await createOrder(stores, shopId, event, nowMs)
        : await changeOrder(stores, shopId, event, nowMs, advanced);
    if (!change) return { effect: 'ignored' as const };
    await stores.orders.save(change.order);
    if (!change.isNews) return { effect: 'ignored' as const };
    const { id: orderId, buyerId, paidAt } = change.order;
    const isOver = change.before !== undefined && isParcelOver(change.before, change.order);
    // Before the book: the order of locks.
    const settled = isOver && (await settleParcel(stores, shopId, buyerId, nowMs));
    const ended = await stores.automatic.end(shopId, { buyerId, spareAway: true }, 'fact_changed', nowMs);
    for (const timerEvent of change.events) await tellTimers(stores, desk, shop, timerEvent, buyerId, 'web');
    if (event.type === 'order.paid' && paidAt !== null) {
      await stores.learning.notePayment(shopId, { orderId, buyerId, paidAt, at: nowMs });
    }
    return { effect: 'applied' as const, buyerId, ended, settled };
  });
  // Not inside: the shop's row would be locked from here to the commit, and its events would wait for each other.
  if (outcome.effect !== 'repeated') {
    for (const source of sourcesOf(event)) await desk.ledger.orders.touchFeed(shopId, source, nowMs);
  }
  desk.window.forget(shopId);
  if ('buyerId' in outcome && outcome.buyerId !== undefined) {
    announceEnded(desk, shopId, outcome.ended, 'fact_changed');
    desk.bus.publish({ type: 'orders.changed', shopId, buyerId: outcome.buyerId });
    const lists: DeskList[] = ['counters', 'followUps', ...(outcome.settled ? (['clocks', 'tasks'] as const) : [])];
    desk.bus.publish({ type: 'lists.changed', shopId, lists });
    await renewSuggestions(desk, shopId, outcome.buyerId);
  }
  return outcome.effect;
}

/** Signed for, completed, closed, or paid back: nothing of it is on its way any more. */
function isParcelOver(before: Order, after: Order): boolean {
  const isDone = ({ state, refund }: Order) => DONE.includes(state) || refund?.state === 'refunded';
  return isDone(after) && !isDone(before);
}

/** Who gave a sign of life with this delivery. @see SR-02 */
function sourcesOf(event: OrderEvent): readonly FeedSource[] {
  if (event.type === 'feed.alive') return event.data.sources ?? FEED_SOURCES;
  return [sourceOf(event.type)];
}

function sourceOf(type: OrderEvent['type']): FeedSource {
  if (type.startsWith('tracking.')) return 'tracking';
  return type.startsWith('warehouse.') || type === 'order.packed' ? 'warehouse' : 'orders';
}

/** What the order says has changed: live suggestions that rested on it are withdrawn, and new ones take their place. */
async function renewSuggestions(desk: Desk, shopId: string, buyerId: string): Promise<void> {
  const nowMs = desk.clock.now();
  const { id } = await desk.ledger.conversations.open(shopId, buyerId, 'web', createId('conversation', nowMs), nowMs);
  await renewAfterChange(desk, shopId, id);
}

interface OrderChange {
  /** Absent for a new order. */
  before?: Order;
  order: Order;
  events: FollowUpEvent[];
  /** What the desk sees of the order has changed. */
  isNews: boolean;
}

async function createOrder(
  stores: Stores,
  shopId: string,
  event: OrderEventOf<'order.created'>,
  nowMs: number,
): Promise<OrderChange | undefined> {
  const { orderId, buyerId, amount, items, autoCloseAt, address } = event.data;
  // Two deliveries may tell of the same new order at once: the second waits here for the first.
  const isFirst = await stores.orders.noteDelivery(shopId, 'order.created', orderId, nowMs);
  if (!isFirst || (await stores.orders.find(shopId, orderId))) return undefined;
  const buyer = await buyerNamed(stores, shopId, buyerId, nowMs);
  const placedAt = Date.parse(event.at);
  const talk = await stores.conversations.open(shopId, buyer, 'web', `cnv_${buyer}`.slice(0, 64), nowMs);
  const afterChat = talk.lastBuyerAt !== null && placedAt - talk.lastBuyerAt <= CHAT_BEFORE_MS;
  const autoCloseAtMs = autoCloseAt === undefined ? placedAt + UNPAID_LIFETIME_MS : Date.parse(autoCloseAt);
  const order: Order = {
    shopId,
    id: orderId,
    buyerId: buyer,
    state: 'unpaid',
    amountFen: Math.round(amount * 100),
    facts: {
      id: orderId,
      state: 'unpaid',
      items: items.map(({ title, sku, qty }) => ({ title, qty, ...(sku === undefined ? {} : { sku }) })),
      slipPrinted: false,
      ...(address ? { address: withoutUndefined(address) } : {}),
    },
    refund: null,
    afterChat,
    placedAt,
    paidAt: null,
    autoCloseAt: autoCloseAtMs,
    closedAt: null,
    readAt: nowMs,
  };
  return {
    order: { ...order, feed: { ...feedOf(order), read: { orders: nowMs } } },
    isNews: true,
    events: [
      {
        type: 'order.created',
        atMs: placedAt,
        data: { orderId, buyerId: buyer, afterChat, amount, autoCloseAt: new Date(autoCloseAtMs).toISOString() },
      },
    ],
  };
}

async function changeOrder(
  stores: Stores,
  shopId: string,
  event: LaterOrderEvent,
  nowMs: number,
  /** The buyer has paid postage that is the shop's. */
  advanced: boolean,
): Promise<OrderChange | undefined> {
  const before = await lockOrder(stores, shopId, event.data.orderId);
  if (event.type === 'order.merged') await checkMerge(stores, before, event.data.intoOrderId);
  const feed = feedOf(before);
  foldOrderEvent(feed, event);
  feed.read[sourceOf(event.type)] = nowMs;
  const order = { ...deriveOrder(before, feed), readAt: nowMs };
  const events = tellOrderChange(before, order, event);
  if (advanced && order.state === 'completed' && before.state !== 'completed') {
    const { id: subjectId, buyerId } = order;
    events.push({ type: 'timer.asked', atMs: Date.parse(event.at), data: { rule: 'FU-35', subjectId, buyerId } });
  }
  return { before, order, events, isNews: looksOf(order, nowMs) !== looksOf(before, nowMs) };
}

/** @throws DeskError `not_found`; the feed tells again later, when the order has come */
async function lockOrder(stores: Stores, shopId: string, orderId: string): Promise<Order> {
  const order = await stores.orders.lock(shopId, orderId);
  if (!order) throw new DeskError('not_found', `order ${orderId} was never created on this desk`);
  return order;
}

async function checkMerge(stores: Stores, { shopId, id, buyerId }: Order, intoOrderId: string): Promise<void> {
  const into = await stores.orders.find(shopId, intoOrderId);
  if (!into) throw new DeskError('not_found', `order ${intoOrderId} was never created on this desk`);
  if (intoOrderId === id || into.buyerId !== buyerId) {
    throw new DeskError('bad_request', `data.intoOrderId is ${intoOrderId}: must be another order of the same buyer`);
  }
}

/** All that the desk shows or says of an order, to see whether anything changed. */
function looksOf(order: Order, nowMs: number): string {
  const { state, amountFen, facts, refund, paidAt, autoCloseAt, closedAt } = order;
  const closing = state === 'unpaid' ? autoCloseAt : null;
  const groups = feedGroups({ ...order, feed: feedOf(order) }, nowMs);
  const others = [feedOf(order).last['arrivesAt/']?.value, etaDaysOf(order, nowMs), returnFacts(order)];
  return inOneOrder([state, amountFen, facts, refund, paidAt, closing, closedAt, groups, others]);
}

/** JSON with its keys sorted. */
function inOneOrder(value: unknown): string {
  return JSON.stringify(value, (_key, part) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** The buyer paid the way back for the shop: it is repaid when the trade completes. @see FU-35 */
async function isPostageAdvanced(desk: Desk, shopId: string, orderId: string): Promise<boolean> {
  const order = await desk.ledger.orders.find(shopId, orderId);
  if (!order) return false;
  const nowMs = desk.clock.now();
  const id = createId('conversation', nowMs);
  const { state } = await desk.ledger.conversations.open(shopId, order.buyerId, 'web', id, nowMs);
  const kept = findRecord(state.records, 'case', orderId)?.value;
  return kept?.['postageBearer'] === 'shop' && kept['returnAgreed'] === true;
}

/** The buyer by our id or by the shop's own; a buyer the feed names first is added. */
async function buyerNamed(stores: Stores, shopId: string, id: string, nowMs: number): Promise<string> {
  const known = await stores.people.buyer(shopId, id);
  if (known) return known.id;
  const added = await stores.people.saveBuyer(
    {
      shopId,
      id,
      channel: 'web',
      externalId: id,
      name: `买家${id.slice(-4)}`,
      tz: null,
      facts: {},
      profile: null,
      consent: {},
      optedOut: 'none',
      readAt: nowMs,
    },
    nowMs,
  );
  return added.id;
}

function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
