/** Choosing what a message means: a query, a marked offer, and what is chosen in its order. */
import type { MessageIntent } from '../../../protocol/ids.ts';

/** An intent, or that the message is none of the desk's business. */
export type Choice = MessageIntent | 'none';

/** Something to choose, with its names. */
export interface IntentOffer {
  id: Choice;
  name: { zh: string; en: string };
}

export interface CorrectionForm {
  query: string;
  /** Position of the marked offer. */
  at: number;
  /** The most important first. */
  chosen: readonly Choice[];
}

export type CorrectionAction =
  | { type: 'typed'; query: string }
  /** `count` offers are in sight. */
  | { type: 'moved'; step: 1 | -1; count: number }
  | { type: 'toggled'; choice: Choice }
  | { type: 'lastDropped' };

/** More than that nobody means by one message. @see SetRightSchema */
export const MOST_INTENTS = 5;

/** Begins with what an agent said before. */
export function startCorrection(intents: readonly MessageIntent[] | undefined): CorrectionForm {
  const chosen: readonly Choice[] = intents?.length === 0 ? ['none'] : (intents ?? []);
  return { query: '', at: 0, chosen };
}

/** The form's reducer. */
export function reduceCorrection(form: CorrectionForm, action: CorrectionAction): CorrectionForm {
  switch (action.type) {
    case 'typed':
      return { ...form, query: action.query, at: 0 };
    case 'moved':
      return { ...form, at: action.count === 0 ? 0 : (form.at + action.step + action.count) % action.count };
    case 'toggled':
      return { query: '', at: form.query === '' ? form.at : 0, chosen: toggle(form.chosen, action.choice) };
    case 'lastDropped':
      return { ...form, chosen: form.chosen.slice(0, -1) };
  }
}

function toggle(chosen: readonly Choice[], choice: Choice): readonly Choice[] {
  if (chosen.includes(choice)) return chosen.filter((it) => it !== choice);
  if (choice === 'none') return ['none'];
  const others = chosen.filter((it) => it !== 'none');
  return others.length < MOST_INTENTS ? [...others, choice] : others;
}

/** What is sent. */
export function intentsOf({ chosen }: CorrectionForm): MessageIntent[] {
  return chosen.filter((choice) => choice !== 'none');
}

/**
 * Offers that hold every word of a query in a name or the id, those whose name begins with it first. Without a query
 * all of them, the machine's own guesses first and "none of our business" last: it is never the easy choice.
 */
export function findIntents(
  offers: readonly IntentOffer[],
  guesses: readonly MessageIntent[],
  query: string,
): IntentOffer[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = ({ id, name }: IntentOffer): number => {
    if (words.length > 0 && (name.zh.startsWith(query.trim()) || id.toLowerCase() === words[0])) return -1;
    if (id === 'none') return guesses.length + 1;
    const guess = guesses.indexOf(id);
    return guess === -1 ? guesses.length : guess;
  };
  return offers
    .filter(({ id, name }) => {
      const all = `${id} ${id.replace(/-/g, '')} ${name.zh} ${name.en}`.toLowerCase();
      return words.every((word) => all.includes(word));
    })
    .sort((a, b) => rank(a) - rank(b));
}
