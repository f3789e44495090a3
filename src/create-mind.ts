/** Puts the thinking rooms together: understanding, profile, scripts, suggestions, gate. */
import { join } from 'node:path';
import { createProfilerPort } from './create-profiler-port.ts';
import { createGate } from './gate/create-gate.ts';
import { compileShopRules } from './gate/shop-rules/compile-shop-rules.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/logger.ts';
import { createUnderstanding, understandWith } from './nlu/create-understanding.ts';
import { listIntentSources, loadIntents } from './nlu/load-intents.ts';
import { readIntentsFile } from './nlu/read-evaluation-file.ts';
import { teach } from './nlu/teach.ts';
import type { TaughtModel } from './nlu/teaching-store.ts';
import type { Script } from './protocol/script.ts';
import { createLiveLibrary } from './scripts/live-library.ts';
import type { Library } from './scripts/load-library.ts';
import { createScriptSearch } from './scripts/search-scripts.ts';
import { createFolderWatch } from './scripts/watch-folder.ts';
import { createSuggestionEngine } from './suggestions/engine.ts';
import type { Desk, ShopLibrary } from './turn/desk.ts';
import type { Gate, Understanding } from './turn/ports.ts';
import { speakAsBuyer } from './turn/speak-as-buyer.ts';
import type { Teacher } from './turn/teach-desk.ts';

/** The library that ships, as files; a change of them tells its listeners. */
export interface ShippedLibrary {
  readonly current: Library;
  /** Why the files are not what is current. */
  readonly problem: string | undefined;
  /** Hears of every reading, good or broken; the returned function ends it. */
  onRead(listener: () => void): () => void;
}

/** What thinks; the same for the live desk and for evaluations. */
export interface Mind extends Pick<Desk, 'profiler'> {
  /** The model that ships. */
  understanding: Understanding;
  /** Reads with a taught model; `undefined`: with the one that ships. @throws DeskError when the bytes are no model */
  understandWith(taught: TaughtModel | undefined): Understanding;
  teacher: Teacher;
  /** The built-in rules alone. */
  gate: Gate;
  /** With a shop's own rules; `undefined`: none. @throws DataFileError */
  gateWith(rules: unknown): Gate;
  shipped: ShippedLibrary;
  /** What the files that ship would say, without a record: for evaluations. */
  library(): ShopLibrary;
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
  const readers = new Set<() => void>();
  const tell = () => {
    for (const listener of readers) listener();
  };
  let library: ShopLibrary | undefined;
  let names: { id: string; name: { zh: string; en: string } }[] | undefined;
  const files = createLiveLibrary(
    join(options.root, 'scripts-library'),
    {
      onLoaded: () => {
        library = undefined;
        tell();
      },
      onBroken: (problem) => {
        options.log?.error({ reason: problem.message }, 'the script library is broken; the last good version stays');
        tell();
      },
    },
    options.watch ? createFolderWatch() : undefined,
  );
  return {
    understanding,
    understandWith(taught) {
      if (taught === undefined) return understanding;
      if (taught.basedOn !== understanding.modelHash)
        throw new Error('it was taught on another version of the product');
      return understandWith(taught.packed, taught.hash, options.clock ? { clock: options.clock } : {});
    },
    teacher: {
      shippedHash: understanding.modelHash,
      train: (corrections, live, signal) =>
        teach(
          {
            sources: listIntentSources(intentsDir),
            frozen: readIntentsFile(join(intentsDir, 'frozen.jsonl')),
            corrections,
            live: live ?? understanding.packed(),
          },
          signal,
        ),
    },
    profiler: createProfilerPort(),
    gate,
    gateWith: (rules) => (rules === undefined ? gate : createGate(undefined, compileShopRules(rules, 'gate rules'))),
    shipped: {
      get current() {
        return files.current;
      },
      get problem() {
        return files.problem?.message;
      },
      onRead(listener) {
        readers.add(listener);
        return () => readers.delete(listener);
      },
    },
    library() {
      library ??= createShopLibrary(files.current.scripts, gate, understanding);
      return library;
    },
    intentNames() {
      names ??= loadIntents(intentsDir).intents.map(({ id, name }) => ({ id, name }));
      return names;
    },
    modelHash: understanding.modelHash,
    close: () => files.close(),
  };
}

/** What a shop may say: engine and search over the scripts in force, every text judged by the shop's gate. */
export function createShopLibrary(all: readonly Script[], gate: Gate, understanding: Understanding): ShopLibrary {
  const scripts = all.filter((script) => script.status === 'approved');
  const search = createScriptSearch(scripts);
  return {
    scripts,
    engine: speakAsBuyer(createSuggestionEngine({ scripts, judge: (text, context) => gate.judge(text, context) })),
    gate,
    understanding,
    search: (query, limit) => search.search(query, { limit }).map((hit) => hit.script),
  };
}
