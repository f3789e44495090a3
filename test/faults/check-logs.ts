/** Judges a run by its logs alone: it knows no table, no queue and no process. */
import type { CommitLine, EventLine, SendLine } from './logs.ts';
import { REMINDER } from './platform.ts';

/** Ways a reminder can be wrong. */
export type ViolationKind = 'lost' | 'twice' | 'early' | 'after payment' | 'of nobody';

/** What the logs hold against a run, and what they measure. */
export interface Verdict {
  orders: number;
  paid: number;
  /** Orders with a reminder. */
  reminded: number;
  /** Deliveries of reminders that the platform knew by their keys and dropped. */
  repeated: number;
  violations: Record<ViolationKind, number>;
  /** From the due moment to the platform, in ms, over all reminders. */
  lagMs: { p50: number; p99: number; max: number };
}

/**
 * Checks every order: one reminder, not before its moment; none where a payment was committed before the decision to
 * send; and where no payment came at all, one in any case.
 *
 * @param endedAtMs what was due later cannot be missed yet
 */
export function checkLogs(
  logs: { events: EventLine[]; sends: SendLine[]; commits: CommitLine[] },
  endedAtMs: number,
): Verdict {
  const violations: Verdict['violations'] = { lost: 0, twice: 0, early: 0, 'after payment': 0, 'of nobody': 0 };
  // Other messages, such as the thanks for a payment, are no reminders.
  const reminders = logs.sends.filter((line) => line.card === REMINDER);
  const shown = reminders.filter((line) => !line.repeated);
  const sends = Map.groupBy(shown, (line) => line.orderId);
  const placed = new Map(logs.events.flatMap((line) => (line.type === 'order.created' ? [[line.orderId, line]] : [])));
  const paid = new Set(logs.events.flatMap((line) => (line.type === 'order.paid' ? [line.orderId] : [])));
  const paidAtMs = new Map(logs.commits.flatMap((line) => (line.what === 'paid' ? [[line.orderId, line.atMs]] : [])));
  const decidedAtMs = new Map(
    logs.commits.flatMap((line) => (line.what === 'send decided' ? [[line.key ?? '', line.atMs]] : [])),
  );
  const lags: number[] = [];
  for (const { orderId, dueAtMs } of placed.values()) {
    const own = sends.get(orderId) ?? [];
    if (own.length === 0 && !paid.has(orderId) && dueAtMs <= endedAtMs) violations.lost++;
    if (own.length > 1) violations.twice++;
    if (own.some((line) => line.atMs < dueAtMs)) violations.early++;
    const payment = paidAtMs.get(orderId) ?? Number.POSITIVE_INFINITY;
    if (own.some((line) => (decidedAtMs.get(line.key) ?? line.atMs) > payment)) violations['after payment']++;
    if (own[0]) lags.push(own[0].atMs - dueAtMs);
  }
  violations['of nobody'] = [...sends.keys()].filter((orderId) => !placed.has(orderId)).length;
  return {
    orders: placed.size,
    paid: paid.size,
    reminded: lags.length,
    repeated: reminders.length - shown.length,
    violations,
    lagMs: measureLags(lags),
  };
}

/** Violations of all kinds together. */
export function countViolations({ violations }: Verdict): number {
  return Object.values(violations).reduce((sum, count) => sum + count, 0);
}

function measureLags(lags: number[]): Verdict['lagMs'] {
  const sorted = lags.toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}
