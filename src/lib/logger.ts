/** Logs as JSON lines (pino), with personal data masked before it is written. */
import { type Logger, type LoggerOptions, pino } from 'pino';
import { maskPersonalData } from './mask-personal-data.ts';

export type { Logger } from 'pino';

/** Keys whose values never appear in a log, however deep they lie. */
const HIDDEN = new Set(['password', 'passwordHash', 'token', 'cookie', 'authorization', 'secret']);
/** What lies deeper than this is not written. */
const DEPTH = 6;

/** Creates the logger. Every text it writes, the line's own message too, is masked. */
export function createLogger(level: string, stream?: { write(line: string): void }): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    // An error of the database carries the statement and its values: texts of people. Only these parts are written.
    serializers: { err: describeError },
    formatters: {
      log: (fields) => maskFields(fields, DEPTH),
    },
    hooks: {
      logMethod(args, method) {
        const masked = args.map((arg) => (typeof arg === 'string' ? maskPersonalData(arg) : arg));
        method.apply(this, masked as typeof args);
      },
    },
  };
  return stream ? pino(options, stream) : pino(options, pino.destination({ fd: 2, sync: false }));
}

function maskFields(fields: Record<string, unknown>, depth: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([key, value]) => [key, HIDDEN.has(key) ? '[hidden]' : maskValue(value, depth)]),
  );
}

function maskValue(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return maskPersonalData(value);
  if (typeof value !== 'object' || value === null || value instanceof Error) return value;
  if (depth === 0) return '[deep]';
  if (Array.isArray(value)) return value.map((one) => maskValue(one, depth - 1));
  return maskFields(value as Record<string, unknown>, depth - 1);
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
