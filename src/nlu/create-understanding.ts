import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, systemClock } from '../lib/clock.ts';
import { type Analyser, createAnalyser, type ExtractEntities } from './create-analyser.ts';
import { todayIn } from './entities/extract-dates.ts';
import { extractEntities } from './entities/extract-entities.ts';
import { listIntentSources, parseIntents } from './load-intents.ts';
import { packModel, unpackModel } from './pack-model.ts';
import { type IntentModel, trainOnIntents } from './train-intent-model.ts';

/** Files that decide what training gives. */
const ENGINE_FILES = [
  'classifier.ts',
  'context-tokens.ts',
  'convert-script.ts',
  'decide-by-context.ts',
  'detect-out-of-scope.ts',
  'featurize-text.ts',
  'find-concepts.ts',
  'fit-bayes.ts',
  'fit-linear.ts',
  'fit-softmax.ts',
  'detect-language.ts',
  'normalize-text.ts',
  'pack-model.ts',
  'read-pinyin.ts',
  'score-intents.ts',
  'service-phrases.ts',
  'serialize-model.ts',
  'shop-lexicon.ts',
  'strip-courtesy.ts',
  'tokenize-text.ts',
  'trade-phrases.ts',
  'train-classifier.ts',
  'train-intent-model.ts',
  'vectorize-features.ts',
];

/** Where the examples are, and where trained models are kept. */
export interface UnderstandingOptions {
  intentsDir: string;
  /** Created when missing. */
  cacheDir: string;
  /** What relative dates count from. Default the machine's clock. */
  clock?: Clock;
  /** The shop's zone. Default `Asia/Shanghai`. */
  timeZone?: string;
}

/** The understanding of the desk as it ships. */
export interface Understanding extends Analyser {
  /** Hash of the examples and of the engine's own files. */
  modelHash: string;
  /** False when a kept model was used. */
  trained: boolean;
  /** The model as bytes, as teaching takes it. */
  packed(): Uint8Array;
}

/**
 * Loads the kept model of these examples, or trains and keeps one.
 *
 * @throws DataFileError when a file of the folder does not fit.
 */
export async function createUnderstanding(options: UnderstandingOptions): Promise<Understanding> {
  const sources = listIntentSources(options.intentsDir);
  const modelHash = hashOf([...sources.map(({ file, text }) => `${file}\n${text}`), ...engineSources()]);
  const path = join(options.cacheDir, `intents-${modelHash}.model`);
  const kept = readKept(path);
  const model = kept ?? trainAndKeep(sources, path, options.cacheDir);
  return {
    ...createAnalyser({ model, modelHash, extractEntities: entitiesAt(options) }),
    modelHash,
    trained: !kept,
    packed: () => packModel(model),
  };
}

/**
 * Makes an analyser of a packed model, such as one that teaching gave.
 *
 * @param modelHash what each analysis carries.
 * @throws DeskError `bad_request` when the bytes are no model.
 */
export function understandWith(
  packed: Uint8Array,
  modelHash: string,
  options: Pick<UnderstandingOptions, 'clock' | 'timeZone'> = {},
): Analyser {
  return createAnalyser({ model: unpackModel(packed), modelHash, extractEntities: entitiesAt(options) });
}

/** Entities, with relative days and times counted from the moment a text is read. */
function entitiesAt({
  clock = systemClock,
  timeZone = 'Asia/Shanghai',
}: Pick<UnderstandingOptions, 'clock' | 'timeZone'>): ExtractEntities {
  return (text) => extractEntities(text, todayIn(clock.now(), timeZone));
}

/** What is kept is rounded a little: the model is read back, so that the first start answers as every later one. */
function trainAndKeep(sources: ReturnType<typeof listIntentSources>, path: string, dir: string): IntentModel {
  const model = trainOnIntents(parseIntents(sources));
  keep(path, dir, model);
  return readKept(path) ?? model;
}

/** A change of the engine makes kept models stale, so its own files are part of the hash. */
function engineSources(): string[] {
  return ENGINE_FILES.map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));
}

function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 16);
}

/** A kept file that is missing or damaged is no reason to stop: the model is trained anew. */
function readKept(path: string): IntentModel | undefined {
  try {
    return unpackModel(readFileSync(path));
  } catch {
    return undefined;
  }
}

/** Writes beside and renames, so that a reader never sees half a model. */
function keep(path: string, dir: string, model: IntentModel): void {
  mkdirSync(dir, { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, packModel(model));
  renameSync(draft, path);
}
