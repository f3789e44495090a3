/**
 * Reads a shop's pattern: folds it the way texts are folded, and tells what every match of it must hold, so that
 * most texts are passed over without running it. Accepts a part of RE2 syntax and says what else to write.
 */
import { foldCharacter } from '../normalize-text.ts';
import { readClass } from './parse-class.ts';
import {
  PatternError,
  quote,
  type Reader,
  readClassEscape,
  readEscapedCharacter,
  rest,
  unsupportedEscape,
} from './pattern-reader.ts';

/** A pattern as read. */
export interface ParsedPattern {
  /** RE2 source over folded text. */
  source: string;
  /** Each group lists words of which every match holds at least one; no group: a match may hold anything. */
  needs: readonly (readonly string[])[];
  /** Length of the shortest match in characters. */
  leastLength: number;
  /** Length of the longest match in UTF-16 units; infinite where matches have no bound or look at their neighbours. */
  mostLength: number;
}

/** What a piece of a pattern matches. */
interface Piece {
  source: string;
  /** Every text the piece can match, when they are few; the needs are then empty. */
  exact: readonly string[] | undefined;
  needs: readonly (readonly string[])[];
  leastLength: number;
  mostLength: number;
}

/** A character has at most two UTF-16 units. */
const ONE_CHARACTER = { needs: [], leastLength: 1, mostLength: 2 } as const;

/** More texts than this are not told apart. */
const MOST_EXACT = 32;
const MOST_NEED_WORDS = 64;
const MOST_NEEDS = 4;
const LONGEST_EXACT = 12;
const MOST_NESTING = 20;
const NAMED_GROUP = /^\?P?<[a-z_][a-z0-9_]*>/i;
const COUNT = /^\{(\d{1,4})(?:(,)(\d{0,4}))?\}/;

const NOTHING: Piece = { source: '', exact: [''], needs: [], leastLength: 0, mostLength: 0 };

/** Parses a pattern. @throws PatternError when it is no pattern or uses what is not supported */
export function parsePattern(pattern: string): ParsedPattern {
  const reader = { chars: [...pattern], at: 0, depth: 0 };
  const piece = readAlternatives(reader);
  if (reader.at < reader.chars.length) throw new PatternError('has a ) without its (; write \\) for the character');
  return {
    source: piece.source,
    needs: chooseNeeds(needsOf(piece)),
    leastLength: piece.leastLength,
    mostLength: piece.mostLength,
  };
}

function readAlternatives(reader: Reader): Piece {
  const branches = [readSequence(reader)];
  while (reader.chars[reader.at] === '|') {
    reader.at += 1;
    branches.push(readSequence(reader));
  }
  return branches.length === 1 ? branches[0]! : anyOf(branches);
}

function readSequence(reader: Reader): Piece {
  const pieces: Piece[] = [];
  while (reader.at < reader.chars.length && !'|)'.includes(reader.chars[reader.at]!)) pieces.push(readRepeated(reader));
  return inSequence(pieces);
}

function readRepeated(reader: Reader): Piece {
  const piece = readOne(reader);
  const mark = reader.chars[reader.at];
  if (mark === undefined || !'*+?{'.includes(mark)) return piece;
  if (mark !== '{') {
    reader.at += 1;
    return repeated(piece, mark + readLaziness(reader), mark === '+' ? 1 : 0, mark === '?' ? 1 : undefined);
  }
  const count = COUNT.exec(rest(reader));
  if (count === null)
    throw new PatternError('has a { that starts no count such as {2} or {1,5}; write \\{ for the character');
  reader.at += count[0].length;
  const least = Number(count[1]);
  const most = count[2] === undefined ? least : count[3] === '' ? undefined : Number(count[3]);
  return repeated(piece, count[0] + readLaziness(reader), least, most);
}

function readLaziness(reader: Reader): string {
  if (reader.chars[reader.at] !== '?') return '';
  reader.at += 1;
  return '?';
}

function readOne(reader: Reader): Piece {
  const char = reader.chars[reader.at]!;
  reader.at += 1;
  if (char === '(') return readGroup(reader);
  if (char === '[') return { ...readClass(reader), ...ONE_CHARACTER };
  if (char === '\\') return readEscape(reader);
  if (char === '.') return { source: '.', exact: undefined, ...ONE_CHARACTER };
  if (char === '^' || char === '$') return placeOf(char);
  if ('*+?{'.includes(char))
    throw new PatternError(`has a ${char} with nothing before it to repeat; write \\${char} for the character`);
  return literal(char);
}

/** A place between characters: what stands beside it counts, so the text may not be cut. */
function placeOf(source: string): Piece {
  return { ...NOTHING, source, mostLength: Number.POSITIVE_INFINITY };
}

