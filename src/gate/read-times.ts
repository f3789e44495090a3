import { matchAll } from './match-all.ts';
import { NUMBER, readNumber } from './read-amounts.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A time named in a clause: a stretch from now, or a moment of some day. */
export interface NamedTime {
  from: number;
  to: number;
  /** Longest the stretch may take, in hours; for a day, the end of it, counted roughly from now. */
  hours: number;
  /** Shortest end of a stretch such as 3–5 days, in hours. */
  leastHours: number;
  /** Last moment meant, Unix ms; `undefined` without a clock. */
  latestMs: number | undefined;
  /** Days from today; `undefined` for a stretch. */
  day: number | undefined;
  /** Whether the clause names the day; an hour alone is read as today's. */
  isDayNamed: boolean;
}

/** The clock against which words such as 明天 are read. */
export interface ReadingClock {
  nowMs: number | undefined;
  /** Offset of the shop's zone, east positive. */
  offsetMs: number;
}

const DAY_WORDS: Readonly<Record<string, number>> = {
  今天: 0,
  今日: 0,
  今晚: 0,
  今早: 0,
  今儿: 0,
  当天: 0,
  当日: 0,
  当晚: 0,
  今夜: 0,
  明天: 1,
  明日: 1,
  明早: 1,
  明晚: 1,
  明儿: 1,
  次日: 1,
  隔天: 1,
  隔日: 1,
  第二天: 1,
  后天: 2,
  后儿: 2,
  大后天: 3,
  这两天: 2,
  这几天: 3,
  近两天: 2,
  过两天: 2,
  过几天: 4,
};
const WEEKDAYS = '一二三四五六日';
/** A day or month of the calendar, in either digits. */
const DATE = '(?:\\d{1,2}|[一二三四五六七八九十]{1,3})';
const DAY = new RegExp(
  `(大后天|${Object.keys(DAY_WORDS).join('|')})|(下?)(?:个)?(?:本|这)?(?:周|星期|礼拜)([一二三四五六日天末])|(${DATE})月(${DATE})[日号]?|(?<![\\d.第一二三四五六七八九十])(\\d{1,2}(?=[日号])|[一二三四五六七八九十]{1,3}(?=号))[日号](?![码店线楼款仓机色链门桌院])|(本周|这周|下周|下个?(?:星期|礼拜|月)|这个?(?:星期|礼拜)|月底|年底|周末)`,
  'g',
);
/** 五点前 is an hour, 这一点 and 两点建议 are none. */
const HAN_HOUR =
  '(?:(?<=凌晨|早上|上午|中午|下午|傍晚|晚上|今晚|明晚|今天|明天)[零一二两三四五六七八九十]{1,3}|(?<=[日号])[零一二两三四五六七八九十]{1,3}(?=点)|(?<![这那有早快大小晚差])[零一二两三四五六七八九十]{1,3}(?=点(?:钟|半|前|之前|以前|左右|整)))';
const CLOCK = new RegExp(
  `(凌晨|早上|上午|中午|下午|傍晚|晚上|今晚|明晚)?(?:(\\d{1,2}):(\\d\\d)|(\\d{1,2}|${HAN_HOUR})(?:点|时(?![间候]))(半|\\d{1,2}分?)?)|(早上|上午|中午|下午|傍晚|晚上|下班前|晚些时候)`,
  'g',
);
const STRETCH = new RegExp(
  `(?<![第\\d.])(?:(半)|(${NUMBER})(?:(?:-|~|—|到|至|、)?(${NUMBER}))?)(?:个)?(分钟|小时|h(?![a-z])|钟头|工作日|天|日|周|星期|礼拜|月)(?!无理由|号|份)(之?内|以内|左右|之?后|之?前|以?前|就|能|可|到|发)?`,
  'g',
);
const STRETCH_HOURS: Readonly<Record<string, number>> = {
  分钟: 1 / 60,
  小时: 1,
  h: 1,
  钟头: 1,
  工作日: 24,
  天: 24,
  日: 24,
  周: 168,
  星期: 168,
  礼拜: 168,
  月: 720,
};

/** The last times of a clause decide; a clause with more is no message of a person. */
const MOST_TIMES = 8;

/** Reads the times a clause names; past stretches (3 天前) are left out. */
export function readTimes(clause: string, clock: ReadingClock): NamedTime[] {
  const days = readDays(clause, clock).slice(-MOST_TIMES);
  const clocks = matchAll(clause, CLOCK);
  const times: NamedTime[] = days.map((day) => {
    const near = clocks.find((c) => c.index >= day.from - 1 && c.index <= day.to + 6);
    return { ...toMoment(day, near, clock, clause.slice(day.from, day.to)), isDayNamed: true };
  });
  if (days.length === 0) {
    const first = clocks.find(
      (c) => c[2] !== undefined || c[4] !== undefined || !/^(?:好|了|的)/.test(clause.slice(c.index + c[0].length)),
    );
    if (first !== undefined) times.push(toMoment({ from: first.index, to: first.index, day: 0 }, first, clock, ''));
  }
  for (const match of matchAll(clause, STRETCH).slice(-MOST_TIMES)) {
    const stretch = toStretch(match, clock);
    if (stretch !== undefined && !times.some((t) => t.from <= stretch.from && stretch.from < t.to)) times.push(stretch);
  }
  return times;
}

interface NamedDay {
  from: number;
  to: number;
  day: number;
}

function readDays(clause: string, clock: ReadingClock): NamedDay[] {
  const found: NamedDay[] = [];
  for (const match of matchAll(clause, DAY)) {
    const day = toDayOffset(match, clock);
    if (day !== undefined) found.push({ from: match.index, to: match.index + match[0].length, day });
  }
  return found;
}

