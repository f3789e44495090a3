import { Worker } from 'node:worker_threads';
import { DeskError } from '../lib/errors.ts';
import type { TeachingInput, TeachingResult } from './train-candidate.ts';

/**
 * Trains a candidate off the event loop and compares it with the live model; nothing is kept or switched.
 *
 * @param signal ends the thread early.
 * @throws what the training throws; DeskError `unavailable` when the thread ends without a result.
 */
export function teach(input: TeachingInput, signal?: AbortSignal): Promise<TeachingResult> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./teach-worker.ts', import.meta.url), { workerData: input });
    const stop = (): void => void worker.terminate();
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => {
      signal?.removeEventListener('abort', stop);
      reject(new DeskError('unavailable', `teaching: the thread ended with ${code} before it had a result`));
    });
  });
}
