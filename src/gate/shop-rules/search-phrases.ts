import { toOriginalSpan, type View, type Views } from '../normalize-text.ts';
import type { Passage } from '../passage.ts';
import { createWordFinder } from './find-words.ts';
import { foldPhrase, formsIn, viewsOf } from './fold-phrase.ts';

/** A place where a phrase stands. */
export interface PhrasePlace {
  view: View;
  from: number;
  to: number;
  /** The folded phrase. */
  text: string;
  /** In the original text. */
  span: [number, number];
}

/** Finds phrases in every view of a text, each place once. */
export type PhraseSearch = (passage: Passage, onFound: (phrase: number, place: PhrasePlace) => void) => void;

/** Builds the search of phrases: one automaton for each view. */
export function createPhraseSearch(phrases: readonly string[]): PhraseSearch {
  const searches = (['plain', 'tight'] as const).map((name) => createViewSearch(phrases, name)).filter(isDefined);
  return (passage, onFound) => {
    const views = viewsOf(passage);
    const seen = views.length > 1 ? new Set<string>() : undefined;
    for (const search of searches) {
      for (const view of views) {
        search(view, (phrase, place) => {
          const key = `${phrase} ${place.span[0]} ${place.span[1]}`;
          if (seen?.has(key)) return;
          seen?.add(key);
          onFound(phrase, place);
        });
      }
    }
  };
}

type ViewSearch = (views: Views, onFound: (phrase: number, place: PhrasePlace) => void) => void;

function createViewSearch(phrases: readonly string[], name: keyof Views): ViewSearch | undefined {
  const forms = phrases.flatMap((phrase, index) =>
    foldPhrase(phrase).view === name ? formsIn(phrase, name).map((text) => ({ text, index })) : [],
  );
  if (forms.length === 0) return undefined;
  const finder = createWordFinder(forms.map((form) => form.text));
  return (views, onFound) => {
    const view = views[name];
    finder.find(view.text, (form, from, to) => {
      const { text, index } = forms[form]!;
      onFound(index, { view, from, to, text, span: toOriginalSpan(view, from, to) });
    });
  };
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}
