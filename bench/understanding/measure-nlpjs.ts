/** nlp.js as a peer: its own Chinese tokenizer and stemmer, its neural classifier, its defaults. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { LabelsResult } from '../../src/nlu/evaluate-labels.ts';
import type { LabelLine } from '../../src/nlu/read-evaluation-file.ts';
import { macroF1, mean, shareOf } from '../../src/nlu/score-labels.ts';

/** What the bench uses of the packages `@nlpjs/core`, `@nlpjs/nlp` and `@nlpjs/lang-zh` (4.x). */
interface Peer {
  settings: Record<string, unknown>;
  addLanguage(locale: string): void;
  addDocument(locale: string, text: string, label: string): void;
  train(): Promise<unknown>;
  process(locale: string, text: string): Promise<{ classifications: { intent: string; score: number }[] }>;
  toJSON(): unknown;
}
interface Container {
  use(plugin: unknown): void;
  get(name: string): Peer;
}

/**
 * Trains and measures nlp.js on the same lines, one message at a time.
 *
 * @param dir the folder whose `node_modules` has the packages.
 * @returns `undefined` when they are not installed there.
 */
export async function measureNlpJs(
  dir: string,
  train: readonly LabelLine[],
  test: readonly LabelLine[],
): Promise<LabelsResult | undefined> {
  const peer = await loadPeer(dir);
  if (!peer) return undefined;
  for (const { text, label } of train) peer.addDocument('zh', text, label);
  const startedAt = performance.now();
  await peer.train();
  const trainMs = Math.round(performance.now() - startedAt);
  const times: number[] = [];
  const answers: { truth: string; predicted: string | undefined; top3: string[] }[] = [];
  for (const { text, label } of test) {
    const before = performance.now();
    const { classifications } = await peer.process('zh', text);
    times.push((performance.now() - before) * 1000);
    const ranked = classifications.toSorted((a, b) => b.score - a.score).map(({ intent }) => intent);
    answers.push({ truth: label, predicted: ranked[0], top3: ranked.slice(0, 3) });
  }
  const perSecond = Math.round(1e6 / mean(times));
  times.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(times[Math.floor((times.length - 1) * share)]! * 10) / 10;
  return {
    lines: test.length,
    accuracy: shareOf(answers, ({ truth, predicted }) => truth === predicted),
    macroF1: macroF1(answers),
    top3: shareOf(answers, ({ truth, top3 }) => top3.includes(truth)),
    trainMs,
    modelBytes: JSON.stringify(peer.toJSON()).length,
    perSecond,
    p50Us: at(0.5),
    p99Us: at(0.99),
  };
}

async function loadPeer(dir: string): Promise<Peer | undefined> {
  const load = createRequire(join(dir, 'package.json'));
  const has = (name: string): boolean => {
    try {
      return load.resolve(name) !== '';
    } catch {
      return false;
    }
  };
  const names = ['@nlpjs/core', '@nlpjs/nlp', '@nlpjs/lang-zh'] as const;
  if (!names.every(has)) return undefined;
  const { containerBootstrap } = load(names[0]) as { containerBootstrap(): Promise<Container> };
  const container = await containerBootstrap();
  container.use((load(names[1]) as { Nlp: unknown }).Nlp);
  container.use((load(names[2]) as { LangZh: unknown }).LangZh);
  const peer = container.get('nlp');
  Object.assign(peer.settings, { autoSave: false, threshold: 0, nlu: { log: false } });
  peer.addLanguage('zh');
  return peer;
}
