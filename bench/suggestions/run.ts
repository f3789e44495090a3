/**
 * Measures the way from a parsed analysis to ranked proposals, with the shipped library alone and with synthetic
 * answers of a shop's own beside it, on the situations of the own set: with the gate, the engine alone, and the engine
 * with outcomes of every script in six contexts.
 *
 * Usage: node bench/suggestions/run.ts [--rounds N]
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { modelCacheDir, ROOT } from '../../src/cli/project-paths.ts';
import { createGate } from '../../src/gate/create-gate.ts';
import { createUnderstanding } from '../../src/nlu/create-understanding.ts';
import { MESSAGE_INTENTS } from '../../src/protocol/ids.ts';
import { NO_CARD, type Script, ScriptSchema } from '../../src/protocol/script.ts';
import type { GateContext, Situation } from '../../src/protocol/turn.ts';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { createSuggestionEngine } from '../../src/suggestions/engine.ts';
import { readSuggestionsFile, situationOf } from '../../src/suggestions/evaluate.ts';
import { createRankingKnowledge, type RankingKnowledge } from '../../src/suggestions/learning/knowledge.ts';
import type { CountRow } from '../../src/suggestions/learning/ports.ts';

/** Scripts in all, and the p99 they may take. */
const GOALS = [
  { scripts: 0, mostP99Ms: 2 },
  { scripts: 1_000, mostP99Ms: 2 },
  { scripts: 10_000, mostP99Ms: 5 },
] as const;
type Gate = ReturnType<typeof createGate>;
const WARM_UP_ROUNDS = 3;
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '10' } } });

/** Everyday words a shop's answers are made of, so that messages share some with them. */
const SUBJECTS =
  '颜色 尺码 面料 发货 快递 运费 退货 换货 发票 优惠 会员 赠品 保养 安装 质保 库存 预售 包装 地址 付款'.split(' ');
const WORDS =
  '怎么 什么时候 可以 需要 注意 支持 安排 说明 登记 核对 准备 选择 联系 确认 查看 处理 规定 时间 方式 清单'.split(' ');
const FACTS = ['', '{shop.name}', '{product.title}', '{agent.name}'];

/** Answers of a shop's own over all intents; a fifth of them name a fact. */
function ownScripts(howMany: number): Script[] {
  return Array.from({ length: howMany }, (_, i) => {
    const pick = (list: readonly string[], step: number): string => list[Math.floor(i / step) % list.length]!;
    const title = `${pick(SUBJECTS, 1)}${pick(WORDS, 3)}${pick(WORDS, 7)}`;
    const text = `${i % 5 === 0 ? pick(FACTS, 5) : ''}${title}，${pick(SUBJECTS, 11)}${pick(WORDS, 2)}，第${i}条说明`;
    return ScriptSchema.parse({
      id: `${NO_CARD}-${i}`,
      card: NO_CARD,
      code: `s${i}`,
      title: { zh: title, en: title },
      modes: ['A'],
      intents: [MESSAGE_INTENTS[i % MESSAGE_INTENTS.length]],
      stages: [],
      slots: [],
      guards: [],
      length: 'L2',
      variants: [{ text }],
      sources: ['bench'],
      status: 'approved',
      version: 1,
    });
  });
}

/** Outcomes of every script in six contexts, taken more or less often. */
function outcomesOf(scripts: readonly Script[]): RankingKnowledge {
  const contexts = ['PRE', 'IN', 'LOG', 'AS', 'GEN', 'REV'].map((family) => `INT-${family}|none|unknown`);
  const rows = scripts.flatMap(({ id, version }, i) =>
    contexts.map((context, j): CountRow => {
      const accepted = (i * 7 + j * 3) % 40;
      const counts = { shown: 40, accepted, edited: 0, dismissed: 0, passed: 40 - accepted, below: 0, paid: 0 };
      return { scriptId: id, version, variant: 0, context, counts, weights: counts, asOf: 0 };
    }),
  );
  return createRankingKnowledge(rows, 0);
}

function measure(
  scripts: Script[],
  gate: Gate | undefined,
  knowledge: RankingKnowledge | undefined,
  situations: readonly Situation[],
  rounds: number,
) {
  const judge = gate === undefined ? {} : { judge: (text: string, context: GateContext) => gate.judge(text, context) };
  const engine = createSuggestionEngine({ scripts, ...judge });
  const timesMs: number[] = [];
  const bySituation = situations.map((): number[] => []);
  let proposals = 0;
  for (let round = -WARM_UP_ROUNDS; round < rounds; round++) {
    situations.forEach((situation, index) => {
      const learnt = knowledge && { knowledge, seed: `cnv_${index}` };
      const from = performance.now();
      const result = engine.suggest(situation, learnt);
      const tookMs = performance.now() - from;
      if (round < 0) return;
      timesMs.push(tookMs);
      bySituation[index]!.push(tookMs);
      proposals += result.proposals.length;
    });
  }
  // A neighbour on the machine interrupts single calls; the median of one situation is what its work costs.
  const medians = bySituation.map((times) => quantile(times, 0.5));
  return {
    calls: timesMs.length,
    proposals,
    p50Ms: quantile(timesMs, 0.5),
    p99Ms: quantile(timesMs, 0.99),
    p99OfMediansMs: quantile(medians, 0.99),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return Math.round(sorted[Math.floor((sorted.length - 1) * share)]! * 1000) / 1000;
}

const understanding = await createUnderstanding({ intentsDir: join(ROOT, 'intents'), cacheDir: modelCacheDir() });
const shipped = loadLibrary(join(ROOT, 'scripts-library')).scripts;
const situations = readSuggestionsFile(join(ROOT, 'test/eval/suggestions.jsonl')).map((line) =>
  situationOf(line, { analyse: (text, context) => understanding.analyse(text, context) }),
);
const results = GOALS.flatMap(({ scripts, mostP99Ms }) => {
  const library = [...shipped, ...ownScripts(Math.max(0, scripts - shipped.length))];
  const outcomes = outcomesOf(library);
  const engines = [
    { gate: createGate(), knowledge: undefined },
    { gate: undefined, knowledge: undefined },
    { gate: undefined, knowledge: outcomes },
  ];
  return engines.map(({ gate, knowledge }) => {
    const figures = measure(library, gate, knowledge, situations, Number(values.rounds));
    const made = { scripts: library.length, gate: gate !== undefined, learnt: knowledge !== undefined };
    return { ...made, ...figures, mostP99Ms, met: figures.p99Ms < mostP99Ms };
  });
});
console.table(results);
console.log(JSON.stringify({ situations: situations.length, results }));
