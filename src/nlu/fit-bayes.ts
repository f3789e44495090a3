import type { SparseVector } from './fit-linear.ts';

/** Added to every count, so that a feature never met with a class is unlikely and not impossible. */
const SMOOTHING = 0.2;

/**
 * Adds what naive Bayes says to the weights of linear machines, in place.
 *
 * Each feature's log probability in a class, less its mean over the classes: with the machine's own weights it makes
 * one matrix, so reading a text costs no more. Bayes knows of rare features what the margins never had to learn.
 *
 * @param weights of shape (featureCount + 1) × classCount, as `fitLinear` gives them.
 * @param share factor on the Bayes part.
 */
export function addBayes(
  weights: Float32Array,
  vectors: readonly SparseVector[],
  classes: Int32Array,
  featureCount: number,
  classCount: number,
  share: number,
): void {
  const counts = new Float32Array(featureCount * classCount);
  const totals = new Float32Array(classCount).fill(SMOOTHING * featureCount);
  for (const [i, { rows }] of vectors.entries()) {
    const own = classes[i]!;
    for (const row of rows) counts[row * classCount + own]!++;
    totals[own]! += rows.length;
  }
  const logTotals = totals.map(Math.log);
  const logSmoothing = Math.log(SMOOTHING);
  const logs = new Float32Array(classCount);
  for (let row = 0; row < featureCount; row++) {
    const offset = row * classCount;
    let mean = 0;
    for (let c = 0; c < classCount; c++) {
      const count = counts[offset + c]!;
      logs[c] = (count === 0 ? logSmoothing : Math.log(count + SMOOTHING)) - logTotals[c]!;
      mean += logs[c]! / classCount;
    }
    for (let c = 0; c < classCount; c++) weights[offset + c]! += share * (logs[c]! - mean);
  }
}
