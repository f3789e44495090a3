import { RE2JS, RE2JSException } from 're2js';
import { PatternError, parsePattern } from './parse-pattern.ts';

/** A pattern ready to be searched for in folded text. */
export interface CompiledPattern {
  /** Linear in the length of the text: there is no backtracking to run away. */
  matcher: RE2JS;
  /** Groups of words; a text that lacks every word of some group holds no match. */
  needs: readonly (readonly string[])[];
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
  const { source, needs, leastLength } = parsePattern(pattern);
  const matcher = compileSource(source);
  if (leastLength === 0)
    throw new PatternError('can match the empty text and would be found everywhere; make some part of it required');
  const steps = matcher.programSize();
  if (steps > MOST_STEPS)
    throw new PatternError(`takes ${steps} steps, at most ${MOST_STEPS} are allowed; use smaller counts or split it`);
  return { matcher, needs };
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
  // Not matcher.test() first: its automaton keeps up to 8 MB for each pattern.
  const search = pattern.matcher.matcher(text);
  const found: [number, number][] = [];
  while (found.length < most && search.find()) found.push([search.start(), search.end()]);
  return found;
}
