/** Wall-clock time in a zone, by the platform's own zone data. */
import { offsetMs } from './wall-time.ts';

/** A moment as a wall clock shows it. */
export interface WallClock {
  year: number;
  /** 1–12 */
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/** What a wall clock in `tz` shows at a moment. */
export function wallClockAt(ms: number, tz: string): WallClock {
  const wall = new Date(ms + offsetMs(ms, tz));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
  };
}

/** Minutes that `tz` is ahead of UTC at a moment. */
export function offsetMinutes(ms: number, tz: string): number {
  return Math.round(offsetMs(ms, tz) / 60_000);
}

/** ISO 8601 with seconds and the offset of `tz`, such as `2027-05-03T09:30:00+08:00`. */
export function formatTime(ms: number, tz: string): string {
  const offset = offsetMinutes(ms, tz);
  const sign = offset < 0 ? '-' : '+';
  const pad = (n: number) => String(Math.floor(n)).padStart(2, '0');
  const local = new Date(ms + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${sign}${pad(Math.abs(offset) / 60)}:${pad(Math.abs(offset) % 60)}`;
}

/** Midnight of the day of a moment in `tz`, Unix ms. */
export function startOfDay(ms: number, tz: string): number {
  const wall = wallClockAt(ms, tz);
  const midnightUtc = Date.UTC(wall.year, wall.month - 1, wall.day);
  // The offset at midnight can differ from the one now on the days when clocks change.
  const guess = midnightUtc - offsetMinutes(ms, tz) * 60_000;
  return midnightUtc - offsetMinutes(guess, tz) * 60_000;
}
