/** The thread that `teach` starts: trains, compares, posts the result or what went wrong, ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { type TeachingInput, trainCandidate } from './train-candidate.ts';

const result = await trainCandidate(workerData as TeachingInput);
parentPort?.postMessage(result);
