/** Texts with slots in braces. */
const SLOT = /\{([a-zA-Z][\w.]*)\}/g;

/** A piece of a text; `slot` is the name when it stands for a slot. */
export interface SlotTextPiece {
  from: number;
  text: string;
  slot: string | undefined;
}

/** Cuts a text at its slots; the pieces joined are the text. */
export function cutSlots(text: string): SlotTextPiece[] {
  const pieces: SlotTextPiece[] = [];
  let at = 0;
  for (const match of text.matchAll(SLOT)) {
    if (match.index > at) pieces.push({ from: at, text: text.slice(at, match.index), slot: undefined });
    pieces.push({ from: match.index, text: match[0], slot: match[1] });
    at = match.index + match[0].length;
  }
  if (at < text.length) pieces.push({ from: at, text: text.slice(at), slot: undefined });
  return pieces;
}

/** Names of the slots of a text, each once. */
export function slotNames(text: string): string[] {
  return [...new Set(cutSlots(text).flatMap(({ slot }) => slot ?? []))];
}

/** The text with example values; a slot that nobody knows stays as it stands. */
export function fillExamples(text: string, examples: ReadonlyMap<string, string>): string {
  return cutSlots(text)
    .map((piece) => (piece.slot === undefined ? undefined : examples.get(piece.slot)) ?? piece.text)
    .join('');
}

/** Characters as people count them, line breaks left out. */
export function countCharacters(text: string): number {
  return [...text.replace(/\n/g, '')].length;
}

type Limits = typeof import('../../../protocol/script.ts').LENGTH_LIMITS;
/** Most characters of a length class; English needs more for the same. */
const LIMITS: { 'zh-Hans': Limits; en: Record<keyof Limits, number> } = {
  'zh-Hans': { L1: 60, L2: 120, L3: 199 },
  en: { L1: 120, L2: 199, L3: 199 },
};

/** Most characters a wording may have. */
export function lengthLimit(length: keyof Limits, language: keyof typeof LIMITS): number {
  return LIMITS[language][length];
}

/** The beginning of a slot's name that is being typed: what stands between an open brace and the cursor. */
export function slotBegun(text: string, cursor: number): { from: number; query: string } | undefined {
  const match = /\{([\w.]*)$/.exec(text.slice(0, cursor));
  return match ? { from: match.index, query: match[1]! } : undefined;
}
