import { readFileSync } from 'node:fs';
import { type Document, isNode, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { describeValue, valueAt } from '../lib/describe-value.ts';
import { DataFileError } from '../lib/errors.ts';

/** A data file as read: the value, and where each field of it stands. */
export interface YamlFile<T> {
  file: string;
  value: T;
  /** Line of a field, counted from 1; `undefined` when the file does not name it. */
  lineOf(path: readonly PropertyKey[]): number | undefined;
}

/**
 * Reads a YAML file against a schema.
 *
 * @throws DataFileError when the file is no YAML or breaks the schema: the first problem, by file, line and field
 */
export function readYamlFile<S extends z.ZodType>(file: string, schema: S): YamlFile<z.output<S>> {
  return parseYaml(file, readFileSync(file, 'utf8'), schema);
}

/**
 * Parses the text of a YAML file against a schema; `file` is only its name in errors.
 *
 * @throws DataFileError as `readYamlFile`
 */
export function parseYaml<S extends z.ZodType>(file: string, text: string, schema: S): YamlFile<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const broken = document.errors[0];
  if (broken) throw new DataFileError(file, lines.linePos(broken.pos[0]).line, '', `is not YAML: ${broken.message}`);

  const raw: unknown = document.toJS();
  const lineOf = (path: readonly PropertyKey[]) => findLine(document, lines, path);
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { file, value: parsed.data, lineOf };
  const issue = parsed.error.issues[0]!;
  const value = describeValue(valueAt(raw, issue.path));
  throw new DataFileError(
    file,
    nearestLine(lineOf, issue.path),
    formatPath(issue.path),
    `${value} is not legal: ${issue.message}`,
  );
}

/** Writes a path the way people read it: `scripts[3].variants[0].text`. */
function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => text + (typeof key === 'number' ? `[${key}]` : text ? `.${String(key)}` : String(key)),
    '',
  );
}

function findLine(document: Document.Parsed, lines: LineCounter, path: readonly PropertyKey[]): number | undefined {
  const node: unknown = document.getIn(path, true);
  return isNode(node) && node.range ? lines.linePos(node.range[0]).line : undefined;
}

/** A missing field has no line of its own: the line of what should hold it is the nearest. */
function nearestLine(lineOf: YamlFile<unknown>['lineOf'], path: readonly PropertyKey[]): number | undefined {
  for (let length = path.length; length >= 0; length--) {
    const line = lineOf(path.slice(0, length));
    if (line !== undefined) return line;
  }
  return undefined;
}
