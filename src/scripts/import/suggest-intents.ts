import type { SuggestedIntent } from './suggest-card.ts';

/** What the understanding says of a text, as far as it is needed here. */
export interface Understood {
  /** The likeliest first. */
  intents: readonly SuggestedIntent[];
  /** Those that hold above the shipped threshold. */
  held: readonly string[];
}

/** An intent that does not hold is a hint for the card, no suggestion of its own. */
const HINT = 0.5;

/**
 * Suggests intents of an answer by what the understanding of messages makes of its words.
 *
 * It is made for buyers' questions, so even a sure guess for an answer is right in little more than half of the cases: a person decides.
 */
export function createIntentSuggester(understand: (text: string) => Understood): (text: string) => SuggestedIntent[] {
  return (text) => {
    const { intents, held } = understand(text);
    return intents.map(({ intent, confidence }) => ({
      intent,
      confidence: held.includes(intent) ? confidence : Math.min(confidence, HINT),
    }));
  };
}
