/** What a timer asks of people: by when, and whether it is the supervisor's. @see domain 07, section 7.2 */
import type { ShopCalendar } from './calendar.ts';
import { findAnchor } from './find-anchor.ts';
import { DAY, HOUR, MINUTE } from './rule-words.ts';
import type { RuleId } from './rules.ts';
import type { Situation } from './situation.ts';
import type { FollowUp } from './store.ts';

/**
 * By when a task must be done.
 *
 * - `anchor`: the deadline the timer itself counts towards (refund form, ship-by time, answer promised).
 * - `after`: so long after what the timer counts from; `touch`: so long after the touch's own moment.
 * - `autoClose`: before the platform closes the order.
 * - `clock`: that time of the same day in the shop's zone; `24:00`: its end.
 */
type Deadline =
  | { kind: 'anchor' }
  | { kind: 'after'; ms: number }
  | { kind: 'touch'; ms: number }
  | { kind: 'autoClose' }
  | { kind: 'clock'; at: string };

const touch = (ms: number): Deadline => ({ kind: 'touch', ms });
const after = (ms: number): Deadline => ({ kind: 'after', ms });
const TODAY: Deadline = { kind: 'clock', at: '24:00' };

const DEADLINES: Partial<Record<RuleId, Deadline>> = {
  'FU-01': { kind: 'autoClose' },
  'FU-02': { kind: 'autoClose' },
  'FU-03': { kind: 'autoClose' },
  'FU-04': { kind: 'autoClose' },
  'FU-05': touch(DAY),
  'FU-06': touch(HOUR),
  'FU-07': { kind: 'anchor' },
  'FU-08': after(5 * MINUTE),
  'FU-09': after(5 * MINUTE),
  'FU-10': after(48 * HOUR),
  // Checked on the fourth day, so that each week has its check.
  'FU-11': touch(3 * DAY),
  'FU-12': { kind: 'anchor' },
  'FU-16': touch(0),
  'FU-17': touch(0),
  'FU-18': touch(0),
  'FU-19': { kind: 'anchor' },
  'FU-22': { kind: 'clock', at: '12:00' },
  'FU-23': TODAY,
  'FU-24': TODAY,
  'FU-25': TODAY,
  'FU-26': TODAY,
  'FU-28': TODAY,
  'FU-29': { kind: 'anchor' },
  'FU-31': TODAY,
  'FU-32': TODAY,
  'FU-33': after(DAY),
  'FU-43': after(2 * HOUR),
  'FU-44': TODAY,
  'FU-45': after(15 * MINUTE),
};

/** The touch from which a timer is the supervisor's; a timer that is not named is an agent's. */
const SUPERVISED: Partial<Record<RuleId, number>> = {
  // At 40 h the logistics case goes to the supervisor.
  'FU-10': 2,
  'FU-23': 1,
  'FU-24': 1,
  'FU-25': 1,
  'FU-27': 1,
  'FU-28': 1,
  'FU-39': 1,
  'FU-40': 1,
  'FU-44': 1,
  'FU-45': 1,
  'FU-49': 1,
};

/** Whose task a touch is. */
export function taskRole(rule: string, touchNumber = 1): 'agent' | 'supervisor' {
  return touchNumber >= (SUPERVISED[rule as RuleId] ?? Infinity) ? 'supervisor' : 'agent';
}

/** By when a touch that a person gets must be done, Unix ms; `null`: the timer has no such moment. */
export function taskDeadline(row: FollowUp, s: Situation, calendar: ShopCalendar): number | null {
  const deadline = DEADLINES[row.rule];
  if (!deadline) return null;
  const anchor = findAnchor(row.rule, s, row.subjectId, row.touch);
  switch (deadline.kind) {
    case 'anchor':
      return anchor?.deadlineMs ?? null;
    case 'after':
      return anchor ? (anchor.deadlineMs ?? anchor.fromMs + deadline.ms) : null;
    case 'autoClose':
      return row.orderId === null ? null : (s.orders[row.orderId]?.autoCloseAtMs ?? null);
    case 'touch':
      // From when it came: a contact that waited for the morning has its hour in the morning.
      return row.dueAtMs + deadline.ms;
    case 'clock':
      return shopDeadline(row.rule, row.dueAtMs, calendar);
  }
}

/** The same for a task of the shop's own clock (FU-22 …) that came at `occurredMs`. */
export function shopDeadline(rule: string, occurredMs: number, calendar: ShopCalendar): number | null {
  const deadline = DEADLINES[rule as RuleId];
  if (deadline?.kind !== 'clock') return null;
  return deadline.at === '24:00'
    ? calendar.atClock(occurredMs, '00:00', 1)
    : calendar.atClock(occurredMs, deadline.at, 0);
}
