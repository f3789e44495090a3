import type { Entity } from '../../protocol/turn.ts';
import { NUMBER, parseNumber } from './chinese-number.ts';
import { findMatches } from './find-matches.ts';

/** When a message is read, in the shop's zone. */
export interface Today {
  year: number;
  /** 1–12 */
  month: number;
  day: number;
  /** 0 Sunday … 6 Saturday */
  weekday: number;
  /** Minute of the day, 0–1439. */
  minute: number;
  /** Of the zone at that moment, as `+08:00`. */
  offset: string;
}

/** Making a format costs more than using it a hundred times. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The present in a zone. @param timeZone an IANA name such as `Asia/Shanghai`. */
export function todayIn(nowMs: number, timeZone: string): Today {
  const format = formats.get(timeZone) ?? createFormat(timeZone);
  formats.set(timeZone, format);
  const parts = new Map(format.formatToParts(nowMs).map(({ type, value }) => [type, value]));
  const numberOf = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const [year, month, day] = [numberOf('year'), numberOf('month'), numberOf('day')];
  return {
    year,
    month,
    day,
    weekday: new Date(Date.UTC(year, month - 1, day)).getUTCDay(),
    minute: numberOf('hour') * 60 + numberOf('minute'),
    offset: parts.get('timeZoneName')?.replace('GMT', '') || '+00:00',
  };
}

function createFormat(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  });
}

/** Words for days, and how many days from today they are. */
export const RELATIVE_DAYS = new Map([
  ['大前天', -3],
  ['前儿', -2],
  ['昨儿', -1],
  ['今儿', 0],
  ['后儿', 2],
  ['前天', -2],
  ['前晚', -2],
  ['昨天', -1],
  ['昨日', -1],
  ['昨晚', -1],
  ['今天', 0],
  ['今日', 0],
  ['今晚', 0],
  ['今早', 0],
  ['当天', 0],
  ['明天', 1],
  ['明日', 1],
  ['明早', 1],
  ['明晚', 1],
  ['明儿', 1],
  ['后天', 2],
  ['后日', 2],
  ['大后天', 3],
]);
const RELATIVE =
  /(?<span>大前天|前天|前晚|昨天|昨日|昨晚|今天|今日|今晚|今早|明天|明日|明早|明晚|大后天|后天|后日|[前昨今明后]儿)/g;
const YEAR_DATE =
  /(?<!\d)(?<span>(?<year>20\d\d)\s*[-/.年]\s*(?<month>\d{1,2})\s*[-/.月]\s*(?<day>\d{1,2})[日号]?)(?!\d)/g;
const MONTH_DAY = new RegExp(`(?<![\\d.])(?<span>(?<month>${NUMBER})月(?<day>${NUMBER})[日号]?)(?!\\d)`, 'g');
/** `5/10前`, `5.20要用`: a day only where words of time follow. */
const SHORT_DATE =
  /(?<![\d./])(?<span>(?<month>1[0-2]|0?[1-9])[./](?<day>3[01]|[12]\d|0?[1-9]))(?![\d./元块%])(?=\s*(?:之?前|以前|之?后|以后|要用|当天|那天|发货?|寄|到货|能到|买的|拍的|下的单|签收))/g;
const DAY_ONLY =
  /(?<![\d.月楼栋座路街弄巷-])(?<span>(?<day>\d{1,2}|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九](?=[号日](?:之?[前后]|以[前后]|再|发|寄|能|要|到|买|拍|付)))[号日])(?!\d|楼|栋|线|色|码|店|仓|门|院|链|球|粉|的鞋|室|鞋|房|机|口红|电池|针)/g;
/** A day on which something has happened already. */
const PAST_DAY = new RegExp(
  `${DAY_ONLY.source}(?=\\D{0,3}(?:买|拍|下的|下单|付的|付了|收|签|到的|到了|发的|发了|退的|申请))`,
  'g',
);
const WEEKDAY = /(?<span>(?<week>上上|下下|上|下|这|本)?(?:个)?(?:周|星期|礼拜)(?<weekday>[一二三四五六日天末]))/g;
const DAYS_AHEAD = new RegExp(
  `(?<span>(?<days>${NUMBER})\\s*(?<unit>天|个?(?:周|星期|礼拜))(?<side>后|之后|以后|前|之前|以前))`,
  'g',
);

