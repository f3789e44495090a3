import { NO_CARD, type Script } from '../../protocol/script.ts';
import { createNearestScripts } from './nearest-scripts.ts';

/** An intent that a text may answer. */
export interface SuggestedIntent {
  intent: string;
  /** 0 to 1. */
  confidence: number;
}

/** Wordings this close to one of a card belong to the card, whatever the intents say. */
const SURE = 0.45;
/** Wordings this close belong to it when the intents agree. */
const LIKELY = 0.25;
/** An intent counts as agreeing from here. */
const AGREES = 0.15;
const MOST_INTENTS = 3;

/**
 * Suggests the card a text is written to: that of the nearest wording of the library when it is very near, or near
 * and the intents agree; else `SHOP`. A wrong card would lend its guards and its timing to a text that has neither.
 */
export function createCardSuggester(
  library: readonly Script[],
): (text: string, intents: readonly SuggestedIntent[]) => string {
  const nearest = createNearestScripts(library.filter((script) => script.card !== NO_CARD));
  return (text, intents) => {
    const likely = intents.slice(0, MOST_INTENTS).filter(({ confidence }) => confidence >= AGREES);
    for (const { script, similarity } of nearest(text)) {
      if (similarity < LIKELY) break;
      const agrees = likely.some(({ intent }) => script.intents.some((own) => own === intent));
      if (similarity >= SURE || agrees) return script.card;
    }
    return NO_CARD;
  };
}
