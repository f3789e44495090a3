import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';
import { DataFileError } from '../lib/errors.ts';
import { type Script, ScriptFileSchema } from '../protocol/script.ts';
import { readYamlFile } from './read-yaml-file.ts';

/** One file of the library: a group of scripts under a title. */
export type ScriptFile = z.output<typeof ScriptFileSchema>;

/** The library as it stands in its folder. */
export interface Library {
  /** Every script, file by file in the order of the names. */
  scripts: Script[];
  /** The files by name (`price.yaml`). */
  files: ReadonlyMap<string, ScriptFile>;
}

/**
 * Loads every `.yaml` file of a folder; subfolders are not read.
 *
 * @throws DataFileError when a file is broken, a script's id or quick code is given twice, or no file is there
 */
export function loadLibrary(dir: string): Library {
  const names = readdirSync(dir)
    .filter((name) => name.endsWith('.yaml'))
    .sort();
  if (names.length === 0) throw new DataFileError(dir, undefined, '', 'holds no .yaml file');
  const files = new Map<string, ScriptFile>();
  const scripts: Script[] = [];
  const places = new Map<string, string>();
  for (const name of names) {
    const { file, value, lineOf } = readYamlFile(join(dir, name), ScriptFileSchema);
    value.scripts.forEach((script, i) => {
      for (const field of ['id', 'code'] as const) {
        const line = lineOf(['scripts', i, field]);
        const key = `${field} ${script[field]}`;
        const before = places.get(key);
        if (before) {
          const path = `scripts[${i}].${field}`;
          throw new DataFileError(file, line, path, `"${script[field]}" is taken already in ${before}`);
        }
        places.set(key, `${file}:${line}`);
      }
      scripts.push(script);
    });
    files.set(name, value);
  }
  return { scripts, files };
}
