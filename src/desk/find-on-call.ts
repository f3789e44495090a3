/** Who is on call at a moment. */
import { parseSpan, placeSpan, shiftDate, toWallTime } from '../lib/wall-time.ts';
import type { OnCallSettings } from '../protocol/on-call.ts';
import { weekdayOf } from './shop-schedule.ts';

/** The first person of the roster whose hours hold; `undefined`: nobody is on call. */
export function findOnCall(roster: OnCallSettings['roster'], timeZone: string, nowMs: number): string | undefined {
  if (!Array.isArray(roster)) return roster.always;
  const today = toWallTime(nowMs, timeZone).date;
  return roster.find(({ days, hours }) =>
    // A span past midnight belongs to the day it began on.
    [today, shiftDate(today, -1)].some((date) => {
      if (!days.includes(weekdayOf(date))) return false;
      const { startMs, endMs } = placeSpan(date, parseSpan(hours), timeZone);
      return startMs <= nowMs && nowMs < endMs;
    }),
  )?.person;
}
