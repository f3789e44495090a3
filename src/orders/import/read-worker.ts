/** The thread that `readGoodsApart` starts: reads one file, posts what it holds, ends. */
import { parentPort, workerData } from 'node:worker_threads';
import type { GoodsTask } from './read-apart.ts';
import { readGoods } from './read-goods.ts';

const { bytes, options } = workerData as GoodsTask;
parentPort?.postMessage(await readGoods(bytes, options));
