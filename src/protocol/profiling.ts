/** Thresholds of the profiler that a shop may set, with what a form needs to show them. */
import { z } from 'zod';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How a threshold is shown; the value of a time is in milliseconds, whatever it is shown in. */
export type ThresholdUnit = 'share' | 'count' | 'spread' | 'minutes' | 'hours' | 'days';

/** One threshold: what it is by default, what is legal, what it is called. */
export interface ThresholdRange {
  /** The features it belongs to. */
  feature: `BF-${number}`;
  default: number;
  min: number;
  max: number;
  unit: ThresholdUnit;
  zh: string;
  en: string;
}

const range = (
  feature: ThresholdRange['feature'],
  unit: ThresholdUnit,
  [value, min, max]: [value: number, min: number, max: number],
  zh: string,
  en: string,
): ThresholdRange => ({ feature, default: value, min, max, unit, zh, en });

/** The thresholds by name. All defaults are inferences (INF). @see domain 03, 3.2 */
export const THRESHOLD_RANGES = {
  specShare: range('BF-01', 'share', [0.5, 0.05, 1], '问参数的消息占比', 'Share of messages on attributes'),
  specMessages: range('BF-01', 'count', [3, 1, 20], '问参数的消息数', 'Messages on attributes'),
  decideFastMs: range(
    'BF-02',
    'minutes',
    [15 * MINUTE, MINUTE, DAY],
    '从开口到下单，算快',
    'First message to order, fast',
  ),
  payFastMs: range('BF-03', 'minutes', [10 * MINUTE, MINUTE, DAY], '从下单到付款，算快', 'Order to payment, fast'),
  confirmEarlyMs: range(
    'BF-04',
    'days',
    [2 * DAY, HOUR, 15 * DAY],
    '签收后多久内自己确认',
    'Signing to own confirmation, early',
  ),
  reviewShare: range('BF-05', 'share', [0.5, 0.05, 1], '自己写评价的订单占比', 'Share of orders reviewed in own words'),
  reviewMaxChars: range('BF-05', 'count', [30, 5, 500], '简短评价的字数上限', 'Characters of a brief review, at most'),
  bargainTurns: range('BF-06', 'count', [3, 1, 20], '一次聊天里砍价的次数', 'Price-lowering turns in one chat'),
  priceAttackTurns: range(
    'BF-07',
    'count',
    [5, 1, 30],
    '问完质量后几句内压价',
    'Turns from quality question to price attack',
  ),
  faultKinds: range('BF-09', 'count', [3, 1, 20], '不同的挑剔点', 'Different complaints'),
  claimShare: range('BF-10', 'share', [0.3, 0.05, 1], '申请售后的订单占比', 'Share of orders with a claim'),
  claimMinOrders: range('BF-10', 'count', [3, 1, 50], '至少多少单才看占比', 'Orders before a share counts'),
  lookShare: range('BF-11', 'share', [0.5, 0.05, 1], '聊外观和新款的消息占比', 'Share of messages on look and novelty'),
  lookMessages: range('BF-11', 'count', [2, 1, 20], '聊外观和新款的消息数', 'Messages on look and novelty'),
  firstFitMs: range(
    'BF-12',
    'minutes',
    [10 * MINUTE, MINUTE, DAY],
    '看中就下单的时间',
    'First message to order of the first fitting item',
  ),
  statusMessages: range('BF-13', 'count', [1.5, 0.5, 20], '强调身份的消息数', 'Messages of self-importance'),
  expertMessages: range('BF-15', 'count', [1.5, 0.5, 20], '显示内行的消息数', 'Messages that lecture or correct'),
  neglectWaitMs: range(
    'BF-14',
    'minutes',
    [2 * MINUTE, 10_000, HOUR],
    '等多久以内不算怠慢',
    'Waiting that is no neglect yet',
  ),
  reassuranceMessages: range('BF-16', 'count', [2, 1, 20], '求保证的消息数', 'Messages that ask for reassurance'),
  comparedVariants: range('BF-17', 'count', [3, 2, 20], '来回比较的款式数', 'Items or variants alternated'),
  sessionGapMs: range(
    'BF-17',
    'hours',
    [2 * HOUR, 10 * MINUTE, 7 * DAY],
    '隔多久算另一次聊',
    'Gap that begins a new session',
  ),
  lapseMs: range('BF-18', 'hours', [DAY, HOUR, 30 * DAY], '未付款多久算放弃', 'Age of an unpaid order that has lapsed'),
  worryMessages: range('BF-19', 'count', [2, 1, 20], '付款后担心的消息数', 'Worried messages after payment'),
  silentMs: range(
    'BF-20',
    'days',
    [7 * DAY, HOUR, 90 * DAY],
    '多久没聊算静默下单',
    'Time without a chat before a silent order',
  ),
  routineOrders: range('BF-21', 'count', [3, 2, 50], '同类商品的订单数', 'Orders of one category'),
  routineSpread: range('BF-21', 'spread', [0.25, 0.05, 1], '购买间隔的最大波动', 'Largest spread of the intervals'),
  regularOrders: range('BF-22', 'count', [2, 1, 50], '老客的成交单数', 'Completed orders of a regular'),
  personalMessages: range('BF-23', 'count', [2, 1, 20], '聊私事的消息数', 'Personal messages'),
  basketPieces: range('BF-25', 'count', [3, 1, 1000], '大单的件数', 'Pieces of a large basket'),
  leaveToYouMessages: range('BF-26', 'count', [2, 1, 20], '请你做主的消息数', 'Messages that ask to be decided for'),
  acceptShare: range('BF-27', 'share', [0.7, 0.05, 1], '接受建议的占比', 'Share of proposals accepted'),
  acceptTurns: range('BF-27', 'count', [2, 1, 20], '接受建议的次数', 'Accepted proposals'),
} satisfies Record<string, ThresholdRange>;

