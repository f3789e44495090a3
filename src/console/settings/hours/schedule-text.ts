/** A week, special days and channels as text that people write: spans side by side, dates a line each or from-to. */

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];
type Week = Record<Weekday, string[]>;

/** The part `schedule` of the settings. */
export interface Schedule {
  week: Week;
  holidays: 'cn' | 'none';
  dates: Record<string, string[]>;
  enteredYears: number[];
  channels: Record<string, { week: Week }>;
}

/** The same as it is written in. */
export interface ScheduleForm {
  week: Record<Weekday, string>;
  holidays: 'cn' | 'none';
  dates: string;
  years: string;
  channels: string;
}

/** What cannot be read: a day of the week, a line (from 1) of a field, or the years. */
export type ScheduleProblem =
  | { field: 'week'; day: Weekday }
  | { field: 'dates' | 'channels'; line: number }
  | { field: 'years' };

const DAY_NAMES = '一二三四五六日';
const CLOSED = '休息';
const IS_CLOSED = /^(休息?|关门?|closed|-)?$/i;
const DAY_MS = 86_400_000;
/** A stretch of dates longer than a year is a slip of the pen. */
const MOST_DAYS = 366;

/** The fields as they stand for a schedule; without one, for a shop open at `hours` every day. */
export function writeSchedule(schedule: Schedule | undefined, hours: string): ScheduleForm {
  const week = Object.fromEntries(WEEKDAYS.map((day) => [day, schedule ? writeSpans(schedule.week[day]) : hours]));
  return {
    week: week as ScheduleForm['week'],
    holidays: schedule?.holidays ?? 'none',
    dates: writeDates(schedule?.dates ?? {}),
    years: (schedule?.enteredYears ?? []).join(' '),
    channels: Object.entries(schedule?.channels ?? {})
      .flatMap(([name, own]) => writeWeek(own.week).map((line) => `${name} ${line}`))
      .join('\n'),
  };
}

/** Reads the fields back, or tells the first that cannot be read. */
export function readSchedule(form: ScheduleForm): { schedule: Schedule } | { problem: ScheduleProblem } {
  const week = {} as Week;
  for (const day of WEEKDAYS) {
    const spans = readSpans(form.week[day]);
    if (!spans) return { problem: { field: 'week', day } };
    week[day] = spans;
  }
  const dates = readDates(form.dates, readSpans);
  if ('line' in dates) return { problem: { field: 'dates', line: dates.line } };
  const channels = readChannels(form.channels);
  if ('line' in channels) return { problem: { field: 'channels', line: channels.line } };
  const years = words(form.years).map(Number);
  if (!years.every((year) => Number.isInteger(year) && year >= 2000 && year <= 2100)) {
    return { problem: { field: 'years' } };
  }
  return {
    schedule: { week, holidays: form.holidays, dates: dates.values, enteredYears: years, channels: channels.values },
  };
}

/** Dates a line each, or from-to. */
export function writeDays(days: readonly string[]): string {
  return writeDates(Object.fromEntries(days.map((date) => [date, []])), () => '');
}

/** Reads them back in their order, or tells which line (from 1) cannot be read. */
export function readDays(text: string): string[] | { line: number } {
  const read = readDates(text, (rest) => (IS_CLOSED.test(rest) ? [] : undefined));
  return 'line' in read ? read : Object.keys(read.values).sort();
}

function words(text: string): string[] {
  return text.split(/[\s,，、;；]+/).filter((word) => word !== '');
}

function writeSpans(spans: readonly string[]): string {
  return spans.length === 0 ? CLOSED : spans.join(' ');
}

/** `undefined`: no spans. The signs of a Chinese keyboard count, and hours of one figure. */
function readSpans(text: string): string[] | undefined {
  const plain = text
    .trim()
    .replaceAll('：', ':')
    .replace(/\s*[-－–—~～至到]\s*/g, '-');
  if (IS_CLOSED.test(plain)) return [];
  const spans = words(plain).map((span) => span.replace(/(^|-)(\d:)/g, '$10$2'));
  return spans.every((span) => /^\d\d:\d\d-\d\d:\d\d$/.test(span)) ? spans : undefined;
}

function writeDates(dates: Readonly<Record<string, readonly string[]>>, write = writeSpans): string {
  const runs: { from: string; to: string; spans: string }[] = [];
  for (const date of Object.keys(dates).sort()) {
    const spans = write(dates[date]!);
    const run = runs.at(-1);
    if (run?.spans === spans && Date.parse(date) - Date.parse(run.to) === DAY_MS) run.to = date;
    else runs.push({ from: date, to: date, spans });
  }
  return runs.map(({ from, to, spans }) => `${from === to ? from : `${from} 至 ${to}`} ${spans}`.trim()).join('\n');
}

const DATE = String.raw`(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?`;
const DATES_LINE = new RegExp(`^${DATE}(?:\\s*(?:至|到|~|～|—|-)\\s*${DATE})?(?:\\s+(.*))?$`);

function readDates<T>(
  text: string,
  read: (rest: string) => T | undefined,
): { values: Record<string, T> } | { line: number } {
  const values: Record<string, T> = {};
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const found = DATES_LINE.exec(line.trim());
    const from = found && dateOf(found.slice(1, 4));
    const to = found?.[4] === undefined ? from : dateOf(found.slice(4, 7));
    const value = found ? read(found[7] ?? '') : undefined;
    const days = from && to ? (Date.parse(to) - Date.parse(from)) / DAY_MS : Number.NaN;
    if (!from || value === undefined || !(days >= 0 && days < MOST_DAYS)) return { line: at + 1 };
    for (let day = 0; day <= days; day++) values[isoOf(Date.parse(from) + day * DAY_MS)] = value;
  }
  return { values };
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** A date of the calendar; `undefined`: 30 February and its like. */
function dateOf([year = '', month = '', day = '']: readonly string[]): string | undefined {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const ms = Date.parse(`${date}T00:00:00Z`);
  return Number.isNaN(ms) || isoOf(ms) !== date ? undefined : date;
}

/** Days with the same hours stand together. */
function writeWeek(week: Week): string[] {
  const days = Map.groupBy(WEEKDAYS, (day) => writeSpans(week[day]));
  return [...days].map(([spans, own]) => `${own.map((day) => DAY_NAMES[WEEKDAYS.indexOf(day)]).join('')} ${spans}`);
}

/** Lines of channel, days and spans; a day that no line of a channel names is closed. */
function readChannels(text: string): { values: Schedule['channels'] } | { line: number } {
  const values: Schedule['channels'] = {};
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, name = '', days = '', rest = ''] = /^(\S+)\s+(\S+)\s*(.*)$/.exec(line.trim()) ?? [];
    const spans = readSpans(rest);
    const named = [...days.replaceAll('天', '日')].map((day) => WEEKDAYS[DAY_NAMES.indexOf(day)]);
    if (!/^[a-z][a-z0-9-]*$/.test(name) || !spans || named.length === 0 || named.includes(undefined)) {
      return { line: at + 1 };
    }
    values[name] ??= { week: Object.fromEntries(WEEKDAYS.map((day) => [day, [] as string[]])) as Week };
    for (const day of named) values[name].week[day!] = spans;
  }
  return { values };
}