/** Dates as `YYYY-MM-DD`. A day without a month is the next one, or the last one of something past; a weekday alone is the next one. */
export function extractDates(text: string, today: Today): Entity[] {
  return [
    ...findMatches(text, YEAR_DATE, 'date', ({ year, month, day }) => toIso(Number(year), Number(month), Number(day))),
    ...findMatches(text, MONTH_DAY, 'date', ({ month, day }) => {
      const [m, d] = [parseNumber(month ?? ''), parseNumber(day ?? '')];
      return m === undefined || d === undefined ? undefined : nearestYear(today, m, d);
    }),
    ...findMatches(text, SHORT_DATE, 'date', ({ month, day }) => nearestYear(today, Number(month), Number(day))),
    ...findMatches(text, RELATIVE, 'date', (_, match) => addDays(today, RELATIVE_DAYS.get(match) ?? 0)),
    ...findMatches(text, DAYS_AHEAD, 'date', ({ days, unit, side }) => {
      const count = (parseNumber(days ?? '') ?? Number.NaN) * (unit === '天' ? 1 : 7);
      if (!(count <= 366)) return undefined;
      return addDays(today, /前/.test(side ?? '') ? -count : count);
    }),
    ...findMatches(text, WEEKDAY, 'date', ({ week, weekday }) => dateOfWeekday(today, week, weekday ?? '')),
    ...findMatches(text, PAST_DAY, 'date', ({ day }) => dayOfMonth(today, parseNumber(day ?? '') ?? 0, -1)),
    ...findMatches(text, DAY_ONLY, 'date', ({ day }) => dayOfMonth(today, parseNumber(day ?? '') ?? 0, 1)),
  ];
}

/** A day of the calendar, `undefined` when it does not exist. */
function toIso(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}

/** A day so many days from today, as `YYYY-MM-DD`. */
export function addDays(today: Today, days: number): string {
  return new Date(Date.UTC(today.year, today.month - 1, today.day + days)).toISOString().slice(0, 10);
}

/** The year that puts the day nearest to today. */
function nearestYear(today: Today, month: number, day: number): string | undefined {
  return nearest(
    today,
    [-1, 0, 1].map((shift) => toIso(today.year + shift, month, day)),
  );
}

/** The next (1) or last (-1) such day of a month, today included. */
function dayOfMonth(today: Today, day: number, direction: 1 | -1): string | undefined {
  const now = Date.UTC(today.year, today.month - 1, today.day);
  for (const step of [0, 1, 2]) {
    const month = new Date(Date.UTC(today.year, today.month - 1 + step * direction, 1));
    const found = toIso(month.getUTCFullYear(), month.getUTCMonth() + 1, day);
    if (found && (Date.parse(found) - now) * direction >= 0) return found;
  }
  return undefined;
}

function nearest(today: Today, candidates: (string | undefined)[]): string | undefined {
  const now = Date.UTC(today.year, today.month - 1, today.day);
  const known = candidates.filter((candidate) => candidate !== undefined);
  return known.sort((a, b) => Math.abs(Date.parse(a) - now) - Math.abs(Date.parse(b) - now))[0];
}

function dateOfWeekday(today: Today, week: string | undefined, name: string): string | undefined {
  const target = name === '末' ? 6 : ['日', '一', '二', '三', '四', '五', '六'].indexOf(name === '天' ? '日' : name);
  const fromMonday = (weekday: number): number => (weekday + 6) % 7;
  const inThisWeek = fromMonday(target) - fromMonday(today.weekday);
  if (week === undefined) return addDays(today, inThisWeek < 0 ? inThisWeek + 7 : inThisWeek);
  const weeks =
    new Map([
      ['上上', -2],
      ['上', -1],
      ['这', 0],
      ['本', 0],
      ['下', 1],
      ['下下', 2],
    ]).get(week) ?? 0;
  return addDays(today, inThisWeek + weeks * 7);
}
