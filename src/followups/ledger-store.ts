/** The ledger as it is read over all buyers, and the list of timers whose rows must follow a changed setting. */
import type { RuleId } from './rules.ts';
import type { Situation } from './situation.ts';
import type { FollowUp, FollowUpStatus } from './store.ts';

/** Which rows are wanted; what is absent is not asked. */
export interface LedgerFilter {
  rule?: string | undefined;
  status?: FollowUpStatus | undefined;
  orderId?: string | undefined;
  buyerId?: string | undefined;
  /** Due at or after it, Unix ms. */
  fromMs?: number | undefined;
  /** Due before it. */
  toMs?: number | undefined;
}

/** Where a page ended: the next one goes on behind it. */
export interface LedgerCursor {
  dueAtMs: number;
  id: string;
}

/** A timer whose planned rows must be looked at again. */
export interface TimerChange {
  rule: RuleId;
  /** Of the settings; a newer change starts the walk anew. */
  revision: number;
  /** The walk has come up to this row; empty: it begins. */
  afterId: string;
}

/** The ledger of one shop. */
export interface FollowUpLedgerStore {
  /** Rows by due moment, the latest first, with the buyer's name. */
  page(
    filter: LedgerFilter,
    after: LedgerCursor | undefined,
    limit: number,
  ): Promise<{ row: FollowUp; buyerName: string | null }[]>;
  /** How many rows are planned, by timer. */
  countPlanned(): Promise<Map<string, number>>;
  /** What is known of some buyers; those never heard of are left out. */
  situations(buyerIds: readonly string[]): Promise<Map<string, Situation>>;
  /** Notes that timers have changed; their rows are walked from `fromMs` on. */
  noteChanges(rules: readonly RuleId[], revision: number, fromMs: number): Promise<void>;
  /** Takes a changed timer for `leaseMs`; a walker that dies leaves it to another. */
  claimChange(nowMs: number, leaseMs: number): Promise<TimerChange | undefined>;
  /**
   * Rows of the timer behind `afterId`, by id: the planned ones, and those that ended because the timer was off
   * although their moment is still to come.
   */
  rowsToRetime(
    change: TimerChange,
    nowMs: number,
    limit: number,
  ): Promise<{ id: string; buyerId: string; subjectId: string; channel: string | null }[]>;
  /** Remembers how far the walk has come, or that it is over (`null`), unless the timer changed meanwhile. */
  advanceChange(change: TimerChange, afterId: string | null, leaseUntilMs: number): Promise<void>;
}
