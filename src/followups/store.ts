/** The rows of the ledger and the port behind which they are kept. @see FR-02, FR-10 */
import type { RuleId, SubjectKind } from './rules.ts';
import type { Situation } from './situation.ts';

/** Why a row was cancelled, skipped or moved. */
export const REASONS = [
  'paid',
  'closed',
  'declined',
  'opted_out',
  'buyer_wrote',
  'agent_in_chat',
  'agent_took_over',
  'ordered',
  'merged',
  'rescheduled',
  'replaced_by_fu03',
  'answered',
  'number_entered',
  'case_open',
  'rating_not_low',
  'quiet_hours',
  'off_shift',
  'cap',
  'cap_12h',
  'no_more_followup',
  'shipped',
  'signed',
  'completed',
  'refunded',
  'settled',
  'not_handed_over',
  'number_unknown',
  'no_channel',
  'no_consent',
  'acknowledged',
  'too_late',
  'switched_off',
  'settings_changed',
  'switched_on',
  'not_found',
] as const;
/** A reason of the list. */
export type Reason = (typeof REASONS)[number];

/** `planned` and `claimed` are live; the other four are ends: after them only the story grows. */
const STATUSES = ['planned', 'claimed', 'sent', 'cancelled', 'skipped', 'failed'] as const;
export type FollowUpStatus = (typeof STATUSES)[number];

/** Ways to go out: before an agent, by a job, as an automatic off-duty reply, as an internal task. */
export type GoOutMode = 'A' | 'S' | 'O' | 'T';

/** One step in a row's story. @see FR-10 */
export interface StoryEntry {
  atMs: number;
  step:
    | 'planned'
    | 'replanned'
    | 'moved'
    | 'retried'
    | 'claimed'
    | 'sent'
    | 'cancelled'
    | 'skipped'
    | 'failed'
    | 'answered'
    | 'paid';
  /** Why: the event's type when planned, else the reason. */
  because: string;
  /** Due moment after this step, where the step sets one. */
  dueAtMs?: number;
  /** The script that went out, as `SCR-60.a v3`. */
  script?: string;
}

/** One planned touch: a row of the ledger. */
export interface FollowUp {
  id: string;
  rule: RuleId;
  subjectKind: SubjectKind;
  subjectId: string;
  buyerId: string;
  orderId: string | null;
  conversationId: string | null;
  /** Which touch of the rule, from 1. */
  touch: number;
  /** Grows by one whenever the due moment changes; `id` and `revision` name the alarm. @see FR-02 */
  revision: number;
  status: FollowUpStatus;
  plannedAtMs: number;
  /** The moment the rule asks for, before quiet hours, shifts and caps moved it. */
  scheduledAtMs: number;
  dueAtMs: number;
  /** When the row was claimed; `null` while planned. */
  claimedAtMs: number | null;
  /** How it went or goes out; `null` before the claim. */
  mode: GoOutMode | null;
  /** Why it ended, for cancelled, skipped and failed rows. */
  reason: string | null;
  endedAtMs: number | null;
  /** By when a person who gets it must be done; set when it is claimed, absent or `null`: no such moment. */
  deadlineAtMs?: number | null;
  story: StoryEntry[];
}

/** What `change` hands to the work. */
export interface Book {
  situation: Situation;
  /** The buyer's live rows (planned or claimed), in no order. */
  live: FollowUp[];
}

/** What the work wants written. */
export interface BookChange<T> {
  situation: Situation;
  /** New and changed rows, whole; a row with a known `id` replaces the stored one. */
  rows: FollowUp[];
  /** Lines to append to the story of rows that have ended already (answered, paid); unknown ids are ignored. */
  notes: { id: string; entry: StoryEntry }[];
  result: T;
}

/** A due row, as the sweep sees it. */
export interface DueFollowUp {
  id: string;
  buyerId: string;
  revision: number;
  dueAtMs: number;
}

/**
 * Where situations and rows are kept, for one shop.
 *
 * On Postgres: one table of situations (shop, buyer, jsonb), one of rows with a partial unique index on
 * (shop, rule, subject) where the status is live, and an index on (due) where the status is `planned`.
 */
export interface FollowUpStore {
  /**
   * Runs `work` alone on a buyer's book and writes what it returns, all or nothing.
   *
   * Calls for one buyer are serial (`INSERT … ON CONFLICT DO NOTHING`, then `SELECT … FOR UPDATE` of the situation
   * row); a buyer never seen gets `createSituation`. Bound to an open transaction, the lock lasts until its end, so
   * an outbox row or an order's state written in the same transaction stands or falls with the book.
   * `rows` may hold the end of a row beside its successor for the same rule and subject, in any order: write the ended
   * ones first. A second live row for a rule and subject is refused, and then nothing of the change is written.
   * When `work` throws, nothing is written and the error passes through. `work` is synchronous and may not be called
   * twice. Values handed out and taken in are never shared with the store.
   */
  change<T>(buyerId: string, work: (book: Book) => BookChange<T>): Promise<T>;
  /** Rows with status `planned` and `dueAtMs <= nowMs`, by due moment, then rule, then id; at most `limit`. */
  listDue(nowMs: number, limit: number): Promise<DueFollowUp[]>;
  /** The earliest due moment of all `planned` rows at or after `fromMs` (default: any); `null`: none. */
  nextDueAt(fromMs?: number): Promise<number | null>;
  /** Every row of a buyer, ended ones too, by the moment it was planned, then id. */
  listByBuyer(buyerId: string): Promise<FollowUp[]>;
}
