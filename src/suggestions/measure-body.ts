/** Measurements in centimetres and kilograms, named as the columns of a size table. */
export type Measurements = Readonly<Record<string, number>>;

const NAMED: readonly [RegExp, string][] = [
  [/(?:胸围|上围)[^\d]{0,3}(\d{2,3}(?:\.\d)?)/, 'bustCm'],
  [/腰围?[^\d]{0,3}(\d{2,3}(?:\.\d)?)|(\d{2,3}(?:\.\d)?)的腰/, 'waistCm'],
  [/臀围?[^\d]{0,3}(\d{2,3}(?:\.\d)?)/, 'hipCm'],
  [/(?:脚长|足长)[^\d]{0,3}(\d{2}(?:\.\d)?)/, 'footCm'],
  [/肩宽?[^\d]{0,3}(\d{2}(?:\.\d)?)/, 'shoulderCm'],
  [/(?:颈围|脖围)[^\d]{0,3}(\d{2}(?:\.\d)?)/, 'neckCm'],
  [/背长[^\d]{0,3}(\d{2}(?:\.\d)?)/, 'backCm'],
  [/头围[^\d]{0,3}(\d{2}(?:\.\d)?)/, 'headCm'],
  [/手围[^\d]{0,3}(\d{2}(?:\.\d)?)/, 'wristCm'],
];

/** A girth in 尺: 二尺三, 2尺3, 两尺半, 2.3尺. */
const CHI = /(\d(?:\.\d)?|[一二两三])尺(?:\s*([\d一二三四五六七八九])(?:寸)?(?!\d)|(半))?/g;
const CHI_CM = 100 / 3;

const DIGITS = '零一二三四五六七八九';

/** Figures in Chinese words before a unit as digits: 一米六五 is 1米65, 九十四斤 is 94斤. */
function withDigits(text: string): string {
  const digit = (sign: string): string => (sign === '两' ? '2' : String(DIGITS.indexOf(sign)));
  const metres = text.replace(
    /一米([一二三四五六七八九])([零一二三四五六七八九])?/g,
    (_, ten: string, one?: string) => `1米${digit(ten)}${one === undefined ? '' : digit(one)}`,
  );
  const named = metres.replace(CHI, (_, whole: string, tenth?: string, half?: string) => {
    const feet = (/\d/.test(whole) ? Number(whole) : Number(digit(whole))) + (half === undefined ? 0 : 0.5);
    const part = tenth === undefined ? 0 : Number(/\d/.test(tenth) ? tenth : digit(tenth)) / 10;
    return `${Math.round((feet + part) * CHI_CM * 10) / 10}`;
  });
  return named.replace(/[一二两三四五六七八九十百零]+(?=\s*(斤|公斤|千克|厘米|公分))/g, (word) => {
    const hundred = /([一二两三四五六七八九])百/.exec(word);
    const ten = /([一二三四五六七八九])?十/.exec(word);
    const last = /[一二三四五六七八九]$/.exec(word)?.[0];
    // 一百二 is 120, 一百零二 is 102.
    const isTens = hundred !== null && ten === null && !word.includes('零');
    const ones = last === undefined ? 0 : Number(digit(last)) * (isTens ? 10 : 1);
    return String(
      (hundred === null ? 0 : Number(digit(hundred[1]!)) * 100) +
        (ten === null ? 0 : Number(digit(ten[1] ?? '一')) * 10) +
        ones,
    );
  });
}

/** Height and weight as a pair of bare figures, 165/52; between 76 and 95 nobody can tell 斤 from kilograms. */
function barePair(text: string): Measurements {
  const hit =
    /(?<![\d.])(1[3-9]\d)\s*(?:cm)?\s*[/／、,，\s-]\s*(\d{2,3})(?![\d.])(?!\s*(?:元|块|码|号|斤|kg|公斤|cm))/i.exec(
      text,
    );
  if (hit === null) return {};
  const weight = Number(hit[2]);
  if (weight > 75 && weight < 96) return {};
  return { heightCm: Number(hit[1]), weightKg: weight > 75 ? weight / 2 : weight };
}

function heightCm(text: string): number | undefined {
  const metres = /(?:^|[^\d.])(1)[.米m](\d{1,2})(?!\d)/i.exec(text);
  if (metres !== null) return 100 + Number(metres[2]!.padEnd(2, '0'));
  const named =
    /(\d{2,3})\s*(?:cm|厘米|公分|高)/i.exec(text) ?? /(?:身高|高|个子)[^\d]{0,3}(\d{2,3}(?:\.\d)?)/.exec(text);
  if (named !== null) return Number(named[1]);
  const bare = /(?:^|[^\d.])(1[3-9]\d)(?![\d.])(?!\s*(?:斤|元|块|克|g|平))/i.exec(text);
  return bare === null ? undefined : Number(bare[1]);
}

function weightKg(text: string): number | undefined {
  const kg = /(\d{2,3}(?:\.\d)?)\s*(?:kg|公斤|千克)/i.exec(text);
  if (kg !== null) return Number(kg[1]);
  const jin = /(\d{2,3}(?:\.\d)?)\s*斤/.exec(text);
  if (jin !== null) return Number(jin[1]) / 2;
  const named = /(?:体重|重)[^\d]{0,3}(\d{2,3}(?:\.\d)?)/.exec(text);
  if (named === null) return undefined;
  const value = Number(named[1]);
  return value > 90 ? value / 2 : value;
}

/** Reads the measurements a buyer tells in free words; 斤 becomes kilograms. */
export function readMeasurements(said: string): Measurements {
  const text = withDigits(said);
  if (!/\d/.test(text)) return {};
  const found: Record<string, number> = { ...barePair(text) };
  let rest = text;
  for (const [pattern, column] of NAMED) {
    const hit = pattern.exec(rest);
    if (hit === null) continue;
    found[column] = Number(hit[1] ?? hit[2]);
    rest = rest.replace(hit[0], ' ');
  }
  const height = heightCm(rest);
  if (height !== undefined && height >= 50 && height <= 230) found['heightCm'] = height;
  const weight = weightKg(rest);
  if (weight !== undefined && weight >= 3 && weight <= 200) found['weightKg'] = weight;
  return found;
}

/** A size table: size → column → range in centimetres or kilograms. */
export type SizeTable = Readonly<Record<string, Readonly<Record<string, readonly [number, number]>>>>;

/** Columns of a size table: the measurements the category needs. */
export function sizeColumns(table: SizeTable): string[] {
  return [...new Set(Object.values(table).flatMap((row) => Object.keys(row)))];
}

/**
 * The one size whose every range holds the measurements strictly inside; `undefined` when none or several do,
 * or when a value lies on a border.
 *
 * @see SCR-13
 */
export function findSize(table: SizeTable, told: Measurements): string | undefined {
  const columns = sizeColumns(table);
  if (columns.length === 0 || columns.some((column) => told[column] === undefined)) return undefined;
  const fitting = Object.entries(table).filter(([, row]) =>
    Object.entries(row).every(([column, [from, to]]) => told[column]! > from && told[column]! < to),
  );
  const touched = Object.entries(table).filter(([, row]) =>
    Object.entries(row).every(([column, [from, to]]) => told[column]! >= from && told[column]! <= to),
  );
  return fitting.length === 1 && touched.length === 1 ? fitting[0]![0] : undefined;
}
