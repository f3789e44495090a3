import type { Situation, Turn } from '../protocol/turn.ts';
import { QUESTION } from './cues.ts';
import { isAssent, isCall } from './plain-words.ts';

/** The last thing the buyer has asked since the desk last spoke; what is only told may be a long story. */
function unanswered(history: readonly Turn[]): string | undefined {
  return history
    .slice(history.findLastIndex(({ from }) => from === 'agent') + 1)
    .findLast(({ from, text }) => from === 'buyer' && QUESTION.test(text) && !isCall(text))?.text;
}

/** What is open when the message itself brings nothing: what it calls for, or what a yes leaves unanswered. */
function openMatter({ facts, history, message }: Situation): string | undefined {
  if (isCall(message) && facts.question === undefined) {
    const waiting = unanswered(history);
    if (waiting !== undefined) return waiting;
  } else if (!isAssent(message)) {
    return undefined;
  }
  return history.length === 0 ? undefined : facts.convo?.openQuestions?.at(-1);
}

/**
 * A call (“在？？”) after a question that nobody answered asks that question again, and a yes to half an answer leaves
 * the other half open: the situation is read as if the open matter had just been said. The analyser has read the call
 * only, so its guesses are dropped and the matter is read by its wording.
 *
 * @see SR-15, SCR-08
 */
export function takeUpOpenMatter(situation: Situation): Situation {
  const matter = openMatter(situation);
  if (matter === undefined) return situation;
  const analysis = { ...situation.analysis, intents: [], held: [], abstained: false };
  return { ...situation, message: matter, analysis };
}
