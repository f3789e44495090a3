/** When a timer with a clock of its own comes next. @see domain 07, FU-22 … FU-28 */
import { shiftDate, toWallTime } from '../lib/wall-time.ts';
import type { ShopCalendar } from './calendar.ts';
import type { Schedule } from './rules.ts';

const HORIZON_DAYS = 400;

/**
 * The first occurrence after a moment, on an open day; `null` for what people start, or when no open day comes.
 *
 * `everyDays` counts from `sinceMs`, the last time it happened. A week- or month-end day that is closed gives way to
 * the next open day of the same week, or the last open day of the month.
 */
export function nextOccurrence(
  schedule: Schedule,
  calendar: ShopCalendar,
  nowMs: number,
  sinceMs: number = nowMs,
): number | null {
  if (schedule.kind === 'byPeople') return null;
  const today = toWallTime(nowMs, calendar.timeZone).date;
  const first = schedule.kind === 'everyDays' ? toWallTime(sinceMs, calendar.timeZone).date : today;
  for (let day = 0; day <= HORIZON_DAYS; day++) {
    const date = shiftDate(first, day);
    if (schedule.kind === 'everyDays' && day < schedule.days) continue;
    if (!isDay(schedule, date, calendar)) continue;
    const moment = momentOn(schedule.at, date, calendar);
    if (moment !== null && moment > nowMs) return moment;
  }
  return null;
}

function isDay(schedule: Schedule, date: string, calendar: ShopCalendar): boolean {
  if (!isOpen(date, calendar)) return false;
  if (schedule.kind === 'weekly') {
    // Every day between the wanted weekday and this one was closed, so the wanted one moved here.
    for (let back = 0; back < 7; back++) {
      const candidate = shiftDate(date, -back);
      if (weekday(candidate) === schedule.weekday) return true;
      if (weekday(candidate) === 1 || isOpen(shiftDate(candidate, -1), calendar)) return false;
    }
    return false;
  }
  if (schedule.kind === 'monthEnd') {
    for (let next = shiftDate(date, 1); next.slice(0, 7) === date.slice(0, 7); next = shiftDate(next, 1)) {
      if (isOpen(next, calendar)) return false;
    }
  }
  return true;
}

/** Monday 1 … Sunday 7. */
function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

function isOpen(date: string, calendar: ShopCalendar): boolean {
  const start = calendar.shiftStartFrom(date);
  return start !== null && toWallTime(start, calendar.timeZone).date === date;
}

function momentOn(at: string, date: string, calendar: ShopCalendar): number | null {
  const start = calendar.shiftStartFrom(date);
  if (start === null || at === 'shift_start') return start;
  if (at === 'shift_end') return calendar.shiftEnd(start);
  return calendar.atClock(start, at, 0);
}
