/** Shifts, quiet hours, working days and wall-clock arithmetic in IANA zones. @see FR-05, FR-09 */
const MINUTE = 60_000;
const DAY = 86_400_000;
/** How far ahead a shift is looked for before the shop counts as closed for good. */
const HORIZON_DAYS = 400;

/** When a shop works and when its buyers sleep. */
export interface ShopHours {
  /** IANA name; buyers without a zone of their own share it. */
  timeZone: string;
  /** `HH:MM-HH:MM`, may pass midnight; equal ends: all day. */
  hours: string;
  /** `HH:MM-HH:MM`, may pass midnight; equal ends: none. */
  quietHours: string;
  /** Days (`YYYY-MM-DD`) on which no shift starts: holidays, weekly days off. */
  closedDays: readonly string[];
}

/** Answers about one shop's time. All moments are Unix ms; spans include their start and not their end. */
export interface ShopCalendar {
  readonly timeZone: string;
  isInShift(ms: number): boolean;
  /** Start of the first shift at or after the moment; `null`: none within 400 days. */
  nextShiftStart(ms: number): number | null;
  /** Start of the first shift that begins on the date or on the next open day. */
  shiftStartFrom(date: string): number | null;
  /** End of the shift that runs at the moment; `null`: none runs. */
  shiftEnd(ms: number): number | null;
  /** The day whose shift the moment belongs to, else its calendar day. */
  businessDate(ms: number): string;
  /** The quiet span around the moment in the zone; `null`: not quiet. */
  quietAround(ms: number, timeZone: string | null): { startMs: number; endMs: number } | null;
  /** First moment at or after `ms` inside a shift and outside quiet hours; quiet hours alone where no shift fits. */
  nextWorkingMoment(ms: number, timeZone: string | null): number;
  /** Same wall-clock time so many calendar days later. */
  addDays(ms: number, days: number): number;
  /** Same wall-clock time after so many open days. */
  addWorkingDays(ms: number, days: number): number;
  /** Same day of month and wall-clock time so many months later, or the month's last day. */
  addMonths(ms: number, months: number): number;
  /** Wall-clock `HH:MM` on the shop's calendar day of `ms`, so many days later. */
  atClock(ms: number, clock: string, daysLater: number): number;
}

