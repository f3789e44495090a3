import { describe, expect, it } from 'vitest';
import { measureSimilarity } from '../../src/gate/measure-similarity.ts';
import { readAmounts, readNumber } from '../../src/gate/read-amounts.ts';
import { readTimes } from '../../src/gate/read-times.ts';

describe('readNumber', () => {
  it.each([
    ['25', 25],
    ['二十五', 25],
    ['壹佰', 100],
    ['两百零三', 203],
    ['一万二千', 12_000],
    ['一百二', 120],
    ['两千五', 2500],
    ['一百零二', 102],
    ['二十五万', 250_000],
    ['四五十', 50],
    ['1.5', 1.5],
    ['红', undefined],
    ['', undefined],
  ])('%s', (text, number) => {
    expect(readNumber(text)).toBe(number);
  });
});

describe('readAmounts', () => {
  it.each([
    ['一共268元', [268]],
    ['再减十块', [10]],
    ['¥99.5', [99.5]],
    ['一块发货', []],
    ['几十块的小东西', []],
    ['两块布', []],
  ])('%s', (text, amounts) => {
    expect(readAmounts(text).map((amount) => amount.yuan)).toEqual(amounts);
  });
});

describe('readTimes', () => {
  // A Wednesday.
  const nowMs = Date.parse('2027-05-12T14:20:00+08:00');
  const clock = { nowMs, offsetMs: 8 * 3_600_000 };
  const iso = (ms: number | undefined): string => new Date(ms ?? 0).toISOString();

  it.each([
    ['今天18点前回复', '2027-05-12T10:00:00.000Z'],
    ['六点前回复您', '2027-05-12T10:00:00.000Z'],
    ['早上六点前回复您', '2027-05-11T22:00:00.000Z'],
    ['二十号到货', '2027-05-20T16:00:00.000Z'],
    ['六月三号零点结束', '2027-06-02T16:00:00.000Z'],
    ['明早给您答复', '2027-05-13T02:00:00.000Z'],
    ['明天发货', '2027-05-13T16:00:00.000Z'],
    ['下午五点前答复', '2027-05-12T09:00:00.000Z'],
    ['周五前到', '2027-05-14T16:00:00.000Z'],
    ['5月20日补货', '2027-05-20T16:00:00.000Z'],
    ['48小时内发货', '2027-05-14T06:20:00.000Z'],
    ['两三天到', '2027-05-15T06:20:00.000Z'],
  ])('%s', (clause, latest) => {
    expect(iso(readTimes(clause, clock).at(-1)?.latestMs)).toBe(latest);
  });

  it.each(['3天前拍的', '七天无理由', '这一点很重要', '两点建议', '24号链接', '第一天'])(
    'reads no time in %s',
    (clause) => {
      expect(readTimes(clause, clock).filter((time) => time.day !== undefined || time.hours > 0)).toEqual([]);
    },
  );
});

describe('measureSimilarity', () => {
  it.each([
    ['abcdefghij', 'abcdefghij', 1],
    ['abcdefghij', 'abcdefghix', 0.9],
    ['abcdefghij', 'abcdefghxy', 0],
    ['abcdefghij', 'abcdefgh', 0],
    ['', '', 1],
  ])('%s / %s', (a, b, similarity) => {
    expect(measureSimilarity(a, b, 0.9)).toBeCloseTo(similarity, 5);
  });
});
