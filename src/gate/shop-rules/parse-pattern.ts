/**
 * Reads a shop's pattern: folds it the way texts are folded, and tells what every match of it must hold, so that
 * most texts are passed over without running it. Accepts a part of RE2 syntax and says what else to write.
 */
import { foldCharacter } from '../normalize-text.ts';

/** A pattern that cannot be used; the message says why and what to write. */
export class PatternError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PatternError';
  }
}

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

interface Reader {
  chars: readonly string[];
  at: number;
  depth: number;
}

function rest(reader: Reader, length = 80): string {
  return reader.chars.slice(reader.at, reader.at + length).join('');
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
  if (char === '[') return readClass(reader);
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

const CLASS_ESCAPES = 'dDsSwW';
const CONTROLS: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', f: '\f', v: '\v' };
const HEX = /^x(?:([0-9a-f]{2})|\{([0-9a-f]{1,6})\})/i;
const PROPERTY = /^[pP](?:[A-Z]|\{\^?[A-Za-z_]+\})/;
const PUNCTUATION = /^[!-/:-@[-`{-~]$/;

/** The character an escape stands for; `undefined` when it stands for a class or a place. */
function readEscapedCharacter(reader: Reader): string | undefined {
  const ahead = rest(reader);
  const char = reader.chars[reader.at];
  if (char === undefined) throw new PatternError('ends in a \\; write \\\\ for the character');
  const hex = HEX.exec(ahead);
  if (hex !== null) {
    const code = Number.parseInt(hex[1] ?? hex[2]!, 16);
    if (code > 0x10ffff) throw new PatternError(`has \\${hex[0]}, which is no character`);
    reader.at += hex[0].length;
    return String.fromCodePoint(code);
  }
  if (CONTROLS[char] === undefined && !PUNCTUATION.test(char)) return undefined;
  reader.at += 1;
  return CONTROLS[char] ?? char;
}

/** Source of an escape for a class (\d, \p{Han}); `undefined` when it is none. */
function readClassEscape(reader: Reader): string | undefined {
  const ahead = rest(reader);
  const length = CLASS_ESCAPES.includes(ahead[0]!) ? 1 : (PROPERTY.exec(ahead)?.[0].length ?? 0);
  if (length === 0) return undefined;
  reader.at += length;
  return `\\${ahead.slice(0, length)}`;
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

function unsupportedEscape(letter: string): PatternError {
  if (/^[1-9k]$/.test(letter))
    return new PatternError(
      `refers back to a group (\\${letter}), which cannot be searched in linear time; write the words out`,
    );
  if (letter === 'u') return new PatternError('has \\u; write the character itself or \\x{4e00}');
  return new PatternError(
    `has \\${letter}, which is not supported; there are \\d \\D \\s \\S \\w \\W \\b \\B \\p{Han} \\n \\t \\x{…} and \\ before a mark`,
  );
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

function quote(char: string): string {
  if (char === '\n') return '\\n';
  return PUNCTUATION.test(char) ? `\\${char}` : char;
}

/** A class is few characters when it lists at most this many. */
const MOST_LISTED = 16;

function readClass(reader: Reader): Piece {
  const isNegated = reader.chars[reader.at] === '^';
  if (isNegated) reader.at += 1;
  let source = isNegated ? '[^' : '[';
  const listed: string[] = [];
  let isListed = !isNegated;
  for (let isFirst = true; isFirst || reader.chars[reader.at] !== ']'; isFirst = false) {
    if (reader.at >= reader.chars.length) throw new PatternError('has a [ without its ]; write \\[ for the character');
    const part = readClassPart(reader, isFirst);
    source += part.source;
    if (part.chars === undefined) isListed = false;
    else listed.push(...part.chars);
  }
  reader.at += 1;
  const exact = isListed && listed.length <= MOST_LISTED ? [...new Set(listed)] : undefined;
  return { source: `${source}]`, exact, ...ONE_CHARACTER };
}

function readClassPart(reader: Reader, isFirst: boolean): { source: string; chars: string[] | undefined } {
  if (/^\[[:.=]/.test(rest(reader))) throw new PatternError('has a [:class:]; write \\d, \\s, \\w or the characters');
  if (reader.chars[reader.at] === ']' && isFirst)
    throw new PatternError('has an empty class []; write \\] for the character');
  const from = readClassCharacter(reader);
  if (from.length > 1 && from.startsWith('\\'))
    return { source: from, chars: from === '\\d' ? [...'0123456789'] : undefined };
  if (reader.chars[reader.at] !== '-' || reader.chars[reader.at + 1] === ']') return classSingle(from);
  reader.at += 1;
  if (reader.at >= reader.chars.length) throw new PatternError('has a [ without its ]; write \\[ for the character');
  const to = readClassCharacter(reader);
  if (to.length > 1 && to.startsWith('\\'))
    throw new PatternError(`has the range ${from}-${to}, which does not end in a character`);
  return classRange(from, to);
}

/** A character, or the source of a class escape (two characters or more, from a backslash on). */
function readClassCharacter(reader: Reader): string {
  const char = reader.chars[reader.at]!;
  reader.at += 1;
  if (char !== '\\') return char;
  const escaped = readEscapedCharacter(reader) ?? readClassEscape(reader);
  if (escaped === undefined) throw unsupportedEscape(reader.chars[reader.at]!);
  return escaped;
}

/** The character and what it folds to: a text holds the latter only, a range needs both ends of one kind. */
function classSingle(char: string): { source: string; chars: string[] } {
  const folded = foldCharacter(char);
  if ([...folded].length !== 1)
    throw new PatternError(`has ${char} in a class, which texts fold to "${folded}"; write it outside the brackets`);
  return { source: quote(folded), chars: [folded] };
}

function classRange(from: string, to: string): { source: string; chars: string[] | undefined } {
  const [low, high] = [from.codePointAt(0)!, to.codePointAt(0)!];
  if (low > high) throw new PatternError(`has the range ${from}-${to}, whose end comes before its start`);
  const [foldedFrom, foldedTo] = [foldCharacter(from), foldCharacter(to)];
  const isShifted =
    foldedFrom !== from && [...foldedFrom].length === 1 && [...foldedTo].length === 1 && foldedFrom <= foldedTo;
  const source = `${quote(from)}-${quote(to)}${isShifted ? `${quote(foldedFrom)}-${quote(foldedTo)}` : ''}`;
  if (high - low >= MOST_LISTED) return { source, chars: undefined };
  const shifted = isShifted ? charactersBetween(foldedFrom, foldedTo) : [];
  return { source, chars: [...charactersBetween(from, to), ...shifted] };
}

function charactersBetween(from: string, to: string): string[] {
  const low = from.codePointAt(0)!;
  return Array.from({ length: to.codePointAt(0)! - low + 1 }, (_, i) => String.fromCodePoint(low + i));
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
