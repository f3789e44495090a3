import { DAY_MS, offsetMs } from './guard-checks.ts';

const DIGITS = '零一二三四五六七八九';

/** A number up to 31, in digits or in Chinese. */
function numberOf(word: string): number {
  if (/^\d+$/.test(word)) return Number(word);
  const [tens = '', ones = ''] = word.includes('十') ? word.split('十') : ['零', word.replace('两', '二')];
  return (tens === '' ? 1 : DIGITS.indexOf(tens)) * 10 + Math.max(0, DIGITS.indexOf(ones === '' ? '零' : ones));
}

const NUMBER = String.raw`(\d{1,2}|[一二两三四五六七八九十]{1,3})`;
const WEEKDAYS = '一二三四五六日';

/** The shop's day as a date whose UTC parts are the shop's. */
interface Day {
  readonly date: Date;
  readonly plus: (days: number) => number;
}

/** The next day of the month with this number, today included. */
function dayOfMonth({ date }: Day, day: number): number {
  const month = date.getUTCMonth() + (day < date.getUTCDate() ? 1 : 0);
  return Date.UTC(date.getUTCFullYear(), month, day);
}

function weekday({ date, plus }: Day, name: string, next: boolean): number {
  const today = (date.getUTCDay() + 6) % 7;
  const wanted = WEEKDAYS.indexOf(name === '天' ? '日' : name);
  return plus(next ? 7 - today + wanted : (wanted - today + 7) % 7);
}

/** What a buyer may say of a day, each with the first moment it can mean. */
const SAYINGS: readonly (readonly [RegExp, (day: Day, hit: RegExpExecArray) => number])[] = [
  [new RegExp(`${NUMBER}(?:号|日(?!子))`), (day, hit) => dayOfMonth(day, numberOf(hit[1]!))],
  [/(下个?)?(?:周|星期|礼拜)([一二三四五六日天])/, (day, hit) => weekday(day, hit[2]!, hit[1] !== undefined)],
  [
    new RegExp(`${NUMBER}个?(?:周|星期|礼拜)(?:之?后|再|过)|过${NUMBER}个?(?:周|星期|礼拜)`),
    (day, hit) => day.plus(7 * numberOf(hit[1] ?? hit[2]!)),
  ],
  [new RegExp(`${NUMBER}天(?:之?后|再|过)|过(?:个)?${NUMBER}天`), (day, hit) => day.plus(numberOf(hit[1] ?? hit[2]!))],
  [/下个?(?:周|星期|礼拜)/, (day) => weekday(day, '一', true)],
  [/下个?月/, ({ date }) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)],
  [/月底|月末/, ({ date }) => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, -2)],
  [/大后[天日]/, ({ plus }) => plus(3)],
  [/后[天日]/, ({ plus }) => plus(2)],
  [/明[天早晚儿]/, ({ plus }) => plus(1)],
];

/**
 * The first moment of the day that a message names, Unix ms by the shop's calendar; `undefined` when it names none.
 *
 * @param now time with the shop's offset
 * @see INT-IN-06
 */
export function readNamedDay(message: string, now: string): number | undefined {
  const zone = offsetMs(now);
  const local = Date.parse(now) + zone;
  const midnight = Math.floor(local / DAY_MS) * DAY_MS;
  const day: Day = { date: new Date(midnight), plus: (days) => midnight + days * DAY_MS };
  for (const [pattern, read] of SAYINGS) {
    const hit = pattern.exec(message);
    if (hit !== null) return read(day, hit) - zone;
  }
  return undefined;
}
