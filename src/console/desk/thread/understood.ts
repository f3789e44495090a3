/** What the console says in one line of a buyer's message. */
import type { MessageIntent } from '../../../protocol/ids.ts';
import type { Analysis } from '../../../protocol/turn.ts';
import type { Corrections } from '../store/desk-state.ts';

/** How a message was understood; an agent's word goes before the machine's. */
export type Understood =
  | { kind: 'corrected'; intents: readonly MessageIntent[]; agentId: string }
  | { kind: 'held'; guesses: readonly { intent: MessageIntent; confidence: number | undefined }[] }
  /** Probably none of the desk's business. */
  | { kind: 'outside'; share: number }
  | { kind: 'unsure'; guess: { intent: MessageIntent; confidence: number } | undefined };

const OUTSIDE_FROM = 0.5;

/** Sums an analysis up. */
export function sumUp(analysis: Analysis, correction: Corrections[number] | undefined): Understood {
  if (correction) return { kind: 'corrected', intents: correction.intents, agentId: correction.agentId };
  const { held, intents, outOfScope } = analysis;
  if (held.length > 0) {
    const confidenceOf = new Map(intents.map((guess) => [guess.intent, guess.confidence]));
    return { kind: 'held', guesses: held.map((intent) => ({ intent, confidence: confidenceOf.get(intent) })) };
  }
  return outOfScope >= OUTSIDE_FROM ? { kind: 'outside', share: outOfScope } : { kind: 'unsure', guess: intents[0] };
}

/** The words that spoke for the intents that hold, or for the best guess where none does and guesses are wanted. */
export function wordsShown({ held, intents }: Analysis, withGuess: boolean): string[] {
  const shown =
    held.length > 0 || !withGuess ? intents.filter(({ intent }) => held.includes(intent)) : intents.slice(0, 1);
  return [...new Set(shown.flatMap(({ evidence }) => evidence))];
}
