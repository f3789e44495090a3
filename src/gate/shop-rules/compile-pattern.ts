import { RE2JS, RE2JSException } from 're2js';
import { parsePattern } from './parse-pattern.ts';
import { PatternError } from './pattern-reader.ts';

/** A pattern ready to be searched for in folded text. */
export interface CompiledPattern {
  /** Linear in the length of the text: there is no backtracking to run away. */
  matcher: RE2JS;
  /** Groups of words; a text that lacks every word of some group holds no match. */
  needs: readonly (readonly string[])[];
  /** UTF-16 units of the longest match; infinite when a text has to be searched as a whole. */
  mostLength: number;
}

/**
 * Steps of the compiled program a pattern may have: the work of one search is at most the steps times the
 * characters of the text.
 */
export const MOST_STEPS = 600;

/**
 * Compiles a shop's pattern for the linear engine.
 *
 * @throws PatternError when it is no pattern, uses what cannot be searched in linear time, can match nothing at
 * all, or is too large
 */
export function compilePattern(pattern: string): CompiledPattern {
  const { source, needs, leastLength, mostLength } = parsePattern(pattern);
  const matcher = compileSource(source);
  if (leastLength === 0)
    throw new PatternError('can match the empty text and would be found everywhere; make some part of it required');
  const steps = matcher.programSize();
  if (steps > MOST_STEPS)
    throw new PatternError(`takes ${steps} steps, at most ${MOST_STEPS} are allowed; use smaller counts or split it`);
  return { matcher, needs, mostLength };
}

function compileSource(source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (error) {
    if (error instanceof RE2JSException) throw new PatternError(`is no RE2 pattern: ${error.message}`);
    throw error;
  }
}

/** Finds at most `most` matches, from left to right, as `[from, to)`. */
export function findMatches(pattern: CompiledPattern, text: string, most: number): [number, number][] {
  const found: [number, number][] = [];
  for (const [from, to] of windowsOf(pattern, text)) {
    // Not matcher.test() first: its automaton keeps up to 8 MB for each pattern.
    const search = pattern.matcher.matcher(text.slice(from, to));
    while (found.length < most && search.find()) found.push([from + search.start(), from + search.end()]);
  }
  return found;
}

/** More words than this are not looked up one by one. */
const MOST_LOOKED_UP = 8;

/**
 * Stretches that hold every match whole, apart from each other, from left to right. Each match holds a needed word
 * and reaches no further from it than a match is long; what stands beyond cannot matter.
 */
function windowsOf({ needs: [words], mostLength }: CompiledPattern, text: string): [number, number][] {
  if (words === undefined || words.length > MOST_LOOKED_UP || mostLength * 4 > text.length) return [[0, text.length]];
  // Two units more on either side: a cut in the middle of a character stays out of reach.
  const reach = mostLength + 2;
  const around = words
    .flatMap((word) => placesOf(word, text).map((at): [number, number] => [at + word.length - reach, at + reach]))
    .sort((a, b) => a[0] - b[0]);
  const windows: [number, number][] = [];
  for (const [from, to] of around) {
    const last = windows.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.min(text.length, Math.max(last[1], to));
    else windows.push([Math.max(0, from), Math.min(text.length, to)]);
  }
  return windows;
}

function placesOf(word: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) places.push(at);
  return places;
}
