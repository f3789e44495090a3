import { createFeaturizer } from './featurize-text.ts';
import { scoreRows } from './fit-linear.ts';
import { normalizeText, type TracedText, traceNormalText } from './normalize-text.ts';
import { loadTokenizer, type Tokenizer } from './tokenize-text.ts';
import { createVectorizer, type Vocabulary } from './vectorize-features.ts';

/** What training leaves behind: everything prediction needs, in typed arrays. */
export interface ClassifierModel {
  labels: string[];
  vocabulary: Vocabulary;
  /** (features + 1) × labels; the last row is the bias. */
  weights: Float32Array;
  /** Factor on the scores before the softmax, fitted on held-out scores. */
  sharpness: number;
}

/** A label and its calibrated probability. */
export interface RankedLabel {
  label: string;
  confidence: number;
}

/** Probabilities over all labels of one text. */
export interface TextScore {
  /** In the order of `labels`; sums to 1. A fresh array. */
  probabilities: Float32Array;
  /** Share of the text's features that training has seen, 0–1. */
  familiarity: number;
}

/** A piece of the text as it is written, and what it adds to a label's score. */
export interface Evidence {
  text: string;
  /** Its first UTF-16 unit in the text. */
  start: number;
  /** One past its last unit. */
  end: number;
  weight: number;
}

/** A trained classifier. */
export interface Classifier {
  readonly model: ClassifierModel;
  readonly labels: readonly string[];
  /** The most likely labels, best first. */
  predict(text: string, context?: readonly string[], limit?: number): RankedLabel[];
  score(text: string, context?: readonly string[]): TextScore;
  /** The pieces of the text that speak most for a label, strongest first, overlapping pieces merged. */
  evidence(text: string, label: string, limit?: number): Evidence[];
}

/** Creates a classifier from a trained or loaded model. */
export function createClassifier(model: ClassifierModel, tokenizer: Tokenizer = loadTokenizer()): Classifier {
  const featurize = createFeaturizer(tokenizer);
  const vectorizer = createVectorizer(model.vocabulary);
  const classCount = model.labels.length;
  const scores = new Float32Array(classCount);

  function probabilitiesOf(text: string, context: readonly string[] | undefined, out: Float32Array): number {
    const { length, familiarity } = vectorizer.vectorize(featurize(normalizeText(text), context));
    scoreRows(model.weights, vectorizer.rows, vectorizer.values, length, vectorizer.size, classCount, out);
    softmax(out, model.sharpness);
    return familiarity;
  }

  return {
    model,
    labels: model.labels,
    predict(text, context, limit = 10) {
      probabilitiesOf(text, context, scores);
      return rankTop(scores, model.labels, limit);
    },
    score(text, context) {
      const probabilities = new Float32Array(classCount);
      const familiarity = probabilitiesOf(text, context, probabilities);
      return { probabilities, familiarity };
    },
    evidence(text, label, limit = 3) {
      const column = model.labels.indexOf(label);
      if (column < 0) return [];
      const traced = traceNormalText(text);
      const features = featurize(traced.text);
      const weightOf = (i: number): number => {
        const row = vectorizer.row(features.hashes[i]!);
        return row < 0 ? 0 : model.weights[row * classCount + column]! * model.vocabulary.values[row]!;
      };
      return mergeEvidence(text, traced, features, weightOf, limit);
    },
  };
}

/** Turns scores into probabilities in place. */
export function softmax(scores: Float32Array, sharpness: number): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let c = 0; c < scores.length; c++) {
    const value = Math.exp((scores[c]! - highest) * sharpness);
    scores[c] = value;
    sum += value;
  }
  for (let c = 0; c < scores.length; c++) scores[c]! /= sum;
}

/** The `limit` best labels by insertion; cheaper than sorting when few are wanted. */
export function rankTop(probabilities: Float32Array, labels: readonly string[], limit: number): RankedLabel[] {
  const best: number[] = [];
  for (let c = 0; c < probabilities.length; c++) {
    const value = probabilities[c]!;
    if (best.length === limit && value <= probabilities[best[limit - 1]!]!) continue;
    if (best.length === limit) best.pop();
    let at = best.length;
    while (at > 0 && probabilities[best[at - 1]!]! < value) at--;
    best.splice(at, 0, c);
  }
  return best.map((c) => ({ label: labels[c]!, confidence: probabilities[c]! }));
}

interface Spans {
  starts: Uint16Array;
  ends: Uint16Array;
  count: number;
}

/** Blanks, signs and the zeros that stand for any number are no evidence a reader can use. */
const SAYS_SOMETHING = /[^\s0?!]/;

/** Takes the strongest pieces and drops those that lie inside or across a stronger one. */
function mergeEvidence(
  original: string,
  traced: TracedText,
  spans: Spans,
  weightOf: (i: number) => number,
  limit: number,
): Evidence[] {
  const { text } = traced;
  const pieces = new Map<string, { start: number; end: number; weight: number }>();
  for (let i = 0; i < spans.count; i++) {
    if (spans.ends[i] === spans.starts[i]) continue;
    const { start, end } = wholeCharacters(text, spans.starts[i]!, spans.ends[i]!);
    const key = `${start}-${end}`;
    const piece = pieces.get(key) ?? { start, end, weight: 0 };
    piece.weight += weightOf(i);
    pieces.set(key, piece);
  }
  const ranked = [...pieces.values()].filter((piece) => piece.weight > 0).sort((a, b) => b.weight - a.weight);
  const taken: typeof ranked = [];
  for (const piece of ranked) {
    if (taken.length === limit) break;
    const words = text.slice(piece.start, piece.end);
    if (!SAYS_SOMETHING.test(words) || !words.isWellFormed()) continue;
    if (taken.some((other) => piece.start < other.end && other.start < piece.end)) continue;
    taken.push(piece);
  }
  return taken.map((piece) => asWritten(original, traced, piece));
}

/** A piece of the normal form as the text has it, without blanks and signs around it. */
function asWritten(original: string, { text, starts, ends }: TracedText, piece: Omit<Evidence, 'text'>): Evidence {
  let { start: first, end: last } = piece;
  while (first < last - 1 && text[first] === ' ') first++;
  while (last > first + 1 && text[last - 1] === ' ') last--;
  const start = starts[first]!;
  const end = ends[last - 1]!;
  return { text: original.slice(start, end), start, end, weight: piece.weight };
}

/**
 * Features are counted in UTF-16 units; a piece for people takes both halves of an emoji or rare character, and the
 * whole of a word in letters.
 */
function wholeCharacters(text: string, start: number, end: number): { start: number; end: number } {
  const splitsAt = (at: number): boolean =>
    at > 0 && at < text.length && (text.codePointAt(at - 1)! > 0xffff || /^[a-z]{2}$/.test(text.slice(at - 1, at + 1)));
  let [from, to] = [start, end];
  while (splitsAt(from)) from--;
  while (splitsAt(to)) to++;
  return { start: from, end: to };
}
