/** The desk's HTTP interface as the pages use it: JSON in and out, same origin. */

/** An answer that was not 2xx, or no answer at all (`status` 0). */
export class HttpError extends Error {
  readonly status: number;
  /** Of the table in docs/PROTOCOL.md; `unavailable` when nobody answered. */
  readonly code: string;
  /** What the desk adds to some errors; its form depends on the code. */
  readonly details: unknown;

  constructor(status: number, code: string, message: string, details?: unknown) {
    super(message);
    this.name = 'HttpError';
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

/** What may accompany a request. */
export interface RequestOptions {
  body?: unknown;
  /** Sent as it is, in place of a JSON body. */
  file?: Blob;
  /** A visitor's token; agents come with their cookie. */
  token?: string;
  signal?: AbortSignal;
}

/**
 * Asks the desk and reads its JSON. The shape is trusted: server and pages are built from the same contracts.
 *
 * @throws HttpError
 */
export async function request<T>(method: string, path: string, options: RequestOptions = {}): Promise<T> {
  const response = await send(method, path, options);
  const body = readJson(await response.text());
  if (response.ok) return body as T;
  throw errorOf(response, body);
}

/**
 * Asks the desk and hears its answer line by line, each a JSON value, as it comes.
 *
 * @throws HttpError also when the answer breaks off
 */
export async function requestLines(
  method: string,
  path: string,
  options: RequestOptions,
  hear: (line: unknown) => void,
): Promise<void> {
  const response = await send(method, path, options);
  if (!response.ok || !response.body) throw errorOf(response, readJson(await response.text()));
  let rest = '';
  try {
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      const lines = (rest + piece.value).split('\n');
      rest = lines.pop()!;
      for (const line of lines) hear(JSON.parse(line));
    }
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new HttpError(0, 'unavailable', 'the answer broke off');
  }
}

async function send(method: string, path: string, options: RequestOptions): Promise<Response> {
  const headers: Record<string, string> = { accept: 'application/json' };
  if (options.body !== undefined) headers['content-type'] = 'application/json';
  if (options.file) headers['content-type'] = 'application/octet-stream';
  if (options.token) headers['authorization'] = `Bearer ${options.token}`;
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (options.body !== undefined) init.body = JSON.stringify(options.body);
  if (options.file) init.body = options.file;
  if (options.signal) init.signal = options.signal;
  try {
    return await fetch(path, init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new HttpError(0, 'unavailable', 'the desk could not be reached');
  }
}

function errorOf({ status, url }: Response, body: unknown): HttpError {
  const { code, message, details } = (body ?? {}) as { code?: string; message?: string; details?: unknown };
  return new HttpError(status, code ?? 'internal', message ?? `${url}: ${status}`, details);
}

/** The parsed body; `undefined` for an empty one or one that is no JSON (a proxy's error page). */
function readJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
