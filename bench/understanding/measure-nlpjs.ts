/** nlp.js as a peer: its own Chinese tokenizer and stemmer, its neural classifier, its defaults. */
import { containerBootstrap } from '@nlpjs/core';
import { LangZh } from '@nlpjs/lang-zh';
import { Nlp } from '@nlpjs/nlp';
import type { LabelsResult } from '../../src/nlu/evaluate-labels.ts';
import type { LabelLine } from '../../src/nlu/read-evaluation-file.ts';
import { macroF1, mean, shareOf } from '../../src/nlu/score-labels.ts';

/** Training lines read before the clock counts. */
const WARM_UP = 1000;

/**
 * Trains and measures nlp.js on the same lines, one message at a time.
 *
 * It keeps the words of every text it has met, so each line is timed once, after others have warmed it up.
 */
export async function measureNlpJs(train: readonly LabelLine[], test: readonly LabelLine[]): Promise<LabelsResult> {
  const peer = await createPeer();
  for (const { text, label } of train) peer.addDocument('zh', text, label);
  const startedAt = performance.now();
  await peer.train();
  const trainMs = Math.round(performance.now() - startedAt);
  for (const { text } of train.slice(0, WARM_UP)) await rank(peer, text);
  const times: number[] = [];
  const answers: { truth: string; predicted: string | undefined; top3: string[] }[] = [];
  for (const { text, label } of test) {
    const before = performance.now();
    const ranked = await rank(peer, text);
    times.push((performance.now() - before) * 1000);
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

/** Labels, the best first. */
async function rank(peer: Nlp, text: string): Promise<string[]> {
  const { classifications } = await peer.process('zh', text);
  return classifications.toSorted((a, b) => b.score - a.score).map(({ intent }) => intent);
}

async function createPeer(): Promise<Nlp> {
  const container = await containerBootstrap();
  container.use(LangZh);
  const peer = new Nlp({ container, autoSave: false, threshold: 0, nlu: { log: false } });
  peer.addLanguage('zh');
  return peer;
}
