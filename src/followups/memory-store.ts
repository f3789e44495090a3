import { createSituation, type Situation } from './situation.ts';
import type { FollowUp, FollowUpStore } from './store.ts';

/** Creates a store in memory: simulations, evaluation, tests. Nothing survives it. */
export function createMemoryFollowUpStore(): FollowUpStore {
  const situations = new Map<string, Situation>();
  const rows = new Map<string, FollowUp>();
  /** Ids of planned rows; ended rows are many and never due again. */
  const planned = new Set<string>();
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
    rows.set(row.id, structuredClone(row));
    if (row.status === 'planned') planned.add(row.id);
    else planned.delete(row.id);
    const ids = byBuyer.get(row.buyerId) ?? new Set();
    byBuyer.set(row.buyerId, ids.add(row.id));
  }

  return {
    async change(buyerId, work) {
      const situation = structuredClone(situations.get(buyerId) ?? createSituation(buyerId));
      const live = structuredClone(rowsOf(buyerId).filter(isLive));
      const change = work({ situation, live });
      checkOneLive(change.rows, buyerId);
      for (const row of change.rows) write(row);
      for (const { id, entry } of change.notes) rows.get(id)?.story.push(structuredClone(entry));
      situations.set(buyerId, structuredClone(change.situation));
      return change.result;
    },
    async listDue(nowMs, limit) {
      return [...planned]
        .map((id) => rows.get(id)!)
        .filter((row) => row.dueAtMs <= nowMs)
        .sort((a, b) => a.dueAtMs - b.dueAtMs || compare(a.rule, b.rule) || compare(a.id, b.id))
        .slice(0, limit)
        .map(({ id, buyerId, revision, dueAtMs }) => ({ id, buyerId, revision, dueAtMs }));
    },
    async nextDueAt(fromMs = Number.NEGATIVE_INFINITY) {
      const due = [...planned].map((id) => rows.get(id)!.dueAtMs).filter((ms) => ms >= fromMs);
      return due.length === 0 ? null : Math.min(...due);
    },
    async listByBuyer(buyerId) {
      return structuredClone(rowsOf(buyerId)).sort((a, b) => a.plannedAtMs - b.plannedAtMs || compare(a.id, b.id));
    },
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
