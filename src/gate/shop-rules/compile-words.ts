import type { ShopWord } from '../../protocol/gate-rules.ts';
import type { Finding } from '../../protocol/turn.ts';
import type { Passage } from '../passage.ts';
import { foldPhrase, formsIn } from './fold-phrase.ts';
import { createPhraseSearch, type PhrasePlace } from './search-phrases.ts';

/** Finds what a shop's words or patterns object to. */
export type Detector = (passage: Passage) => Finding[];

/** Findings of one rule that are shown. */
export const MOST_FINDINGS = 20;

/** Compiles words into one walk over each view of a text. */
export function compileWords(words: readonly ShopWord[]): Detector {
  const search = createPhraseSearch(words.map((word) => word.text));
  const exceptions = words.map((word) => {
    const { view } = foldPhrase(word.text);
    return word.exceptions.flatMap((text) => formsIn(text, view));
  });
  return (passage) => {
    const findings: Finding[] = [];
    const counts = new Map<string, number>();
    search(passage, (index, place) => {
      const word = words[index]!;
      const count = counts.get(word.id) ?? 0;
      if (count === MOST_FINDINGS) return;
      if (word.modes !== undefined && !word.modes.includes(passage.mode)) return;
      if (isInsideLongerWord(passage.original, place)) return;
      if (exceptions[index]!.some((exception) => isInside(place, exception))) return;
      counts.set(word.id, count + 1);
      findings.push(toFinding(word, place.span));
    });
    return findings;
  };
}

const LATIN = /[a-zａ-ｚ]/i;
const DIGIT = /[\d０-９]/;

/** vx in svxt, 50 in 150: letters and digits count only where their word begins and ends. */
function isInsideLongerWord(original: string, { span: [from, to], text }: PhrasePlace): boolean {
  return continues(original[from - 1], text[0]) || continues(original[to], text.at(-1));
}

function continues(neighbour: string | undefined, edge: string | undefined): boolean {
  if (neighbour === undefined || edge === undefined) return false;
  return (LATIN.test(edge) && LATIN.test(neighbour)) || (DIGIT.test(edge) && DIGIT.test(neighbour));
}

/** Whether the word is a part of a longer text that stands there. */
function isInside({ view, from, text }: PhrasePlace, longer: string): boolean {
  for (let at = longer.indexOf(text); at >= 0; at = longer.indexOf(text, at + 1)) {
    if (at <= from && view.text.startsWith(longer, from - at)) return true;
  }
  return false;
}

function toFinding(word: ShopWord, span: [number, number]): Finding {
  return {
    rule: word.id,
    severity: word.severity,
    span,
    message: word.message ?? `店铺规定不说“${word.text}”，请换一种说法。`,
    instead: [...word.instead],
  };
}
