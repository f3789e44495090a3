/** The engine over a store: events in, due rows out. It plans and decides; what goes out is the caller's to send. */
import { copyJson } from '../lib/copy-json.ts';
import { checkGuards } from './check-guards.ts';
import { decideDue } from './decide-due.ts';
import type { FollowUpEvent } from './events.ts';
import { type NewFollowUpId, openLedger } from './open-ledger.ts';
import { planOnEvent } from './plan-on-event.ts';
import { FIRST_RETRY_MS, MOST_TRIES, type RuleId } from './rules.ts';
import type { FollowUpShop } from './shop.ts';
import { touchesOf } from './situation.ts';
import type { Book, BookChange, DueFollowUp, FollowUp, FollowUpStore } from './store.ts';
import { taskDeadline } from './task-rules.ts';

/** What the engine works with. */
export interface FollowUpEngineOptions {
  store: FollowUpStore;
  shop: FollowUpShop;
  newId: NewFollowUpId;
}

/** How a claimed row went out, or why it did not. */
export type Outcome =
  | { kind: 'sent'; script?: string }
  | { kind: 'skipped'; reason: string }
  | { kind: 'failed'; reason: string };

/** Sends one claimed row: through the gate and the outbox (S, O), or onto a task list (A, T). */
export type SendFollowUp = (row: FollowUp) => Promise<Outcome>;

/** A row that was claimed and finished in one change, and what was decided on it. */
export interface Settled<D> {
  /** As it was claimed. */
  row: FollowUp;
  decision: D;
}

/** Timers of one shop over one store; holds no state of its own, so one may be made per transaction. */
export interface FollowUpEngine {
  /** Folds an event into its buyer's book; serial per buyer, all or nothing. */
  onEvent(buyerId: string, event: FollowUpEvent): Promise<void>;
  /**
   * Decides on one due row and claims it if it goes out; `null`: skipped, moved, ended or claimed by another.
   *
   * An alarm whose row has moved on since (older revision, other status, not yet due) does nothing.
   */
  claim(alarm: Pick<DueFollowUp, 'id' | 'buyerId'>, nowMs: number): Promise<FollowUp | null>;
  /** Ends a claimed row and plans the rule's next touch. A row that is not claimed is left alone. */
  finish(row: Pick<FollowUp, 'id' | 'buyerId'>, outcome: Outcome, nowMs: number): Promise<void>;
  /**
   * Claims and finishes in one change of the book, for a caller who needs to wait for nothing to know how a row goes
   * out: `decide` is asked under the book's lock, of a row that `claim` would have given. `null` as in `claim`.
   *
   * @throws what `decide` throws; then nothing is changed
   */
  settle<D extends { outcome: Outcome }>(
    alarm: Pick<DueFollowUp, 'id' | 'buyerId'>,
    nowMs: number,
    decide: (row: FollowUp) => D,
  ): Promise<Settled<D> | null>;
  /**
   * Notes that a due row could not be run. It comes due again later, and ends as failed after `MOST_TRIES` tries.
   *
   * @returns the row when this was its last try, else `null`
   */
  noteFailure(alarm: Pick<DueFollowUp, 'id' | 'buyerId'>, reason: string, nowMs: number): Promise<FollowUp | null>;
  /**
   * Brings a buyer's rows in line with the settings in force: planned ones get their moment or end, and what was
   * cancelled because its rule was off is planned again where the rule is on and its guards hold.
   *
   * @returns the rows that are planned anew or moved
   */
  retime(buyerId: string, rows: readonly { rule: RuleId; subjectId: string }[], nowMs: number): Promise<FollowUp[]>;
  /** Claims, sends and finishes everything due, in order of due moment; gives how many rows it looked at. */
  runDue(nowMs: number, send: SendFollowUp, limit?: number): Promise<number>;
}

/** Creates the engine. */
export function createFollowUpEngine({ store, shop, newId }: FollowUpEngineOptions): FollowUpEngine {
  const engine: FollowUpEngine = {
    onEvent: (buyerId, event) =>
      store.change(buyerId, (book) => planOnEvent(book, event, shop, newId)).then(() => undefined),
    claim: ({ id, buyerId }, nowMs) => store.change(buyerId, (book) => claimRow(book, id, shop, nowMs, newId)),
    finish: ({ id, buyerId }, outcome, nowMs) =>
      store.change(buyerId, (book) => finishRow(book, id, outcome, shop, nowMs, newId)),
    settle: ({ id, buyerId }, nowMs, decide) =>
      store.change(buyerId, (book) => settleRow(book, id, decide, shop, nowMs, newId)),
    noteFailure: ({ id, buyerId }, reason, nowMs) =>
      store.change(buyerId, (book) => failRow(book, id, reason, shop, nowMs, newId)),
    retime: (buyerId, rows, nowMs) => store.change(buyerId, (book) => retimeRows(book, rows, shop, nowMs, newId)),
    async runDue(nowMs, send, limit = 100) {
      const due = await store.listDue(nowMs, limit);
      for (const alarm of due) {
        const row = await engine.claim(alarm, nowMs);
        if (row) await engine.finish(row, await send(row), nowMs);
      }
      return due.length;
    },
  };
  return engine;
}

