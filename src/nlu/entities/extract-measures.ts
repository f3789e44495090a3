import type { Entity } from '../../protocol/turn.ts';
import { NUMBER, parseNumber } from './chinese-number.ts';
import { findMatches, round } from './find-matches.ts';

/** A grown or half-grown body in centimetres and kilograms; what lies outside is something else. */
const isHeight = (cm: number): boolean => cm >= 50 && cm <= 215;
const isWeight = (kg: number): boolean => kg >= 20 && kg <= 200;
const CHILD = /宝宝|宝贝|孩子|小孩|娃|儿子|女儿|闺女|婴儿|个月大|半岁|\d岁/;
/** Words before a length that make it one of goods. */
const GOODS_LENGTH = /(?:宽|长|深|厚|径|窗|柜|桌|门|床|箱|架|墙|树|伞|画|布|毯|杆|绳)[^，,。]{0,4}$/;

/** `1米65`, `一米六五`, `1.65米`, `1m7` */
const METRES =
  /(?<!\d)(?<span>(?<metres>[12一二两])\s*(?:米|m(?![a-z]))\s*(?<rest>\d{1,2}|[零一二三四五六七八九]{1,2})(?!\d)|(?<decimal>[12]\.\d{1,2})\s*(?:米|m(?![a-z])))(?!\s*[x×*]|的?(?:床|桌|沙发|柜|宽|长|深))/gi;
const NAMED_HEIGHT =
  /(?:身高|净高|个子|高)\D{0,3}?(?<span>(?<cm>1\d{2}(?:\.\d)?|一百[零一二三四五六七八九][一二三四五六七八九]?|\d{2}(?=\s*(?:cm|厘米|公分)))\s*(?:cm|厘米|公分)?)(?!\d)/gi;
const UNIT_HEIGHT =
  /(?<![\d.x×*长宽深围])(?<span>(?<cm>1[3-9]\d)\s*(?:cm|厘米|公分))(?!\s*[x×*]|的?(?:长|宽|深|床|桌))/gi;
/** Height and weight in one breath: `165 110斤`, `165/55`, `160，52kg` */
const PAIR =
  /(?<![\d.])(?<height>1[3-9]\d)\s*(?:cm|厘米|公分)?\s*[\s,，/、.。]\s*(?:体重)?(?<weight>\d{2,3}(?:\.\d)?)\s*(?<unit>斤|kg|公斤|千克)?(?![\d.]|元|块|cm|厘米|码|[a-c](?![a-z]))/gi;
const UNIT_WEIGHT = new RegExp(`(?<![\\d.])(?<span>(?<number>${NUMBER})\\s*多?\\s*(?<unit>斤|kg|公斤|千克))`, 'gi');
const NAMED_WEIGHT =
  /(?:体重\D{0,2}|(?<![收给退补赔返欠扣让多少])我(?:有|是|大概|差不多)?)(?<span>(?<number>\d{2,3}(?:\.\d)?))(?![\d.]|\s*(?:斤|kg|公斤|千克|cm|厘米|米|元|块|码|号|岁|天|个|件|月|的))/gi;
/** The other way round: `110斤 165` */
const WEIGHT_FIRST =
  /(?<=\d\s*(?:斤|kg|公斤|千克)[\s,，/、.。]{1,2}(?:身高)?)(?<span>(?<cm>1[3-9]\d))(?![\d.]|元|块|码)/gi;
/** Words around a weight that is of goods, not of a body. */
const GOODS_WEIGHT = /(?:承重|重量|净重|毛重|容量|装|买|来|要|拍|送|发|每|一箱|一袋|这箱|那箱)\D{0,4}$/;

const BODY_PART =
  '胸围|腰围|臀围|肩宽|衣长|袖长|裤长|裙长|脚长|脚宽|脚围|大腿围|小腿围|头围|腕围|手围|领围|内长|三围|宽|长|深|厚|直径|周长';
const NAMED_MEASURE = new RegExp(
  `(?<part>${BODY_PART})(?:大概|大约|是|为|有|差不多|[:：\\s])*(?<span>(?<number>\\d+(?:\\.\\d+)?)(?:\\s*(?<unit>cm|厘米|公分|mm|毫米|米|m(?![a-z])|寸))?)(?![\\d.码号斤元块尺])`,
  'gi',
);
const WAIST_FEET = /(?<span>(?<feet>[一二两三123])\s*尺\s*(?<inches>[零一二三四五六七八九\d])?)/g;
const DIMENSIONS =
  /(?<![\d.])(?<span>(?<first>\d+(?:\.\d+)?)\s*(?:cm|厘米|公分|米|m)?\s*[x×✕*]\s*(?<second>\d+(?:\.\d+)?)(?:\s*(?:cm|厘米|公分|米|m)?\s*[x×✕*]\s*(?<third>\d+(?:\.\d+)?))?\s*(?<unit>cm|厘米|公分|mm|毫米|米|m)?)(?![\d.])/gi;
