/**
 * What a shop may change about each timer, and within which bounds.
 *
 * The documents' figures are walls (five minutes stay five minutes, "once" stays once, a cap is never raised); what
 * the domain marks as its own inference may move around them. A timer without a span here happens with its event.
 */
import type { Delay, TimerBounds } from '../protocol/timers.ts';
import { DAY, HOUR, MINUTE } from './rule-words.ts';
import { type FollowUpRule, ORDER_SALES_CAP, type RuleId, SALES_GAP_MS } from './rules.ts';

interface Span {
  min: number;
  max: number;
}
const span = (min: number, max: number): Span => ({ min, max });

/** In ms for kinds that count time, else in the kind's own unit. */
const SPANS: Partial<Record<RuleId, Span>> = {
  // Not the moment after ordering (FR-03), and within the order's life (POL-06).
  'FU-01': span(30 * MINUTE, 72 * HOUR),
  'FU-02': span(30 * MINUTE, DAY),
  'FU-04': span(HOUR, DAY),
  'FU-05': span(0, 14),
  'FU-06': span(10 * MINUTE, HOUR),
  'FU-07': span(0.1, 0.95),
  'FU-08': span(MINUTE, 5 * MINUTE),
  'FU-09': span(MINUTE, 5 * MINUTE),
  'FU-10': span(HOUR, 48 * HOUR),
  'FU-11': span(3 * DAY, 14 * DAY),
  'FU-12': span(HOUR, 72 * HOUR),
  'FU-13': span(HOUR, 72 * HOUR),
  'FU-16': span(1, 2),
  'FU-17': span(1, 2),
  'FU-18': span(1, 2),
  'FU-19': span(2 * HOUR, 7 * DAY),
  'FU-20': span(1, 12),
  'FU-21': span(30 * DAY, 365 * DAY),
  'FU-33': span(5 * MINUTE, DAY),
  'FU-37': span(DAY, 3 * DAY),
  'FU-38': span(MINUTE, HOUR),
  'FU-41': span(DAY, 14 * DAY),
  'FU-42': span(5 * MINUTE, 4 * HOUR),
  'FU-43': span(15 * MINUTE, DAY),
  'FU-45': span(5 * MINUTE, 4 * HOUR),
  'FU-46': span(DAY, 14 * DAY),
  'FU-47': span(DAY, 30 * DAY),
  'FU-48': span(3 * DAY, 30 * DAY),
};

const SCHEDULES: Partial<Record<RuleId, NonNullable<TimerBounds['schedule']>>> = {
  // Started in the morning and done by noon: the reminder comes before. @see FU-22
  'FU-22': { kind: 'daily', from: '06:00', to: '11:45' },
  'FU-23': { kind: 'everyDays', days: span(2, 3) },
  'FU-24': { kind: 'weekly' },
  'FU-25': { kind: 'weekly' },
  'FU-26': { kind: 'daily', from: '06:00', to: '23:45' },
  'FU-32': { kind: 'daily', from: '17:00', to: '23:45' },
  'FU-44': { kind: 'weekly' },
};

/** Kinds that can stand for each other: a time, calendar days, open days. */
const COUNTED: readonly Delay['kind'][] = ['after', 'days', 'workingDays'];
/** The longest pause between sales messages that a buyer's book remembers. */
const MOST_GAP_MS = DAY;

/** The bounds of a rule of the table. */
export function boundsOf(rule: FollowUpRule): TimerBounds {
  const touchSpan = SPANS[rule.id];
  const schedule = SCHEDULES[rule.id];
  const limit = rule.touchLimit ?? rule.touches.length;
  const isSales = rule.purpose === 'sales';
  return {
    ...(touchSpan ? { touches: { kinds: kindsOf(rule, touchSpan), span: touchSpan, most: rule.touches.length } } : {}),
    ...(limit > 1 ? { touchLimit: span(1, limit) } : {}),
    ...(isSales && rule.subject === 'order' ? { capPerOrder: span(1, ORDER_SALES_CAP) } : {}),
    ...(isSales && !rule.agreed ? { gapMs: span(SALES_GAP_MS, MOST_GAP_MS) } : {}),
    ...(schedule ? { schedule } : {}),
  };
}

function kindsOf({ touches }: FollowUpRule, { max }: Span): Delay['kind'][] {
  const { kind } = touches[0]!;
  const isCounted = kind === 'after' || kind === 'days';
  return isCounted && max >= DAY ? [...COUNTED] : [kind];
}

/** The figure of a delay that its bounds speak of; a day counts as 24 h beside times. */
export function figureOf(delay: Delay, kinds: readonly string[]): number {
  const isTime = kinds.includes('after');
  switch (delay.kind) {
    case 'after':
    case 'before':
      return delay.ms;
    case 'share':
      return delay.share;
    case 'days':
    case 'workingDays':
      return isTime || kinds.includes('days') ? delay.days * DAY : delay.days;
    case 'months':
      return delay.months;
    case 'inShift':
      return delay.minMs;
    case 'shiftDay':
      return delay.day;
    case 'nextShift':
      return 0;
  }
}
