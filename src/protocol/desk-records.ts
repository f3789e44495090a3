/** Records of the desk: what people enter about a case, a question, a hand-over …, and the steps of a procedure. */
import { z } from 'zod';
import { CASE_KINDS, PartialFactsSchema } from './facts.ts';
import { NameSchema } from './http.ts';
import { MsSchema } from './records.ts';

/** Groups of the fact dictionary that a person may enter, and `steps`: what was done of a procedure. */
export const RECORD_GROUPS = [
  'case',
  'steps',
  'question',
  'handover',
  'wish',
  'complaint',
  'exchange',
  'courier',
  'warehouse',
  'tracking',
  'slip',
  'parcel',
  'refund',
  'review',
  'priceEdit',
  'consent',
] as const;
export const RecordGroupSchema = z.enum(RECORD_GROUPS);
export type RecordGroup = z.infer<typeof RecordGroupSchema>;

/** Groups about the chat or the buyer; all others are about one order. */
export const CHAT_GROUPS: readonly RecordGroup[] = ['question', 'handover', 'complaint', 'consent'];

const done = z.boolean().optional();
/** What was done of a procedure and no fact holds. @see RP-1 … RP-7 */
export const StepsSchema = z.strictObject({
  /** The buyer was asked for evidence. */
  photosAsked: done,
  remediesOffered: done,
  /** RP-2: the buyer was told that the trade time is longer. */
  extensionTold: done,
  /** RP-3: address and carriers were sent. */
  addressSent: done,
  /** RP-4: noted on the order, with the blue flag. */
  noted: done,
  /** RP-5: entered in the wrong-shipment register. */
  registered: done,
  /** RP-6: told to the people concerned. */
  reported: done,
  /** How to apply was explained. */
  applicationExplained: done,
  /** Where to enter the number was explained. */
  numberExplained: done,
  /** RP-7: the goods came back and were inspected. */
  inspected: done,
  refundTold: done,
});
export type Steps = z.infer<typeof StepsSchema>;

/** What a record of a group may hold. */
export const RECORD_SCHEMAS = {
  case: PartialFactsSchema.shape.case.unwrap().unwrap(),
  steps: StepsSchema,
  question: PartialFactsSchema.shape.question.unwrap(),
  handover: PartialFactsSchema.shape.handover.unwrap(),
  wish: PartialFactsSchema.shape.wish.unwrap(),
  complaint: PartialFactsSchema.shape.complaint.unwrap(),
  exchange: PartialFactsSchema.shape.exchange.unwrap(),
  courier: PartialFactsSchema.shape.courier.unwrap(),
  warehouse: PartialFactsSchema.shape.warehouse.unwrap(),
  tracking: PartialFactsSchema.shape.tracking.unwrap(),
  slip: PartialFactsSchema.shape.slip.unwrap().unwrap(),
  parcel: PartialFactsSchema.shape.parcel.unwrap(),
  refund: PartialFactsSchema.shape.refund.unwrap(),
  review: PartialFactsSchema.shape.review.unwrap(),
  priceEdit: PartialFactsSchema.shape.priceEdit.unwrap(),
  consent: PartialFactsSchema.shape.consent.unwrap(),
} as const satisfies Record<RecordGroup, z.ZodType>;

/** One record: its value, and of each field who entered it and when. */
export const DeskRecordSchema = z.strictObject({
  group: RecordGroupSchema,
  /** The order it is about; absent: about the chat, or the buyer had no order. */
  orderId: z.string().optional(),
  /** Grows by one with each change. */
  revision: z.int().min(1),
  value: z.record(z.string(), z.unknown()),
  entered: z.record(z.string(), z.strictObject({ by: z.string(), name: z.string(), at: MsSchema })),
});
export type DeskRecord = z.infer<typeof DeskRecordSchema>;

/** Puts a value in the place of a record. */
export const PutRecordSchema = z.strictObject({
  /** The revision that was read; 0: there was none. Another one in force is a conflict. */
  basedOn: z.int().min(0),
  /** The whole value; `null`: the record is taken away. */
  value: z.record(z.string(), z.unknown()).nullable(),
  /** Absent: the order of the chat. */
  orderId: NameSchema.optional(),
});

/** Who has to do a step. */
export const STEP_ACTORS = ['agent', 'buyer', 'warehouse', 'supervisor', 'courier', 'finance'] as const;

/** One step of a procedure. */
export const StepViewSchema = z.strictObject({
  /** `RP-3`, `RF-1.2` … */
  id: z.string(),
  state: z.enum(['done', 'next', 'later', 'skipped']),
  who: z.enum(STEP_ACTORS),
  /** Facts that are missing to go on, by path. */
  missing: z.array(z.string()),
  /** What one press enters, each under its own name. */
  quick: z.array(
    z.strictObject({ name: z.string(), group: RecordGroupSchema, value: z.record(z.string(), z.unknown()) }),
  ),
  /** Cards of the line that comes next; empty: nothing is to be said. */
  cards: z.array(z.string()),
});
export type StepView = z.infer<typeof StepViewSchema>;

/** A procedure under way. @see domain 04, 4.6 and 4.7 */
export const ProcedureViewSchema = z.strictObject({
  id: z.enum(['RP', 'RF-1', 'RF-2', 'RF-3']),
  steps: z.array(StepViewSchema),
});
export type ProcedureView = z.infer<typeof ProcedureViewSchema>;

/** Everything the console shows of the records of a conversation. */
export const RecordsViewSchema = z.strictObject({
  /** The order of the chat. */
  orderId: z.string().optional(),
  records: z.array(DeskRecordSchema),
  /** Facts of the feed about the order, by group, each with the time it was read. */
  fed: z.record(z.string(), z.strictObject({ value: z.unknown(), asOf: z.string().optional() })),
  procedures: z.array(ProcedureViewSchema),
  /** A case that the messages speak of and nobody has opened. */
  proposed: z.strictObject({ kind: z.enum(CASE_KINDS), seq: z.int(), text: z.string() }).optional(),
  /** A question that the desk cannot answer from what it knows, ready to be taken down. @see FU-07 */
  question: PartialFactsSchema.shape.question.unwrap().optional(),
  /** Cases that are over, newest first. */
  closed: z.array(DeskRecordSchema),
});
export type RecordsView = z.infer<typeof RecordsViewSchema>;
