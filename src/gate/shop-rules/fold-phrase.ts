import { foldSounds } from '../fold-sounds.ts';
import { normalizeText, type Views } from '../normalize-text.ts';
import type { Passage } from '../passage.ts';

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

/** A text in the form of a given view: as written, and as its sounds are folded. */
export function formsIn(text: string, view: keyof Views): string[] {
  const written = normalizeText(text.trim());
  return [...new Set([written[view].text, foldSounds(written)[view].text])];
}

/** What a text is searched in: folded by sounds, and as written where that differs. */
export function viewsOf(passage: Passage): readonly Views[] {
  return passage.views === passage.written ? [passage.views] : [passage.views, passage.written];
}
