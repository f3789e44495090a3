/** From a rule's delay to the moment it is due, and where quiet hours and shifts put it. @see FR-03, FR-05, FR-09 */
import type { ShopCalendar } from './calendar.ts';
import type { Delay, FollowUpRule } from './rules.ts';
import type { Reason } from './store.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** How long before the quiet hours a notice is put that must not fall into them. */
const BEFORE_QUIET_MS = 10 * MINUTE;
/** A notice is never put closer to its order than this, so that it is not dunning. @see FR-03 */
const NOT_THE_MOMENT_AFTER_MS = 30 * MINUTE;

/** What a delay counts from, and towards. */
export interface Anchor {
  fromMs: number;
  deadlineMs?: number;
}

/** What a touch is placed by. */
interface Timing {
  calendar: ShopCalendar;
  /** Zone of the buyer; `null`: unknown, the shop's counts. */
  timeZone: string | null;
  /** When the touch before it went out; `null`: it did not, or there was none. */
  lastSentAtMs: number | null;
}

/** When a touch should happen, and when it will. */
export interface DueMoment {
  touch: number;
  scheduledAtMs: number;
  dueAtMs: number;
  /** Why the two differ. */
  movedBecause: Reason | null;
}

/** The delay of a touch; touches beyond the list go on in the last step. */
function delayOf(rule: FollowUpRule, touch: number): Delay {
  const last = rule.touches.at(-1)!;
  const delay = rule.touches[touch - 1];
  if (delay) return delay;
  const previous = rule.touches.at(-2);
  if (last.kind !== 'days' || previous?.kind !== 'days') return last;
  return { kind: 'days', days: last.days + (touch - rule.touches.length) * (last.days - previous.days) };
}

/** How many touches the rule has for one subject. */
export function touchLimit(rule: FollowUpRule): number {
  return rule.touchLimit ?? rule.touches.length;
}

/**
 * Computes when the first possible touch from `touch` on is due; `null`: none is left.
 *
 * A touch whose moment lies behind is due now; of several before a deadline the next is taken when it is near. A touch
 * that came late, after holidays or a long stop, takes the next one along by the days that lie between them.
 */
export function computeDue(
  rule: FollowUpRule,
  touch: number,
  anchor: Anchor,
  timing: Timing,
  nowMs: number,
): DueMoment | null {
  const { calendar, timeZone } = timing;
  const planned = schedule(rule, touch, anchor, calendar, timeZone);
  if (planned === null) return null;
  const scheduled = Math.max(planned, earliestAfterLast(rule, touch, timing));
  const next = rule.touches[touch];
  if (scheduled < nowMs && anchor.deadlineMs !== undefined && next?.kind === 'before') {
    const leftMs = anchor.deadlineMs - nowMs;
    if (leftMs < 2 * next.ms) return computeDue(rule, touch + 1, anchor, timing, nowMs);
  }
  const scheduledAtMs = Math.max(scheduled, nowMs);
  return { touch, scheduledAtMs, ...place(rule, scheduledAtMs, anchor, calendar, timeZone, nowMs) };
}

function schedule(
  rule: FollowUpRule,
  touch: number,
  { fromMs, deadlineMs }: Anchor,
  calendar: ShopCalendar,
  timeZone: string | null,
): number | null {
  const delay = delayOf(rule, touch);
  switch (delay.kind) {
    case 'after':
      return fromMs + delay.ms;
    case 'before':
      return deadlineMs === undefined ? null : Math.max(deadlineMs - delay.ms, earliestNotice(rule, fromMs));
    case 'share':
      return deadlineMs === undefined ? null : Math.round(fromMs + Math.max(0, deadlineMs - fromMs) * delay.share);
    case 'days':
      // Over a change of the clock the wall time alone could come an hour short of the days promised.
      return Math.max(calendar.addDays(fromMs, delay.days), fromMs + delay.days * DAY);
    case 'workingDays':
      return calendar.addWorkingDays(fromMs, delay.days);
    case 'months':
      return calendar.addMonths(fromMs, delay.months);
    case 'inShift':
      return momentInShift(fromMs + delay.minMs, fromMs + delay.maxMs, calendar, timeZone);
    case 'shiftDay':
      return shiftMoment(calendar.businessDate(fromMs), delay.day, calendar, timeZone);
    case 'nextShift':
      return answerMoment(fromMs, deadlineMs, calendar, timeZone);
  }
}

