/** What agents set right, and what came of it. */
import { z } from 'zod';
import { NameSchema } from './http.ts';
import { MessageIntentSchema } from './ids.ts';
import { MsSchema } from './records.ts';

/** Which page of corrections is asked for. */
export const TeachingPageSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(20),
  before: z.string().max(200).optional(),
});

/** An agent's word on what a buyer's message meant; no intent: none of the desk's business. */
export const SetRightSchema = z.strictObject({
  conversationId: NameSchema,
  seq: z.int().min(1),
  intents: z.array(MessageIntentSchema).max(5),
});

/** A message whose meaning was set right. */
export const CorrectionViewSchema = z.strictObject({
  id: z.string(),
  text: z.string(),
  intents: z.array(MessageIntentSchema),
  /** What the desk had understood. */
  was: z.array(MessageIntentSchema),
  conversationId: z.string(),
  seq: z.int(),
  agentId: z.string(),
  at: MsSchema,
});

export type CorrectionView = z.infer<typeof CorrectionViewSchema>;

/** A training with its comparison. Figures are lines read rightly. */
export const LessonViewSchema = z.strictObject({
  id: z.string(),
  /** Of the candidate. */
  hash: z.string(),
  verdict: z.enum(['better', 'same', 'worse']),
  wentLive: z.boolean(),
  corrections: z.int(),
  figures: z.array(z.strictObject({ name: z.string(), lines: z.int(), live: z.int(), candidate: z.int() })),
  changed: z.array(
    z.strictObject({
      set: z.string(),
      id: z.string(),
      text: z.string(),
      expected: z.array(z.string()),
      live: z.string(),
      candidate: z.string(),
      change: z.enum(['mended', 'broken', 'neither']),
    }),
  ),
  trainMs: z.int(),
  at: MsSchema,
});

export const TeachingViewSchema = z.strictObject({
  /** A page, newest first. */
  corrections: z.array(CorrectionViewSchema),
  /** How many there are in all. */
  total: z.int(),
  /** Where the next page begins; null: there are no more. */
  before: z.string().nullable(),
  /** Newest first. */
  lessons: z.array(LessonViewSchema),
  /** Hash of the taught model that is live; null: the one that ships. */
  live: z.string().nullable(),
  canGoBack: z.boolean(),
  /** A lesson is being given on this node. */
  busy: z.boolean(),
});
export type TeachingView = z.infer<typeof TeachingViewSchema>;
