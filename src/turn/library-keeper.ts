/** Keeps what each shop may say: scripts in force and gate rules, as the record has them, on every node. */
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { TaughtModel } from '../nlu/teaching-store.ts';
import type { Script } from '../protocol/script.ts';
import { approvedVersion, isInForce, openVersion } from '../scripts/govern.ts';
import type { StoredVersion } from '../scripts/ports.ts';
import type { DeskBus, ShopLibrary } from './desk.ts';
import type { Gate, Ledger, Understanding } from './ports.ts';

/** The versions of one script that matter now. */
export interface ScriptHeads {
  newest: StoredVersion;
  open: StoredVersion | undefined;
  approved: StoredVersion | undefined;
}

/** What the keeper knows of a shop. */
export interface LibraryView {
  /** Rises with every change of the shop's library or gate rules. */
  state: number;
  heads: ReadonlyMap<string, ScriptHeads>;
  library: ShopLibrary;
}

/** What each shop may say. */
export interface LibraryKeeper {
  /** What may be said now; an approval anywhere shows here within a second. */
  of(shopId: string): Promise<ShopLibrary>;
  /** The same with everything that is under work beside it. */
  view(shopId: string): Promise<LibraryView>;
  /** Reads what has changed; resolves when it is in force on this node. */
  refresh(shopId: string): Promise<void>;
  /** Hears of every change on this node; the returned function ends it. */
  onChanged(listener: (shopId: string) => void): () => void;
  close(): void;
}

/** What the keeper is made of. */
export interface LibraryKeeperOptions {
  ledger: Ledger;
  clock: Clock;
  log: Logger;
  bus: DeskBus;
  make(scripts: readonly Script[], gate: Gate, understanding: Understanding): ShopLibrary;
  /** The gate with the shop's own rules, `undefined` for none. @throws DataFileError */
  gateWith(rules: unknown): Gate;
  /** Reads messages with a taught model; `undefined`: with the one that ships. @throws when the bytes are no model */
  understandWith(taught: TaughtModel | undefined): Understanding;
  /** A change whose notice was lost shows after this many ms; `null`: the caller refreshes. */
  compareEveryMs: number | null;
}

interface Kept extends LibraryView {
  versions: Map<string, Map<number, StoredVersion>>;
  gate: Gate;
  /** Hash of the taught model that is live; empty: the one that ships. */
  model: string;
  understanding: Understanding;
  /** When the next script runs out. */
  untilMs: number;
}

/** Puts what was committed in force: on this node when the promise resolves, and every other one is told. */
export async function putInForce(desk: { libraries: LibraryKeeper; bus: DeskBus }, shopId: string): Promise<void> {
  await desk.libraries.refresh(shopId);
  desk.bus.publish({ type: 'library.changed', shopId });
}

/** Creates the keeper; a shop is read when it is first asked for. */
export function createLibraryKeeper(options: LibraryKeeperOptions): LibraryKeeper {
  const { ledger, clock, log } = options;
  const kept = new Map<string, Promise<Kept>>();
  const listeners = new Set<(shopId: string) => void>();

  /** Readings of one shop come one after another: none can put an older state over a newer one. */
  function next(shopId: string, force: boolean): Promise<Kept> {
    const before = kept.get(shopId);
    const reading = (async () => {
      const known = await before?.catch(() => undefined);
      if (known && !force && clock.now() < known.untilMs) return known;
      const read = await readShop(options, shopId, known);
      if (known && read !== known) for (const listener of listeners) listener(shopId);
      return read;
    })();
    kept.set(shopId, reading);
    reading.catch(() => {
      if (kept.get(shopId) === reading) restore(shopId, before);
    });
    return reading;
  }

  /** While the record cannot be read, what was read last stays. */
  function restore(shopId: string, before: Promise<Kept> | undefined): void {
    if (before) kept.set(shopId, before);
    else kept.delete(shopId);
  }

  async function view(shopId: string): Promise<Kept> {
    const known = await (kept.get(shopId) ?? next(shopId, true));
    return clock.now() < known.untilMs ? known : await next(shopId, false);
  }

  const unsubscribe = options.bus.subscribe((event) => {
    if (event.type !== 'library.changed' || !kept.has(event.shopId)) return;
    next(event.shopId, true).catch((error: unknown) => log.warn({ err: error }, 'the library could not be read again'));
  });
  const comparing =
    options.compareEveryMs === null
      ? undefined
      : setInterval(() => {
          for (const [shopId, reading] of kept) {
            compare(shopId, reading).catch((error: unknown) =>
              log.warn({ err: error }, 'comparing the library with the record failed'),
            );
          }
        }, options.compareEveryMs);
  comparing?.unref();

  async function compare(shopId: string, reading: Promise<Kept>): Promise<void> {
    const [known, state] = await Promise.all([reading, ledger.scripts.state(shopId)]);
    if (state !== known.state && kept.get(shopId) === reading) await next(shopId, true);
  }

  return {
    of: async (shopId) => (await view(shopId)).library,
    view,
    refresh: async (shopId) => {
      await next(shopId, true);
    },
    onChanged(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      clearInterval(comparing);
      unsubscribe();
      listeners.clear();
    },
  };
}

