import type { ShopWord } from '../../protocol/gate-rules.ts';
import type { Finding } from '../../protocol/turn.ts';
import { normalizeText, toOriginalSpan, type View, type Views } from '../normalize-text.ts';
import type { Passage } from '../passage.ts';
import { createWordFinder, type WordFinder } from './find-words.ts';
import { foldPhrase, type Phrase } from './fold-phrase.ts';

/** Finds what a shop's words or patterns object to. */
export type Detector = (passage: Passage) => Finding[];

interface Entry {
  word: ShopWord;
  phrase: Phrase;
  /** Folded into the word's own view. */
  exceptions: readonly string[];
}

/** Compiles words into one walk over each view of a text. */
export function compileWords(words: readonly ShopWord[]): Detector {
  const entries = words.map((word): Entry => {
    const phrase = foldPhrase(word.text);
    return { word, phrase, exceptions: word.exceptions.map((text) => foldInto(text, phrase.view)) };
  });
  const searches = (['plain', 'tight'] as const)
    .map((view) => ({ view, entries: entries.filter((entry) => entry.phrase.view === view) }))
    .filter((search) => search.entries.length > 0)
    .map((search) => ({ ...search, finder: createWordFinder(search.entries.map((entry) => entry.phrase.text)) }));
  return (passage) => searches.flatMap((search) => findEntries(search, passage));
}

/** A text in the form of a given view. */
export function foldInto(text: string, view: keyof Views): string {
  return normalizeText(text.trim())[view].text;
}

/** Findings of one rule that are shown. */
export const MOST_FINDINGS = 20;

interface Search {
  view: keyof Views;
  entries: readonly Entry[];
  finder: WordFinder;
}

function findEntries({ view: name, entries, finder }: Search, passage: Passage): Finding[] {
  const view = passage.views[name];
  const findings: Finding[] = [];
  const counts = new Map<string, number>();
  finder.find(view.text, (index, from, to) => {
    const entry = entries[index]!;
    const count = counts.get(entry.word.id) ?? 0;
    if (count === MOST_FINDINGS) return;
    if (entry.word.modes !== undefined && !entry.word.modes.includes(passage.mode)) return;
    const span = toOriginalSpan(view, from, to);
    if (isInsideLongerWord(passage.original, span, entry.phrase.text)) return;
    if (entry.exceptions.some((exception) => isInside(view, from, entry.phrase.text, exception))) return;
    counts.set(entry.word.id, count + 1);
    findings.push(toFinding(entry.word, span));
  });
  return findings;
}

const LATIN = /[a-zａ-ｚ]/i;
const DIGIT = /[\d０-９]/;

/** vx in svxt, 50 in 150: letters and digits count only where their word begins and ends. */
function isInsideLongerWord(original: string, [from, to]: readonly [number, number], word: string): boolean {
  return continues(original[from - 1], word[0]) || continues(original[to], word.at(-1));
}

function continues(neighbour: string | undefined, edge: string | undefined): boolean {
  if (neighbour === undefined || edge === undefined) return false;
  return (LATIN.test(edge) && LATIN.test(neighbour)) || (DIGIT.test(edge) && DIGIT.test(neighbour));
}

/** Whether the word found at `from` is a part of a longer text that stands there. */
function isInside(view: View, from: number, word: string, longer: string): boolean {
  for (let at = longer.indexOf(word); at >= 0; at = longer.indexOf(word, at + 1)) {
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
