import { isMap, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { findUnstorable } from '../../lib/find-unstorable.ts';
import { type Script, ScriptSchema } from '../../protocol/script.ts';
import { cleanCell, MOST_CHARACTERS, type ReadRows, refuseRow, takeRow } from './import-row.ts';

/** Whether a text looks like a file of our own library. */
export function looksLikeLibraryFile(text: string): boolean {
  return (
    /^scripts:[ \t]{0,40}$/m.test(text) || /^[ \t]{0,40}(?:-[ \t]{0,40})?card:[ \t]{0,40}(?:SCR-\d|SHOP)/m.test(text)
  );
}

/** Reads a library file script by script; `row` is the line a script begins in. */
export function readLibraryFile(text: string, encoding: string, into: ReadRows): void {
  const lines = new LineCounter();
  // The parser compares each key with each other one: a script looks for doubles by itself.
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false });
  const broken = document.errors[0];
  const lineOf = (node: { range?: [number, number, number] | null | undefined }) =>
    lines.linePos(node.range?.[0] ?? 0).line;
  if (broken) {
    const line = lines.linePos(broken.pos[0]).line;
    into.refused.push(refuseRow(line, 'file', 'broken-yaml', { problem: broken.message }));
    return;
  }
  const scripts: unknown = document.get('scripts', true);
  if (!isSeq(scripts)) {
    into.refused.push(refuseRow(0, 'file', 'broken-yaml', { problem: 'it has no list named "scripts"' }));
    return;
  }
  const group = cleanCell(document.getIn(['title', 'zh'])) || cleanCell(document.get('group'));
  for (const item of scripts.items) {
    if (!isMap(item)) {
      into.refused.push(refuseRow(0, 'row', 'bad-entry', { problem: 'an entry of "scripts" is not a script' }));
      continue;
    }
    readScript(item, lineOf(item), group, () => item.toJS(document, { maxAliasCount: 100 }), encoding, into);
  }
}

function readScript(
  item: YAMLMap,
  row: number,
  group: string,
  toValue: () => unknown,
  encoding: string,
  into: ReadRows,
): void {
  const double = findDouble(item);
  if (double !== undefined) {
    into.refused.push(refuseRow(row, 'row', 'bad-entry', { problem: `"${double}" stands there twice` }));
    return;
  }
  const parsed = ScriptSchema.safeParse(resolve(toValue));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const problem = `${cleanCell(item.get('id'))} ${issue.path.join('.')}: ${issue.message}`.trim();
    into.refused.push(refuseRow(row, 'row', 'bad-entry', { problem }));
    return;
  }
  const length = Math.max(...parsed.data.variants.map(({ text }) => text.length));
  if (length > MOST_CHARACTERS) {
    into.refused.push(refuseRow(row, 'text', 'text-too-long', { length, limit: MOST_CHARACTERS }));
    return;
  }
  const unstorable = findUnstorable(parsed.data);
  if (unstorable) {
    const problem = `${parsed.data.id} ${unstorable.path}: ${unstorable.problem}`;
    into.refused.push(refuseRow(row, 'row', 'bad-entry', { problem }));
    return;
  }
  takeRow(into, rowOf(parsed.data, row, group), encoding);
}

function findDouble(item: YAMLMap): string | undefined {
  const seen = new Set<string>();
  for (const { key } of item.items) {
    const name = String(key);
    if (seen.has(name)) return name;
    seen.add(name);
  }
  return undefined;
}

/** An alias too many is an entry that is not legal, like any other. */
function resolve(toValue: () => unknown): unknown {
  try {
    return toValue();
  } catch (error) {
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
}

function rowOf(script: Script, row: number, group: string) {
  const [first] = script.variants;
  return {
    row,
    tool: 'huashu' as const,
    code: script.code,
    group,
    title: script.title.zh,
    text: first!.text,
    language: first!.language,
    personal: false,
    notices: [],
    script,
  };
}
