/** Response clocks and the call to whoever is on call: what a shop sets, and what pages show. Moments are Unix ms. */
import { z } from 'zod';

/**
 * The clocks of a conversation.
 *
 * - `firstReply`: a person's first word in a talk; `platform`: a person's word in every turn, as platforms measure it.
 * - `afterSale`, `logistics`: the first word to a return, exchange or logistics trouble. @see FU-08, FU-09
 * - `answer`: an answer promised after checking. @see FU-07
 * - `logisticsCase`: logistics trouble from its first message to its solution. @see FU-10
 */
export const CLOCK_KINDS = ['firstReply', 'platform', 'afterSale', 'logistics', 'answer', 'logisticsCase'] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];

/** Clocks that a person's next word stops. */
export const REPLY_CLOCKS = ['firstReply', 'platform', 'afterSale', 'logistics'] as const satisfies ClockKind[];

const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;

/** What a shop sets of one clock. */
interface ClockRule {
  enabled: boolean;
  /** Seconds, 10 to 30 days. */
  limitS: number;
  /** Share of the limit after which the clock warns, 0.1 to 0.99. */
  warnShare: number;
  /** Counts in the hours of the buyer's channel only, or round the clock. */
  runs: 'duty' | 'always';
  /** Who hears the warning: who has the conversation (everybody where nobody has), everybody, or supervisors. */
  warns: 'assigned' | 'everybody' | 'supervisors';
  /** A breach becomes a task of the supervisor, once. */
  escalates: boolean;
}

function rule(preset: ClockRule) {
  return z
    .strictObject({
      enabled: z.boolean().default(preset.enabled),
      limitS: z
        .int()
        .min(10)
        .max(30 * 24 * HOUR_S)
        .default(preset.limitS),
      warnShare: z.number().min(0.1).max(0.99).default(preset.warnShare),
      runs: z.enum(['duty', 'always']).default(preset.runs),
      warns: z.enum(['assigned', 'everybody', 'supervisors']).default(preset.warns),
      escalates: z.boolean().default(preset.escalates),
    })
    .prefault({});
}

/**
 * Limits and warnings of every clock. A first reply that is late is told of by the platform's clock, which runs over
 * the same wait. @see KPI-02, KPI-12, KPI-13, KPI-14
 */
export const ClockSettingsSchema = z.strictObject({
  firstReply: rule({
    enabled: true,
    limitS: 30,
    warnShare: 0.6,
    runs: 'duty',
    warns: 'assigned',
    escalates: false,
  }),
  platform: rule({
    enabled: true,
    limitS: 3 * MINUTE_S,
    warnShare: 0.66,
    runs: 'duty',
    warns: 'assigned',
    escalates: true,
  }),
  afterSale: rule({
    enabled: true,
    limitS: 5 * MINUTE_S,
    warnShare: 0.6,
    runs: 'duty',
    warns: 'everybody',
    escalates: true,
  }),
  logistics: rule({
    enabled: true,
    limitS: 5 * MINUTE_S,
    warnShare: 0.6,
    runs: 'duty',
    warns: 'everybody',
    escalates: true,
  }),
  answer: rule({
    enabled: true,
    limitS: 24 * HOUR_S,
    warnShare: 20 / 24,
    runs: 'always',
    warns: 'assigned',
    escalates: true,
  }),
  logisticsCase: rule({
    enabled: true,
    limitS: 48 * HOUR_S,
    warnShare: 40 / 48,
    runs: 'always',
    warns: 'supervisors',
    escalates: true,
  }),
});
export type ClockSettings = z.infer<typeof ClockSettingsSchema>;

const Ms = z.int().min(0);

/** A clock at a moment. */
export const ClockViewSchema = z.strictObject({
  kind: z.enum(CLOCK_KINDS),
  conversationId: z.string(),
  /** `seq` of the buyer's message that started it. */
  seq: z.int().min(1),
  buyerName: z.string(),
  agentId: z.string().optional(),
  /** The intent or script that started it; absent: any message does. */
  because: z.string().optional(),
  /** When the message came, and when the limit began to count: at the opening for a message of the night. */
  startedAt: Ms,
  countsFrom: Ms,
  warnAt: Ms,
  dueAt: Ms,
  /** Who hears the warning, as set when the clock started. */
  warns: z.enum(['assigned', 'everybody', 'supervisors']),
  /** An automatic reply went out meanwhile; it stops no clock. */
  automaticAt: Ms.optional(),
  state: z.enum(['running', 'warned', 'breached', 'stopped']),
  stoppedAt: Ms.optional(),
  /** A person's reply, the end of the talk, or somebody who says that it is done. */
  stoppedBy: z.enum(['reply', 'resolved', 'settled']).optional(),
});
export type ClockView = z.infer<typeof ClockViewSchema>;

/** What became of one clock's limits in a stretch of time. */
export const ClockTallySchema = z.strictObject({
  kind: z.enum(CLOCK_KINDS),
  /** A person kept the limit, or did not. */
  kept: z.int(),
  missed: z.int(),
  /** Still running. */
  running: z.int(),
  /** Had an automatic reply within the limit, whatever the person did. */
  automatic: z.int(),
});
export type ClockTally = z.infer<typeof ClockTallySchema>;

/** Answers promised to messages that were left while nobody was there. @see KPI-16 */
export const PromiseTallySchema = z.strictObject({ kept: z.int(), missed: z.int(), open: z.int() });
export type PromiseTally = z.infer<typeof PromiseTallySchema>;

/** Names a clock of a conversation that somebody declares done. */
export const SettleClockSchema = z.strictObject({ kind: z.enum(['answer', 'logisticsCase']) });