function readGroup(reader: Reader): Piece {
  const ahead = rest(reader);
  if (/^\?(?:=|!|<=|<!)/.test(ahead))
    throw new PatternError(
      'looks ahead or behind ((?=, (?!, (?<=, (?<!), which cannot be searched in linear time; match the neighbours as well, or list exceptions',
    );
  const opening = ahead.startsWith('?:') ? '?:' : (NAMED_GROUP.exec(ahead)?.[0] ?? '');
  if (ahead.startsWith('?') && opening === '')
    throw new PatternError(
      `uses (${ahead.slice(0, 2)}…, which is not supported; groups are (…), (?:…) and (?<name>…), and letters match in either case anyway`,
    );
  reader.at += opening.length;
  reader.depth += 1;
  if (reader.depth > MOST_NESTING) throw new PatternError(`nests groups deeper than ${MOST_NESTING}`);
  const inner = readAlternatives(reader);
  reader.depth -= 1;
  if (reader.chars[reader.at] !== ')') throw new PatternError('has a ( without its ); write \\( for the character');
  reader.at += 1;
  return { ...inner, source: `(?:${inner.source})` };
}

function readEscape(reader: Reader): Piece {
  const char = readEscapedCharacter(reader);
  if (char !== undefined) return literal(char);
  const ofClass = readClassEscape(reader);
  if (ofClass !== undefined) {
    const exact = ofClass === '\\d' ? [...'0123456789'] : undefined;
    return { source: ofClass, exact, ...ONE_CHARACTER };
  }
  const letter = reader.chars[reader.at]!;
  if (letter === 'b' || letter === 'B') {
    reader.at += 1;
    return placeOf(`\\${letter}`);
  }
  throw unsupportedEscape(letter);
}

function literal(char: string): Piece {
  const folded = foldCharacter(char);
  if (folded === '')
    throw new PatternError(
      `has the invisible character U+${char.codePointAt(0)!.toString(16)}, which no folded text holds`,
    );
  const quoted = [...folded].map(quote).join('');
  const length = [...folded].length;
  return {
    source: length > 1 ? `(?:${quoted})` : quoted,
    exact: [folded],
    needs: [],
    leastLength: length,
    mostLength: folded.length,
  };
}

function anyOf(branches: readonly Piece[]): Piece {
  const source = branches.map((branch) => branch.source).join('|');
  const leastLength = Math.min(...branches.map((branch) => branch.leastLength));
  const mostLength = Math.max(...branches.map((branch) => branch.mostLength));
  const exact = branches.flatMap((branch) => branch.exact ?? []);
  if (branches.every((branch) => branch.exact !== undefined) && exact.length <= MOST_EXACT)
    return { source, exact: [...new Set(exact)], needs: [], leastLength, mostLength };
  const best = branches.map((branch) => chooseNeeds(needsOf(branch))[0]);
  const words = [...new Set(best.flatMap((need) => need ?? []))];
  const isNeed = best.every((need) => need !== undefined) && words.length <= MOST_NEED_WORDS;
  return { source, exact: undefined, needs: isNeed ? [words] : [], leastLength, mostLength };
}

function inSequence(pieces: readonly Piece[]): Piece {
  const source = pieces.map((piece) => piece.source).join('');
  const leastLength = pieces.reduce((sum, piece) => sum + piece.leastLength, 0);
  const mostLength = pieces.reduce((sum, piece) => sum + piece.mostLength, 0);
  const needs: (readonly string[])[] = [];
  // Exact texts of the pieces since the last one that was too many; they become a need when they end.
  let run: readonly string[] = [''];
  let isExact = true;
  for (const piece of pieces) {
    const joined = joinExact(run, piece.exact);
    if (joined !== undefined) {
      run = joined;
      continue;
    }
    isExact = false;
    needs.push(...withoutEmpty(run), ...piece.needs);
    run = piece.exact ?? [''];
  }
  if (isExact) return { source, exact: run, needs: [], leastLength, mostLength };
  return { source, exact: undefined, needs: [...needs, ...withoutEmpty(run)], leastLength, mostLength };
}

function joinExact(left: readonly string[], right: Piece['exact']): readonly string[] | undefined {
  if (right === undefined || left.length * right.length > MOST_EXACT) return undefined;
  const joined = [...new Set(left.flatMap((a) => right.map((b) => a + b)))];
  return joined.some((text) => text.length > LONGEST_EXACT) ? undefined : joined;
}

function repeated(piece: Piece, mark: string, least: number, most: number | undefined): Piece {
  const source = `${piece.source}${mark}`;
  const leastLength = piece.leastLength * least;
  const mostLength = most === undefined ? Number.POSITIVE_INFINITY : piece.mostLength * most;
  if (most === 0) return { ...NOTHING, source };
  if (least === 0) {
    const exact = most === 1 && piece.exact !== undefined ? [...new Set([...piece.exact, ''])] : undefined;
    return { source, exact, needs: [], leastLength, mostLength };
  }
  if (least === 1 && most === 1) return { ...piece, source };
  return { source, exact: undefined, needs: needsOf(piece), leastLength, mostLength };
}

/** All that a piece needs. */
function needsOf(piece: Piece): readonly (readonly string[])[] {
  return piece.exact === undefined ? piece.needs : withoutEmpty(piece.exact);
}

/** Texts that may be empty need nothing. */
function withoutEmpty(exact: readonly string[]): readonly (readonly string[])[] {
  return exact.includes('') ? [] : [exact];
}

/** The groups that tell most: long words, few of them. */
function chooseNeeds(needs: readonly (readonly string[])[]): (readonly string[])[] {
  const shortest = (need: readonly string[]): number => Math.min(...need.map((word) => word.length));
  return needs.toSorted((a, b) => shortest(b) - shortest(a) || a.length - b.length).slice(0, MOST_NEEDS);
}
