/** What differs between two texts, word by word. */
import { diffArrays } from 'diff';

/** A piece of two texts laid over each other. */
export interface TextPiece {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

const SLOT = /(\{[a-zA-Z][\w.]*\})/;
const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/** Cuts a text into words; a slot is one word. The words joined are the text. */
export function splitWords(text: string): string[] {
  return text
    .split(SLOT)
    .flatMap((piece, at) => (at % 2 === 1 ? [piece] : Array.from(segmenter.segment(piece), (word) => word.segment)));
}

/** Lays two texts over each other; what was taken out stands before what was put in. */
export function compareTexts(before: string, after: string): TextPiece[] {
  return diffArrays(splitWords(before), splitWords(after)).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}

/** How much of two texts is the same: 0 nothing, 1 all. */
export function likeness(pieces: readonly TextPiece[]): number {
  let [same, all] = [0, 0];
  for (const { kind, text } of pieces) {
    const weight = kind === 'same' ? 2 : 1;
    all += weight * text.length;
    if (kind === 'same') same += weight * text.length;
  }
  return all === 0 ? 1 : same / all;
}
