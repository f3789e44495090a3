/** What a change of an order means to the timers: an event for each thing that came true with this delivery. */
import type { EventOf, FollowUpEvent, FollowUpEventType } from '../followups/events.ts';
import { isHandedOver, refundForm } from '../orders/derive-order.ts';
import type { Order } from '../orders/ports.ts';
import type { OrderEvent } from '../protocol/order-events.ts';

/** A review up to this score asks for a contact. @see FU-33 */
const LOW_SCORE = 3;
const IN_HAND = ['unpaid', 'paid', 'printed'];

/**
 * The events, oldest first. A delivery that comes late tells only what still matters: goods that were signed for are
 * not announced as shipped.
 */
export function tellOrderChange(before: Order, after: Order, event: OrderEvent): FollowUpEvent[] {
  const atMs = Date.parse(event.at);
  const { id: orderId, buyerId } = after;
  const became = (state: Order['state']) => after.state === state && before.state !== state;
  const one = <T extends FollowUpEventType>(type: T, data: EventOf<T>['data'], when: boolean): FollowUpEvent[] =>
    when ? [{ type, atMs, data } as FollowUpEvent] : [];
  switch (event.type) {
    case 'order.autoCloseChanged': {
      const moved = after.state === 'unpaid' && after.autoCloseAt !== before.autoCloseAt && after.autoCloseAt !== null;
      return one(event.type, { orderId, autoCloseAt: new Date(after.autoCloseAt ?? 0).toISOString() }, moved);
    }
    case 'order.paid':
      return one(event.type, { orderId }, before.paidAt === null);
    case 'order.closed':
      return event.data.by === 'refund' ? [] : one(event.type, { orderId, by: event.data.by }, became('closed'));
    case 'order.merged':
      return one(event.type, { orderId, intoOrderId: event.data.intoOrderId }, became('closed'));
    case 'order.shipByChanged':
      return one(
        'timer.asked',
        { rule: 'FU-12', subjectId: orderId, buyerId, byAt: event.data.promisedShipBy },
        IN_HAND.includes(after.state) && after.facts.promisedShipBy !== before.facts.promisedShipBy,
      );
    case 'order.shipped':
    case 'tracking.updated':
      return shipped(before, after, event, atMs);
    case 'order.signed':
      return one(event.type, { orderId, buyerId }, became('signed'));
    case 'order.completed':
      return one(event.type, { orderId, buyerId }, became('completed'));
    case 'refund.updated':
      return refundChange(before, after, event.data.refundId, atMs);
    case 'return.arrived':
      return (['FU-41', 'FU-48'] as const).flatMap((rule) =>
        one('timer.settled', { rule, subjectId: orderId, buyerId }, before.feed?.first.returned === undefined),
      );
    case 'review.posted':
      return [
        ...one('timer.settled', { rule: 'FU-46', subjectId: orderId, buyerId }, true),
        ...one('timer.asked', { rule: 'FU-33', subjectId: buyerId, buyerId }, event.data.score <= LOW_SCORE),
      ];
    case 'warehouse.reported':
      return one('timer.settled', { rule: 'FU-43', subjectId: orderId, buyerId }, event.data.checkedAt !== undefined);
    default:
      return [];
  }
}

/** On its way for the first time, scanned for the first time, or sent once more under another number. */
function shipped(
  before: Order,
  after: Order,
  event: Extract<OrderEvent, { type: 'order.shipped' | 'tracking.updated' }>,
  atMs: number,
): FollowUpEvent[] {
  const { trackingNo, carrier } = after.facts;
  const scanned = isHandedOver(after.feed!) === true;
  const isNews =
    before.state !== 'shipped' ||
    trackingNo !== before.facts.trackingNo ||
    (scanned && before.facts.handedOver !== true);
  if (after.state !== 'shipped' || !isNews) return [];
  const items = event.type === 'order.shipped' ? event.data.items : undefined;
  return [
    {
      type: 'order.shipped',
      atMs,
      data: {
        orderId: after.id,
        buyerId: after.buyerId,
        handedOver: scanned,
        ...(carrier === undefined ? {} : { carrier }),
        ...(trackingNo === undefined ? {} : { trackingNo }),
        ...(items
          ? { items: items.map(({ title, rating }) => ({ title, ...(rating === undefined ? {} : { rating }) })) }
          : {}),
      },
    },
  ];
}

function refundChange(before: Order, after: Order, refundId: string, atMs: number): FollowUpEvent[] {
  const form = refundForm(after.feed!, refundId)!;
  const known = before.feed ? refundForm(before.feed, refundId) : undefined;
  const { state, trackingNo, closesAt } = form.facts;
  const told = (one: typeof form | undefined) =>
    JSON.stringify([one?.facts.state, one?.facts.trackingNo, one?.facts.closesAt, one?.carrier]);
  if (state === 'none' || told(form) === told(known)) return [];
  return [
    {
      type: 'refund.updated',
      atMs,
      data: {
        refundId,
        orderId: after.id,
        buyerId: after.buyerId,
        state,
        ...(trackingNo === undefined ? {} : { trackingNo }),
        ...(closesAt === undefined ? {} : { closesAt }),
        ...(form.carrier === undefined ? {} : { carrier: form.carrier }),
      },
    },
  ];
}
