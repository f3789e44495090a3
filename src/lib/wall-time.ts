/** Dates, clocks and spans on the wall of an IANA zone, with the days on which clocks change. */
const MINUTE = 60_000;
/** A day without a change of clocks, in ms. */
export const DAY_MS = 86_400_000;

/** A date and the ms since its midnight on the wall clock. */
export interface WallTime {
  date: string;
  timeMs: number;
}

/** A stretch of time in Unix ms: its start belongs to it, its end does not. */
export interface TimeSpan {
  startMs: number;
  endMs: number;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** Is it an IANA zone this machine knows? */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** Clocks change at full quarters of an hour only, so one answer serves the quarter. */
const QUARTER = 15 * MINUTE;
const MOST_QUARTERS = 50_000;
const offsets = new Map<string, Map<number, number>>();

/** Wall-clock ms (as if UTC) minus real ms. */
export function offsetMs(ms: number, timeZone: string): number {
  let known = offsets.get(timeZone);
  if (!known || known.size > MOST_QUARTERS) {
    known = new Map();
    offsets.set(timeZone, known);
  }
  const quarter = Math.floor(ms / QUARTER);
  const cached = known.get(quarter);
  if (cached !== undefined) return cached;
  const part: Record<string, number> = {};
  const startMs = quarter * QUARTER;
  for (const { type, value } of formatOf(timeZone).formatToParts(startMs)) part[type] = Number(value);
  const wall = Date.UTC(
    part['year']!,
    part['month']! - 1,
    part['day']!,
    part['hour']!,
    part['minute']!,
    part['second']!,
  );
  known.set(quarter, wall - startMs);
  return wall - startMs;
}

/** What the clock on the wall of the zone shows. */
export function toWallTime(ms: number, timeZone: string): WallTime {
  const wall = ms + offsetMs(ms, timeZone);
  const timeMs = ((wall % DAY_MS) + DAY_MS) % DAY_MS;
  return { date: formatDate(wall - timeMs), timeMs };
}

/** The moment a wall clock shows a time: the first of two, and the same distance behind the gap for none. */
export function fromWallTime(wall: WallTime, timeZone: string): number {
  const asUtc = Date.parse(`${wall.date}T00:00:00Z`) + wall.timeMs;
  const before = offsetMs(asUtc - DAY_MS, timeZone);
  const after = offsetMs(asUtc + DAY_MS, timeZone);
  for (const offset of [Math.max(before, after), Math.min(before, after)]) {
    if (offsetMs(asUtc - offset, timeZone) === offset) return asUtc - offset;
  }
  return asUtc - before;
}

/** `YYYY-MM-DD` of a midnight in UTC. */
export function formatDate(utcMidnight: number): string {
  return new Date(utcMidnight).toISOString().slice(0, 10);
}

/** The date so many days later. */
export function shiftDate(date: string, days: number): string {
  return formatDate(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS);
}

/** Reads `HH:MM-HH:MM` as ms since midnight; an end at or before the start lies on the next day. */
export function parseSpan(span: string): TimeSpan {
  const [start = 0, end = 0] = span.split('-').map(parseClock);
  return { startMs: start, endMs: end <= start ? end + DAY_MS : end };
}

/** Reads `HH:MM` as ms since midnight. */
export function parseClock(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE;
}

/** A span of the wall clock, in ms since the midnight of a date, as moments. */
export function placeSpan(date: string, span: TimeSpan, timeZone: string): TimeSpan {
  const edge = (timeMs: number): number =>
    fromWallTime({ date: shiftDate(date, Math.floor(timeMs / DAY_MS)), timeMs: timeMs % DAY_MS }, timeZone);
  return { startMs: edge(span.startMs), endMs: edge(span.endMs) };
}
