/** Opens the shops' libraries: what the record says, brought up to the files that ship whenever these change. */
import { createShopLibrary, type Mind } from './create-mind.ts';
import type { Clock } from './lib/clock.ts';
import type { Logger } from './lib/logger.ts';
import type { DeskBus } from './turn/desk.ts';
import { takeShippedFiles } from './turn/govern-library.ts';
import { createLibraryKeeper, type LibraryKeeper } from './turn/library-keeper.ts';
import type { Ledger } from './turn/ports.ts';

/** What the libraries are opened over. */
export interface LibrariesOptions {
  ledger: Ledger;
  clock: Clock;
  log: Logger;
  bus: DeskBus;
  mind: Mind;
  /** How often a node compares what it keeps with the record; `null`: never by itself. */
  compareEveryMs: number | null;
}

/** Opens them; a file that changes from here on is a draft of every shop within a second. */
export async function openLibraries(options: LibrariesOptions): Promise<LibraryKeeper> {
  const { ledger, clock, log, bus, mind } = options;
  const keeper = createLibraryKeeper({
    ledger,
    clock,
    log,
    bus,
    make: createShopLibrary,
    gateWith: mind.gateWith,
    understandWith: mind.understandWith,
    compareEveryMs: options.compareEveryMs,
  });
  async function takeFiles(): Promise<void> {
    for (const shop of await ledger.people.shops()) {
      const written = await takeShippedFiles(ledger, shop.id, mind.shipped.current, clock.now());
      if (written > 0) bus.publish({ type: 'library.changed', shopId: shop.id });
    }
  }
  await takeFiles();
  const stop = mind.shipped.onRead(() => {
    takeFiles().catch((error: unknown) =>
      log.error({ err: error }, 'changed script files could not be taken as drafts'),
    );
  });
  return {
    ...keeper,
    close() {
      stop();
      keeper.close();
    },
  };
}
