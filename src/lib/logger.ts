/** Logs as JSON lines (pino), with personal data masked before it is written. */
import { type Logger, pino } from 'pino';
import { maskPersonalData } from './mask-personal-data.ts';

export type { Logger } from 'pino';

/** Keys whose values never appear in a log. */
const REDACTED = [
  'password',
  'passwordHash',
  'token',
  'cookie',
  'authorization',
  'secret',
  '*.password',
  '*.token',
  '*.cookie',
];

/** Creates the logger. Texts under `text` and `message` keys are masked. */
export function createLogger(level: string, stream?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: REDACTED, censor: '[hidden]' },
    // An error of the database carries the statement and its values: texts of people. Only these parts are written.
    serializers: { err: describeError },
    formatters: {
      log: (fields: Record<string, unknown>) => maskFields(fields),
    },
  };
  return stream ? pino(options, stream) : pino(options, pino.destination({ fd: 2, sync: false }));
}

function maskFields(fields: Record<string, unknown>): Record<string, unknown> {
  const masked: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(fields)) {
    masked[key] = typeof value === 'string' ? maskPersonalData(value) : value;
  }
  return masked;
}

/** What a log keeps of an error. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: maskPersonalData(String(error)) };
  const code =
    'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? { code: error.code } : {};
  return {
    type: error.name,
    message: maskPersonalData(error.message),
    ...code,
    stack: maskPersonalData(error.stack ?? ''),
  };
}
