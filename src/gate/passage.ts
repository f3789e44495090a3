import type { GateContext } from '../protocol/turn.ts';
import { foldSounds } from './fold-sounds.ts';
import { matchAll } from './match-all.ts';
import { normalizeText, toOriginalSpan, type View, type Views } from './normalize-text.ts';

/** A stretch of a view that a pattern found. */
export interface Match {
  view: View;
  from: number;
  to: number;
  text: string;
  groups: readonly (string | undefined)[];
}

/** A text under judgement with all a detector may ask for. */
export interface Passage {
  readonly original: string;
  readonly views: Views;
  /** As `views`, with sound-alikes left as they are written; the same object where there are none. */
  readonly written: Views;
  readonly context: GateContext;
  /** Length in characters as people count them. */
  readonly length: number;
  /** Unix ms of `context.now`; `undefined` when the clock is unknown. */
  readonly nowMs: number | undefined;
  /** Offset of the shop's zone in ms, from `context.now`; 0 when unknown. */
  readonly offsetMs: number;
  readonly mode: NonNullable<GateContext['mode']>;
  /** The buyer's last turn, when it is the last of all. */
  readonly pendingBuyerText: string | undefined;
}

/** Prepares a text and what is known beside it for the detectors. */
export function createPassage(text: string, context: GateContext): Passage {
  const last = context.history?.at(-1);
  const written = normalizeText(text);
  return {
    original: text,
    views: foldSounds(written),
    written,
    context,
    length: lengthOf(text.trim()),
    nowMs: context.now === undefined ? undefined : Date.parse(context.now),
    offsetMs: context.now === undefined ? 0 : readOffsetMs(context.now),
    mode: context.mode ?? 'typed',
    pendingBuyerText: last?.from === 'buyer' ? normalizeText(last.text).plain.text : undefined,
  };
}

/** Characters, a text in Latin letters counted at half: it needs about twice as many for the same thought. */
function lengthOf(text: string): number {
  const length = [...text].length;
  const latin = text.match(/[A-Za-z ]/g)?.length ?? 0;
  return latin > length * 0.6 ? Math.ceil(length / 2) : length;
}

/** Offset of an ISO 8601 time in ms, east positive. */
export function readOffsetMs(time: string): number {
  const match = /([+-])(\d\d):(\d\d)$/.exec(time);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}

/** Finds every place of a global pattern in a view. */
export function findAll(view: View, pattern: RegExp): Match[] {
  return matchAll(view.text, pattern).map((match) => ({
    view,
    from: match.index,
    to: match.index + match[0].length,
    text: match[0],
    groups: match.slice(1),
  }));
}

/** Findings of one pattern that are looked for; more would not help to mend a text. */
const MOST_HITS = 20;

/** The first matches that hold, at most 20: what stands behind them in a flood of words is not judged. */
export function takeHits<T>(matches: readonly T[], isHit: (match: T) => boolean): T[] {
  const hits: T[] = [];
  for (const match of matches) {
    if (hits.length === MOST_HITS) break;
    if (isHit(match)) hits.push(match);
  }
  return hits;
}

/** Places of a global pattern in the plain view, and those in the tight view that are written apart: 治.失.眠. */
export function findDisguised(views: Views, pattern: RegExp): Match[] {
  const found = findAll(views.plain, pattern);
  if (views.tight === views.plain || !hasGaps(views.tight)) return found;
  return [...found, ...findAll(views.tight, pattern).filter(isWrittenApart)];
}

const gaps = new WeakMap<View, boolean>();
const INSIDE_WORD = /^[\p{L}\p{N}]{2}$/u;

/** Whether something stood between two letters of the original; most texts hold nothing of the kind. */
function hasGaps(view: View): boolean {
  let known = gaps.get(view);
  if (known === undefined) {
    const { text, starts, ends } = view;
    known = starts.some((start, i) => i > 0 && start > ends[i - 1]! && INSIDE_WORD.test(text.slice(i - 1, i + 1)));
    gaps.set(view, known);
  }
  return known;
}

/** At least half of the characters stand apart in the original, or three Chinese characters in a row do. */
function isWrittenApart({ view, from, to, text }: Match): boolean {
  let gaps = 0;
  let row = 0;
  let longestRow = 0;
  for (let i = from + 1; i < to; i++) {
    const isApart = view.starts[i]! > view.ends[i - 1]!;
    if (isApart) gaps++;
    row = isApart && HAN_PAIR.test(text.slice(i - from - 1, i - from + 1)) ? row + 1 : 0;
    longestRow = Math.max(longestRow, row);
  }
  return gaps > 0 && (longestRow >= 2 || gaps * 2 >= to - from - 1);
}

const HAN_PAIR = /^\p{Script=Han}{2}$/u;

/** Original span of a match. */
export function spanOf(match: Match): [number, number] {
  return toOriginalSpan(match.view, match.from, match.to);
}

const CLAUSE_BREAKS = ',。!?;:~\n ()…';
const SENTENCE_BREAKS = '。!?;\n';

/** The clause around a match: up to the next comma, stop or space on either side. */
export function clauseOf(match: Match): { text: string; from: number; to: number } {
  return around(match, CLAUSE_BREAKS);
}

/** The sentence around a match: up to the next full stop, question or exclamation mark on either side. */
export function sentenceOf(match: Match): { text: string; from: number; to: number } {
  return around(match, SENTENCE_BREAKS);
}

const REACH = 80;

/** Looks at most 80 characters to each side, so that a long text without stops stays cheap. */
function around(match: Match, stops: string): { text: string; from: number; to: number } {
  const { text } = match.view;
  let from = match.from;
  const lowest = Math.max(0, match.from - REACH);
  while (from > lowest && !stops.includes(text[from - 1]!)) from--;
  let to = match.to;
  const highest = Math.min(text.length, match.to + REACH);
  while (to < highest && !stops.includes(text[to]!)) to++;
  if (to < text.length && text[to] === '?') to++;
  return { text: text.slice(from, to), from, to };
}

const CLAUSE = /[^,。!?;:~\n ()…]+\??/g;

/** All clauses of a view, in order, without their breaks; a question mark stays with its clause. */
export function clausesOf(view: View): Match[] {
  return findAll(view, CLAUSE);
}
