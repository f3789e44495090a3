import { foldCharacter } from '../normalize-text.ts';
import {
  PatternError,
  quote,
  type Reader,
  readClassEscape,
  readEscapedCharacter,
  rest,
  unsupportedEscape,
} from './pattern-reader.ts';

/** A class is few characters when it lists at most this many. */
const MOST_LISTED = 16;

/** A class of characters. */
export interface CharacterClass {
  source: string;
  /** Every character it holds in folded text, when they are few. */
  exact: readonly string[] | undefined;
}

/** Reads a class from behind its [ to its ]. @throws PatternError when it is none */
export function readClass(reader: Reader): CharacterClass {
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
  return { source: `${source}]`, exact };
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
