/**
 * Every error a person or a program outside may see. `status` is the HTTP status,
 * `retryable` says that the same request may succeed later.
 */
export const ERROR_CODES = {
  bad_request: { status: 400, retryable: false },
  unauthorised: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  conflict: { status: 409, retryable: false },
  suggestion_stale: { status: 409, retryable: false },
  suggestion_settled: { status: 409, retryable: false },
  gate_blocked: { status: 422, retryable: false },
  gate_warned: { status: 422, retryable: false },
  too_large: { status: 413, retryable: false },
  too_many: { status: 429, retryable: true },
  unavailable: { status: 503, retryable: true },
  internal: { status: 500, retryable: true },
} as const;

/** A code of the table above. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** An error with a code of the table; the message names the place, the value and what is legal. */
export class DeskError extends Error {
  readonly code: ErrorCode;
  readonly details: unknown;

  constructor(code: ErrorCode, message: string, details?: unknown) {
    super(message);
    this.name = 'DeskError';
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}

/** A data file (YAML, JSON Lines) that cannot be used: which file, which line, which field, what is legal. */
export class DataFileError extends Error {
  readonly file: string;
  readonly line: number | undefined;
  readonly path: string;

  constructor(file: string, line: number | undefined, path: string, problem: string) {
    super(`${file}${line === undefined ? '' : `:${line}`}${path ? ` ${path}` : ''}: ${problem}`);
    this.name = 'DataFileError';
    this.file = file;
    this.line = line;
    this.path = path;
  }
}
