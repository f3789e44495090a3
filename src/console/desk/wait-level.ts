import type { ClockView } from '../../protocol/clocks.ts';

/** How urgent a waiting buyer is. */
export type WaitLevel = 'calm' | 'late' | 'overdue';

const LATE_MS = 3 * 60_000;
const OVERDUE_MS = 5 * 60_000;

/** Amber from three minutes of waiting, red from five. */
export function waitLevel(waitingSince: number, nowMs: number): WaitLevel {
  const waitedMs = nowMs - waitingSince;
  if (waitedMs >= OVERDUE_MS) return 'overdue';
  return waitedMs >= LATE_MS ? 'late' : 'calm';
}

/** Amber from the warning on, red behind the limit. */
export function clockLevel({ warnAt, dueAt }: Pick<ClockView, 'warnAt' | 'dueAt'>, nowMs: number): WaitLevel {
  if (nowMs > dueAt) return 'overdue';
  return nowMs >= warnAt ? 'late' : 'calm';
}
