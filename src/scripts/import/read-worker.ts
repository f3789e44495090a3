/** The thread that `readImportApart` starts: reads one file, posts what it holds, ends. */
import { parentPort, workerData } from 'node:worker_threads';
import type { ImportTask } from './read-apart.ts';
import { readImport } from './read-import.ts';

const { bytes, options } = workerData as ImportTask;
parentPort?.postMessage(await readImport(bytes, options));
