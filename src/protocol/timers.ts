/** The follow-up timers as a shop sets them, and as the settings page shows them. @see domain 07 */
import { z } from 'zod';
import { FollowUpRuleIdSchema } from './ids.ts';

const moment = z.int().min(0);
const share = z.number().min(0).max(1);
const clock = z.templateLiteral([z.number(), ':', z.number()]);

/**
 * When a touch is due, counted from the rule's anchor (order placed, message, refund deadline …).
 *
 * - `after`: so many ms later; `before`: so many ms before the anchor's deadline.
 * - `share`: when this share (0–1) of the span between anchor and deadline is over.
 * - `days`: calendar days in the shop's zone, and never less than so many times 24 h.
 * - `workingDays`: same time of day, counting open days only. @see FR-09
 * - `months`: same day and time so many months later, the month's last day where there is none.
 * - `inShift`: inside a shift between `minMs` and `maxMs` later, else at the start of the next shift.
 * - `shiftDay`: start of the shift so many days after the anchor's business day, or of the next open day.
 * - `nextShift`: start of the next shift, not later than the deadline.
 */
export const DelaySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('after'), ms: moment }),
  z.strictObject({ kind: z.literal('before'), ms: moment }),
  z.strictObject({ kind: z.literal('share'), share }),
  z.strictObject({ kind: z.literal('days'), days: z.int() }),
  z.strictObject({ kind: z.literal('workingDays'), days: z.int() }),
  z.strictObject({ kind: z.literal('months'), months: z.int() }),
  z.strictObject({ kind: z.literal('inShift'), minMs: moment, maxMs: moment }),
  z.strictObject({ kind: z.literal('shiftDay'), day: z.int() }),
  z.strictObject({ kind: z.literal('nextShift') }),
]);
export type Delay = z.infer<typeof DelaySchema>;

/** A clock of its own, for timers no event starts. Times are wall clock in the shop's zone. */
export const ScheduleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('daily'), at: z.union([z.enum(['shift_start', 'shift_end']), clock]) }),
  z.strictObject({ kind: z.literal('everyDays'), days: z.int(), at: z.literal('shift_start') }),
  z.strictObject({
    kind: z.literal('weekly'),
    weekday: z.union([
      z.literal(1),
      z.literal(2),
      z.literal(3),
      z.literal(4),
      z.literal(5),
      z.literal(6),
      z.literal(7),
    ]),
    at: z.literal('shift_start'),
  }),
  z.strictObject({ kind: z.literal('monthEnd'), at: z.literal('shift_start') }),
  /** People or a count over many buyers decide; nothing runs by the clock. */
  z.strictObject({ kind: z.literal('byPeople') }),
]);
export type Schedule = z.infer<typeof ScheduleSchema>;

/** What a shop may change about a timer; what it may not, and the bounds, depend on the timer. */
export const TimerSettingSchema = z.strictObject({
  enabled: z.boolean().optional(),
  /** All touches, in their order. */
  touches: z.array(DelaySchema).optional(),
  /** Most touches for one subject. */
  touchLimit: z.int().optional(),
  /** Most sales messages about the order, over all timers, for this one still to go out. @see FR-06 */
  capPerOrder: z.int().optional(),
  /** Time since the last sales message to the buyer. @see FR-06 */
  gapMs: z.int().optional(),
  schedule: ScheduleSchema.optional(),
});
export type TimerSetting = z.infer<typeof TimerSettingSchema>;

/** By timer; one that is not named runs as the domain says. */
export const TimerSettingsSchema = z.record(FollowUpRuleIdSchema, TimerSettingSchema);
export type TimerSettings = z.infer<typeof TimerSettingsSchema>;

/** Span of one figure, both ends legal. Times in ms; days, months, share as they are. */
const SpanSchema = z.strictObject({ min: z.number(), max: z.number() });

/** What may be changed about a timer, and within which bounds; what is absent may not. */
export const TimerBoundsSchema = z.strictObject({
  touches: z.strictObject({ kinds: z.array(z.string()), span: SpanSchema, most: z.int() }).optional(),
  touchLimit: SpanSchema.optional(),
  capPerOrder: SpanSchema.optional(),
  gapMs: SpanSchema.optional(),
  /** Legal kinds of schedule; `at` of a daily one within the clock times. */
  schedule: z
    .strictObject({
      kind: z.string(),
      from: z.string().optional(),
      to: z.string().optional(),
      days: SpanSchema.optional(),
    })
    .optional(),
});
export type TimerBounds = z.infer<typeof TimerBoundsSchema>;

const Running = z.strictObject({
  touches: z.array(DelaySchema),
  touchLimit: z.int(),
  capPerOrder: z.int().optional(),
  gapMs: z.int().optional(),
  schedule: ScheduleSchema.optional(),
});

/** One timer as the settings page shows it. */
export const TimerViewSchema = z.strictObject({
  id: FollowUpRuleIdSchema,
  title: z.strictObject({ zh: z.string(), en: z.string() }),
  purpose: z.enum(['sales', 'service', 'internal']),
  subject: z.enum(['order', 'conversation', 'refund', 'buyer', 'shop']),
  /** Types of the events that start it; empty: see `schedule`. */
  trigger: z.array(z.string()),
  /** Who does it: A an agent, S a job, O an automatic reply off duty, T a task inside the shop. */
  modes: z.array(z.enum(['A', 'S', 'O', 'T'])),
  source: z.array(z.string()),
  enabled: z.boolean(),
  /** As it runs. */
  running: Running,
  /** As the domain says. */
  standard: Running,
  bounds: TimerBoundsSchema,
  /** Rows planned at this moment. */
  planned: z.int().min(0),
});
export type TimerView = z.infer<typeof TimerViewSchema>;
