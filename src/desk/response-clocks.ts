/** When a clock of a conversation warns and is due, and how it stands. @see KPI-02 */
import type { ClockKind, ClockSettings, ClockView } from '../protocol/clocks.ts';
import type { ShopHours } from './shop-hours.ts';

/** The moments of a clock, Unix ms. */
export interface ClockTimes {
  countsFrom: number;
  warnAt: number;
  dueAt: number;
}

/** Openings that are looked through before a limit counts as never reached. */
const MOST_OPENINGS = 1000;

/**
 * Moments of a clock that a message starts; `null`: the shop never opens for so long.
 *
 * @param hours those of the buyer's channel
 */
export function timesOf(rule: ClockSettings[ClockKind], hours: ShopHours, startedAt: number): ClockTimes | null {
  const limitMs = rule.limitS * 1000;
  const warnMs = Math.floor(limitMs * rule.warnShare);
  if (rule.runs === 'always') {
    return { countsFrom: startedAt, warnAt: startedAt + warnMs, dueAt: startedAt + limitMs };
  }
  const countsFrom = hours.isOpen(startedAt) ? startedAt : hours.nextOpening(startedAt);
  const dueAt = addOpenTime(hours, startedAt, limitMs);
  const warnAt = addOpenTime(hours, startedAt, warnMs);
  return countsFrom === null || warnAt === null || dueAt === null ? null : { countsFrom, warnAt, dueAt };
}

/** The moment at which a stretch of open time since another is over; `null`: never. */
export function addOpenTime(hours: ShopHours, fromMs: number, ms: number): number | null {
  let left = ms;
  let at = fromMs;
  for (let opening = 0; opening < MOST_OPENINGS; opening++) {
    if (!hours.isOpen(at)) {
      const opens = hours.nextOpening(at);
      if (opens === null) return null;
      at = opens;
    }
    const closes = hours.closesAt(at);
    if (closes === null || at + left <= closes) return at + left;
    left -= closes - at;
    at = closes;
  }
  return null;
}

/** How a clock stands at a moment. */
export function stateOf(
  clock: { warnAt: number; dueAt: number; stoppedAt?: number | undefined },
  nowMs: number,
): ClockView['state'] {
  if (clock.stoppedAt !== undefined) return 'stopped';
  if (nowMs > clock.dueAt) return 'breached';
  return nowMs >= clock.warnAt ? 'warned' : 'running';
}
