/** Shifts, quiet hours, working days and wall-clock arithmetic in IANA zones. @see FR-05, FR-09 */
import {
  DAY_MS,
  formatDate,
  fromWallTime,
  parseClock,
  parseSpan,
  placeSpan,
  shiftDate,
  type TimeSpan,
  toWallTime,
  type WallTime,
} from '../lib/wall-time.ts';

/** How far ahead a shift is looked for before the shop counts as closed for good. */
const HORIZON_DAYS = 400;
const MOST_DATES = 1000;

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
  /** Shifts that begin on a date, in the form of `hours`, in their order; takes the place of `hours` and `closedDays`. */
  spansOn?: (date: string) => readonly string[];
}

/** Answers about one shop's time. All moments are Unix ms; spans include their start and not their end. */
export interface ShopCalendar {
  readonly timeZone: string;
  isInShift(ms: number): boolean;
  /** Start of the first shift at or after the moment; `null`: none within 400 days. */
  nextShiftStart(ms: number): number | null;
  /** Start of the first shift that begins on the date or on the next open day. */
  shiftStartFrom(date: string): number | null;
  /** End of the last shift of the day whose shift runs at the moment; `null`: none runs. */
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

/** The shifts of each date, read once. */
function readShifts({ hours, closedDays, spansOn }: ShopHours): (date: string) => readonly TimeSpan[] {
  if (spansOn === undefined) {
    const every = [parseSpan(hours)];
    const closed = new Set(closedDays);
    return (date) => (closed.has(date) ? [] : every);
  }
  const known = new Map<string, readonly TimeSpan[]>();
  return (date) => {
    let shifts = known.get(date);
    if (!shifts) {
      if (known.size >= MOST_DATES) known.clear();
      shifts = spansOn(date).map(parseSpan);
      known.set(date, shifts);
    }
    return shifts;
  };
}

/** The span around a moment among those that begin on its date or on the day before. */
function spanAround(ms: number, zone: string, spansOf: (date: string) => readonly TimeSpan[]) {
  const { date } = toWallTime(ms, zone);
  for (const day of [date, shiftDate(date, -1)]) {
    for (const span of spansOf(day)) {
      const found = placeSpan(day, span, zone);
      if (found.startMs <= ms && ms < found.endMs) return { date: day, ...found };
    }
  }
  return null;
}

/** Builds the calendar of one shop. */
export function createShopCalendar(shop: ShopHours): ShopCalendar {
  const { timeZone } = shop;
  const quiet = parseSpan(shop.quietHours);
  const quietSpans = quiet.endMs - quiet.startMs === DAY_MS ? [] : [quiet];
  const shiftsOn = readShifts(shop);
  const wallOf = (ms: number): WallTime => toWallTime(ms, timeZone);
  const isOpen = (date: string): boolean => shiftsOn(date).length > 0;
  const shiftAround = (ms: number) => spanAround(ms, timeZone, shiftsOn);

  function quietAround(ms: number, zone: string | null) {
    return spanAround(ms, zone ?? timeZone, () => quietSpans);
  }

  function shiftStartFrom(date: string, notBeforeMs = Number.NEGATIVE_INFINITY): number | null {
    for (let day = 0; day <= HORIZON_DAYS; day++) {
      const candidate = shiftDate(date, day);
      for (const shift of shiftsOn(candidate)) {
        const { startMs } = placeSpan(candidate, shift, timeZone);
        if (startMs >= notBeforeMs) return startMs;
      }
    }
    return null;
  }

  function shiftEnd(ms: number): number | null {
    const date = shiftAround(ms)?.date;
    const last = date === undefined ? undefined : shiftsOn(date).at(-1);
    return date === undefined || last === undefined ? null : placeSpan(date, last, timeZone).endMs;
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
    shiftEnd,
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
      return fromWallTime({ date: shiftDate(date, daysLater), timeMs }, timeZone);
    },
  };
}
