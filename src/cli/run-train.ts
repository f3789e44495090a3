/** `huashu train`: trains the model of `intents/` if it is not there yet. */
import { createUnderstanding } from '../nlu/create-understanding.ts';
import { INTENTS_DIR, modelCacheDir } from './project-paths.ts';

/** Trains and says what happened. */
export async function runTrain(): Promise<number> {
  const startedAt = performance.now();
  const { modelHash, trained } = await createUnderstanding({ intentsDir: INTENTS_DIR, cacheDir: modelCacheDir() });
  const tookMs = Math.round(performance.now() - startedAt);
  process.stdout.write(`model ${modelHash} ${trained ? 'trained' : 'was there already'} (${tookMs} ms)\n`);
  return 0;
}
