/** An event of the order feed: the order, its timers and the delivery's id in one commit. */

import type { FollowUpEvent } from '../followups/events.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import type { Order } from '../orders/ports.ts';
import type { OrderEvent } from '../protocol/http.ts';
import type { Desk } from './desk.ts';
import { tellTimers } from './plan-follow-ups.ts';
import type { Stores } from './ports.ts';
import { suggestAgain } from './suggest-again.ts';

/** What a delivery came to. */
export type OrderEffect = 'applied' | 'repeated' | 'ignored';

/** Lifetime of an unpaid order where the feed does not tell. @see POL-06 */
const UNPAID_LIFETIME_MS = 72 * 3_600_000;
/** A chat this short a time before makes an order one "after a chat". @see BF-20 */
const CHAT_BEFORE_MS = 7 * 24 * 3_600_000;

/**
 * Applies an event once by its delivery id. An event that tells nothing new (a payment of a paid order, a state
 * that was passed already) changes nothing.
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
  const outcome = await desk.ledger.transaction(async (stores) => {
    const fresh = await stores.orders.noteDelivery(shopId, 'orders', deliveryId, nowMs);
    if (!fresh) return { effect: 'repeated' as const };
    if (event.type === 'feed.alive') return { effect: 'applied' as const };
    const change =
      event.type === 'order.created'
        ? await createOrder(stores, shopId, event, nowMs)
        : await changeOrder(stores, shopId, event, nowMs);
    if (!change) return { effect: 'ignored' as const };
    await stores.orders.save(change.order);
    for (const timerEvent of change.events) await tellTimers(stores, desk, shop, timerEvent, change.order.buyerId);
    return { effect: 'applied' as const, buyerId: change.order.buyerId };
  });
  // Not inside: the shop's row would be locked from here to the commit, and its events would wait for each other.
  if (outcome.effect !== 'repeated') await desk.ledger.orders.touchFeed(shopId, 'orders', nowMs);
  desk.window.forget(shopId);
  if ('buyerId' in outcome && outcome.buyerId !== undefined) {
    desk.bus.publish({ type: 'orders.changed', shopId, buyerId: outcome.buyerId });
    desk.bus.publish({ type: 'lists.changed', shopId, lists: ['counters', 'followUps'] });
    await renewSuggestions(desk, shopId, outcome.buyerId);
  }
  return outcome.effect;
}

/** What the order says has changed: live suggestions that rested on it are withdrawn, and new ones take their place. */
async function renewSuggestions(desk: Desk, shopId: string, buyerId: string): Promise<void> {
  const nowMs = desk.clock.now();
  const { id } = await desk.ledger.conversations.open(shopId, buyerId, 'web', createId('conversation', nowMs), nowMs);
  const live = await desk.ledger.suggestions.live(shopId, id);
  if (!live) return;
  const context = await desk.ledger.context({ shopId, conversationId: id });
  if (context) await suggestAgain(desk, context, live);
}

interface OrderChange {
  order: Order;
  events: FollowUpEvent[];
}

type CreatedEvent = Extract<OrderEvent, { type: 'order.created' }>;
type LaterEvent = Exclude<OrderEvent, { type: 'order.created' | 'feed.alive' }>;

async function createOrder(
  stores: Stores,
  shopId: string,
  event: CreatedEvent,
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
    order,
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
  event: LaterEvent,
  nowMs: number,
): Promise<OrderChange | undefined> {
  const known = await stores.orders.lock(shopId, event.data.orderId);
  if (!known) throw new DeskError('not_found', `order ${event.data.orderId} was never created on this desk`);
  const atMs = Date.parse(event.at);
  const order: Order = { ...known, readAt: nowMs };
  const { orderId } = event.data;
  switch (event.type) {
    case 'order.autoCloseChanged':
      if (known.state !== 'unpaid') return undefined;
      order.autoCloseAt = Date.parse(event.data.autoCloseAt);
      return { order, events: [{ type: event.type, atMs, data: { orderId, autoCloseAt: event.data.autoCloseAt } }] };
    case 'order.paid':
      if (known.paidAt !== null || known.state === 'closed') return undefined;
      order.paidAt = atMs;
      order.state = 'paid';
      if (event.data.amount !== undefined) order.amountFen = Math.round(event.data.amount * 100);
      return { order, events: [{ type: event.type, atMs, data: { orderId } }] };
    case 'order.closed':
      if (known.state !== 'unpaid') return undefined;
      order.state = 'closed';
      order.closedAt = atMs;
      return { order, events: [{ type: event.type, atMs, data: { orderId, by: event.data.by } }] };
    case 'order.shipped': {
      if (known.state === 'signed' || known.state === 'completed' || known.state === 'closed') return undefined;
      const { carrier, trackingNo, handedOver } = event.data;
      order.state = 'shipped';
      order.facts = {
        ...known.facts,
        shippedAt: event.at,
        handedOver,
        slipPrinted: true,
        ...(carrier === undefined ? {} : { carrier }),
        ...(trackingNo === undefined ? {} : { trackingNo }),
      };
      const data = {
        orderId,
        buyerId: known.buyerId,
        handedOver,
        ...(carrier === undefined ? {} : { carrier }),
        ...(trackingNo === undefined ? {} : { trackingNo }),
      };
      return { order, events: [{ type: event.type, atMs, data }] };
    }
    case 'order.signed':
      if (known.state === 'signed' || known.state === 'completed' || known.state === 'closed') return undefined;
      order.state = 'signed';
      order.facts = { ...known.facts, signedAt: event.at };
      return { order, events: [{ type: event.type, atMs, data: { orderId, buyerId: known.buyerId } }] };
  }
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
