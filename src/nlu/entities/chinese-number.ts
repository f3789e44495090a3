const DIGITS = new Map<string, number>([...'零一二三四五六七八九'].map((character, value) => [character, value]));
for (const [character, value] of [
  ['〇', 0],
  ['两', 2],
  ['俩', 2],
  ['仨', 3],
  ['壹', 1],
  ['贰', 2],
  ['叁', 3],
] as const) {
  DIGITS.set(character, value);
}
const UNITS = new Map([
  ['十', 10],
  ['百', 100],
  ['千', 1000],
]);

/** Source of a regular expression for a number in digits or Chinese characters. */
export const NUMBER = String.raw`(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万]+)`;

/** Two figures that stand side by side in speech, alone or before a unit, and one hundred or thousand without a figure. */
const GUESS =
  /(?<![零〇一二两三四五六七八九])(?:一二|一两|二三|两三|三两|三四|三五|四五|五六|六七|七八|八九)(?=[十百千万]|$)|^[百千]./;

/** Whether a number in characters is only about that much: `七八`, `五六十`, `十七八`, `百八十`. */
export function isGuess(number: string): boolean {
  return GUESS.test(number);
}

/**
 * Reads a number in digits (`35`, `3.5`) or Chinese characters (`三十五`, `一百二`, `两千`).
 *
 * `一百二` is 120 as in speech; a row of digits such as `一六五` is read digit by digit.
 *
 * @returns `undefined` when it is no number.
 */
export function parseNumber(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text);
  if (/^[零〇一二两三四五六七八九]{2,}$/.test(text)) {
    return Number([...text].map((character) => DIGITS.get(character)).join(''));
  }
  const tenThousand = text.indexOf('万');
  if (tenThousand > 0) {
    const high = parseBelowTenThousand(text.slice(0, tenThousand));
    const low = tenThousand === text.length - 1 ? 0 : parseBelowTenThousand(text.slice(tenThousand + 1));
    if (high === undefined || low === undefined) return undefined;
    return high * 10000 + (low < 10 && !text.includes('零') ? low * 1000 : low);
  }
  return parseBelowTenThousand(text);
}

function parseBelowTenThousand(text: string): number | undefined {
  let total = 0;
  let digit: number | undefined;
  let lastUnit = 1;
  for (const character of text) {
    const unit = UNITS.get(character);
    if (unit !== undefined) {
      total += (digit ?? 1) * unit;
      lastUnit = unit;
      digit = undefined;
      continue;
    }
    const value = DIGITS.get(character);
    if (value === undefined) return undefined;
    if (value === 0) lastUnit = 1;
    digit = value;
  }
  if (text === '') return undefined;
  const spoken = lastUnit >= 100 ? lastUnit / 10 : 1;
  return total + (digit ?? 0) * spoken;
}
