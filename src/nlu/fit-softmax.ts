import { orderByChance, type SparseVector, scoreVector } from './fit-linear.ts';

/** Options of the softmax learner. */
export interface SoftmaxOptions {
  /** Passes over the examples. */
  passes: number;
  /** Cost factor of each class's own examples. */
  classCost?: Float32Array;
}

/** First step; later ones shrink with the passes and with how often a feature has moved. */
const RATE = 1;
/** Part of the truth given to all other labels: one label in ten is wrong or not the only one. */
const SMOOTHING = 0.1;
/** What is added to a feature's squared steps, so that the first one is finite. */
const EARLY = 1e-3;
/** A class that is off by less than this is left alone: most classes of most examples. */
const CLOSE_ENOUGH = 0.002;

/**
 * Fits a multinomial regression on smoothed labels (AdaGrad, one rate a feature).
 *
 * @returns weights of shape (featureCount + 1) × classCount, as `fitLinear` gives them; the last row is the bias.
 */
export function fitSoftmax(
  vectors: readonly SparseVector[],
  classes: Int32Array,
  featureCount: number,
  classCount: number,
  options: SoftmaxOptions,
): Float32Array {
  const weights = new Float32Array((featureCount + 1) * classCount);
  const squares = new Float32Array(featureCount + 1).fill(EARLY);
  const errors = new Float32Array(classCount);
  const changed = new Int32Array(classCount);
  const steps: Steps = { weights, squares, classCount, errors, changed, count: 0, square: 0, rate: RATE };
  for (let pass = 0; pass < options.passes; pass++) {
    steps.rate = RATE * (1 - pass / options.passes);
    for (const i of orderByChance(vectors.length, 505 + pass)) {
      const vector = vectors[i]!;
      const own = classes[i]!;
      scoreVector(weights, vector, featureCount, classCount, errors);
      findErrors(steps, own, options.classCost?.[own] ?? 1);
      for (let k = 0; k < vector.rows.length; k++) step(steps, vector.rows[k]!, vector.values[k]!);
      step(steps, featureCount, 1);
    }
  }
  return weights;
}

interface Steps {
  weights: Float32Array;
  /** Sum of squared steps of each row. */
  squares: Float32Array;
  classCount: number;
  /** Scores at first, then how far each class is off. */
  errors: Float32Array;
  /** Classes that are off, the first `count`. */
  changed: Int32Array;
  count: number;
  /** Sum of the squared errors. */
  square: number;
  rate: number;
}

/** Turns scores into errors: the smoothed truth less the probability, times the cost. */
function findErrors(steps: Steps, own: number, cost: number): void {
  const { errors, changed, classCount } = steps;
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of errors) if (score > highest) highest = score;
  let sum = 0;
  for (let c = 0; c < classCount; c++) {
    errors[c] = Math.exp(errors[c]! - highest);
    sum += errors[c]!;
  }
  const others = classCount > 1 ? SMOOTHING / (classCount - 1) : 0;
  steps.count = 0;
  steps.square = 0;
  for (let c = 0; c < classCount; c++) {
    const error = ((c === own ? 1 - SMOOTHING : others) - errors[c]! / sum) * cost;
    errors[c] = error;
    if (Math.abs(error) < CLOSE_ENOUGH) continue;
    steps.square += error * error;
    changed[steps.count++] = c;
  }
}

function step(
  { weights, squares, classCount, errors, changed, count, square, rate }: Steps,
  row: number,
  value: number,
) {
  squares[row]! += square * value * value;
  const size = (rate * value) / Math.sqrt(squares[row]!);
  const offset = row * classCount;
  for (let j = 0; j < count; j++) {
    const c = changed[j]!;
    weights[offset + c]! += size * errors[c]!;
  }
}
