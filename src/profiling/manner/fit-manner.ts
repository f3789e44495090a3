import {
  type Circumstances,
  CLASSES,
  circumstanceValues,
  gramValue,
  type MannerModel,
  toShares,
} from './manner-model.ts';

/** A chat with its answer. */
export interface MannerExample {
  /** The pieces of all messages, as often as they occur. */
  grams: readonly string[];
  circumstances: Circumstances;
  /** Index in `CLASSES`. */
  answer: number;
}

interface Vector {
  rows: Int32Array;
  values: Float64Array;
  answer: number;
}

const PASSES = 40;
const RATE = 0.5;
const RATE_DECAY = 0.05;
/** Pull towards nothing: a piece seen once or twice shall not decide. */
const SHRINK = 0.0005;
/** Any fixed seed: the same examples give the same model. */
const SEED = 1;

/** Fits a multinomial logistic regression by stochastic gradient descent. */
export function fitManner(examples: readonly MannerExample[]): MannerModel {
  const rowOf = new Map<string, number>();
  const vectors = examples.map((example) => vectorOf(example, rowOf));
  const weights = new Float64Array(rowOf.size * CLASSES.length);
  const order = vectors.map((_, index) => index);
  const random = createRandom(SEED);
  for (let pass = 0; pass < PASSES; pass++) {
    shuffle(order, random);
    const rate = RATE / (1 + pass * RATE_DECAY);
    for (const index of order) learn(weights, vectors[index]!, rate);
  }
  const size = CLASSES.length;
  return { weights: new Map([...rowOf].map(([name, row]) => [name, weights.slice(row * size, (row + 1) * size)])) };
}

function vectorOf({ grams, circumstances, answer }: MannerExample, rowOf: Map<string, number>): Vector {
  const values = new Map<number, number>();
  const add = (name: string, value: number): void => {
    const row = rowOf.get(name) ?? rowOf.size;
    rowOf.set(name, row);
    values.set(row, (values.get(row) ?? 0) + value);
  };
  const value = gramValue(grams.length);
  for (const gram of grams) add(gram, value);
  for (const [name, amount] of circumstanceValues(circumstances)) add(name, amount);
  return { rows: Int32Array.from(values.keys()), values: Float64Array.from(values.values()), answer };
}

function learn(weights: Float64Array, { rows, values, answer }: Vector, rate: number): void {
  const size = CLASSES.length;
  const scores = CLASSES.map(() => 0);
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i]! * size;
    for (let c = 0; c < size; c++) scores[c]! += weights[start + c]! * values[i]!;
  }
  const errors = toShares(scores).map((share, c) => (c === answer ? 1 : 0) - share);
  for (let i = 0; i < rows.length; i++) {
    const start = rows[i]! * size;
    for (let c = 0; c < size; c++) {
      weights[start + c]! += rate * (errors[c]! * values[i]! - SHRINK * weights[start + c]!);
    }
  }
}

/** Lehmer's generator: repeatable, and good enough to shuffle. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function shuffle(items: number[], random: () => number): void {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [items[i], items[j]] = [items[j]!, items[i]!];
  }
}
