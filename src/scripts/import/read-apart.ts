import { Worker } from 'node:worker_threads';
import { refuseRow } from './import-row.ts';
import type { ReadImport, ReadImportOptions } from './read-import.ts';

/** What the thread is given. */
export interface ImportTask {
  bytes: Uint8Array;
  options: ReadImportOptions;
}

/** A file that is not read by then is none that a person made. */
const LONGEST_MS = 30_000;
/** Memory of the thread: fifty thousand phrases take a tenth of it. */
const MOST_MEMORY_MB = 512;

/**
 * Reads a file as `readImport` does, in a thread of its own: whatever the file holds, the desk goes on answering.
 * A file that takes too long or too much memory is one refusal of row 0.
 */
export function readImportApart(
  bytes: Uint8Array,
  options: ReadImportOptions = {},
  longestMs = LONGEST_MS,
): Promise<ReadImport> {
  const task: ImportTask = { bytes, options };
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    const give = (read: ReadImport) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(read);
    };
    const refuse = () =>
      give({
        form: options.form,
        rows: [],
        refused: [refuseRow(0, 'file', 'takes-too-long', { seconds: longestMs / 1000 })],
      });
    const timer = setTimeout(refuse, longestMs);
    worker.once('message', give);
    worker.once('error', refuse);
    worker.once('exit', refuse);
  });
}
