/** What a timer is: the shape of a rule, as data. The 49 rules themselves stand in `rule-table.ts`. @see domain 07 */

/** FU-01 … FU-49. */
export type RuleId = `FU-${string}`;

/** What a row belongs to. A case is named by its order. */
export type SubjectKind = 'order' | 'conversation' | 'refund' | 'buyer' | 'shop';

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
export type Delay =
  | { kind: 'after'; ms: number }
  | { kind: 'before'; ms: number }
  | { kind: 'share'; share: number }
  | { kind: 'days'; days: number }
  | { kind: 'workingDays'; days: number }
  | { kind: 'months'; months: number }
  | { kind: 'inShift'; minMs: number; maxMs: number }
  | { kind: 'shiftDay'; day: number }
  | { kind: 'nextShift' };

/** A clock of its own, for timers no event starts. Times are wall clock in the shop's zone. */
export type Schedule =
  | { kind: 'daily'; at: 'shift_start' | 'shift_end' | `${number}:${number}` }
  | { kind: 'everyDays'; days: number; at: 'shift_start' }
  | { kind: 'weekly'; weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7; at: 'shift_start' }
  | { kind: 'monthEnd'; at: 'shift_start' }
  /** People or a count over many buyers decide; nothing runs by the clock. */
  | { kind: 'byPeople' };

/** One timer. */
export interface FollowUpRule {
  id: RuleId;
  /** What sets it off and what it is for, in a few words. */
  title: { zh: string; en: string };
  subject: SubjectKind;
  /** Event types that can start it; empty: see `schedule`. */
  trigger: readonly string[];
  schedule?: Schedule;
  /** One entry a touch; the next one is planned when the last has ended. @see FR-02 */
  touches: readonly Delay[];
  /** Further touches repeat the last delay up to this many in all; default: the length of `touches`. */
  touchLimit?: number;
  /** `sales` falls under the caps of FR-06, `service` writes to the buyer, `internal` does not. */
  purpose: 'sales' | 'service' | 'internal';
  /** In quiet hours: wait for the morning, be put before them, or be let through (tasks, answers). @see FR-05 */
  quiet: 'next_morning' | 'before' | 'through';
  /** A person does it: it waits for a shift. */
  inShift?: boolean;
  /** Agreed with the buyer: the 12 h between sales messages do not hold it back, though it counts for the others. */
  agreed?: boolean;
  /** Which opt-outs stop it. `all` stops a rule marked `reminders` too; `never`: answers and open matters. */
  optOut: 'reminders' | 'all' | 'never';
  /** Modes it may use, the preferred one first. */
  modes: readonly ('A' | 'S' | 'O' | 'T')[];
  /** How long after its due moment a touch still makes sense; absent: as long as its guards hold. */
  momentMs?: number;
  /** Script cards proposed or sent; the caller's script room picks and renders. */
  cards: readonly string[];
  source: readonly string[];
}

/** What a shop may change about a rule. */
export interface RuleSettings {
  enabled?: boolean;
  touches?: readonly Delay[];
  touchLimit?: number;
}

/** Most sales messages about one unpaid order. @see FR-06 */
export const ORDER_SALES_CAP = 3;
/** Time between two sales messages to one buyer. @see FR-06 */
export const SALES_GAP_MS = 12 * 3_600_000;
/** Lifetime of an unpaid order where the platform does not tell. @see POL-06 */
export const UNPAID_LIFETIME_MS = 72 * 3_600_000;
/** A row that cannot be run is tried this often in all, then a person takes it over. */
export const MOST_TRIES = 10;
/** Wait after the first try that failed; it doubles with each further one (8.5 minutes before the last). */
export const FIRST_RETRY_MS = 1000;
/** A reply within this time of "think again" is the farewell. @see FU-06 */
export const FAREWELL_MS = 60_000;
/** A person who wrote within this time is active in the chat. @see SR-10 */
export const HUMAN_ACTIVE_MS = 10 * 60_000;
/** A chat that rested this long is over; the next message opens a new one. */
export const SESSION_GAP_MS = 30 * 60_000;
/** Items rated below this line get care after shipping. @see POL-31 */
export const LOW_RATING = 4.8;
