/** Where the project's own data files are, whatever folder a command is started in. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../config.ts';

/** The project's folder. */
export const ROOT = join(import.meta.dirname, '..', '..');
export const INTENTS_DIR = join(ROOT, 'intents');
export const SCRIPTS_DIR = join(ROOT, 'scripts-library');

/** Where trained models are kept: the desk's data folder, so that a command and a desk share them. */
export function modelCacheDir(): string {
  const { DATA_DIR } = readConfig();
  return DATA_DIR === '' ? join(tmpdir(), 'huashu-models') : join(DATA_DIR, 'models');
}
