import { DataFileError } from '../lib/errors.ts';
import { type Library, loadLibrary } from './load-library.ts';

/** Tells of changes in a folder. `watch` returns the function that ends the watching. */
export interface FolderWatch {
  watch(dir: string, onChange: () => void): () => void;
}

/** Who wants to know how a reload ended. */
export interface LibraryListener {
  onLoaded?(library: Library): void;
  onBroken?(problem: DataFileError): void;
}

/** The library of a running desk: the last good version, whatever happens to the files. */
export interface LiveLibrary {
  readonly current: Library;
  /** Why the files on disk are not what is current; `undefined` when they are. */
  readonly problem: DataFileError | undefined;
  /** Reads the folder again. A broken file leaves `current` as it was. Returns whether the files were good. */
  reload(): boolean;
  /** Stops watching the folder. */
  close(): void;
}

/**
 * Loads the library and keeps the last good version when a file breaks later.
 *
 * @param watch absent: only `reload()` reads the folder again
 * @throws DataFileError when the folder is broken at the start: there is no good version to keep
 */
export function createLiveLibrary(dir: string, listener: LibraryListener = {}, watch?: FolderWatch): LiveLibrary {
  let current = loadLibrary(dir);
  let problem: DataFileError | undefined;

  function reload(): boolean {
    try {
      current = loadLibrary(dir);
      problem = undefined;
    } catch (error) {
      problem = asProblem(dir, error);
      listener.onBroken?.(problem);
      return false;
    }
    listener.onLoaded?.(current);
    return true;
  }

  const stop = watch?.watch(dir, reload);
  return {
    get current() {
      return current;
    },
    get problem() {
      return problem;
    },
    reload,
    close: () => stop?.(),
  };
}

/** A file that vanished between listing and reading is a problem of the folder, not of the desk. */
function asProblem(dir: string, error: unknown): DataFileError {
  if (error instanceof DataFileError) return error;
  if (error instanceof Error && 'code' in error)
    return new DataFileError(dir, undefined, '', `cannot be read: ${error.message}`);
  throw error;
}