/** Name of a threshold. */
export type ThresholdName = keyof typeof THRESHOLD_RANGES;

/** Score of a type from which it changes anything. @see BT-P2 */
export const TYPE_SCORE_RANGE = {
  default: 0.5,
  min: 0.3,
  max: 0.95,
  zh: '买家类型至少多确定才影响话术',
  en: 'How sure a buyer type must be to change anything',
};

const number = ({ min, max }: { min: number; max: number }) => {
  const legal = `is legal from ${min} to ${max}`;
  return z
    .number({ error: `must be a number; it ${legal}` })
    .min(min, legal)
    .max(max, legal);
};

/** A threshold of a shop; absent: the default. */
const ThresholdsSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(THRESHOLD_RANGES).map(([name, legal]) => [name, number(legal).optional()]),
  ) as Record<ThresholdName, z.ZodOptional<z.ZodNumber>>,
);

/** What a shop sets of the profiler; what is absent keeps its default. */
export const ProfilingSettingsSchema = z.strictObject({
  /** A type below this score counts as unknown. @see BT-P2 */
  minScore: number(TYPE_SCORE_RANGE).optional(),
  thresholds: ThresholdsSchema.optional(),
});
export type ProfilingSettings = z.infer<typeof ProfilingSettingsSchema>;

/** What a form needs to show the thresholds. */
export const ThresholdListSchema = z.strictObject({
  minScore: z.strictObject({ default: z.number(), min: z.number(), max: z.number(), zh: z.string(), en: z.string() }),
  thresholds: z.array(
    z.strictObject({
      name: z.string(),
      feature: z.string(),
      default: z.number(),
      min: z.number(),
      max: z.number(),
      unit: z.enum(['share', 'count', 'spread', 'minutes', 'hours', 'days']),
      zh: z.string(),
      en: z.string(),
    }),
  ),
});
export type ThresholdList = z.infer<typeof ThresholdListSchema>;
