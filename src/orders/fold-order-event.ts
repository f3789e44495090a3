/** Folds one event of the feed into what was told of its order. */
import type { OrderEvent, OrderEventOf } from '../protocol/order-events.ts';
import { noteAmount, noteFirst, noteLast, type OrderFeed, type RefundFeed } from './order-feed.ts';

/** An event about an order that exists. */
export type LaterOrderEvent = Exclude<OrderEvent, { type: 'order.created' | 'feed.alive' }>;

type Fold<T extends LaterOrderEvent['type']> = (feed: OrderFeed, data: OrderEventOf<T>['data'], at: number) => void;

const DAY_MS = 86_400_000;

/** Furthest first, for two that speak of the same moment. */
const REFUND_RANKS = ['wait_seller_agree', 'wait_buyer_return', 'return_shipped', 'closed', 'refunded'];

const FOLDS: { [T in LaterOrderEvent['type']]: Fold<T> } = {
  'order.autoCloseChanged': (feed, { autoCloseAt }, at) => set(feed, 'autoCloseAt', Date.parse(autoCloseAt), at),
  'order.paid'(feed, { amount }, at) {
    noteFirst(feed, 'paid', at);
    if (amount !== undefined) noteAmount(feed, { at, rank: 2, value: { fen: toFen(amount), edit: false } });
  },
  'order.closed': (feed, { by }, at) => noteFirst(feed, by === 'refund' ? 'refunded' : 'closed', at),
  'order.merged': (feed, { intoOrderId }, at) => set(feed, 'mergedInto', intoOrderId, at),
  'order.priceChanged': (feed, { amount, visible }, at) =>
    noteAmount(feed, {
      at,
      rank: 1,
      value: { fen: toFen(amount), edit: true, ...(visible === undefined ? {} : { visible }) },
    }),
  'order.noteChanged'(feed, { notes, flag }, at) {
    set(feed, 'notes', notes, at);
    if (flag !== undefined) set(feed, 'flag', flag, at);
  },
  'order.addressChanged': (feed, { address }, at) => set(feed, 'address', address, at),
  'order.shipByChanged': (feed, { promisedShipBy }, at) => set(feed, 'promisedShipBy', promisedShipBy, at),
  'order.deadlineChanged': (feed, { tradeDeadline }, at) => set(feed, 'tradeDeadline', tradeDeadline, at),
  'order.printed': (feed, _data, at) => noteFirst(feed, 'printed', at),
  'order.packed'(feed, { packingList, split, trackingNos, slipWeightKg }, at) {
    noteFirst(feed, 'packed', at);
    setAll(feed, { packingList, split, trackingNos, slipWeightKg }, at);
  },
  'order.shipped'(feed, { carrier, trackingNo, handedOver }, at) {
    noteFirst(feed, 'shipped', at);
    setAll(feed, { carrier, trackingNo }, at);
    if (handedOver) noteScan(feed, trackingNo, at);
  },
  'order.signed': (feed, _data, at) => noteFirst(feed, 'signed', at),
  'order.completed': (feed, _data, at) => noteFirst(feed, 'completed', at),
  'tracking.updated'(feed, { trackingNo, lastScan, lastScanAt, exception, handedOver, etaDays }, at) {
    const of = `/${trackingNo ?? ''}`;
    const scannedAt = lastScanAt === undefined ? at : Date.parse(lastScanAt);
    if (lastScan !== undefined) set(feed, `scan${of}`, { lastScan, lastScanAt }, scannedAt);
    if (exception !== undefined) set(feed, `exception${of}`, exception, at);
    if (etaDays !== undefined) set(feed, `arrivesAt${of}`, etaDays === null ? null : at + etaDays * DAY_MS, at);
    if (handedOver === true) noteScan(feed, trackingNo, at);
  },
  'refund.updated': foldRefund,
  'return.arrived'(feed, { sound }, at) {
    noteFirst(feed, 'returned', at);
    if (sound !== undefined) set(feed, 'returnSound', sound, at);
  },
  'review.posted': (feed, { score, issue }, at) =>
    set(feed, 'review', { score, ...(issue === undefined ? {} : { issue }) }, at),
  'warehouse.reported'(feed, { slipWeightKg, orderId: _orderId, ...warehouse }, at) {
    setAll(feed, { slipWeightKg }, at);
    for (const [name, value] of Object.entries(warehouse)) set(feed, `warehouse/${name}`, value, at);
  },
};

/** Folds an event into the feed, which it changes. */
export function foldOrderEvent(feed: OrderFeed, event: LaterOrderEvent): void {
  const fold = FOLDS[event.type] as Fold<LaterOrderEvent['type']>;
  fold(feed, event.data as never, Date.parse(event.at));
}

function foldRefund(feed: OrderFeed, data: OrderEventOf<'refund.updated'>['data'], at: number): void {
  const { refundId, orderId: _orderId, state, ...fields } = data;
  const refund: RefundFeed = feed.refunds[refundId] ?? { openedAt: at, last: {} };
  feed.refunds[refundId] = refund;
  refund.openedAt = Math.min(refund.openedAt, at);
  if (state === 'refunded') refund.refundedAt = Math.min(refund.refundedAt ?? at, at);
  noteLast(refund.last, 'state', { at, value: state, rank: REFUND_RANKS.indexOf(state) });
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) noteLast(refund.last, name, { at, value });
  }
}

/** The first scan of a parcel counts. */
function noteScan(feed: OrderFeed, trackingNo: string | undefined, at: number): void {
  const of = trackingNo ?? '';
  feed.handed[of] = Math.min(at, feed.handed[of] ?? at);
}

function set(feed: OrderFeed, name: string, value: unknown, at: number): void {
  noteLast(feed.last, name, { at, value });
}

function setAll(feed: OrderFeed, values: Record<string, unknown>, at: number): void {
  for (const [name, value] of Object.entries(values)) if (value !== undefined) set(feed, name, value, at);
}

function toFen(yuan: number): number {
  return Math.round(yuan * 100);
}
