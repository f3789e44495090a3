import { matchAll } from './match-all.ts';
/** An amount of money named in a text. */
export interface Amount {
  yuan: number;
  from: number;
  to: number;
}

const DIGITS: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  壹: 1,
  幺: 1,
  二: 2,
  两: 2,
  贰: 2,
  俩: 2,
  三: 3,
  叁: 3,
  仨: 3,
  四: 4,
  肆: 4,
  五: 5,
  伍: 5,
  六: 6,
  陆: 6,
  七: 7,
  柒: 7,
  八: 8,
  捌: 8,
  九: 9,
  玖: 9,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 拾: 10, 百: 100, 佰: 100, 千: 1000, 仟: 1000, 万: 10_000 };

/** Characters of a number, Arabic or Chinese; for use inside a pattern. */
export const NUMBER =
  '(?:\\d{1,7}(?:\\.\\d{1,2})?|[〇零一壹二两贰俩三叁仨四肆五伍六陆七柒八捌九玖十拾百佰千仟万]{1,9})';

/** Reads a number in Arabic or Chinese digits; `undefined` when it is none. */
export function readNumber(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (text === '') return undefined;
  let total = 0;
  let digits = '';
  let lastUnit = 1;
  for (const char of text) {
    const digit = DIGITS[char];
    if (digit !== undefined) {
      digits += String(digit);
      continue;
    }
    const unit = UNITS[char];
    if (unit === undefined) return undefined;
    lastUnit = unit;
    if (unit === 10_000) {
      total = (total + Number(digits || 0)) * unit;
    } else {
      // 四五十 is forty to fifty: the upper end counts.
      total += (digits === '' ? 1 : Number(digits.at(-1))) * unit;
    }
    digits = '';
  }
  // 一百二 is 120, 一百零二 is 102.
  const isShortened = lastUnit >= 100 && digits.length === 1;
  return total + Number(digits || 0) * (isShortened ? lastUnit / 10 : 1);
}

const MONEY = new RegExp(
  `(?<![\\d.])(\\d{1,5})块(\\d)(?![\\d件个])|[¥￥]\\s?(${NUMBER})|(?<![几数好多\\d.])(${NUMBER})(?:元|块钱|圆|rmb|人民币|块(?<!(?:[掉缺破裂碎脏湿蹭秃污烂黑黄少印红青][了下]?|整|这|那|小|大|每|成)[一两几三]块)(?=[^一-龥]|$|[吧呢啊哦呀了的给您你可好行就优便运邮补差返红现券左起整到]))`,
  'g',
);

/** Finds every amount that carries a unit of money, in order. */
export function readAmounts(text: string): Amount[] {
  const found: Amount[] = [];
  for (const match of matchAll(text, MONEY)) {
    const yuan = match[1] === undefined ? readNumber(match[3] ?? match[4] ?? '') : Number(`${match[1]}.${match[2]}`);
    if (yuan !== undefined) found.push({ yuan, from: match.index, to: match.index + match[0].length });
  }
  return found;
}
