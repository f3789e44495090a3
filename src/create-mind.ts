/** Puts the thinking rooms together: understanding, profile, scripts, suggestions, gate. */
import { join } from 'node:path';
import { createProfilerPort } from './create-profiler-port.ts';
import { createGate } from './gate/create-gate.ts';
import type { Clock } from './lib/clock.ts';
import type { DataFileError } from './lib/errors.ts';
import type { Logger } from './lib/logger.ts';
import { createUnderstanding } from './nlu/create-understanding.ts';
import { loadIntents } from './nlu/load-intents.ts';
import type { Script } from './protocol/script.ts';
import { createLiveLibrary } from './scripts/live-library.ts';
import { createScriptSearch } from './scripts/search-scripts.ts';
import { createFolderWatch } from './scripts/watch-folder.ts';
import { createSuggestionEngine } from './suggestions/engine.ts';
import type { Desk } from './turn/desk.ts';
import type { SuggestionEngine } from './turn/ports.ts';
import type { ScriptSearch } from './turn/search-scripts.ts';

/** What thinks; the same for the live desk and for evaluations. */
export interface Mind extends Pick<Desk, 'understanding' | 'profiler' | 'scripts' | 'engine' | 'gate'> {
  search(): ScriptSearch;
  intentNames(): { id: string; name: { zh: string; en: string } }[];
  modelHash: string;
  close(): void;
}

/** Where a mind is made from. */
export interface MindOptions {
  /** Folder that holds `intents/` and `scripts-library/`. */
  root: string;
  /** Where trained models are kept. */
  cacheDir: string;
  log?: Logger;
  /** What relative dates in messages count from; default: the machine's clock. */
  clock?: Clock;
  /** Reads the library again when its files change. */
  watch?: boolean;
}

/** Makes a mind; trains only when `intents/` or the engine changed. */
export async function createMind(options: MindOptions): Promise<Mind> {
  const intentsDir = join(options.root, 'intents');
  const understanding = await createUnderstanding({
    intentsDir,
    cacheDir: options.cacheDir,
    ...(options.clock ? { clock: options.clock } : {}),
  });
  const gate = createGate();
  let scripts: readonly Script[] = [];
  let engine: SuggestionEngine;
  let search: ReturnType<typeof createScriptSearch>;
  const take = (all: readonly Script[]) => {
    scripts = all.filter((script) => script.status === 'approved');
    engine = createSuggestionEngine({ scripts: [...scripts], judge: (text, context) => gate.judge(text, context) });
    search = createScriptSearch(scripts);
  };
  const library = createLiveLibrary(
    join(options.root, 'scripts-library'),
    {
      onLoaded: (loaded) => take(loaded.scripts),
      onBroken: (problem: DataFileError) =>
        options.log?.error({ reason: problem.message }, 'the script library is broken; the last good version stays'),
    },
    options.watch ? createFolderWatch() : undefined,
  );
  take(library.current.scripts);
  return {
    understanding,
    profiler: createProfilerPort(),
    gate,
    scripts: () => scripts,
    engine: () => engine,
    search: () => (query, limit) => search.search(query, { limit }).map((hit) => hit.script),
    intentNames: () => loadIntents(intentsDir).intents.map(({ id, name }) => ({ id, name })),
    modelHash: understanding.modelHash,
    close: () => library.close(),
  };
}
