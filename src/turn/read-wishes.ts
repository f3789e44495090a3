/** What a buyer's message asks of the timers: to be reminded at a time of their own. */
import type { Analysis } from '../protocol/turn.ts';

/** The moment the buyer promises to pay, Unix ms: only when they say that they pay later. @see FU-03, INT-IN-06 */
export function readPromise(analysis: Analysis, nowMs: number): number | undefined {
  if (!analysis.held.includes('INT-IN-06')) return undefined;
  for (const entity of analysis.entities) {
    if (entity.kind !== 'time' && entity.kind !== 'date') continue;
    const atMs = typeof entity.value === 'string' && entity.value.includes('T') ? Date.parse(entity.value) : Number.NaN;
    if (atMs > nowMs) return atMs;
  }
  return undefined;
}