const PLAIN_LENGTH =
  /(?<![\d.x×*])(?<span>(?<number>\d+(?:\.\d+)?)\s*(?<unit>cm|厘米|公分|mm|毫米|米))(?![\d一二三四五六七八九x×*])/gi;

const CM_PER_UNIT = new Map([
  ['mm', 0.1],
  ['毫米', 0.1],
  ['米', 100],
  ['m', 100],
  ['寸', 10 / 3],
]);

/** Body height in centimetres. */
export function extractHeights(text: string): Entity[] {
  return [
    ...findMatches(text, METRES, 'height', ({ metres, rest, decimal }) =>
      keep(metresToCm(metres, rest, decimal), isHeight),
    ).filter(({ from }) => !GOODS_LENGTH.test(text.slice(0, from))),
    ...findMatches(text, NAMED_HEIGHT, 'height', ({ cm }) => keep(parseNumber(cm ?? '') ?? 0, isHeight)),
    ...findMatches(text, UNIT_HEIGHT, 'height', ({ cm }) => keep(Number(cm), isHeight)),
    ...findMatches(text, WEIGHT_FIRST, 'height', ({ cm }) => Number(cm)),
    ...findMatches(text, spanOf(PAIR, 'height'), 'height', ({ height }) => Number(height)),
  ];
}

/** Body weight in kilograms; a bare number beside a height counts as 斤 from 80 on. */
export function extractWeights(text: string): Entity[] {
  const toKg = (number: string | undefined, unit: string | undefined): number | undefined => {
    const value = parseNumber(number ?? '');
    if (value === undefined) return undefined;
    const inJin = unit === '斤' || (unit === undefined && value >= 80);
    const kg = round(inJin ? value / 2 : value);
    return keep(kg, (weight) => isWeight(weight) || (unit !== undefined && weight >= 2 && CHILD.test(text)));
  };
  const ofBody = findMatches(text, UNIT_WEIGHT, 'weight', ({ number, unit }) => toKg(number, unit)).filter(
    ({ from }) => !GOODS_WEIGHT.test(text.slice(0, from)),
  );
  return [
    ...ofBody,
    ...findMatches(text, spanOf(PAIR, 'weight'), 'weight', ({ weight, unit }) => toKg(weight, unit)),
    ...findMatches(text, NAMED_WEIGHT, 'weight', ({ number }) => toKg(number, undefined)),
  ];
}

/** Lengths of body and goods in centimetres; dimensions as `30x40x50`. */
export function extractMeasurements(text: string): Entity[] {
  return [
    ...findMatches(text, DIMENSIONS, 'measurement', ({ first, second, third, unit }) =>
      [first, second, third].flatMap((side) => (side === undefined ? [] : [toCm(Number(side), unit)])).join('x'),
    ),
    ...findMatches(text, NAMED_MEASURE, 'measurement', ({ number, unit }) => toCm(Number(number), unit)),
    ...findMatches(text, WAIST_FEET, 'measurement', ({ feet, inches }) =>
      round(((parseNumber(feet!) ?? 0) + (parseNumber(inches ?? '0') ?? 0) / 10) * (100 / 3), 1),
    ),
    ...findMatches(text, PLAIN_LENGTH, 'measurement', ({ number, unit }) => toCm(Number(number), unit)),
  ];
}

function metresToCm(metres: string | undefined, rest: string | undefined, decimal: string | undefined): number {
  if (decimal !== undefined) return round(Number(decimal) * 100, 0);
  const whole = (parseNumber(metres ?? '') ?? 0) * 100;
  const digits = [...(rest ?? '')].map((character) => parseNumber(character) ?? 0);
  return whole + (digits.length === 1 ? digits[0]! * 10 : digits[0]! * 10 + digits[1]!);
}

function toCm(value: number, unit: string | undefined): number {
  return round(value * (CM_PER_UNIT.get(unit?.toLowerCase() ?? '') ?? 1), 1);
}

function keep(value: number, holds: (value: number) => boolean): number | undefined {
  return holds(value) ? value : undefined;
}

/** The pair pattern with one of its two numbers as the span. */
function spanOf(pattern: RegExp, group: 'height' | 'weight'): RegExp {
  const unit = group === 'weight' ? String.raw`(?:\s*(?:斤|kg|公斤|千克))?` : '';
  const source =
    group === 'height'
      ? pattern.source.replace('(?<height>1[3-9]\\d)', '(?<span>(?<height>1[3-9]\\d))')
      : `(?<=(?<![\\d.])1[3-9]\\d\\s*(?:cm|厘米|公分)?\\s*[\\s,，/、.。]\\s*(?:体重)?)(?<span>(?<weight>\\d{2,3}(?:\\.\\d)?)(?<tail>${unit}))(?![\\d.]|元|块|cm|厘米|码|[a-c](?![a-z]))`;
  return new RegExp(source, pattern.flags);
}
