/** Answers about when a shop is open, in its own zone. @see POL-29, SCR-04 */
import { DAY_MS, parseClock, parseSpan, placeSpan, shiftDate, type TimeSpan, toWallTime } from '../lib/wall-time.ts';
import type { Shop } from './ports.ts';
import { CHINESE_HOLIDAYS, type PublicHolidays } from './public-holidays.ts';
import { type ShopSchedule, weekdayOf, workdayBeside } from './shop-schedule.ts';

/** Answers about one shop's time, or one of its channels'. Moments are Unix ms; a span's end does not belong to it. */
export interface ShopHours {
  readonly timeZone: string;
  /** `HH:MM-HH:MM` in their order; `[]`: closed. */
  spansOn(date: string): readonly string[];
  isOpen(ms: number): boolean;
  /** When the shop opens next; open by now, when it opens again; `null`: never within 400 days, or it never closes. */
  nextOpening(ms: number): number | null;
  /** When the opening that runs ends; `null`: closed, or open for more than a week on end. */
  closesAt(ms: number): number | null;
  /** When the shop closed; `null`: it is open, or has been closed for 400 days. */
  closedSince(ms: number): number | null;
  /** The date whose hours hold: that of the opening that runs, else the calendar's. */
  dateAt(ms: number): string;
  /** Years of a stretch of days whose public holidays are asked for and not known. */
  unknownYears(fromMs: number, days: number): number[];
}

/** What the hours are made of. */
export interface HoursSettings {
  hours: string;
  closedDays: readonly string[];
  schedule?: ShopSchedule | undefined;
}

/** How far a look goes before the shop counts as closed for good. */
const HORIZON_DAYS = 400;
/** An opening without an end for so many days counts as one that never ends. */
const STEADY_DAYS = 8;
const MOST_DATES = 2000;
/** A promise leaves at least this much time for the answer. */
const LEAST_ANSWER_MS = 30 * 60_000;

/** Builds the hours of a shop, or of one of its channels. */
export function createShopHours(
  timeZone: string,
  settings: HoursSettings,
  channel?: string,
  publicHolidays: PublicHolidays = CHINESE_HOLIDAYS,
): ShopHours {
  const { schedule } = settings;
  const spansOn = schedule ? spansOfSchedule(schedule, settings, channel, publicHolidays) : spansOfEveryDay(settings);
  const placed = new Map<string, readonly TimeSpan[]>();

  function placedOn(date: string): readonly TimeSpan[] {
    let spans = placed.get(date);
    if (!spans) {
      if (placed.size >= MOST_DATES) placed.clear();
      spans = spansOn(date).map((span) => placeSpan(date, parseSpan(span), timeZone));
      placed.set(date, spans);
    }
    return spans;
  }

  const dateOf = (ms: number): string => toWallTime(ms, timeZone).date;

  function around(ms: number): (TimeSpan & { date: string }) | undefined {
    const today = dateOf(ms);
    for (const date of [today, shiftDate(today, -1)]) {
      const span = placedOn(date).find(({ startMs, endMs }) => startMs <= ms && ms < endMs);
      if (span) return { ...span, date };
    }
    return undefined;
  }

  function closesAt(ms: number): number | null {
    let span = around(ms);
    if (!span) return null;
    // A span that begins where another ends is one opening with it: round the clock, or past midnight into an early day.
    for (let end = span.endMs; end - ms < STEADY_DAYS * DAY_MS; end = span.endMs) {
      span = around(end);
      if (!span) return end;
    }
    return null;
  }

  function nextOpening(ms: number): number | null {
    const from = around(ms) ? closesAt(ms) : ms;
    if (from === null) return null;
    for (let day = 0, date = dateOf(from); day <= HORIZON_DAYS; day++, date = shiftDate(date, 1)) {
      const next = placedOn(date).find(({ startMs }) => startMs >= from);
      if (next) return next.startMs;
    }
    return null;
  }

  function closedSince(ms: number): number | null {
    if (around(ms)) return null;
    for (let day = 0, date = dateOf(ms); day <= HORIZON_DAYS; day++, date = shiftDate(date, -1)) {
      const ends = [...placedOn(date), ...placedOn(shiftDate(date, -1))].map(({ endMs }) => endMs);
      const last = Math.max(...ends.filter((endMs) => endMs <= ms));
      if (Number.isFinite(last)) return last;
    }
    return null;
  }

  return {
    timeZone,
    spansOn,
    isOpen: (ms) => around(ms) !== undefined,
    nextOpening,
    closesAt,
    closedSince,
    dateAt: (ms) => around(ms)?.date ?? dateOf(ms),
    unknownYears(fromMs, days) {
      if (schedule?.holidays !== 'cn') return [];
      const first = Number(dateOf(fromMs).slice(0, 4));
      const last = Number(shiftDate(dateOf(fromMs), days).slice(0, 4));
      const years = Array.from({ length: last - first + 1 }, (_, index) => first + index);
      return years.filter((year) => !publicHolidays.knows(year) && !schedule.enteredYears.includes(year));
    },
  };
}