function toDayOffset(match: RegExpExecArray, clock: ReadingClock): number | undefined {
  if (match[1] !== undefined) return DAY_WORDS[match[1]];
  const today = clock.nowMs === undefined ? undefined : new Date(clock.nowMs + clock.offsetMs);
  if (match[3] !== undefined) {
    const wanted = match[3] === '末' ? 6 : match[3] === '天' ? 0 : (WEEKDAYS.indexOf(match[3]) + 1) % 7;
    if (today === undefined) return match[2] === '下' ? 10 : 3;
    const ahead = (wanted - today.getUTCDay() + 7) % 7;
    const fromMonday = (today.getUTCDay() + 6) % 7;
    return match[2] === '下' ? 7 - fromMonday + ((wanted + 6) % 7) : ahead;
  }
  if (match[7] !== undefined) {
    if (match[7] === '月底') return 20;
    if (match[7] === '年底') return 200;
    return match[7].startsWith('下') ? 10 : 5;
  }
  if (today === undefined) return 3;
  const dayOfMonth = readNumber(match[5] ?? match[6] ?? '') ?? 0;
  const month = match[4] === undefined ? today.getUTCMonth() : (readNumber(match[4]) ?? 0) - 1;
  if (dayOfMonth < 1 || dayOfMonth > 31 || month < 0 || month > 11) return undefined;
  const start = Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), today.getUTCDate());
  return Math.round((Date.UTC(today.getUTCFullYear(), month, dayOfMonth) - start) / DAY_MS);
}

const PART_ENDS: Readonly<Record<string, number>> = {
  凌晨: 6,
  早上: 10,
  上午: 12,
  中午: 13,
  下午: 18,
  傍晚: 19,
  晚上: 24,
  下班前: 22,
  晚些时候: 24,
};

/** Hour of the day a clock expression ends at. */
function toHour(match: RegExpExecArray | undefined, dayWord: string): number {
  if (match === undefined) return dayWord.endsWith('早') ? 10 : 24;
  if (match[6] !== undefined) return PART_ENDS[match[6]] ?? 24;
  const hour = readNumber(match[2] ?? match[4] ?? '') ?? 24;
  const minutes =
    match[3] !== undefined ? Number(match[3]) : match[5] === '半' ? 30 : Number.parseInt(match[5] ?? '0', 10);
  const part = match[1] ?? dayWord;
  if (/晚|夜/.test(part) && (hour === 12 || hour === 0)) return 24 + minutes / 60;
  const isLate = (/下午|傍晚|晚/.test(part) && hour < 12) || (part.includes('中午') && hour < 4);
  return hour + (isLate ? 12 : 0) + minutes / 60;
}

/** 六点 said in the afternoon is that of the evening; 早上六点 and 6:00 are what they say. */
function isAmbiguous(near: RegExpExecArray | undefined, dayWord: string): boolean {
  return near?.[4] !== undefined && near[1] === undefined && !/早|晨/.test(dayWord);
}

function toMoment(day: NamedDay, near: RegExpExecArray | undefined, clock: ReadingClock, dayWord: string): NamedTime {
  const to = Math.max(day.to, near === undefined ? 0 : near.index + near[0].length);
  const from = Math.min(day.from, near === undefined ? day.from : near.index);
  const hour = toHour(near, dayWord);
  if (clock.nowMs === undefined) {
    return { from, to, day: day.day, hours: (day.day + 1) * 24, leastHours: 0, latestMs: undefined, isDayNamed: false };
  }
  const local = clock.nowMs + clock.offsetMs;
  const midnightMs = local - (local % DAY_MS) + day.day * DAY_MS - clock.offsetMs;
  const isAfternoon = isAmbiguous(near, dayWord) && hour < 12 && midnightMs + hour * HOUR_MS <= clock.nowMs;
  const latestMs = midnightMs + (hour + (isAfternoon ? 12 : 0)) * HOUR_MS;
  const hours = (latestMs - clock.nowMs) / HOUR_MS;
  return { from, to, day: day.day, hours, leastHours: 0, latestMs, isDayNamed: false };
}

function toStretch(match: RegExpExecArray, clock: ReadingClock): NamedTime | undefined {
  const after = match[5] ?? '';
  if (after.endsWith('前')) return undefined;
  const unit = STRETCH_HOURS[match[4]!]!;
  const first = match[1] === '半' ? ([0.5, 0.5] as const) : readRange(match[2]!);
  if (first === undefined) return undefined;
  const [least, most] = match[3] === undefined ? first : [first[0], readRange(match[3])?.[1] ?? first[1]];
  return {
    from: match.index,
    to: match.index + match[0].length,
    day: undefined,
    isDayNamed: false,
    hours: most * unit,
    leastHours: least * unit,
    latestMs: clock.nowMs === undefined ? undefined : clock.nowMs + most * unit * HOUR_MS,
  };
}

/** 两三 means two to three, 三 means three. */
function readRange(text: string): readonly [number, number] | undefined {
  if (/^[一二两三四五六七八九]{2}$/.test(text)) {
    const [least, most] = [readNumber(text[0]!), readNumber(text[1]!)];
    if (least !== undefined && most !== undefined && most === least + 1) return [least, most];
  }
  const number = readNumber(text);
  return number === undefined ? undefined : [number, number];
}

/** The same hour on the day that an earlier clause named: 明早十点我去问，十点半回您. */
export function onDayOf(time: NamedTime, earlier: NamedTime | undefined): NamedTime {
  if (time.day !== 0 || time.isDayNamed || earlier?.day === undefined || !earlier.isDayNamed) return time;
  return {
    ...time,
    day: earlier.day,
    hours: time.hours + earlier.day * 24,
    latestMs: time.latestMs === undefined ? undefined : time.latestMs + earlier.day * DAY_MS,
  };
}
