import { Worker } from 'node:worker_threads';
import type { ReadGoods, ReadGoodsOptions } from './read-goods.ts';

/** What the thread is given. */
export interface GoodsTask {
  bytes: Uint8Array;
  options: ReadGoodsOptions;
}

/** A file that is not read by then is none that a person made. */
const LONGEST_MS = 30_000;
const MOST_MEMORY_MB = 512;

/**
 * Reads a file as `readGoods` does, in a thread of its own: whatever the file holds, the desk goes on answering.
 * A file that takes too long or too much memory is one refusal of row 0.
 */
export function readGoodsApart(
  bytes: Uint8Array,
  options: ReadGoodsOptions,
  longestMs = LONGEST_MS,
): Promise<ReadGoods> {
  const task: GoodsTask = { bytes, options };
  return new Promise((resolve) => {
    const worker = new Worker(new URL('./read-worker.ts', import.meta.url), {
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    const give = (read: ReadGoods) => {
      clearTimeout(timer);
      void worker.terminate();
      resolve(read);
    };
    const refuse = () => {
      const legal = `${longestMs / 1000} 秒内读得完的文件`;
      const refused = [{ row: 0, column: '', value: '', legal }];
      give({ form: undefined, rows: 0, products: [], promos: [], refused, ignored: [] });
    };
    const timer = setTimeout(refuse, longestMs);
    worker.once('message', give);
    worker.once('error', refuse);
    worker.once('exit', refuse);
  });
}
