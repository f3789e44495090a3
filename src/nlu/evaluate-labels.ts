import type { RankedLabel } from './classifier.ts';
import type { LabelLine } from './read-evaluation-file.ts';
import { macroF1, mean, shareOf } from './score-labels.ts';
import { type ClassificationEngine, linearEngine, type TrainedEngine } from './text-classifier.ts';

/** The figures of kind `labels`. */
export interface LabelsResult {
  lines: number;
  accuracy: number;
  macroF1: number;
  top3: number;
  trainMs: number;
  modelBytes: number;
  /** Messages a second on one core: the best of five warm rounds, as are the two percentiles. */
  perSecond: number;
  p50Us: number;
  p99Us: number;
}

/** A line the engine got wrong, for `--errors`. */
export interface WrongLabel {
  text: string;
  label: string;
  ranking: RankedLabel[];
}

/** What an evaluation gives: the result object, and the wrong lines, the surest mistake first. */
export interface LabelsEvaluation {
  result: LabelsResult;
  wrong: WrongLabel[];
}

/** Trains an engine on one set of labelled lines and measures it on another. */
export function evaluateLabels(
  train: readonly LabelLine[],
  test: readonly LabelLine[],
  engine: ClassificationEngine = linearEngine,
): LabelsEvaluation {
  const startedAt = performance.now();
  const trained = engine.train(train);
  const trainMs = performance.now() - startedAt;
  const answers = test.map((line) => ({ ...line, ranking: trained.predict(line.text) }));
  const isRight = (answer: WrongLabel): boolean => answer.ranking[0]?.label === answer.label;
  const wrong = answers.filter((answer) => !isRight(answer));
  wrong.sort((a, b) => (b.ranking[0]?.confidence ?? 0) - (a.ranking[0]?.confidence ?? 0));
  const result: LabelsResult = {
    lines: test.length,
    accuracy: shareOf(answers, isRight),
    macroF1: macroF1(answers.map((answer) => ({ truth: answer.label, predicted: answer.ranking[0]?.label }))),
    top3: shareOf(answers, (answer) => answer.ranking.slice(0, 3).some(({ label }) => label === answer.label)),
    trainMs: Math.round(trainMs),
    modelBytes: trained.bytes,
    ...measureSpeed(
      trained,
      test.map((line) => line.text),
    ),
  };
  return { result, wrong };
}

/** Rounds over the test texts; the best one counts, since a shared machine only ever adds time. */
const ROUNDS = 5;
/** Messages of a round at least, so that the 99th percentile rests on more than a few. */
const ROUND_MESSAGES = 2000;
/** Time after which a slow engine is no longer asked, a round. */
const ROUND_LIMIT_MS = 2000;

/** Measures predictions over the test texts, one at a time, after a round to warm up. */
function measureSpeed(
  trained: TrainedEngine,
  texts: readonly string[],
): Pick<LabelsResult, 'perSecond' | 'p50Us' | 'p99Us'> {
  if (texts.length === 0) return { perSecond: 0, p50Us: 0, p99Us: 0 };
  timeRound(trained, texts);
  const rounds = Array.from({ length: ROUNDS }, () => timeRound(trained, texts));
  const best = rounds.reduce((least, round) => (mean(round) < mean(least) ? round : least));
  best.sort((a, b) => a - b);
  const at = (share: number): number => Math.round(best[Math.floor((best.length - 1) * share)]! * 10) / 10;
  return { perSecond: Math.round(1e6 / mean(best)), p50Us: at(0.5), p99Us: at(0.99) };
}

/** Microseconds of each prediction of one round. */
function timeRound(trained: TrainedEngine, texts: readonly string[]): number[] {
  const times: number[] = [];
  const count = Math.max(ROUND_MESSAGES, texts.length);
  const endAt = performance.now() + ROUND_LIMIT_MS;
  while (times.length < count && performance.now() < endAt) {
    const text = texts[times.length % texts.length]!;
    const before = performance.now();
    trained.predict(text);
    times.push((performance.now() - before) * 1000);
  }
  return times;
}