/** The earliest moment of a touch counted in days, so that the contact before it is not followed at once. */
function earliestAfterLast(rule: FollowUpRule, touch: number, { calendar, timeZone, lastSentAtMs }: Timing): number {
  const never = Number.NEGATIVE_INFINITY;
  if (touch < 2 || lastSentAtMs === null) return never;
  const [last, next] = [delayOf(rule, touch - 1), delayOf(rule, touch)];
  if (last.kind === 'days' && next.kind === 'days') return calendar.addDays(lastSentAtMs, next.days - last.days);
  if (last.kind === 'workingDays' && next.kind === 'workingDays') {
    return calendar.addWorkingDays(lastSentAtMs, next.days - last.days);
  }
  if (last.kind !== 'shiftDay' || next.kind !== 'shiftDay') return never;
  return shiftMoment(calendar.businessDate(lastSentAtMs), next.day - last.day, calendar, timeZone) ?? never;
}

function earliestNotice(rule: FollowUpRule, fromMs: number): number {
  return rule.purpose === 'sales' ? fromMs + NOT_THE_MOMENT_AFTER_MS : fromMs;
}

/** The working moment of the window nearest to its middle, else the first one after it. @see FU-02 */
function momentInShift(minMs: number, maxMs: number, calendar: ShopCalendar, timeZone: string | null): number {
  const middle = (minMs + maxMs) / 2;
  const next = calendar.nextWorkingMoment(middle, timeZone);
  if (next <= maxMs) return next;
  return calendar.nextWorkingMoment(minMs, timeZone) === minMs ? minMs : calendar.nextWorkingMoment(maxMs, timeZone);
}

function shiftMoment(date: string, day: number, calendar: ShopCalendar, timeZone: string | null): number | null {
  const wanted = new Date(Date.parse(`${date}T00:00:00Z`) + day * DAY).toISOString().slice(0, 10);
  const start = calendar.shiftStartFrom(wanted);
  return start === null ? null : calendar.nextWorkingMoment(start, timeZone);
}

/** When people are back to answer: awake buyers first, but never later than promised. @see FU-29 */
function answerMoment(
  fromMs: number,
  deadlineMs: number | undefined,
  calendar: ShopCalendar,
  timeZone: string | null,
): number | null {
  const start = calendar.nextShiftStart(fromMs + 1);
  // Promised within the shift that runs: it is there for whoever comes back first.
  const isOfThisShift =
    deadlineMs !== undefined && calendar.isInShift(fromMs) && (start === null || deadlineMs < start);
  if (isOfThisShift) return fromMs;
  if (start === null) return deadlineMs ?? null;
  const awake = calendar.nextWorkingMoment(start, timeZone);
  if (deadlineMs === undefined || deadlineMs < start) return awake;
  return Math.min(awake, deadlineMs);
}

/** Puts a moment where it may be: out of the quiet hours, into a shift where the rule asks for one. */
export function place(
  rule: FollowUpRule,
  momentMs: number,
  anchor: Anchor,
  calendar: ShopCalendar,
  timeZone: string | null,
  nowMs: number,
): { dueAtMs: number; movedBecause: Reason | null } {
  if (rule.quiet === 'through') return { dueAtMs: momentMs, movedBecause: null };
  if (rule.inShift) {
    const dueAtMs = calendar.nextWorkingMoment(momentMs, timeZone);
    return { dueAtMs, movedBecause: dueAtMs === momentMs ? null : 'off_shift' };
  }
  const sleep = calendar.quietAround(momentMs, timeZone);
  if (!sleep) return { dueAtMs: momentMs, movedBecause: null };
  if (rule.quiet === 'before') {
    const evening = Math.max(sleep.startMs - BEFORE_QUIET_MS, nowMs, earliestNotice(rule, anchor.fromMs));
    if (evening < sleep.startMs) return { dueAtMs: evening, movedBecause: 'quiet_hours' };
    // No way out of the night before the deadline: the check at the due moment skips it and says so.
    if (anchor.deadlineMs !== undefined && sleep.endMs >= anchor.deadlineMs) {
      return { dueAtMs: momentMs, movedBecause: null };
    }
  }
  return { dueAtMs: sleep.endMs, movedBecause: 'quiet_hours' };
}
