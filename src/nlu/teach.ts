import { Worker } from 'node:worker_threads';
import { DeskError } from '../lib/errors.ts';
import type { ModelShelf } from './keep-models.ts';
import type { Correction, TeachingInput, TeachingResult } from './train-candidate.ts';

/** Where the shop keeps its corrections. */
export interface CorrectionStore {
  /** All corrections of the shop, in the order they were made. */
  list(): Promise<readonly Correction[]>;
}

/** What a lesson needs beside the corrections. */
export interface LessonParts extends Pick<TeachingInput, 'sources' | 'frozen'> {
  corrections: CorrectionStore;
  shelf: ModelShelf;
}

/** What came of a lesson. */
export interface Lesson extends TeachingResult {
  /** True when the candidate is live. */
  wentLive: boolean;
}

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

/**
 * Gives a lesson: trains on all corrections of the shop, keeps the candidate by its hash, and puts it live unless
 * it is worse on any set or nothing but the live model again.
 */
export async function giveLesson(parts: LessonParts, signal?: AbortSignal): Promise<Lesson> {
  const live = parts.shelf.live();
  const corrections = await parts.corrections.list();
  const input = { sources: parts.sources, frozen: parts.frozen, corrections, live: live.packed };
  const result = await teach(input, signal);
  const wentLive = result.verdict !== 'worse' && result.hash !== live.hash;
  parts.shelf.keep(result.model);
  if (wentLive) parts.shelf.goLive(result.hash);
  return { ...result, wentLive };
}
