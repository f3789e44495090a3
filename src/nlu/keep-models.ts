import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeskError } from '../lib/errors.ts';
import { hashOfModel } from './pack-model.ts';

/** A packed model and its content hash. */
export interface KeptModel {
  hash: string;
  packed: Uint8Array;
}

/** Models by their content hash, and which of them is live. */
export interface ModelShelf {
  /** Keeps a model; the same bytes are kept once. @returns its hash. */
  keep(packed: Uint8Array): string;
  /** Puts a kept model live. @throws DeskError `not_found` when it is not kept, `conflict` when it is damaged. */
  goLive(hash: string): void;
  /** Puts the model live that was live before, and gives it. @throws DeskError `conflict` when there was none. */
  goBack(): KeptModel;
  live(): KeptModel;
  /** Hashes that were live, the first one first, the live one last. */
  history(): string[];
}

const HASH = /^[0-9a-f]{16}$/;
/** Models remembered as having been live; older ones stay on the shelf and leave the list. */
const REMEMBERED = 50;

/**
 * Opens a folder of models, as files `taught-<hash>.model` and a list `live.json`.
 *
 * A file is written beside and renamed, so that a crash leaves the last whole state.
 *
 * @param dir created when missing.
 * @param first live when the folder has no list yet: the model that ships.
 */
export function openModelShelf(dir: string, first: Uint8Array): ModelShelf {
  mkdirSync(dir, { recursive: true });
  const listPath = join(dir, 'live.json');
  const pathOf = (hash: string): string => join(dir, `taught-${hash}.model`);
  const keep = (packed: Uint8Array): string => {
    const hash = hashOfModel(packed);
    write(pathOf(hash), packed);
    return hash;
  };
  const read = (hash: string): KeptModel => {
    const packed = HASH.test(hash) ? readIfThere(pathOf(hash)) : undefined;
    if (!packed) throw new DeskError('not_found', `model ${hash} is not kept in ${dir}`);
    if (hashOfModel(packed) !== hash) throw new DeskError('conflict', `model ${hash} in ${dir} is damaged`);
    return { hash, packed };
  };
  let history = readHistory(listPath) ?? [keep(first)];
  const remember = (hashes: string[]): void => {
    history = hashes.slice(-REMEMBERED);
    write(listPath, `${JSON.stringify(history)}\n`);
  };
  return {
    keep,
    goLive(hash) {
      read(hash);
      if (hash !== history.at(-1)) remember([...history, hash]);
    },
    goBack() {
      const before = history.at(-2);
      if (before === undefined) throw new DeskError('conflict', 'no model was live before the live one');
      const model = read(before);
      remember(history.slice(0, -1));
      return model;
    },
    live: () => read(history.at(-1)!),
    history: () => [...history],
  };
}

function write(path: string, content: Uint8Array | string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, content);
  renameSync(draft, path);
}

function readIfThere(path: string): Uint8Array | undefined {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function readHistory(path: string): string[] | undefined {
  const bytes = readIfThere(path);
  return bytes && (JSON.parse(new TextDecoder().decode(bytes)) as string[]);
}
