/** Long work of a request, told line by line while it goes on. */
import { PassThrough, type Readable } from 'node:stream';

/** Content type of one JSON value a line. */
export const NDJSON = 'application/x-ndjson';

/**
 * Runs the work and gives the lines it tells, the last one being `last` of its result or `failed` of its error.
 *
 * @throws what the work throws before it has told anything, so that the answer can still be an ordinary error
 */
export async function streamProgress<T>(
  work: (tell: (line: object) => void) => Promise<T>,
  last: (result: T) => object,
  failed: (error: unknown) => object,
): Promise<Readable> {
  const lines = new PassThrough();
  const write = (line: object): void => {
    // Whoever asked may be gone; the work goes on without them.
    if (!lines.destroyed) lines.write(`${JSON.stringify(line)}\n`);
  };
  let begin = (): void => undefined;
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const result = work((line) => {
    write(line);
    begin();
  });
  await Promise.race([begun, result]);
  void result
    .then(last, failed)
    .then(write)
    .finally(() => lines.end());
  return lines;
}
