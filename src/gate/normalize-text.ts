import { Converter } from 'opencc-js/t2cn';
import { BESIDE, type BesideSign, readNumbered, STAND_INS } from './words/look-alikes.ts';
import { PINYIN_WORDS, SOUND_WORDS } from './words/sound-alikes.ts';

/** A normal form of a text that remembers which original characters every one of its characters came from. */
export interface View {
  readonly text: string;
  /** Original index of the first character behind each normal character. */
  readonly starts: readonly number[];
  /** Original index one past the last character behind each normal character. */
  readonly ends: readonly number[];
}

/** The two normal forms of a text. */
export interface Views {
  /** Half-width, lower case, simplified; spaces inside words gone, other spaces kept as one. */
  readonly plain: View;
  /** As `plain`, without any space, ornament or emoji: what is left of a disguise. */
  readonly tight: View;
}

const INVISIBLE = /^[\p{Cf}\p{Mn}\p{Me}\p{Cc}]$/u;
const ORNAMENT = /^[·.~\-_*|/#^&=`'"<>\\•…—\p{So}\p{Sk}\p{Extended_Pictographic}]$/u;
const HAN = /^\p{Script=Han}$/u;
const WORD = /^[\p{L}\p{N}]$/u;

const toSimplified = Converter({ from: 't', to: 'cn' });
const known = new Map<string, string>();
const KNOWN_LIMIT = 20_000;

/**
 * Folds one character as both views do: stand-ins, negative circled letters, compatibility forms, case, traditional
 * characters. One that shows nothing folds to nothing.
 */
export function foldCharacter(char: string): string {
  const cached = known.get(char);
  if (cached !== undefined) return cached;
  const folded = foldUncached(char);
  if (known.size < KNOWN_LIMIT) known.set(char, folded);
  return folded;
}

function foldUncached(char: string): string {
  const standIn = STAND_INS[char];
  if (standIn !== undefined) return standIn;
  if (char === '\n' || char === '\r') return '\n';
  const code = char.codePointAt(0) ?? 0;
  // Squared characters are ornaments between two others: 好🉑评.
  if (code >= 0x1f201 && code <= 0x1f251) return char;
  if (code >= 0x1f150 && code <= 0x1f169) return String.fromCharCode(97 + code - 0x1f150);
  if (code >= 0x1f170 && code <= 0x1f189) return String.fromCharCode(97 + code - 0x1f170);
  const numbered = readNumbered(code);
  if (numbered !== undefined) return numbered;
  if (/^\s$/u.test(char)) return ' ';
  if (INVISIBLE.test(char)) return '';
  const compatible = char.normalize('NFKC').toLowerCase();
  if (/^\s*$/u.test(compatible)) return ' ';
  const simplified = toSimplified(compatible);
  return STAND_INS[simplified] ?? simplified;
}

interface Building {
  /** UTF-16 units, joined at the end: a string that grows unit by unit is slow to look into. */
  units: string[];
  starts: number[];
  ends: number[];
}

function append(view: Building, unit: string, start: number, end: number): void {
  view.units.push(unit);
  view.starts.push(start);
  view.ends.push(end);
}

function finish(view: Building): View {
  return { text: view.units.join(''), starts: view.starts, ends: view.ends };
}

/** A sign beside a character that gives it its meaning, spaces passed over. */
function foldBeside(
  char: string,
  { as, isMeant }: BesideSign,
  units: readonly string[],
  text: string,
  at: number,
): string {
  const before = units.findLast((unit) => unit !== ' ') ?? '';
  const after = /^\s{0,3}(\S)/u.exec(text.slice(at + char.length, at + char.length + 4))?.[1] ?? '';
  return isMeant(before, after) ? as : foldCharacter(char);
}

/** Facts and turns come back with every text that is judged beside them. */
const MOST_KEPT = 512;
const LONGEST_KEPT = 500;
const kept = new Map<string, Views>();

/** Normalises a text into both views, in time linear in its length; what was normalised lately is kept. */
export function normalizeText(text: string): Views {
  if (text.length > LONGEST_KEPT) return readViews(text);
  const known = kept.get(text);
  if (known !== undefined) return known;
  const views = readViews(text);
  for (const [oldest] of kept) {
    if (kept.size < MOST_KEPT) break;
    kept.delete(oldest);
  }
  kept.set(text, views);
  return views;
}

function readViews(text: string): Views {
  const folded: Building = { units: [], starts: [], ends: [] };
  const standIns = new Set<number>();
  let at = 0;
  for (const char of text) {
    const beside = BESIDE.get(char);
    const chars = beside === undefined ? foldCharacter(char) : foldBeside(char, beside, folded.units, text, at);
    if (chars.length === 1 && STAND_INS[char] !== undefined) standIns.add(folded.units.length);
    for (let i = 0; i < chars.length; i++) append(folded, chars[i]!, at, at + char.length);
    at += char.length;
  }
  const plain: Building = { units: [], starts: [], ends: [] };
  const tight: Building = { units: [], starts: [], ends: [] };
  const { units } = folded;
  for (let i = 0; i < units.length; i++) {
    const unit = units[i]!;
    const start = folded.starts[i]!;
    const end = folded.ends[i]!;
    if (unit === ' ') {
      if (plain.units.length > 0 && plain.units.at(-1) !== ' ' && !isInsideWord(units, i))
        append(plain, ' ', start, end);
      continue;
    }
    append(plain, unit, start, end);
    if (
      isOrnament(units, i) ||
      (BRACKETS.has(unit) && isLoneBracket(units, i)) ||
      (standIns.has(i) && partsWord(units, i))
    )
      continue;
    append(tight, unit, start, end);
  }
  const shared = finish(plain);
  // What drops more keeps no more: of the same length they are the same.
  return { plain: shared, tight: tight.units.length === plain.units.length ? shared : finish(tight) };
}

const WORDS = [...SOUND_WORDS.map(({ word }) => word), ...PINYIN_WORDS];
const PAIRS = new Set(WORDS.flatMap((word) => Array.from(word.slice(1), (char, i) => word[i]! + char)));

/** An emoji between the characters of a word that people disguise parts it and stands for nothing: 微★信. */
function partsWord(units: readonly string[], i: number): boolean {
  return PAIRS.has(`${units[i - 1] ?? ''}${units[i + 1] ?? ''}`);
}

const OPENING = '([{<【〔「『《〈';
const CLOSING = ')]}>】〕」』》〉';
const BRACKETS: ReadonlySet<string> = new Set(OPENING + CLOSING);

/** One of a row of brackets that each hold one character, or one that parts a word: 【微】【信】, (微)信. */
function isLoneBracket(units: readonly string[], i: number): boolean {
  const unit = units[i]!;
  if (OPENING.includes(unit))
    return (
      holdsOne(units, i) &&
      (holdsOne(units, i + 3) || holdsOne(units, i - 3) || partsWord(units, i) || isHalfBracketed(units, i))
    );
  if (CLOSING.includes(unit)) return holdsOne(units, i - 2) && isLoneBracket(units, i - 2);
  return false;
}

function holdsOne(units: readonly string[], at: number): boolean {
  const [open, held, close] = [units[at], units[at + 1], units[at + 2]];
  if (open === undefined || held === undefined || close === undefined) return false;
  return WORD.test(held) && OPENING.includes(open) && CLOSING[OPENING.indexOf(open)] === close;
}

function isHalfBracketed(units: readonly string[], at: number): boolean {
  return PAIRS.has(`${units[at + 1]}${units[at + 3] ?? ''}`);
}

const ornaments = new Map<string, boolean>();

/** A full stop or slash between digits belongs to a number and stays. */
function isOrnament(units: readonly string[], i: number): boolean {
  const unit = units[i]!;
  let isMark = ornaments.get(unit);
  if (isMark === undefined) {
    isMark = ORNAMENT.test(unit) || (unit >= '\ud800' && unit <= '\udfff');
    if (ornaments.size < KNOWN_LIMIT) ornaments.set(unit, isMark);
  }
  if (!isMark) return false;
  return !((unit === '.' || unit === '*' || unit === '-') && isDigit(units[i - 1]) && isDigit(units[i + 1]));
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9';
}

/** A space counts as inside a word when the piece before or after it is a single Chinese character. */
function isInsideWord(text: readonly string[], at: number): boolean {
  let left = at - 1;
  while (left >= 0 && text[left] === ' ') left--;
  let right = at + 1;
  while (right < text.length && text[right] === ' ') right++;
  const before = text[left];
  const after = text[right];
  if (before === undefined || after === undefined || !WORD.test(before) || !WORD.test(after)) return false;
  const beforeIsSingle = HAN.test(before) && !WORD.test(text[left - 1] ?? ' ');
  const afterIsSingle = HAN.test(after) && !WORD.test(text[right + 1] ?? ' ');
  return beforeIsSingle || afterIsSingle;
}

/** Original span of a stretch of a view; an empty stretch maps to an empty span. */
export function toOriginalSpan(view: View, from: number, to: number): [number, number] {
  if (from >= to) return [view.starts[from] ?? 0, view.starts[from] ?? 0];
  return [view.starts[from] ?? 0, view.ends[to - 1] ?? 0];
}
