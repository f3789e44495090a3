import { BUYER_TYPES, type BuyerType } from '../../protocol/ids.ts';
import type { Finding } from '../profile-state.ts';
import { readGrams, type Speaker } from './read-grams.ts';

/** The classes of the model: the eight types, then unknown. */
export const CLASSES: readonly (BuyerType | 'unknown')[] = [...BUYER_TYPES, 'unknown'];

/** What one message weighs for each class, and of how many pieces; its text cannot be read from it. */
export interface MessageManner {
  sums: number[];
  grams: number;
}

/** What is known beside the words: the shares the behaviour features give, and how this buyer orders. */
export interface Circumstances {
  shares: Record<BuyerType, number>;
  completedOrders: number;
  /** What the order history showed. */
  findings: readonly Finding[];
}

/** A learned model: for each piece of a message, and each circumstance, a weight per class. */
export interface MannerModel {
  weights: ReadonlyMap<string, ArrayLike<number>>;
}

/** How far a piece of a message counts beside a circumstance. */
const GRAM_SCALE = 4;
/** How far a finding of the order history counts. */
const FINDING_SCALE = 0.7;
/** A chat of fewer pieces is not taken for more telling than it is. */
const LEAST_GRAMS = 30;
/** Turns the soft shares of a small training set into a decision. Above 1 is surer. */
const SURENESS = 1.8;

/** The value every piece of a chat has. */
export function gramValue(gramsInChat: number): number {
  return GRAM_SCALE / Math.sqrt(Math.max(LEAST_GRAMS, gramsInChat));
}

/** The circumstances as named values. */
export function circumstanceValues({ shares, completedOrders, findings }: Circumstances): [string, number][] {
  return [
    ['=1', 1],
    [`=orders${Math.min(3, completedOrders)}`, 0.7],
    ...BUYER_TYPES.map((type): [string, number] => [`=${type}`, shares[type]]),
    ...findings.map(({ feature, strength }): [string, number] => [`=${feature}`, FINDING_SCALE * strength]),
  ];
}

/** Weighs one message; the sums are rounded, as they are kept. */
export function weighMessage(model: MannerModel, text: string, speaker: Speaker): MessageManner {
  const grams = readGrams(text, speaker);
  const sums = CLASSES.map(() => 0);
  for (const gram of grams) addWeights(sums, model.weights.get(gram), 1);
  return { sums: sums.map((sum) => Math.round(sum * 1000) / 1000), grams: grams.length };
}

/** The share of each class for a chat. */
export function judgeManner(
  model: MannerModel,
  messages: readonly MessageManner[],
  circumstances: Circumstances,
): Record<BuyerType | 'unknown', number> {
  const value = gramValue(messages.reduce((sum, { grams }) => sum + grams, 0));
  const scores = CLASSES.map(() => 0);
  for (const { sums } of messages) addWeights(scores, sums, value);
  for (const [name, amount] of circumstanceValues(circumstances)) addWeights(scores, model.weights.get(name), amount);
  const shares = toShares(scores.map((score) => score * SURENESS));
  return Object.fromEntries(CLASSES.map((name, index) => [name, shares[index]!])) as Record<
    BuyerType | 'unknown',
    number
  >;
}

/** Softmax. */
export function toShares(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const masses = scores.map((score) => Math.exp(score - highest));
  const total = masses.reduce((sum, mass) => sum + mass, 0);
  return masses.map((mass) => mass / total);
}

function addWeights(sums: number[], weights: ArrayLike<number> | undefined, value: number): void {
  if (!weights) return;
  for (let index = 0; index < sums.length; index++) sums[index]! += weights[index]! * value;
}
