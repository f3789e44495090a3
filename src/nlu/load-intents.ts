import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { DataFileError } from '../lib/errors.ts';
import { type IntentFile, IntentFileSchema } from '../protocol/script.ts';

/** An intent as its file states it, and where it stands. */
export interface LoadedIntent extends IntentFile {
  /** Path of the file below the folder that was loaded. */
  file: string;
}

/** A file of the folder as it stands. */
export interface IntentSource {
  /** Path below the folder. */
  file: string;
  text: string;
}

/** Every intent of a folder, and the exact text of its files for a content hash. */
export interface LoadedIntents {
  intents: LoadedIntent[];
  /** In the order of their paths. */
  sources: IntentSource[];
}

/**
 * Reads and checks all `*.yaml` files of a folder and its subfolders, in the order of their paths.
 *
 * @throws DataFileError naming file, line, field and what is legal; two files with one id are an error too.
 */
export function loadIntents(dir: string): LoadedIntents {
  const sources = listIntentSources(dir);
  return { intents: parseIntents(sources), sources };
}

/** Reads the files of a folder without parsing them: enough to tell whether anything changed. */
export function listIntentSources(dir: string): IntentSource[] {
  const files = listYaml(dir);
  if (files.length === 0) throw new DataFileError(dir, undefined, '', 'holds no *.yaml file of an intent');
  return files.map((path) => ({ file: relative(dir, path), text: readFileSync(path, 'utf8') }));
}

/** Parses and checks the files of a folder. @throws DataFileError as `loadIntents` */
export function parseIntents(sources: readonly IntentSource[]): LoadedIntent[] {
  const intents = sources.map(({ file, text }) => parseIntentFile(text, file));
  const homes = new Map<string, string>();
  for (const { id, file } of intents) {
    const home = homes.get(id);
    if (home) throw new DataFileError(file, 1, 'id', `${id} is already defined in ${home}; one file an id`);
    homes.set(id, file);
  }
  return intents;
}

/**
 * Parses the text of one intent file.
 *
 * @param file the name errors give.
 * @throws DataFileError on a YAML error or a field that does not fit the schema.
 */
export function parseIntentFile(text: string, file: string): LoadedIntent {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problem = document.errors[0];
  if (problem) {
    const message = problem.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '');
    throw new DataFileError(file, lines.linePos(problem.pos[0]).line, '', message);
  }
  const parsed = IntentFileSchema.safeParse(document.toJS());
  if (!parsed.success) throw schemaError(parsed.error.issues, document, lines, file);
  return { ...parsed.data, file };
}

function schemaError(
  issues: readonly z.core.$ZodIssue[],
  document: Document,
  lines: LineCounter,
  file: string,
): DataFileError {
  const issue = deepest(issues[0]!, []);
  return new DataFileError(file, lineOf(document, lines, issue.path), formatPath(issue.path), issue.message);
}

/** Steps into a union to the branch that went furthest, whose message says most. */
function deepest(issue: z.core.$ZodIssue, base: PropertyKey[]): { path: PropertyKey[]; message: string } {
  const path = [...base, ...issue.path];
  if (issue.code !== 'invalid_union') return { path, message: issue.message };
  const inner = issue.errors.flat().map((branch) => deepest(branch, path));
  inner.sort((a, b) => b.path.length - a.path.length);
  return inner[0] ?? { path, message: issue.message };
}

function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .replace(/^\./, '');
}

/** Line of the node at a path, or of its nearest parent that is there. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

function listYaml(dir: string): string[] {
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) {
    throw new DataFileError(dir, undefined, '', 'is not a folder; give the folder that holds the intents');
  }
  const entries = readdirSync(dir, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
