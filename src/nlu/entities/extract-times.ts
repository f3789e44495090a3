import type { Entity } from '../../protocol/turn.ts';
import { NUMBER, parseNumber } from './chinese-number.ts';
import { addDays, RELATIVE_DAYS, type Today } from './extract-dates.ts';
import { findMatches } from './find-matches.ts';

const PART = '凌晨|夜里|半夜|深夜|早上|上午|中午|下午|傍晚|晚上|今晚|明晚|昨晚|今早|明早|早|晚';
const CLOCK = new RegExp(
  `(?<!\\d)(?<span>(?<part>${PART})?(?:的)?\\s*(?<hour>[01]?\\d|2[0-4]|十[一二]?|[一二两三四五六七八九])\\s*` +
    '(?:点(?!击|开|了吧|个)钟?(?<half>半)?(?<quarters>[一三]刻)?(?<minute>\\d{1,2}分?|[一二三四五]?十[一二三四五六七八九]?分?)?' +
    '|[:：](?<exact>[0-5]\\d)))(?!\\d)',
  'g',
);
/** A span of time counted from now: 半小时后, 过一个半小时, 再等20分钟. */
const FROM_NOW = new RegExp(
  `(?<![第零〇一二两三四五六七八九十百\\d.])(?<span>(?<ahead>再?过|再?等)?(?<count>半|${NUMBER})\\s*个?(?<half>半)?` +
    '(?<unit>小时|钟头|分钟|刻钟)(?<behind>之后|以后|后)?)',
  'g',
);
const PART_OF_DAY = /(?<span>凌晨|早上|今早|明早|上午|中午|下午|傍晚|晚上|今晚|明晚|昨晚)/g;
const SPANS = new Map([
  ['凌晨', '00:00-06:00'],
  ['早上', '06:00-09:00'],
  ['今早', '06:00-09:00'],
  ['明早', '06:00-09:00'],
  ['上午', '08:00-12:00'],
  ['中午', '11:00-14:00'],
  ['下午', '12:00-18:00'],
  ['傍晚', '17:00-19:00'],
  ['晚上', '18:00-24:00'],
  ['今晚', '18:00-24:00'],
  ['明晚', '18:00-24:00'],
  ['昨晚', '18:00-24:00'],
]);
/** What may stand between a day and its clock time. */
const DAY_TO_CLOCK = /^(?:的|大概|大约|差不多|就|等到?|到|\s)*$/;
/** An hour below this, said without a part of the day, is one of the afternoon. */
const EARLIEST_HOUR = 7;
/** What follows the time of something that has happened. */
const HAPPENED =
  /^.{0,3}(?:就|才|已经)?(?:(?:买|拍|下单|付款?|收|签收?|发|退|寄|到|送|申请|取)(?:的|了|到)|说的|显示|更新)/;
const MINUTES_A_DAY = 1440;

/** Times counted from now (半小时后) as ISO 8601 with the zone's offset. */
export function extractTimesFromNow(text: string, today: Today): Entity[] {
  return findMatches(text, FROM_NOW, 'time', (groups) => {
    const minutes = groups['ahead'] || groups['behind'] ? minutesFromNow(groups) : undefined;
    return minutes === undefined ? undefined : isoAt(today, 0, today.minute + minutes);
  });
}

/**
 * Clock times as ISO 8601 with the zone's offset, parts of a day as `HH:MM-HH:MM`.
 *
 * 一点 alone is no time but a little of something. A clock time belongs to the day named just before it, else it is the next one (the last one of something past).
 *
 * @param dates the days the text names, as `extractDates` gives them.
 */
export function extractTimes(text: string, today: Today, dates: readonly Entity[]): Entity[] {
  const clocks = findMatches(text, CLOCK, 'time', minuteOf);
  const moments = clocks.map((clock) => ({ ...clock, value: momentOf(clock, text, today, dates) }));
  return [
    ...moments.filter((moment): moment is typeof moment & { value: string } => moment.value !== undefined),
    ...findMatches(text, PART_OF_DAY, 'time', (_, match) => SPANS.get(match)),
  ];
}

type Groups = Record<string, string | undefined>;

/** Minute of the day a clock time says, 0–1440. */
function minuteOf({ part, hour, half, quarters, minute, exact }: Groups): number | undefined {
  const hours = parseNumber(hour ?? '');
  if (hours === undefined || hours > 24) return undefined;
  const night = /夜/.test(part ?? '') && hours >= 6;
  const afternoon = night || /下午|傍晚|晚/.test(part ?? '') || (part === '中午' && hours < 11);
  const minutes = half
    ? 30
    : quarters
      ? quarters === '一刻'
        ? 15
        : 45
      : (parseNumber((exact ?? minute ?? '0').replace('分', '')) ?? 0);
  if (minutes >= 60) return undefined;
  const midnight = hours === 12 && /晚|凌晨|夜/.test(part ?? '');
  return (midnight ? (part === '凌晨' ? 0 : 24) : afternoon && hours < 12 ? hours + 12 : hours) * 60 + minutes;
}

function momentOf(clock: Entity, text: string, today: Today, dates: readonly Entity[]): string | undefined {
  const minute = Number(clock.value);
  const day = dayNamedFor(clock, text, today, dates);
  if (day === undefined && /^一点$/.test(clock.text)) return undefined;
  const open = !new RegExp(PART).test(clock.text) && minute < 12 * 60 && !/[:：]/.test(clock.text);
  const usual = open && minute < EARLIEST_HOUR * 60 ? minute + 12 * 60 : minute;
  if (day !== undefined && day !== 0) return isoAt(today, day, usual);
  if (HAPPENED.test(text.slice(clock.to))) return isoAt(today, day ?? (minute <= today.minute ? 0 : -1), minute);
  const later = open ? [usual, minute + 12 * 60] : [minute];
  const ahead = later.find((candidate) => candidate > today.minute);
  if (ahead !== undefined) return isoAt(today, 0, ahead);
  return isoAt(today, day ?? 1, usual);
}

/** Days from today to the day a clock time belongs to, `undefined` when none is named. */
function dayNamedFor(clock: Entity, text: string, today: Today, dates: readonly Entity[]): number | undefined {
  const inside = [...RELATIVE_DAYS].find(([word]) => clock.text.startsWith(word));
  if (inside) return inside[1];
  const named = dates.find(({ from, to }) => from <= clock.from && DAY_TO_CLOCK.test(text.slice(to, clock.from)));
  return named && Math.round((Date.parse(String(named.value)) - Date.parse(addDays(today, 0))) / 86_400_000);
}

function minutesFromNow({ count, half, unit }: Groups): number | undefined {
  const units = count === '半' ? 0.5 : parseNumber(count ?? '');
  if (units === undefined || units > 1000) return undefined;
  const minutesEach = /分/.test(unit ?? '') ? 1 : /刻/.test(unit ?? '') ? 15 : 60;
  return Math.round((units + (half ? 0.5 : 0)) * minutesEach);
}

/** A moment as ISO 8601. @param minute minute of that day; those past midnight count into the next. */
function isoAt(today: Today, days: number, minute: number): string {
  const inDay = minute % MINUTES_A_DAY;
  const day = addDays(today, days + Math.floor(minute / MINUTES_A_DAY));
  return `${day}T${two(Math.floor(inDay / 60))}:${two(inDay % 60)}:00${today.offset}`;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
