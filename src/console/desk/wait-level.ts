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
