/** Edits that agents make again and again, read as a wording the script lacks. */
import type { Script } from '../../protocol/script.ts';
import type { KeptEdit } from './ports.ts';

/** Edits count for so long. */
export const EDITS_FOR_MS = 30 * 24 * 3_600_000;
const LEAST_EDITS = 3;
const LEAST_CONVERSATIONS = 2;
/** Share of common pairs of characters from which two texts are one wording. */
const ALIKE = 0.85;

/** A wording that agents keep writing. */
export interface FoundWording {
  /** With slots in braces. */
  text: string;
  /** The edits it came from, oldest first. */
  edits: readonly KeptEdit[];
  conversations: number;
}

/**
 * Wordings that at least three edits of two conversations agree on and the script has not, the most edited first.
 *
 * @param edits of the script's version in force
 * @param before wordings that were found earlier: what is like one of them is not found again
 */
export function findWordings(script: Script, edits: readonly KeptEdit[], before: readonly string[]): FoundWording[] {
  const known = script.variants.map(({ text }) => bare(text));
  const figures = new Set(script.variants.flatMap(({ text }) => figuresOf(text)));
  const clusters: { texts: string[]; edits: KeptEdit[] }[] = [];
  for (const edit of edits) {
    const text = unfill(edit.text, edit.slots).trim();
    // A figure that no slot filled belongs to one conversation, and so do stray braces.
    if (figuresOf(text).some((figure) => !figures.has(figure)) || hasStrayBraces(text)) continue;
    if (known.includes(bare(text))) continue;
    const cluster = clusters.find(({ texts }) => likeness(texts[0]!, text) >= ALIKE);
    if (cluster) {
      cluster.texts.push(text);
      cluster.edits.push(edit);
    } else clusters.push({ texts: [text], edits: [edit] });
  }
  return clusters
    .map((cluster) => ({
      text: mostCommon(cluster.texts),
      edits: cluster.edits,
      conversations: new Set(cluster.edits.map(({ conversationId }) => conversationId)).size,
    }))
    .filter(
      ({ text, edits: mine, conversations }) =>
        mine.length >= LEAST_EDITS &&
        conversations >= LEAST_CONVERSATIONS &&
        !before.some((earlier) => likeness(earlier, text) >= ALIKE),
    )
    .sort((a, b) => b.edits.length - a.edits.length);
}

/** Puts the slots back in the place of what filled them; of values within each other the longest goes first. */
export function unfill(text: string, slots: KeptEdit['slots']): string {
  let left = text;
  const marks: string[] = [];
  for (const { name, value } of slots.toSorted((a, b) => b.value.length - a.value.length)) {
    if (value.trim() === '') continue;
    // A mark of one private character keeps a later value from matching inside an earlier slot's name.
    const mark = String.fromCharCode(0xe000 + marks.length);
    const found = left.replace(wholeValue(value), mark);
    if (found === left) continue;
    left = found;
    marks.push(`{${name}}`);
  }
  return left.replace(/[\ue000-\uf8ff]/g, (mark) => marks[mark.charCodeAt(0) - 0xe000] ?? mark);
}

/** The value where no digit or letter goes on beside it: 5 is not found within 15. */
function wholeValue(value: string): RegExp {
  const inner = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const before = /^[\da-z]/i.test(value) ? '(?<![\\da-zA-Z])' : '';
  const after = /[\da-z]$/i.test(value) ? '(?![\\da-zA-Z])' : '';
  return new RegExp(before + inner + after, 'g');
}

function figuresOf(text: string): string[] {
  return text.replace(/\{[^{}]*\}/g, ' ').match(/\d+(?:\.\d+)?/g) ?? [];
}

function hasStrayBraces(text: string): boolean {
  return /[{}]/.test(text.replace(/\{[a-zA-Z][\w.]*\}/g, ''));
}

/** Without what does not make a wording another one: spaces, marks, width of characters. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}{}.]/gu, '');
}

/** Share of pairs of neighbouring characters that two texts have in common, 0 to 1. */
export function likeness(a: string, b: string): number {
  const [one, other] = [pairsOf(bare(a)), pairsOf(bare(b))];
  let common = 0;
  for (const [pair, count] of one.counts) common += Math.min(count, other.counts.get(pair) ?? 0);
  return one.total + other.total === 0 ? Number(bare(a) === bare(b)) : (2 * common) / (one.total + other.total);
}

function pairsOf(text: string): { counts: Map<string, number>; total: number } {
  const counts = new Map<string, number>();
  for (let i = 0; i + 2 <= text.length; i++) {
    const pair = text.slice(i, i + 2);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return { counts, total: Math.max(0, text.length - 1) };
}

/** The wording most agents wrote; of several the latest. */
function mostCommon(texts: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return texts.findLast((text) => counts.get(text) === most)!;
}
