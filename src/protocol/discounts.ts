/** Concessions on a price: given within an agent's authority, or asked of a supervisor. Money in yuan. */
import { z } from 'zod';
import { MsSchema } from './records.ts';

const Id = z.string().min(1).max(64);
const Person = z.strictObject({ id: Id, name: z.string() });
/** Whole fen, and not nothing. */
const AmountSchema = z.number().min(0.01).max(1_000_000).multipleOf(0.01);
const NoteSchema = z.string().max(500);

/** How requests are answered. @see FU-45 */
export const DiscountSettingsSchema = z.strictObject({
  /** By when the supervisor's answer is announced to the buyer. */
  answerMinutes: z.int().min(1).max(240).default(15),
  /** How long a grant may be used. */
  validMinutes: z.int().min(5).max(10_080).default(120),
});

export type DiscountSettings = z.infer<typeof DiscountSettingsSchema>;

/** One concession or one request for it. @see POL-01, FU-45, KPI-26 */
export const DiscountSchema = z.strictObject({
  id: Id,
  conversationId: Id,
  buyerName: z.string(),
  /** The order it is about; absent: the buyer has not ordered yet. */
  orderId: z.string().optional(),
  /** `given`: said to the buyer. The others are a request on its way. */
  state: z.enum(['given', 'taken_back', 'asked', 'granted', 'refused', 'expired', 'used', 'withdrawn']),
  /** What it takes off, on top of what was given before. */
  amount: z.number(),
  /** What had been given when it was asked or given. */
  before: z.number(),
  reason: z.string(),
  by: Person,
  at: MsSchema,
  /** By when the answer was announced, for a request. */
  answerBy: MsSchema.optional(),
  decidedBy: Person.optional(),
  decidedAt: MsSchema.optional(),
  note: z.string().optional(),
  /** What was granted, on top of what had been given; it may be less than what was asked. */
  approved: z.number().optional(),
  /** A grant counts until then. */
  validUntil: MsSchema.optional(),
  /** The message that gave it. */
  seq: z.int().optional(),
});
export type Discount = z.infer<typeof DiscountSchema>;

/** What an agent may still do about the price of this chat. */
export const DiscountViewSchema = z.strictObject({
  discounts: z.array(DiscountSchema),
  /** Sum of what was given on the order at hand. */
  granted: z.number(),
  /** What this person may still give without asking; absent: no limit. */
  left: z.number().optional(),
  /** What the buyer asks now, where the machine read it. */
  requested: z.number().optional(),
});
export type DiscountView = z.infer<typeof DiscountViewSchema>;

export const DiscountListSchema = z.strictObject({ discounts: z.array(DiscountSchema) });
/** An agent asks for more than their authority. */
export const AskDiscountSchema = z.strictObject({ amount: AmountSchema, reason: NoteSchema.min(1) });
/** An agent notes a concession made elsewhere, such as a price changed in the trade system. */
export const GiveDiscountSchema = z.strictObject({ amount: AmountSchema, reason: NoteSchema.min(1) });
/** A supervisor decides; a grant may be less than what was asked, a refusal says why. */
export const DecideDiscountSchema = z.discriminatedUnion('decision', [
  z.strictObject({ decision: z.literal('grant'), amount: AmountSchema.optional(), note: NoteSchema.default('') }),
  z.strictObject({ decision: z.literal('refuse'), note: NoteSchema.min(1) }),
]);
/** Takes back a request, or a concession that was none. */
export const TakeBackDiscountSchema = z.strictObject({ reason: NoteSchema.min(1) });