/** A date and the ms since its midnight on the wall clock. */
export interface WallTime {
  date: string;
  timeMs: number;
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
function offsetMs(ms: number, timeZone: string): number {
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
  const timeMs = ((wall % DAY) + DAY) % DAY;
  return { date: formatDate(wall - timeMs), timeMs };
}

/** The moment a wall clock shows a time: the first of two, and the same distance behind the gap for none. */
export function fromWallTime(wall: WallTime, timeZone: string): number {
  const asUtc = Date.parse(`${wall.date}T00:00:00Z`) + wall.timeMs;
  const before = offsetMs(asUtc - DAY, timeZone);
  const after = offsetMs(asUtc + DAY, timeZone);
  for (const offset of [Math.max(before, after), Math.min(before, after)]) {
    if (offsetMs(asUtc - offset, timeZone) === offset) return asUtc - offset;
  }
  return asUtc - before;
}

function formatDate(utcMidnight: number): string {
  return new Date(utcMidnight).toISOString().slice(0, 10);
}

/** The date so many days later. */
export function shiftDate(date: string, days: number): string {
  return formatDate(Date.parse(`${date}T00:00:00Z`) + days * DAY);
}

/** Reads `HH:MM-HH:MM` as ms since midnight; an end at or before the start lies on the next day. */
export function parseSpan(span: string): { startMs: number; endMs: number } {
  const [start = 0, end = 0] = span.split('-').map(parseClock);
  return { startMs: start, endMs: end <= start ? end + DAY : end };
}

/** Reads `HH:MM` as ms since midnight. */
function parseClock(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE;
}

/** Builds the calendar of one shop. */
export function createShopCalendar(shop: ShopHours): ShopCalendar {
  const { timeZone } = shop;
  const shift = parseSpan(shop.hours);
  const quiet = parseSpan(shop.quietHours);
  const quietIsEmpty = quiet.endMs - quiet.startMs === DAY;
  const closed = new Set(shop.closedDays);
  const wallOf = (ms: number): WallTime => toWallTime(ms, timeZone);

  function spanOn(date: string, span: { startMs: number; endMs: number }, zone: string) {
    const edge = (timeMs: number): number =>
      fromWallTime({ date: shiftDate(date, Math.floor(timeMs / DAY)), timeMs: timeMs % DAY }, zone);
    return { startMs: edge(span.startMs), endMs: edge(span.endMs) };
  }

  function spanAround(
    ms: number,
    span: { startMs: number; endMs: number },
    zone: string,
    open: (d: string) => boolean,
  ) {
    const { date } = toWallTime(ms, zone);
    for (const day of [date, shiftDate(date, -1)]) {
      if (!open(day)) continue;
      const found = spanOn(day, span, zone);
      if (found.startMs <= ms && ms < found.endMs) return { date: day, ...found };
    }
    return null;
  }

  const isOpen = (date: string): boolean => !closed.has(date);
  const shiftAround = (ms: number) => spanAround(ms, shift, timeZone, isOpen);

  function quietAround(ms: number, zone: string | null) {
    return quietIsEmpty ? null : spanAround(ms, quiet, zone ?? timeZone, () => true);
  }

  function shiftStartFrom(date: string, notBeforeMs = Number.NEGATIVE_INFINITY): number | null {
    for (let day = 0; day <= HORIZON_DAYS; day++) {
      const candidate = shiftDate(date, day);
      if (!isOpen(candidate)) continue;
      const { startMs } = spanOn(candidate, shift, timeZone);
      if (startMs >= notBeforeMs) return startMs;
    }
    return null;
  }

  const nextShiftStart = (ms: number): number | null => shiftStartFrom(wallOf(ms).date, ms);

  function nextWorkingMoment(ms: number, zone: string | null): number {
    let moment = ms;
    // A shop that works only at night has no moment that satisfies both: quiet hours then decide alone.
    for (let round = 0; round < 8; round++) {
      const start = shiftAround(moment) ? moment : nextShiftStart(moment);
      if (start === null) break;
      const sleep = quietAround(start, zone);
      if (!sleep) return start;
      moment = sleep.endMs;
    }
    return quietAround(ms, zone)?.endMs ?? ms;
  }

  function addDays(ms: number, days: number): number {
    const wall = wallOf(ms);
    return fromWallTime({ date: shiftDate(wall.date, days), timeMs: wall.timeMs }, timeZone);
  }

  return {
    timeZone,
    isInShift: (ms) => shiftAround(ms) !== null,
    nextShiftStart,
    shiftStartFrom: (date) => shiftStartFrom(date),
    shiftEnd: (ms) => shiftAround(ms)?.endMs ?? null,
    businessDate: (ms) => shiftAround(ms)?.date ?? wallOf(ms).date,
    quietAround,
    nextWorkingMoment,
    addDays,
    addWorkingDays(ms, days) {
      const wall = wallOf(ms);
      let date = wall.date;
      for (let left = days, step = 0; left > 0 && step < HORIZON_DAYS; step++) {
        date = shiftDate(date, 1);
        if (isOpen(date)) left--;
      }
      return fromWallTime({ date, timeMs: wall.timeMs }, timeZone);
    },
    addMonths(ms, months) {
      const wall = wallOf(ms);
      const [year = 0, month = 1, day = 1] = wall.date.split('-').map(Number);
      const lastDay = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
      const date = formatDate(Date.UTC(year, month - 1 + months, Math.min(day, lastDay)));
      return fromWallTime({ date, timeMs: wall.timeMs }, timeZone);
    },
    atClock(ms, clock, daysLater) {
      const { date } = wallOf(ms);
      const timeMs = parseClock(clock);
      return spanOn(shiftDate(date, daysLater), { startMs: timeMs, endMs: timeMs }, timeZone).startMs;
    },
  };
}
