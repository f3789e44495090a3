/** nlp.js as a peer: its own Chinese tokenizer and stemmer, its neural classifier, its defaults. */
import { containerBootstrap } from '@nlpjs/core';
import { LangZh } from '@nlpjs/lang-zh';
import { Nlp } from '@nlpjs/nlp';
import type { LabelsResult } from '../../src/nlu/evaluate-labels.ts';
import type { LabelLine } from '../../src/nlu/read-evaluation-file.ts';
import { macroF1, mean, shareOf } from '../../src/nlu/score-labels.ts';

/** Trains and measures nlp.js on the same lines, one message at a time. */
export async function measureNlpJs(train: readonly LabelLine[], test: readonly LabelLine[]): Promise<LabelsResult> {
  const peer = await createPeer();
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

async function createPeer(): Promise<Nlp> {
  const container = await containerBootstrap();
  container.use(LangZh);
  const peer = new Nlp({ container, autoSave: false, threshold: 0, nlu: { log: false } });
  peer.addLanguage('zh');
  return peer;
}