function spansOfEveryDay({ hours, closedDays }: HoursSettings): ShopHours['spansOn'] {
  const every = [hours];
  const closed = new Set(closedDays);
  return (date) => (closed.has(date) ? [] : every);
}

function spansOfSchedule(
  schedule: ShopSchedule,
  { closedDays }: HoursSettings,
  channel: string | undefined,
  publicHolidays: PublicHolidays,
): ShopHours['spansOn'] {
  const week = (channel === undefined ? undefined : schedule.channels[channel]?.week) ?? schedule.week;
  const closed = new Set(closedDays);
  return (date) => {
    const own = schedule.dates[date];
    if (own) return own;
    if (closed.has(date)) return [];
    const kind = schedule.holidays === 'cn' ? publicHolidays.kindOf(date) : undefined;
    if (kind === 'holiday') return [];
    return week[kind === 'workday' ? workdayBeside(date) : weekdayOf(date)];
  };
}

const known = new WeakMap<Shop, Map<string | undefined, ShopHours>>();

/** The hours of a shop or of one of its channels, made once for each reading of its settings. */
export function hoursOf(shop: Shop, channel?: string): ShopHours {
  const ofShop = known.get(shop) ?? new Map<string | undefined, ShopHours>();
  known.set(shop, ofShop);
  const hasOwn = channel !== undefined && Object.hasOwn(shop.settings.schedule?.channels ?? {}, channel);
  const key = hasOwn ? channel : undefined;
  let hours = ofShop.get(key);
  if (!hours) {
    hours = createShopHours(shop.tz, shop.settings, key);
    ofShop.set(key, hours);
  }
  return hours;
}

/** Spans of the day whose hours are told: today's, or those of the next day with any; `[]`: none within 400 days. */
export function toldSpans(hours: ShopHours, ms: number): readonly string[] {
  const date = openDateFrom(hours, hours.dateAt(ms));
  return date === null ? [] : hours.spansOn(date);
}

/**
 * By when a message is answered that came while nobody was there: in the hours of a day or a break between them by its
 * posted hour, or by its closing where that hour has passed; else at the first posted hour of an open day after the next opening. Half an hour
 * from now at the earliest; `null`: the shop never opens.
 *
 * @param replyByHour `HH:MM`
 * @see POL-29
 */
export function promisedReplyAt(hours: ShopHours, replyByHour: string, ms: number): number | null {
  const isOpen = hours.isOpen(ms);
  const opensMs = isOpen ? ms : hours.nextOpening(ms);
  if (opensMs === null) return null;
  const timeMs = parseClock(replyByHour);
  const leastMs = Math.max(opensMs, ms + LEAST_ANSWER_MS);
  const today = hours.dateAt(ms);
  if (isOpen || hasBegun(hours, today, ms)) {
    // Nobody there, or in a break: somebody is back today, by the posted hour if that is still to come.
    const postedMs = placeSpan(today, { startMs: timeMs, endMs: timeMs }, hours.timeZone).startMs;
    const closesMs = lastClosing(hours, today);
    const byMs = postedMs >= leastMs && postedMs <= closesMs ? postedMs : closesMs;
    if (byMs >= leastMs) return byMs;
  }
  const from = isOpen ? shiftDate(today, 1) : hours.dateAt(opensMs);
  for (let date = openDateFrom(hours, from); date !== null; date = openDateFrom(hours, shiftDate(date, 1))) {
    const promisedMs = placeSpan(date, { startMs: timeMs, endMs: timeMs }, hours.timeZone).startMs;
    if (promisedMs >= leastMs) return promisedMs;
  }
  return null;
}

/** Whether the hours of a day are under way: the first span began, the last has not ended. */
function hasBegun(hours: ShopHours, date: string, ms: number): boolean {
  const [first] = hours.spansOn(date);
  if (first === undefined) return false;
  return placeSpan(date, parseSpan(first), hours.timeZone).startMs <= ms && ms < lastClosing(hours, date);
}

/** When the last span of a day ends. */
function lastClosing(hours: ShopHours, date: string): number {
  const ends = hours.spansOn(date).map((span) => placeSpan(date, parseSpan(span), hours.timeZone).endMs);
  return Math.max(...ends);
}

/** The first date from one on that has hours. */
function openDateFrom(hours: ShopHours, from: string): string | null {
  for (let day = 0, date = from; day <= HORIZON_DAYS; day++, date = shiftDate(date, 1)) {
    if (hours.spansOn(date).length > 0) return date;
  }
  return null;
}
