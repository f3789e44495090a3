/** The events that plan, move and cancel follow-ups: what the desk tells the engine, and what an evaluation file holds. */
import { z } from 'zod';
import { CASE_KINDS, CarrierSchema, ClockTimeSchema, TimeSchema, YuanSchema } from '../protocol/facts.ts';
import { CardIdSchema, ContactChannelSchema, FollowUpRuleIdSchema, IntentSchema } from '../protocol/ids.ts';

const id = z.string().min(1);
const rating = z.number().min(0).max(5);

/** Fields of each event type, by type; times are ISO 8601 with offset, as in evaluation files. */
export const EVENT_DATA = {
  'order.created': z.strictObject({
    orderId: id,
    buyerId: id,
    /** Ordered after a chat (FU-01), else silently (FU-02). */
    afterChat: z.boolean(),
    amount: YuanSchema,
    /** Absent: 72 h after the order. @see POL-06 */
    autoCloseAt: TimeSchema.optional(),
  }),
  'order.autoCloseChanged': z.strictObject({ orderId: id, autoCloseAt: TimeSchema }),
  'order.paid': z.strictObject({ orderId: id, amount: YuanSchema.optional() }),
  'order.closed': z.strictObject({ orderId: id, by: z.enum(['buyer', 'platform']) }),
  'order.merged': z.strictObject({ orderId: id, intoOrderId: id }),
  'order.shipped': z.strictObject({
    orderId: id,
    buyerId: id,
    carrier: CarrierSchema.optional(),
    trackingNo: z.string().optional(),
    /** The courier scanned the parcel at this moment; absent: not scanned. */
    handedOver: z.boolean().optional(),
    items: z.array(z.strictObject({ title: z.string(), rating: rating.optional() })).optional(),
  }),
  'order.signed': z.strictObject({ orderId: id, buyerId: id }),
  'message.buyer': z.strictObject({
    buyerId: id,
    conversationId: id,
    text: z.string(),
    intents: z.array(IntentSchema),
    /** The time to pay named in the message (FU-03). */
    promisedAt: TimeSchema.optional(),
    /** Wants no reminder and no follow-up (FR-07). */
    declined: z.boolean().optional(),
    /** Says no to the order or the goods at hand: what is planned to sell them ends, later ones are not touched (FR-07). */
    saidNo: z.boolean().optional(),
    /** The desk registers the buyer as asked-not-ordered (FU-05). */
    prospect: z.boolean().optional(),
  }),
  'message.agent': z.strictObject({
    agentId: id,
    buyerId: id,
    conversationId: id,
    text: z.string(),
    /** Promises an answer by then (FU-07). */
    answerBy: TimeSchema.optional(),
    /** Is the promised answer. */
    answersQuestion: z.boolean().optional(),
    /** What the buyer must learn (FU-42). */
    matter: z.enum(['shortage', 'after_sale']).optional(),
    orderId: id.optional(),
    /** `false`: offline, the message stays unread. Absent: online. */
    buyerOnline: z.boolean().optional(),
    /** Channels allowed for this matter; absent: none. @see TRAP-14 */
    channelsAllowed: z.array(ContactChannelSchema).optional(),
  }),
  'message.auto': z.strictObject({
    buyerId: id,
    conversationId: id,
    script: CardIdSchema,
    /** Hour promised for the next day (FU-29). */
    replyByHour: ClockTimeSchema.optional(),
    /** The promised moment itself, where the desk knows it; goes before `replyByHour`. */
    replyByAt: TimeSchema.optional(),
    /** It answers the buyer, before the eyes of an agent who did not stop it. */
    answers: z.boolean().optional(),
  }),
  'agent.takeover': z.strictObject({ conversationId: id, agentId: id }),
  'buyer.optout': z.strictObject({
    buyerId: id,
    /** `reminders`: about unpaid orders and prospects; `all`: whatever a job would write. */
    scope: z.enum(['reminders', 'all']),
  }),
  'buyer.visited': z.strictObject({
    buyerId: id,
    channel: ContactChannelSchema,
    vip: z.boolean().optional(),
    /** Agrees to further visits; absent: no. */
    consent: z.boolean().optional(),
  }),
  'refund.updated': z.strictObject({
    refundId: id,
    orderId: id,
    buyerId: id,
    state: z.enum(['wait_seller_agree', 'wait_buyer_return', 'return_shipped', 'refunded', 'closed']),
    /** `null`: not entered; absent: as before. */
    trackingNo: z.string().nullable().optional(),
    carrier: CarrierSchema.optional(),
    closesAt: TimeSchema.optional(),
  }),
  'case.opened': z.strictObject({ orderId: id, buyerId: id, kind: z.enum(CASE_KINDS) }),
  'clock.end': z.strictObject({}),
} as const;

/** Fields of those events that only the live desk tells; no evaluation file may hold them. */
export const DESK_FIELDS: Partial<Record<keyof typeof EVENT_DATA, readonly string[]>> = {
  'message.buyer': ['saidNo'],
  'message.auto': ['replyByAt', 'answers'],
};

/** Events only the live desk has; no evaluation file may hold them. */
const DESK_EVENT_DATA = {
  'case.closed': z.strictObject({ orderId: id, buyerId: id }),
  'order.completed': z.strictObject({ orderId: id, buyerId: id }),
  /** A person of the desk took the refusal back. */
  'buyer.optin': z.strictObject({ buyerId: id }),
  /** The buyer’s page showed the chat: what lay unread there is read. */
  'message.read': z.strictObject({ conversationId: id, buyerId: id }),
  'buyer.located': z.strictObject({ buyerId: id, timeZone: z.string() }),
  /** Starts a timer that no other event can start (FU-12, 15, 33, 35, 36, 43, 45). */
  'timer.asked': z.strictObject({
    rule: FollowUpRuleIdSchema,
    subjectId: id,
    buyerId: id,
    /** The deadline that a timer counts back from (FU-12: ship-by time). */
    byAt: TimeSchema.optional(),
  }),
  /** Ends a timer because its matter is settled: issued, decided, returned, reviewed, settled … */
  'timer.settled': z.strictObject({ rule: FollowUpRuleIdSchema, subjectId: id, buyerId: id }),
} as const;

type AllData = typeof EVENT_DATA & typeof DESK_EVENT_DATA;

/** Name of an event. */
export type FollowUpEventType = keyof AllData;

/** Something that happened at a moment; `atMs` is Unix milliseconds. */
export type FollowUpEvent = {
  [T in FollowUpEventType]: { type: T; atMs: number; data: z.infer<AllData[T]> };
}[FollowUpEventType];

/** The event of one type. */
export type EventOf<T extends FollowUpEventType> = Extract<FollowUpEvent, { type: T }>;
