/** A sparse vector: rows of the weight matrix and their values. */
export interface SparseVector {
  rows: Int32Array;
  values: Float32Array;
}

/** Options of the learner. */
export interface FitOptions {
  /** Cost of an error; higher fits the examples closer. */
  cost: number;
  /** Passes over the examples. */
  passes: number;
  /** Cost factor of each class's own examples. */
  classCost?: Float32Array;
}

/**
 * The examples in an order of chance that is the same every time.
 *
 * Each example's place hangs on its own number and the seed alone: examples added behind leave the others in order, so
 * that a model trained on a little more differs by little.
 */
export function orderByChance(count: number, seed: number): Int32Array {
  const keys = new Uint32Array(count);
  for (let i = 0; i < count; i++) keys[i] = scatter(Math.imul(i + 1, 0x9e3779b1) ^ scatter(seed));
  return Int32Array.from(keys.keys()).sort((a, b) => keys[a]! - keys[b]! || a - b);
}

function scatter(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  h = Math.imul(h, 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * Fits one linear machine per class against the rest (squared hinge loss, L2, dual coordinate descent),
 * all classes in one pass over the examples.
 *
 * @returns weights of shape (featureCount + 1) × classCount; the last row is the bias.
 */
export function fitLinear(
  vectors: readonly SparseVector[],
  classes: Int32Array,
  featureCount: number,
  classCount: number,
  options: FitOptions,
): Float32Array {
  const weights = new Float32Array((featureCount + 1) * classCount);
  const duals = new Float32Array(vectors.length * classCount);
  const squares = vectors.map((vector) => vector.values.reduce((sum, value) => sum + value * value, 1));
  const scores = new Float32Array(classCount);
  const changed = new Int32Array(classCount);
  const deltas = new Float32Array(classCount);
  for (let pass = 0; pass < options.passes; pass++) {
    for (const i of orderByChance(vectors.length, 7 + pass)) {
      const vector = vectors[i]!;
      scoreVector(weights, vector, featureCount, classCount, scores);
      const own = classes[i]!;
      const ownCost = options.cost * (options.classCost?.[own] ?? 1);
      let count = 0;
      for (let c = 0; c < classCount; c++) {
        const sign = c === own ? 1 : -1;
        const diagonal = 0.5 / (c === own ? ownCost : options.cost);
        const dual = duals[i * classCount + c]!;
        const gradient = sign * scores[c]! - 1 + diagonal * dual;
        const next = Math.max(0, dual - gradient / (squares[i]! + diagonal));
        if (next === dual) continue;
        duals[i * classCount + c] = next;
        deltas[count] = (next - dual) * sign;
        changed[count++] = c;
      }
      addScaled(weights, vector, featureCount, classCount, deltas, changed, count);
    }
  }
  return weights;
}

/** Writes the scores of one vector into `out`. */
export function scoreVector(
  weights: Float32Array,
  vector: SparseVector,
  featureCount: number,
  classCount: number,
  out: Float32Array,
): void {
  scoreRows(weights, vector.rows, vector.values, vector.rows.length, featureCount, classCount, out);
}

/** The same over the first `length` entries of longer arrays. */
export function scoreRows(
  weights: Float32Array,
  rows: Int32Array,
  values: Float32Array,
  length: number,
  featureCount: number,
  classCount: number,
  out: Float32Array,
): void {
  const bias = featureCount * classCount;
  for (let c = 0; c < classCount; c++) out[c] = weights[bias + c]!;
  for (let k = 0; k < length; k++) {
    const offset = rows[k]! * classCount;
    const value = values[k]!;
    for (let c = 0; c < classCount; c++) out[c]! += weights[offset + c]! * value;
  }
}

/** Adds a vector to the columns that changed; most columns of most examples lie beyond their margin and do not. */
function addScaled(
  weights: Float32Array,
  vector: SparseVector,
  featureCount: number,
  classCount: number,
  deltas: Float32Array,
  changed: Int32Array,
  count: number,
): void {
  const bias = featureCount * classCount;
  for (let j = 0; j < count; j++) weights[bias + changed[j]!]! += deltas[j]!;
  for (let k = 0; k < vector.rows.length; k++) {
    const offset = vector.rows[k]! * classCount;
    const value = vector.values[k]!;
    for (let j = 0; j < count; j++) weights[offset + changed[j]!]! += deltas[j]! * value;
  }
}
