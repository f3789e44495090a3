import type { Proposal } from '../../../protocol/turn.ts';

/** A piece of a rendered script; `slot` names the fact it was filled from. */
export interface SlotPiece {
  /** Where it begins in the whole text. */
  from: number;
  text: string;
  slot: string | undefined;
}

/** Finds the filled values in a rendered text, the longest first, so that the agent sees what came from facts. */
export function markSlots(text: string, slots: Proposal['slots']): SlotPiece[] {
  const taken: { from: number; to: number; slot: string }[] = [];
  const byLength = slots.filter(({ value }) => value.trim() !== '').sort((a, b) => b.value.length - a.value.length);
  for (const { name, value } of byLength) {
    for (let from = text.indexOf(value); from !== -1; from = text.indexOf(value, from + value.length)) {
      const to = from + value.length;
      if (taken.every((span) => to <= span.from || span.to <= from)) taken.push({ from, to, slot: name });
    }
  }
  taken.sort((a, b) => a.from - b.from);
  const pieces: SlotPiece[] = [];
  let at = 0;
  for (const { from, to, slot } of taken) {
    if (at < from) pieces.push({ from: at, text: text.slice(at, from), slot: undefined });
    pieces.push({ from, text: text.slice(from, to), slot });
    at = to;
  }
  if (at < text.length) pieces.push({ from: at, text: text.slice(at), slot: undefined });
  return pieces;
}
