/** Text files that people hand in, and the place in them that an error names. */
import { readFileSync } from 'node:fs';
import { DataFileError } from './errors.ts';

/** Reads a file as UTF-8. @throws DataFileError naming the file when it cannot be read or is not valid UTF-8 */
export function readTextFile(path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path));
  } catch (error) {
    const problem = error instanceof TypeError ? 'is not valid UTF-8' : `cannot be read (${(error as Error).message})`;
    throw new DataFileError(path, undefined, '', problem);
  }
}

/** A path inside a value as errors write it: `events[2].data.orderId`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}
