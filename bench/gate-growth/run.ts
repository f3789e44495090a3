/**
 * Shows that the gate's work grows with the length of a text and no faster: words of every rule family, repeated to
 * 1,000 and to 8,000 characters, judged by the rules in turn. The same number of characters is judged on both sides,
 * so a linear rule gives a ratio near 1 and a quadratic one a ratio near 8. Ends with 1 when a ratio passes 3.
 *
 * Usage: node bench/gate-growth/run.ts
 */
import { createPassage } from '../../src/gate/passage.ts';
import { RULES } from '../../src/gate/rules/index.ts';

const UNITS = [
  ...['今天', '好评', '满1减', '加我', '保证', '不要', '给您', '已经', '签收', '最', '1', '包裹里放', '没有', '!'],
  ...['微 信', '退款', '前', 'today '],
];
const SHORT = 1000;
const TIMES = 8;
const ROUNDS = 3;
const MOST = 3;

const rows = UNITS.map((unit) => {
  const short = createPassage(fill(unit, SHORT), {});
  const long = createPassage(fill(unit, SHORT * TIMES), {});
  judge(long);
  let ratio = Number.POSITIVE_INFINITY;
  let shortMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < ROUNDS; round++) {
    const manyMs = timed(() => {
      for (let i = 0; i < TIMES; i++) judge(short);
    });
    const onceMs = timed(() => judge(long));
    ratio = Math.min(ratio, onceMs / manyMs);
    shortMs = Math.min(shortMs, manyMs / TIMES);
  }
  return { unit, shortMs: round3(shortMs), ratio: round3(ratio) };
});
console.table(rows);
const tooMuch = rows.filter(({ ratio }) => ratio > MOST);
console.log(JSON.stringify({ rows, tooMuch: tooMuch.map(({ unit }) => unit) }));
process.exitCode = tooMuch.length === 0 ? 0 : 1;

function fill(unit: string, length: number): string {
  return unit.repeat(Math.ceil(length / unit.length));
}

function judge(passage: ReturnType<typeof createPassage>): void {
  for (const rule of RULES) rule.detect(passage);
}

function timed(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

function round3(value: number): number {
  return Math.round(value * 1000) / 1000;
}
