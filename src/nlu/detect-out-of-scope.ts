import { orderByChance } from './fit-linear.ts';

/** Weights of the out-of-scope score: bias first, then one per sign. */
export interface OutOfScopeModel {
  weights: number[];
  /** Score from which a message is refused. */
  threshold: number;
}

/** Share of in-scope messages that may be refused wrongly when the threshold is set. */
const FALSE_REFUSALS = 0.03;
const PASSES = 30;

/**
 * Signs that a message is none of the desk's business: what the out-of-scope class says,
 * how sure the best intent is, how even the distribution is, how much of the text was ever seen.
 *
 * @param probabilities over intents and the out-of-scope class, which stands at `outOfScope`.
 */
export function outOfScopeSigns(probabilities: Float32Array, outOfScope: number, familiarity: number): number[] {
  const own = probabilities[outOfScope]!;
  let best = 0;
  let entropy = 0;
  for (let c = 0; c < probabilities.length; c++) {
    const p = probabilities[c]!;
    if (c !== outOfScope && p > best) best = p;
    if (p > 1e-9) entropy -= p * Math.log(p);
  }
  const logit = Math.log((own + 1e-4) / (1 - own + 1e-4));
  return [logit / 4, Math.log(best + 1e-4) / 4, entropy / Math.log(probabilities.length), 1 - familiarity];
}

/** The calibrated score, 0 surely ours, 1 surely not. */
export function scoreOutOfScope(model: OutOfScopeModel, signs: readonly number[]): number {
  let sum = model.weights[0]!;
  for (const [i, sign] of signs.entries()) sum += model.weights[i + 1]! * sign;
  return 1 / (1 + Math.exp(-sum));
}

/** Fits a logistic regression on held-out signs and sets the threshold by the false refusals it costs. */
export function fitOutOfScope(rows: readonly number[][], isOutOfScope: readonly boolean[]): OutOfScopeModel {
  const weights = new Array<number>((rows[0]?.length ?? 0) + 1).fill(0);
  const model: OutOfScopeModel = { weights, threshold: 0.5 };
  for (let pass = 0; pass < PASSES; pass++) {
    const rate = 0.1 / (1 + pass * 0.2);
    for (const i of orderByChance(rows.length, 11 + pass)) {
      const error = (isOutOfScope[i] ? 1 : 0) - scoreOutOfScope(model, rows[i]!);
      weights[0]! += rate * error;
      for (const [k, sign] of rows[i]!.entries()) weights[k + 1]! += rate * error * sign;
    }
  }
  const ours = rows.filter((_, i) => !isOutOfScope[i]).map((signs) => scoreOutOfScope(model, signs));
  ours.sort((a, b) => a - b);
  const at = ours[Math.floor(ours.length * (1 - FALSE_REFUSALS))] ?? 0.5;
  model.threshold = Math.min(0.8, Math.max(0.2, at));
  return model;
}
