import { type ClassifierModel, softmax } from './classifier.ts';
import { createFeaturizer } from './featurize-text.ts';
import { addBayes } from './fit-bayes.ts';
import { fitLinear, type SparseVector, scoreVector } from './fit-linear.ts';
import { fitSoftmax } from './fit-softmax.ts';
import { normalizeText } from './normalize-text.ts';
import { loadTokenizer, type Tokenizer } from './tokenize-text.ts';
import { buildVocabulary, createVectorizer, type FeatureList } from './vectorize-features.ts';

/** Calibration needs no fully converged machine. */
const HELD_OUT_PASSES = 4;
/** Every how-manyth held-out text the sharpness is fitted on when there are thousands. */
const SAMPLED = 3;
const MANY = 3000;

/** Weight of naive Bayes and of the regression beside the linear machine; chosen by cross-validation. */
const BAYES_SHARE = 0.1;
const SOFTMAX_SHARE = 0.5;
/** Passes of the regression for each pass of the linear machine. */
const SOFTMAX_PASSES = 1 / 3;

/** One labelled text. */
export interface TrainingExample {
  text: string;
  label: string;
  /** What was known around it, as opaque tokens such as `order=paid`. */
  context?: readonly string[];
}

/** Options of training; the defaults were chosen by cross-validation (docs/understanding.md). */
export interface TrainOptions {
  /** Cost of an error. Default 1. */
  cost?: number;
  /** Passes over the examples. Default 12. */
  passes?: number;
  /** Parts for held-out scores, which calibrate the probabilities. 0 leaves the sharpness at 4. Default 3. */
  folds?: number;
  /** Whether turns of speech count beside the concepts; they help where hundreds of lines teach a label. Default true. */
  phrases?: boolean;
  tokenizer?: Tokenizer;
}

/** Scores of every training example by a machine that did not see it. */
export interface HeldOutScores {
  /** Raw scores, one row an example. */
  scores: Float32Array[];
  /** Share of known features, 0–1. */
  familiarity: Float32Array;
}

/** A model, and the held-out scores that calibrated it. */
export interface TrainingResult {
  model: ClassifierModel;
  heldOut: HeldOutScores | undefined;
}

/**
 * Trains a linear classifier on labelled texts of any label set.
 *
 * The same examples in the same order give the same model.
 */
export function trainClassifier(examples: readonly TrainingExample[], options: TrainOptions = {}): TrainingResult {
  const { cost = 1, passes = 12, folds = 3 } = options;
  const labels = [...new Set(examples.map((example) => example.label))].sort();
  const classes = Int32Array.from(examples, (example) => labels.indexOf(example.label));
  const featurize = createFeaturizer(options.tokenizer ?? loadTokenizer(), options.phrases);
  const documents = examples.map((example): FeatureList => {
    const features = featurize(normalizeText(example.text), example.context);
    const { total, count } = features;
    return { hashes: features.hashes.slice(0, total), weights: features.weights.slice(0, total), count };
  });
  const all = Int32Array.from(examples, (_, i) => i);
  const { vocabulary, weights } = fitMembers(documents, classes, all, labels.length, { cost, passes });
  const heldOut =
    folds > 1
      ? scoreHeldOut(documents, classes, labels.length, folds, { cost, passes: Math.min(passes, HELD_OUT_PASSES) })
      : undefined;
  const sharpness = heldOut ? fitSharpness(heldOut.scores, classes) : 4;
  return { model: { labels, vocabulary, weights, sharpness }, heldOut };
}

type Fitted = Pick<ClassifierModel, 'vocabulary' | 'weights'>;

function fitMembers(
  documents: readonly FeatureList[],
  classes: Int32Array,
  members: Int32Array,
  classCount: number,
  options: { cost: number; passes: number },
): Fitted {
  const vocabulary = buildVocabulary(Array.from(members, (i) => documents[i]!));
  const vectorizer = createVectorizer(vocabulary);
  const vectors = Array.from(members, (i) => vectorOf(documents[i]!, vectorizer).vector);
  const own = Int32Array.from(members, (i) => classes[i]!);
  const classCost = costByRarity(own, classCount);
  const weights = fitLinear(vectors, own, vectorizer.size, classCount, { ...options, classCost });
  addBayes(weights, vectors, own, vectorizer.size, classCount, BAYES_SHARE);
  const passes = Math.ceil(options.passes * SOFTMAX_PASSES);
  const smooth = fitSoftmax(vectors, own, vectorizer.size, classCount, { passes, classCost });
  for (let i = 0; i < weights.length; i++) weights[i]! += SOFTMAX_SHARE * smooth[i]!;
  return { vocabulary, weights };
}

/** A class with few examples pays more for each: the square root of how much rarer it is than the average. */
function costByRarity(classes: Int32Array, classCount: number): Float32Array {
  const counts = new Float32Array(classCount);
  for (const c of classes) counts[c]!++;
  return counts.map((count) => (count === 0 ? 1 : Math.sqrt(classes.length / classCount / count)));
}

function vectorOf(
  document: FeatureList,
  vectorizer: ReturnType<typeof createVectorizer>,
): { vector: SparseVector; familiarity: number } {
  const features = { hashes: document.hashes, count: document.count, total: document.hashes.length };
  const { length, familiarity } = vectorizer.vectorize(features);
  return { vector: vectorizer.copy(length), familiarity };
}

/** Deals the examples of each class round the parts, so that every part has some of each. */
function dealFolds(classes: Int32Array, classCount: number, folds: number): Int32Array {
  const next = new Int32Array(classCount);
  return classes.map((c) => (next[c]!++ + c) % folds);
}

function scoreHeldOut(
  documents: readonly FeatureList[],
  classes: Int32Array,
  classCount: number,
  folds: number,
  options: { cost: number; passes: number },
): HeldOutScores {
  const fold = dealFolds(classes, classCount, folds);
  const scores: Float32Array[] = new Array(documents.length);
  const familiarity = new Float32Array(documents.length);
  for (let part = 0; part < folds; part++) {
    const members = Int32Array.from([...fold.keys()].filter((i) => fold[i] !== part));
    const fitted = fitMembers(documents, classes, members, classCount, options);
    const vectorizer = createVectorizer(fitted.vocabulary);
    for (const [i, ownPart] of fold.entries()) {
      if (ownPart !== part) continue;
      const scored = vectorOf(documents[i]!, vectorizer);
      const row = new Float32Array(classCount);
      scoreVector(fitted.weights, scored.vector, vectorizer.size, classCount, row);
      scores[i] = row;
      familiarity[i] = scored.familiarity;
    }
  }
  return { scores, familiarity };
}

/** Finds the factor on the scores that makes held-out probabilities most likely (golden section, 0.5–20). */
export function fitSharpness(scores: readonly Float32Array[], classes: Int32Array): number {
  const step = scores.length > MANY ? SAMPLED : 1;
  const probabilities = new Float32Array(scores[0]?.length ?? 0);
  const loss = (logSharpness: number): number => {
    let sum = 0;
    for (let i = 0; i < scores.length; i += step) {
      probabilities.set(scores[i]!);
      softmax(probabilities, Math.exp(logSharpness));
      sum -= Math.log(Math.max(probabilities[classes[i]!]!, 1e-9));
    }
    return sum;
  };
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = Math.log(0.5);
  let high = Math.log(20);
  for (let round = 0; round < 14; round++) {
    const left = high - ratio * (high - low);
    const right = low + ratio * (high - low);
    if (loss(left) < loss(right)) high = right;
    else low = left;
  }
  return Math.exp((low + high) / 2);
}
