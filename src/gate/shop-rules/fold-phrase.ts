import { normalizeText, type Views } from '../normalize-text.ts';

/** A word as it is searched for. */
export interface Phrase {
  /** `tight` finds it through spaces and ornaments; a word that has such marks itself is searched for in `plain`. */
  view: keyof Views;
  text: string;
}

/** Folds a word the way texts are folded; its text is empty when it holds nothing but spaces. */
export function foldPhrase(word: string): Phrase {
  const { plain, tight } = normalizeText(word.trim());
  const isMarked = plain.text.replaceAll(' ', '').length > tight.text.length;
  return isMarked ? { view: 'plain', text: plain.text } : { view: 'tight', text: tight.text };
}