/** Decides on a row of the book and, when it goes out, counts it at once so that no second one slips past a cap. */
function claimRow(
  book: Book,
  id: string,
  shop: FollowUpShop,
  nowMs: number,
  newId: NewFollowUpId,
): BookChange<FollowUp | null> {
  const ledger = openLedger({ ...book, situation: copyJson(book.situation) }, shop, nowMs, newId);
  const row = ledger.live().find((one) => one.id === id);
  if (row?.status !== 'planned' || row.dueAtMs > nowMs) return ledger.close(null);
  const decision = decideDue(row, ledger.situation, shop, nowMs);
  if (decision.kind === 'skip') ledger.end(row, 'skipped', decision.reason);
  if (decision.kind === 'move') ledger.move(row, decision.toMs, decision.reason);
  if (decision.kind !== 'send') return ledger.close(null);
  const sales = shop.rules.get(row.rule)?.purpose === 'sales';
  const { recentTouches, orders } = ledger.situation;
  if (decision.mode !== 'T') {
    recentTouches.push({
      followUpId: id,
      orderId: row.orderId,
      atMs: nowMs,
      sales,
      answered: false,
      paid: false,
      ...(decision.mode === 'A' ? { waits: true } : {}),
    });
  }
  const order = sales && row.orderId !== null ? orders[row.orderId] : undefined;
  if (order) order.salesTouches += 1;
  row.status = 'claimed';
  row.claimedAtMs = nowMs;
  row.deadlineAtMs = taskDeadline(row, ledger.situation, shop.calendar);
  row.mode = decision.mode;
  ledger.touch(row, { atMs: nowMs, step: 'claimed', because: decision.mode });
  return ledger.close(copyJson(row));
}

/** Ends a claimed row; what did not go out is taken off the counts again. */
function finishRow(
  book: Book,
  id: string,
  outcome: Outcome,
  shop: FollowUpShop,
  nowMs: number,
  newId: NewFollowUpId,
): BookChange<undefined> {
  const ledger = openLedger({ ...book, situation: copyJson(book.situation) }, shop, nowMs, newId);
  const row = ledger.live().find((one) => one.id === id);
  if (row?.status !== 'claimed') return ledger.close(undefined);
  if (outcome.kind !== 'sent') {
    const { situation } = ledger;
    const touch = situation.recentTouches.find((one) => one.followUpId === id);
    situation.recentTouches = situation.recentTouches.filter((one) => one !== touch);
    const order = touch?.sales && row.orderId !== null ? situation.orders[row.orderId] : undefined;
    if (order) order.salesTouches -= 1;
  }
  if (outcome.kind === 'sent') ledger.end(row, 'sent', null, outcome.script);
  else ledger.end(row, outcome.kind, outcome.reason);
  return ledger.close(undefined);
}

/** The claim and the end of one row as one change: who reads the book never meets it in between. */
function settleRow<D extends { outcome: Outcome }>(
  book: Book,
  id: string,
  decide: (row: FollowUp) => D,
  shop: FollowUpShop,
  nowMs: number,
  newId: NewFollowUpId,
): BookChange<Settled<D> | null> {
  const claimed = claimRow(book, id, shop, nowMs, newId);
  const row = claimed.result;
  if (!row) return { ...claimed, result: null };
  const decision = decide(row);
  const live = new Map([...book.live, ...claimed.rows].map((one) => [one.id, one]));
  const after = { situation: claimed.situation, live: [...live.values()] };
  const ended = finishRow(after, id, decision.outcome, shop, nowMs, newId);
  const rows = new Map([...claimed.rows, ...ended.rows].map((one) => [one.id, one]));
  return {
    situation: ended.situation,
    rows: [...rows.values()],
    notes: [...claimed.notes, ...ended.notes],
    result: { row, decision },
  };
}

function retimeRows(
  book: Book,
  rows: readonly { rule: RuleId; subjectId: string }[],
  shop: FollowUpShop,
  nowMs: number,
  newId: NewFollowUpId,
): BookChange<FollowUp[]> {
  const ledger = openLedger({ ...book, situation: copyJson(book.situation) }, shop, nowMs, newId);
  for (const { rule: id, subjectId } of rows) {
    const row = ledger.find(id, subjectId);
    const rule = shop.rules.get(id);
    if (row) ledger.retime(row);
    else if (rule?.enabled) {
      const touch = touchesOf(ledger.situation, id, subjectId).ended + 1;
      if (!checkGuards(rule, ledger.situation, subjectId, touch)) ledger.plan(id, subjectId, 'switched_on');
    }
  }
  const change = ledger.close<FollowUp[]>([]);
  return { ...change, result: copyJson(change.rows.filter((row) => row.status === 'planned')) };
}

/** Puts a row off that could not be run, or ends it. */
function failRow(
  book: Book,
  id: string,
  reason: string,
  shop: FollowUpShop,
  nowMs: number,
  newId: NewFollowUpId,
): BookChange<FollowUp | null> {
  const ledger = openLedger({ ...book, situation: copyJson(book.situation) }, shop, nowMs, newId);
  const row = ledger.live().find((one) => one.id === id);
  if (row?.status !== 'planned' || row.dueAtMs > nowMs) return ledger.close(null);
  const tries = 1 + row.story.filter(({ step }) => step === 'retried').length;
  if (tries >= MOST_TRIES) {
    row.deadlineAtMs = taskDeadline(row, ledger.situation, shop.calendar);
    ledger.end(row, 'failed', reason);
    return ledger.close(copyJson(row));
  }
  row.dueAtMs = nowMs + FIRST_RETRY_MS * 2 ** (tries - 1);
  row.revision += 1;
  ledger.touch(row, { atMs: nowMs, step: 'retried', because: reason, dueAtMs: row.dueAtMs });
  return ledger.close(null);
}
