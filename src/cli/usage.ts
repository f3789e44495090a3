/** How a command says what is wrong. */
import { DataFileError } from '../lib/errors.ts';

/** The words of a command are off; the message says what it takes. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** Whether the words of a command are off: its own check, or that of its options. */
export function isMisuse(error: unknown): boolean {
  return (
    error instanceof UsageError ||
    (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
  );
}

/** One line for what a person can mend, the whole stack for what only an engineer can. */
export function explainFailure(error: unknown): string {
  if (error instanceof Error && (isMisuse(error) || error instanceof DataFileError)) return error.message;
  if (error instanceof Error && 'code' in error) {
    const { code, path } = error as Error & { code: string; path?: string };
    if (code === 'ENOENT' && path) return `${path}: there is no such file`;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
