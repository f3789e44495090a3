/** A working copy of one buyer's book: plans, replaces and ends rows, and remembers what changed. @see FR-02, FR-10 */
import { copyJson } from '../lib/copy-json.ts';
import { isReached } from './ask-situation.ts';
import { checkGuards } from './check-guards.ts';
import { computeDue, type DueMoment, touchLimit } from './due-moment.ts';
import { findAnchor } from './find-anchor.ts';
import type { FollowUpRule, RuleId } from './rules.ts';
import type { FollowUpShop } from './shop.ts';
import { type Situation, touchesOf, touchKey } from './situation.ts';
import type { Book, BookChange, FollowUp, Reason, StoryEntry } from './store.ts';

type EndStatus = 'sent' | 'cancelled' | 'skipped' | 'failed';

/** Makes the id of a new row. */
export type NewFollowUpId = (nowMs: number) => string;

/** A working copy of a book at one moment. */
export interface Ledger {
  readonly situation: Situation;
  readonly nowMs: number;
  /** The rows that are live now, new ones included. */
  live(): FollowUp[];
  find(rule: RuleId, subjectId: string): FollowUp | undefined;
  /** Plans the rule's next touch, or moves its live row when its moment changed. */
  plan(rule: RuleId, subjectId: string, because: string): void;
  /** Gives a planned row the moment its rule asks for by the settings in force, or cancels it where they end it. */
  retime(row: FollowUp): void;
  /** Starts the rule's touches anew, as a fresh trigger does. */
  restart(rule: RuleId, subjectId: string): void;
  /** Cancels the rule's live row, if there is one. */
  cancel(rule: RuleId, subjectId: string, reason: Reason): void;
  /** Moves a planned row. */
  move(row: FollowUp, dueAtMs: number, because: Reason): void;
  /** Ends a row, counts it, and plans the rule's next touch where one is left. */
  end(row: FollowUp, status: EndStatus, reason: string | null, script?: string): void;
  /** Marks a row for writing after its fields were changed. */
  touch(row: FollowUp, entry: StoryEntry): void;
  note(id: string, entry: StoryEntry): void;
  close<T>(result: T): BookChange<T>;
}

/**
 * After these ends the rule goes on with its next touch; every other one ends the rule for the subject.
 * A talk makes one touch needless, not the next day's; a person who takes the chat over takes the order along.
 */
const GOES_ON: readonly string[] = ['buyer_wrote', 'agent_in_chat', 'cap_12h', 'quiet_hours', 'too_late'];

