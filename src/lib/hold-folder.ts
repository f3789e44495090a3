/** A data folder belongs to one process: two would destroy the embedded record. */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The folder cannot be used; the message is one line for the person who started the desk. */
export class FolderError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'FolderError';
  }
}

/**
 * Creates the folder and takes it for this process. A lock whose process has ended (kill -9) is taken over.
 *
 * @param alone whether the folder holds the embedded record; several nodes on one server may share a folder
 * @returns the function that gives it back
 * @throws FolderError when another process holds it or it cannot be written
 */
export function holdFolder(dir: string, alone: boolean): () => void {
  const lock = join(dir, 'lock');
  try {
    makeFolder(resolve(dir));
  } catch (error) {
    throw new FolderError(`data folder ${dir} cannot be created: ${reasonOf(error)}`);
  }
  if (!alone) {
    checkWritable(dir);
    return () => undefined;
  }
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const file = openSync(lock, 'wx');
      writeSync(file, String(process.pid));
      closeSync(file);
      return () => unlinkSync(lock);
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw new FolderError(`data folder ${dir} cannot be written: ${reasonOf(error)}`);
      const holder = Number(readFileSync(lock, 'utf8'));
      if (holder !== process.pid && isRunning(holder)) {
        throw new FolderError(
          `data folder ${dir} is in use by process ${holder}: stop that desk, or set DATA_DIR to another folder`,
        );
      }
      unlinkSync(lock);
    }
  }
  throw new FolderError(`data folder ${dir} could not be locked: another desk is starting in it`);
}

/** Step by step: `recursive` never returns where a file system refuses new folders as if their parent were missing. */
function makeFolder(dir: string): void {
  if (existsSync(dir)) return;
  makeFolder(dirname(dir));
  mkdirSync(dir);
}

function checkWritable(dir: string): void {
  try {
    accessSync(dir, constants.W_OK);
  } catch (error) {
    throw new FolderError(`data folder ${dir} cannot be written: ${reasonOf(error)}`);
  }
}

function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}

function reasonOf(error: unknown): string {
  return codeOf(error) ?? (error instanceof Error ? error.message : String(error));
}
