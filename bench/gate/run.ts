/**
 * Judges the same texts by the bare gate, by the gate with 1,000 shop words and by the gate with 1,000 shop
 * patterns, turn by turn in one process, and prints p50, p99 and the ratios to the bare gate.
 *
 * Usage: node bench/gate/run.ts [--rounds 5] GATE.jsonl
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { createGate } from '../../src/gate/create-gate.ts';
import { type GateLine, parseGateLines } from '../../src/gate/evaluate.ts';
import { compileShopRules } from '../../src/gate/shop-rules/compile-shop-rules.ts';

const { values, positionals } = parseArgs({
  options: { rounds: { type: 'string', default: '5' } },
  allowPositionals: true,
});
const [file] = positionals;
const rounds = Number(values.rounds);
if (file === undefined || !Number.isInteger(rounds) || rounds < 1) {
  console.error('usage: node bench/gate/run.ts [--rounds N] GATE.jsonl');
  process.exit(2);
}

const RULES = 1000;
const LONG = 1000;
const lines = parseGateLines(readFileSync(file, 'utf8'), file);
const long = lines.map((line, i): GateLine => ({ ...line, text: joinFrom(i).slice(0, LONG) }));
const pieces = piecesOf(lines.map((line) => line.text).join('\n'));

const gates = [
  { gate: 'bare', judge: createGate().judge },
  { gate: `${RULES} words`, judge: compile('words', { words: pieces.map(toWord) }) },
  { gate: `${RULES} patterns`, judge: compile('patterns', { patterns: pieces.map(toPattern) }) },
  {
    gate: `${RULES / 2} words, ${RULES / 2} patterns`,
    judge: compile('both', {
      words: pieces.slice(0, RULES / 2).map(toWord),
      patterns: pieces.slice(RULES / 2).map(toPattern),
    }),
  },
];

const results = [...measure('as they stand', lines), ...measure(`${LONG} characters`, long)];
console.table(results);
console.log(JSON.stringify({ results }));

interface Result {
  texts: string;
  gate: string;
  p50Ms: number;
  /** Of all judgements, those the machine interrupted too. */
  p99Ms: number;
  /** Of the texts, each with the median of its rounds. */
  p99OfTextsMs: number;
  ratioP50: number;
  ratioP99OfTexts: number;
}

/** One warm-up round, then the gates take turns on each text. */
function measure(texts: string, set: readonly GateLine[]): Result[] {
  const times = gates.map(() => set.map((): number[] => []));
  for (let round = 0; round <= rounds; round++) {
    for (const [i, { text, context }] of set.entries()) {
      // Who comes first finds the caches cold.
      for (let turn = 0; turn < gates.length; turn++) {
        const g = (i + round + turn) % gates.length;
        const { judge } = gates[g]!;
        const start = performance.now();
        judge(text, context);
        if (round > 0) times[g]![i]!.push(performance.now() - start);
      }
    }
  }
  const rows = times.map((ofGate) => ({
    p50Ms: quantile(ofGate.flat(), 0.5),
    p99Ms: quantile(ofGate.flat(), 0.99),
    p99OfTextsMs: quantile(
      ofGate.map((ofText) => quantile(ofText, 0.5)),
      0.99,
    ),
  }));
  const bare = rows[0]!;
  return rows.map((row, g) => ({
    texts,
    gate: gates[g]!.gate,
    ...row,
    ratioP50: round(row.p50Ms / bare.p50Ms),
    ratioP99OfTexts: round(row.p99OfTextsMs / bare.p99OfTextsMs),
  }));
}

function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!);
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

function compile(name: string, raw: unknown) {
  const start = performance.now();
  const shop = compileShopRules(raw, name);
  console.error(`${name}: compiled in ${Math.round(performance.now() - start)} ms`);
  return createGate(undefined, shop).judge;
}

function joinFrom(first: number): string {
  let text = '';
  for (let i = first; text.length < LONG; i++) text += lines[i % lines.length]!.text;
  return text;
}

/** One piece in five stands in the texts, the others begin like it: a rule that never comes near costs nothing. */
function piecesOf(text: string): string[] {
  const runs = [...new Set(text.match(/\p{Script=Han}{4}/gu) ?? [])];
  const found = new Set<string>();
  if (runs.length < 100)
    throw new Error(`${runs.length} pieces of four characters: the texts are too few to make rules of`);
  for (let i = 0; found.size < RULES; i++) {
    const run = runs[(i * 7) % runs.length]!;
    // Each round over the pieces joins others.
    const other = runs[(i * 13 + Math.floor(i / runs.length) + 5) % runs.length]!;
    found.add(i % 5 === 0 ? run : `${run.slice(0, 3)}${other.slice(0, 2)}`);
  }
  return [...found];
}

function toWord(text: string, i: number) {
  return { text, severity: i % 2 === 0 ? 'B' : 'W' };
}

/** Shapes that shops write: a gap, a choice, a number, a class. */
function toPattern(text: string, i: number) {
  const [head, tail] = [text.slice(0, 2), text.slice(2)];
  const shapes = [
    `${head}.{0,6}${tail}`,
    `(?:${head}|${tail})[^,。!?]{0,8}\\d+(?:元|块)`,
    `${head}(?:的|了|过)?${tail}`,
    `\\d{1,4}(?:元|块|件).{0,4}${head}`,
    `[${head}]${tail}+`,
  ];
  return { id: `SHOP-${i}`, pattern: shapes[i % shapes.length]!, severity: 'W', message: '请换一种说法。' };
}
