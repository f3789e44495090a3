import { MESSAGE_INTENTS, type MessageIntent } from '../protocol/ids.ts';

/** Probability of each intent; what is absent is 0. */
export type IntentScores = Map<MessageIntent, number>;

const IS_MESSAGE_INTENT: ReadonlySet<string> = new Set(MESSAGE_INTENTS);

/** Whether a label is an intent a message can have. */
export function isMessageIntent(label: string): label is MessageIntent {
  return IS_MESSAGE_INTENT.has(label);
}

/** Probabilities of the message intents alone, made to sum to 1. */
export function toIntentScores(labels: readonly string[], probabilities: Float32Array): IntentScores {
  const scores: IntentScores = new Map();
  let sum = 0;
  for (const [c, label] of labels.entries()) if (IS_MESSAGE_INTENT.has(label)) sum += probabilities[c]!;
  for (const [c, label] of labels.entries()) {
    if (isMessageIntent(label)) scores.set(label, probabilities[c]! / (sum || 1));
  }
  return scores;
}

/** Raises every probability to a power and makes them sum to 1 again: above 1 surer, below 1 less sure. */
export function sharpenScores(scores: IntentScores, power: number): void {
  let sum = 0;
  for (const [intent, score] of scores) {
    const value = score ** power;
    scores.set(intent, value);
    sum += value;
  }
  for (const [intent, score] of scores) scores.set(intent, score / (sum || 1));
}

/** Finds the power that makes the true intents most likely (golden section, 0.4–3). */
export function fitPower(samples: readonly { scores: IntentScores; truth: MessageIntent }[]): number {
  const loss = (power: number): number => {
    let total = 0;
    for (const { scores, truth } of samples) {
      let sum = 0;
      for (const score of scores.values()) sum += score ** power;
      total -= Math.log(Math.max((scores.get(truth) ?? 0) ** power / (sum || 1), 1e-6));
    }
    return total;
  };
  const ratio = (Math.sqrt(5) - 1) / 2;
  let low = 0.4;
  let high = 3;
  for (let step = 0; step < 10; step++) {
    const left = high - ratio * (high - low);
    const right = low + ratio * (high - low);
    if (loss(left) < loss(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}
