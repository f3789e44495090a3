/** What a timer is: the shape of a rule, as data. The 49 rules themselves stand in `rule-table.ts`. @see domain 07 */

import type { Delay, Schedule, TimerSetting } from '../protocol/timers.ts';

export type { Delay, Schedule };

/** FU-01 … FU-49. */
export type RuleId = `FU-${string}`;

/** What a row belongs to. A case is named by its order. */
export type SubjectKind = 'order' | 'conversation' | 'refund' | 'buyer' | 'shop';

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
  /** Most sales messages about its order for it still to go out; absent: `ORDER_SALES_CAP`. @see FR-06 */
  capPerOrder?: number;
  /** Time since the last sales message to the buyer; absent: `SALES_GAP_MS`. @see FR-06 */
  gapMs?: number;
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

/** What a shop may change about a rule; the bounds stand in `timer-bounds.ts`. */
export type RuleSettings = TimerSetting;

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