/** Opens a working copy of the rows on a situation that is the caller's own to change. */
export function openLedger(book: Book, shop: FollowUpShop, nowMs: number, newId: NewFollowUpId): Ledger {
  const { situation } = book;
  const rows = new Map(copyJson(book.live).map((row) => [row.id, row]));
  const changed = new Set<string>();
  const notes: BookChange<unknown>['notes'] = [];
  const isLive = (row: FollowUp): boolean => row.status === 'planned' || row.status === 'claimed';
  const live = (): FollowUp[] => [...rows.values()].filter(isLive);
  const find = (rule: RuleId, subjectId: string): FollowUp | undefined =>
    live().find((row) => row.rule === rule && row.subjectId === subjectId);

  function touch(row: FollowUp, entry: StoryEntry): void {
    row.story.push(entry);
    rows.set(row.id, row);
    changed.add(row.id);
  }

  function plan(ruleId: RuleId, subjectId: string, because: string): void {
    const rule = shop.rules.get(ruleId);
    if (!rule) return;
    const row = find(ruleId, subjectId);
    if (row?.status === 'claimed') return;
    if (!rule.enabled) {
      if (!row) noteSwitchedOff(rule, subjectId, because);
      return;
    }
    let number = row?.touch ?? touchesOf(situation, ruleId, subjectId).ended + 1;
    if (number > touchLimit(rule)) {
      if (rule.purpose !== 'sales') return;
      // A sales touch beyond the cap gets a row all the same: the ledger then says why nothing went out.
      number = touchLimit(rule);
    }
    planTouch(rule, subjectId, number, because, row);
  }

  const timingOf = (rule: FollowUpRule, subjectId: string) => ({
    calendar: shop.calendar,
    timeZone: situation.timeZone,
    lastSentAtMs: touchesOf(situation, rule.id, subjectId).lastSentAtMs,
  });

  function planTouch(rule: FollowUpRule, subjectId: string, number: number, because: string, row?: FollowUp): void {
    const anchor = findAnchor(rule.id, situation, subjectId, number);
    if (!anchor) return;
    const due = computeDue(rule, number, anchor, timingOf(rule, subjectId), nowMs);
    if (!due || due.touch > touchLimit(rule)) return;
    if (row) replan(row, due, because === 'settings_changed' ? because : 'rescheduled');
    else insert(rule, subjectId, due, because);
  }

  /**
   * What a timer would have planned were it on: an ended row, so that the ledger says why nothing came, and so that
   * the touch can be planned when the shop switches it on again. Once for each moment.
   */
  function noteSwitchedOff(rule: FollowUpRule, subjectId: string, because: string): void {
    const count = touchesOf(situation, rule.id, subjectId);
    const number = count.ended + 1;
    const anchor = findAnchor(rule.id, situation, subjectId, number);
    if (!anchor || number > touchLimit(rule) || checkGuards(rule, situation, subjectId, number)) return;
    const due = computeDue(rule, number, anchor, timingOf(rule, subjectId), nowMs);
    if (!due || due.dueAtMs === count.offDueAtMs) return;
    end(insert(rule, subjectId, due, because), 'cancelled', 'switched_off');
    situation.touches[touchKey(rule.id, subjectId)] = { ...count, offDueAtMs: due.dueAtMs };
  }

  function insert(rule: FollowUpRule, subjectId: string, due: DueMoment, because: string): FollowUp {
    const row: FollowUp = {
      id: newId(nowMs),
      rule: rule.id,
      subjectKind: rule.subject,
      subjectId,
      buyerId: situation.buyerId,
      orderId: rule.subject === 'order' ? subjectId : (situation.refunds[subjectId]?.orderId ?? null),
      conversationId: rule.subject === 'conversation' ? subjectId : null,
      touch: due.touch,
      revision: 1,
      status: 'planned',
      plannedAtMs: nowMs,
      scheduledAtMs: due.scheduledAtMs,
      dueAtMs: due.dueAtMs,
      claimedAtMs: null,
      mode: null,
      reason: null,
      endedAtMs: null,
      story: [],
    };
    touch(row, { atMs: nowMs, step: 'planned', because, dueAtMs: due.scheduledAtMs });
    if (due.movedBecause) touch(row, { atMs: nowMs, step: 'moved', because: due.movedBecause, dueAtMs: due.dueAtMs });
    return row;
  }

  function replan(row: FollowUp, due: DueMoment, because: Reason): void {
    if (row.dueAtMs === due.dueAtMs && row.touch === due.touch) return;
    row.touch = due.touch;
    row.revision += 1;
    row.scheduledAtMs = due.scheduledAtMs;
    row.dueAtMs = due.dueAtMs;
    touch(row, { atMs: nowMs, step: 'replanned', because, dueAtMs: due.dueAtMs });
  }

  function end(row: FollowUp, status: EndStatus, reason: string | null, script?: string): void {
    row.status = status;
    row.reason = reason;
    row.endedAtMs = nowMs;
    touch(row, { atMs: nowMs, step: status, because: reason ?? row.mode ?? '', ...(script ? { script } : {}) });
    // What the shop switched off is not used up: switched on again, the touch is planned again.
    if (reason === 'switched_off') return;
    const count = touchesOf(situation, row.rule, row.subjectId);
    const isSent = status === 'sent';
    situation.touches[touchKey(row.rule, row.subjectId)] = {
      ended: row.touch,
      sent: count.sent + (isSent ? 1 : 0),
      lastSentAtMs: isSent ? nowMs : count.lastSentAtMs,
    };
    if (isSent && row.rule === 'FU-42') rememberChannels(situation, row.subjectId);
    if (isSent || status === 'failed' || GOES_ON.includes(reason ?? '')) planNext(row);
  }

  function planNext(row: FollowUp): void {
    const rule = shop.rules.get(row.rule);
    const number = row.touch + 1;
    if (!rule?.enabled || number > touchLimit(rule)) return;
    if (checkGuards(rule, situation, row.subjectId, number)) return;
    planTouch(rule, row.subjectId, number, 'touch.ended');
  }

  return {
    situation,
    nowMs,
    live,
    find,
    plan,
    touch,
    end,
    retime(row) {
      const rule = shop.rules.get(row.rule);
      if (row.status !== 'planned' || !rule) return;
      if (!rule.enabled) end(row, 'cancelled', 'switched_off');
      else if (row.touch > touchLimit(rule)) end(row, 'cancelled', 'cap');
      else planTouch(rule, row.subjectId, row.touch, 'settings_changed', row);
    },
    restart(rule, subjectId) {
      if (!find(rule, subjectId)) delete situation.touches[touchKey(rule, subjectId)];
    },
    cancel(rule, subjectId, reason) {
      const row = find(rule, subjectId);
      if (row?.status === 'planned') end(row, 'cancelled', reason);
    },
    move(row, dueAtMs, because) {
      row.dueAtMs = dueAtMs;
      row.revision += 1;
      touch(row, { atMs: nowMs, step: 'moved', because, dueAtMs });
    },
    note: (id, entry) => notes.push({ id, entry }),
    close: (result) => ({ situation, rows: [...changed].map((id) => rows.get(id)!), notes, result }),
  };
}

function rememberChannels(s: Situation, conversationId: string): void {
  const chat = s.conversations[conversationId];
  const unread = chat?.unread;
  if (!chat || !unread) return;
  const fresh = unread.channels.filter((channel) => !isReached(chat, unread.matter, channel));
  chat.reachedOut.push(...fresh.map((channel) => `${unread.matter}/${channel}`));
}
