import { copyJson } from '../lib/copy-json.ts';
import { createDueHeap } from './due-heap.ts';
import { createSituation, type Situation } from './situation.ts';
import type { FollowUp, FollowUpStore } from './store.ts';

/** Creates a store in memory: simulations, evaluation, tests. Nothing survives it. */
export function createMemoryFollowUpStore(): FollowUpStore {
  const situations = new Map<string, Situation>();
  const rows = new Map<string, FollowUp>();
  /** Planned rows by due moment; a row that has moved on since leaves a stale entry behind. */
  const queue = createDueHeap();
  const byBuyer = new Map<string, Set<string>>();
  const isLive = (row: FollowUp): boolean => row.status === 'planned' || row.status === 'claimed';
  const rowsOf = (buyerId: string): FollowUp[] => [...(byBuyer.get(buyerId) ?? [])].map((id) => rows.get(id)!);

  /** The index that Postgres has: at most one live row per rule and subject. */
  function checkOneLive(changed: readonly FollowUp[], buyerId: string): void {
    const ids = new Set(changed.map((row) => row.id));
    const taken = new Map<string, string>();
    for (const row of [...rowsOf(buyerId).filter((one) => !ids.has(one.id)), ...changed].filter(isLive)) {
      const key = `${row.rule} ${row.subjectId}`;
      const rival = taken.get(key);
      if (rival) throw new Error(`${key}: a second live row ${row.id} beside ${rival}`);
      taken.set(key, row.id);
    }
  }

  function write(row: FollowUp): void {
    rows.set(row.id, copyJson(row));
    if (row.status === 'planned') queue.push({ id: row.id, dueAtMs: row.dueAtMs });
    const ids = byBuyer.get(row.buyerId) ?? new Set();
    byBuyer.set(row.buyerId, ids.add(row.id));
  }

  function isStale({ id, dueAtMs }: { id: string; dueAtMs: number }): boolean {
    const row = rows.get(id);
    return row?.status !== 'planned' || row.dueAtMs !== dueAtMs;
  }

  /** The earliest entry that still counts. */
  function firstDue(): { id: string; dueAtMs: number } | undefined {
    for (let top = queue.peek(); top; top = queue.peek()) {
      if (!isStale(top)) return top;
      queue.pop();
    }
    return undefined;
  }

  /** Takes what is due up to a moment off the queue, each row once. */
  function takeDue(nowMs: number): FollowUp[] {
    const due = new Map<string, FollowUp>();
    for (let top = firstDue(); top && top.dueAtMs <= nowMs; top = firstDue()) {
      queue.pop();
      due.set(top.id, rows.get(top.id)!);
    }
    return [...due.values()];
  }

  return {
    async change(buyerId, work) {
      const situation = copyJson(situations.get(buyerId) ?? createSituation(buyerId));
      const live = copyJson(rowsOf(buyerId).filter(isLive));
      const change = work({ situation, live });
      checkOneLive(change.rows, buyerId);
      for (const row of change.rows) write(row);
      for (const { id, entry } of change.notes) rows.get(id)?.story.push(copyJson(entry));
      situations.set(buyerId, copyJson(change.situation));
      return change.result;
    },
    async listDue(nowMs, limit) {
      const due = takeDue(nowMs);
      for (const { id, dueAtMs } of due) queue.push({ id, dueAtMs });
      return due
        .sort((a, b) => a.dueAtMs - b.dueAtMs || compare(a.rule, b.rule) || compare(a.id, b.id))
        .slice(0, limit)
        .map(({ id, buyerId, revision, dueAtMs }) => ({ id, buyerId, revision, dueAtMs }));
    },
    async nextDueAt(fromMs = Number.NEGATIVE_INFINITY) {
      const earlier = takeDue(fromMs - 1);
      const next = firstDue()?.dueAtMs ?? null;
      for (const { id, dueAtMs } of earlier) queue.push({ id, dueAtMs });
      return next;
    },
    async listByBuyer(buyerId) {
      return copyJson(rowsOf(buyerId)).sort((a, b) => a.plannedAtMs - b.plannedAtMs || compare(a.id, b.id));
    },
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