async function readShop(options: LibraryKeeperOptions, shopId: string, known: Kept | undefined): Promise<Kept> {
  const { ledger, clock } = options;
  const state = await ledger.scripts.state(shopId);
  const nowMs = clock.now();
  if (known && known.state === state && nowMs < known.untilMs) return known;
  const versions = known?.versions ?? new Map<string, Map<number, StoredVersion>>();
  // What a later change wrote may be among the rows: then it is read again with that change, which does no harm.
  for (const version of await ledger.scripts.changedSince(shopId, known?.state ?? 0)) {
    const ofScript = versions.get(version.script.id) ?? new Map<number, StoredVersion>();
    ofScript.set(version.script.version, version);
    versions.set(version.script.id, ofScript);
  }
  const heads = new Map<string, ScriptHeads>();
  for (const [scriptId, ofScript] of versions) heads.set(scriptId, forgetOld(ofScript));
  const approved = [...heads.values()].flatMap((head) => head.approved ?? []);
  const scripts = approved.filter((version) => isInForce(version, nowMs)).map((version) => version.script);
  const standing = known !== undefined && known.state === state;
  const gate = standing ? known.gate : await readGate(options, shopId, known?.gate);
  const { model, understanding } = standing ? known : await readModel(options, shopId, known);
  return {
    state,
    versions,
    heads,
    gate,
    model,
    understanding,
    library: options.make(scripts, gate, understanding),
    untilMs: Math.min(Number.POSITIVE_INFINITY, ...approved.flatMap((v) => expiryAfter(v, nowMs))),
  };
}

function expiryAfter({ expiresAt }: StoredVersion, nowMs: number): number[] {
  return expiresAt !== undefined && expiresAt > nowMs ? [expiresAt] : [];
}

/** Keeps of a script what is open, approved or newest; the rest is history, read when somebody asks. */
function forgetOld(ofScript: Map<number, StoredVersion>): ScriptHeads {
  const sorted = [...ofScript.values()].sort((a, b) => b.script.version - a.script.version);
  const head = { newest: sorted[0]!, open: openVersion(sorted), approved: approvedVersion(sorted) };
  for (const version of sorted) {
    if (version !== head.newest && version !== head.open && version !== head.approved) {
      ofScript.delete(version.script.version);
    }
  }
  return head;
}

/** A taught model that cannot be used, of an older version for one, leaves the last one live, or the one that ships. */
async function readModel(
  options: LibraryKeeperOptions,
  shopId: string,
  known: Kept | undefined,
): Promise<Pick<Kept, 'model' | 'understanding'>> {
  const model = (await options.ledger.teaching.live(shopId)).at(-1) ?? '';
  if (known && known.model === model) return known;
  if (model === '') return { model, understanding: options.understandWith(undefined) };
  try {
    const taught = await options.ledger.teaching.model(shopId, model);
    if (taught === undefined) throw new Error('its bytes are not in the record');
    return { model, understanding: options.understandWith(taught) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    options.log.error({ shopId, model, reason }, 'the taught model cannot be used; the last one stays');
    return known ?? { model, understanding: options.understandWith(undefined) };
  }
}

/** Rules that cannot be used leave the last good ones in force; with none, the built-in ones. */
async function readGate(options: LibraryKeeperOptions, shopId: string, before: Gate | undefined): Promise<Gate> {
  const [newest] = await options.ledger.gateRules.versions(shopId, 1);
  try {
    return options.gateWith(newest?.rules);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    options.log.error(
      { shopId, version: newest?.version, reason },
      'the gate rules are broken; the last good ones stay',
    );
    return before ?? options.gateWith(undefined);
  }
}
