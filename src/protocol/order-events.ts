/** Events of the order feed, in the generic form of our own webhook. Money in yuan, times ISO 8601 with offset. */
import { z } from 'zod';
import { CarrierSchema, ClockTimeSchema, REFUND_STATES } from './facts.ts';

const time = z.iso.datetime({ offset: true });
/** In yuan; beyond it a feed is broken. */
const amount = z.number().min(0).max(100_000_000);
/** Ids become keys: one that every object has already would change all of them. */
const id = z
  .string()
  .min(1)
  .max(64)
  .refine((text) => !(text in {}), 'must not be a name such as __proto__ or constructor');
const line = z.string().max(500);
const kg = z.number().min(0).max(10_000);
const orderItem = z.strictObject({ title: z.string(), sku: z.string().optional(), qty: z.int().min(1).default(1) });
const address = z.strictObject({
  receiver: z.string().optional(),
  phone: z.string().optional(),
  street: z.string().optional(),
});

/** Colours of an order's flag. @see REC-02a … REC-02e */
export const ORDER_FLAGS = ['red', 'yellow', 'green', 'blue', 'purple'] as const;
/** Where the feed's facts come from: each has a sign of life of its own. @see SR-02 */
export const FEED_SOURCES = ['orders', 'tracking', 'warehouse'] as const;
export type FeedSource = (typeof FEED_SOURCES)[number];

/** Fields of each event, by type. */
const EVENTS = {
  'order.created': z.strictObject({
    orderId: id,
    buyerId: id,
    amount,
    items: z.array(orderItem).min(1),
    autoCloseAt: time.optional(),
    address: address.optional(),
  }),
  'order.autoCloseChanged': z.strictObject({ orderId: id, autoCloseAt: time }),
  /** `amount`: what was paid, where it is not the order's amount. */
  'order.paid': z.strictObject({ orderId: id, amount: amount.optional() }),
  /** `refund`: closed by the platform after the whole amount went back. */
  'order.closed': z.strictObject({ orderId: id, by: z.enum(['buyer', 'platform', 'refund']) }),
  /** The order is gone into another one of the same buyer, which goes on. */
  'order.merged': z.strictObject({ orderId: id, intoOrderId: id }),
  /** The seller changed what is to be paid; `visible`: the buyer sees it. */
  'order.priceChanged': z.strictObject({ orderId: id, amount, visible: z.boolean().optional() }),
  /** Notes and flag as they stand; `null`: the flag was taken away. */
  'order.noteChanged': z.strictObject({
    orderId: id,
    notes: z.array(line).max(50),
    flag: z.enum(ORDER_FLAGS).nullable().optional(),
  }),
  'order.addressChanged': z.strictObject({ orderId: id, address }),
  'order.shipByChanged': z.strictObject({ orderId: id, promisedShipBy: time }),
  /** When the trade completes by itself. */
  'order.deadlineChanged': z.strictObject({ orderId: id, tradeDeadline: time }),
  /** The slip is printed. */
  'order.printed': z.strictObject({ orderId: id }),
  /** The goods are in the parcel; what the weigher wrote down is the base slip's weight. */
  'order.packed': z.strictObject({
    orderId: id,
    packingList: z.array(line).max(200).optional(),
    split: z.boolean().optional(),
    trackingNos: z.array(id).max(50).optional(),
    slipWeightKg: kg.optional(),
  }),
  'order.shipped': z.strictObject({
    orderId: id,
    carrier: CarrierSchema.optional(),
    trackingNo: id.optional(),
    /** The courier scanned it at this moment. */
    handedOver: z.boolean().default(false),
    /** Ratings of the styles in it, 0 to 5. */
    items: z.array(z.strictObject({ title: z.string(), rating: z.number().min(0).max(5).optional() })).optional(),
  }),
  'order.signed': z.strictObject({ orderId: id }),
  'order.completed': z.strictObject({ orderId: id }),
  /** The courier's answer; `exception` `null`: asked, no trouble. */
  'tracking.updated': z.strictObject({
    orderId: id,
    /** Absent: of the order's parcel, whatever its number. */
    trackingNo: id.optional(),
    lastScan: line.optional(),
    lastScanAt: time.optional(),
    exception: line.nullable().optional(),
    /** The pick-up scan exists. */
    handedOver: z.boolean().optional(),
    /** Days from this event to arrival; `null`: the courier does not say. */
    etaDays: z.int().min(0).max(365).nullable().optional(),
  }),
  /** The form as it stands; a field that is left out is as before. */
  'refund.updated': z.strictObject({
    refundId: id,
    orderId: id,
    state: z.enum(REFUND_STATES).exclude(['none']),
    type: z.enum(['return', 'partial', 'unshipped']).optional(),
    /** What goes back to the buyer. */
    amount: amount.optional(),
    paidAmount: amount.optional(),
    formType: z.enum(['to_seller', 'to_buyer']).optional(),
    /** Of the return parcel; `null`: not entered. */
    trackingNo: id.nullable().optional(),
    carrier: CarrierSchema.optional(),
    closesAt: time.optional(),
  }),
  /** The return parcel is at the warehouse; `sound`: inspected, and fine or not. */
  'return.arrived': z.strictObject({ orderId: id, sound: z.boolean().optional() }),
  'review.posted': z.strictObject({ orderId: id, score: z.int().min(1).max(5), issue: line.optional() }),
  /** What the warehouse says of the order. */
  'warehouse.reported': z.strictObject({
    orderId: id,
    checkedAt: time.optional(),
    cause: line.optional(),
    resultBy: time.optional(),
    eveningConfirmHour: ClockTimeSchema.optional(),
    slipWeightKg: kg.optional(),
  }),
  /** A sign of life: what was pushed before still holds. `sources` absent: of all of them. @see SR-02 */
  'feed.alive': z.strictObject({ sources: z.array(z.enum(FEED_SOURCES)).min(1).optional() }),
} as const;

type Events = typeof EVENTS;
/** Name of an event. */
export type OrderEventType = keyof Events;

const event = <T extends OrderEventType>(type: T) =>
  z.strictObject({ type: z.literal(type), at: time, data: EVENTS[type] });

/** One delivery of the order feed. */
export const OrderEventSchema = z.discriminatedUnion('type', [
  event('order.created'),
  event('order.autoCloseChanged'),
  event('order.paid'),
  event('order.closed'),
  event('order.merged'),
  event('order.priceChanged'),
  event('order.noteChanged'),
  event('order.addressChanged'),
  event('order.shipByChanged'),
  event('order.deadlineChanged'),
  event('order.printed'),
  event('order.packed'),
  event('order.shipped'),
  event('order.signed'),
  event('order.completed'),
  event('tracking.updated'),
  event('refund.updated'),
  event('return.arrived'),
  event('review.posted'),
  event('warehouse.reported'),
  event('feed.alive'),
]);
export type OrderEvent = z.infer<typeof OrderEventSchema>;
/** The event of one type. */
export type OrderEventOf<T extends OrderEvent['type']> = Extract<OrderEvent, { type: T }>;
