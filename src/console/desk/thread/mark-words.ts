/** A piece of a message; `marked` when it is among the words looked for. */
export interface WordPiece {
  /** Where it begins in the whole text. */
  from: number;
  text: string;
  marked: boolean;
}

/**
 * Finds words in a message wherever they stand. The model reads small letters and takes every figure for a zero, so
 * words are compared in that form; a word the message does not hold as it is written marks nothing.
 */
export function markWords(text: string, words: readonly string[]): WordPiece[] {
  const read = fold(text);
  const marked = new Array<boolean>(text.length).fill(false);
  for (const word of words.map(fold).filter((it) => it.trim() !== '')) {
    for (let at = read.indexOf(word); at !== -1; at = read.indexOf(word, at + word.length)) {
      marked.fill(true, at, at + word.length);
    }
  }
  const pieces: WordPiece[] = [];
  for (let at = 0; at < text.length; at++) {
    const last = pieces.at(-1);
    if (last && last.marked === marked[at]) last.text += text[at];
    else pieces.push({ from: at, text: text[at]!, marked: marked[at]! });
  }
  return pieces;
}

/** Keeps the length, so that places in the folded text are places in the message. */
function fold(text: string): string {
  return Array.from({ length: text.length }, (_, at) => foldUnit(text[at]!)).join('');
}

function foldUnit(unit: string): string {
  const folded = unit.normalize('NFKC').toLowerCase();
  return folded.length === 1 ? folded.replace(/\d/, '0') : unit;
}
