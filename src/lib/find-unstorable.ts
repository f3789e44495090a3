/** Levels of a body; a form of the desk has fewer than ten. */
const DEEPEST = 32;

/** What the record cannot hold as it came. */
export interface Unstorable {
  /** Such as `script.title.zh`; empty for the whole. */
  path: string;
  /** What is wrong there. */
  problem: string;
}

/**
 * Finds what no record holds unchanged: U+0000, a half of a surrogate pair, values nested without end. Texts that
 * people type are cleaned instead, see `cleanText`; of a form they are refused, since its parts may not become empty.
 */
export function findUnstorable(value: unknown): Unstorable | undefined {
  return findIn(value, []);
}

function findIn(value: unknown, path: readonly string[]): Unstorable | undefined {
  if (typeof value === 'string') return isStorable(value) ? undefined : at(path, 'holds U+0000 or half of a character');
  if (typeof value !== 'object' || value === null) return undefined;
  if (path.length === DEEPEST) return at(path.slice(0, 1), `is nested deeper than ${DEEPEST} levels`);
  for (const [key, part] of Object.entries(value)) {
    if (!isStorable(key)) return at(path, 'has a name that holds U+0000 or half of a character');
    const found = findIn(part, [...path, key]);
    if (found) return found;
  }
  return undefined;
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\u0000');
}

function at(path: readonly string[], problem: string): Unstorable {
  return { path: path.join('.'), problem };
}
