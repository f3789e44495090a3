import { setImmediate } from 'node:timers/promises';
import type { Script } from '../../protocol/script.ts';
import { renderFor } from '../export/render-text.ts';
import { cleanCell, type ImportedRow } from './import-row.ts';
import { legalCode } from './make-code.ts';
import { markOf, readMarks } from './source-key.ts';
import { shinglesOf } from './text-shingles.ts';

/** What a row is to the library. */
export type RowMatch =
  | { kind: 'added' }
  | { kind: 'unchanged'; script: Script }
  /** The wording of the script that the row replaces. */
  | { kind: 'changed'; script: Script; variant: number }
  /** The same row stands further up. */
  | { kind: 'repeated'; first: number };

/** What rows are matched with. */
export interface MatchOptions {
  existing: readonly Script[];
  /** Titles of the groups of existing scripts, by script id. */
  groups: ReadonlyMap<string, string>;
  /** The row's text with its placeholders turned into slots. */
  convert(row: ImportedRow): string;
}

/** Without a common group, wordings this much alike still belong to one script of the same code or title. */
const ALIKE = 0.35;
/** Other tools cut a group to so many characters. */
const GROUP_LENGTH = 10;
/** Other tools cut a code to four characters, and a digit may stand in place of the last. */
const CODE_LENGTH = 3;

/**
 * Finds for each row the script it comes from: by the mark an earlier import left, by an equal wording under the same
 * code or title, else by code and group. A row whose words are those of the last import is unchanged, whatever
 * people have made of the draft since.
 */
export async function matchRows(rows: readonly ImportedRow[], options: MatchOptions): Promise<RowMatch[]> {
  const book = openBook(rows, options);
  const seen = new Map<string, number>();
  const first = await mapInRounds(rows, (row): RowMatch | undefined => {
    const { key } = markOf(row);
    const place = JSON.stringify([key, row.script?.id ?? row.text]);
    const before = seen.get(place);
    if (before !== undefined) return { kind: 'repeated', first: before };
    seen.set(place, row.row);
    return row.script ? matchScript(row.script, book) : matchExactly(row, book);
  });
  return await mapInRounds(rows, (row, i) => first[i] ?? matchLoosely(row, book));
}

/** Rows after which the event loop has its turn. */
const ROWS_A_ROUND = 25;

async function mapInRounds<T>(rows: readonly ImportedRow[], map: (row: ImportedRow, i: number) => T): Promise<T[]> {
  const mapped: T[] = [];
  for (const [i, row] of rows.entries()) {
    mapped.push(map(row, i));
    if (i % ROWS_A_ROUND === ROWS_A_ROUND - 1) await setImmediate();
  }
  return mapped;
}

interface Wording {
  script: Script;
  variant: number;
}

interface Book extends MatchOptions {
  byId: ReadonlyMap<string, Script>;
  byMark: ReadonlyMap<string, { script: Script; textHash: string }[]>;
  byText: ReadonlyMap<string, Wording[]>;
  byCode: ReadonlyMap<string, Script[]>;
  byTitle: ReadonlyMap<string, Script[]>;
  /** Wordings a row is matched to already. */
  taken: Set<string>;
}

function openBook(rows: readonly ImportedRow[], options: MatchOptions): Book {
  const tools = [...new Set(rows.map((row) => row.tool))];
  const byMark = new Map<string, { script: Script; textHash: string }[]>();
  const byText = new Map<string, Wording[]>();
  const byCode = new Map<string, Script[]>();
  const byTitle = new Map<string, Script[]>();
  for (const script of options.existing) {
    for (const { key, textHash } of readMarks(script)) append(byMark, key, { script, textHash });
    append(byCode, script.code, script);
    append(byTitle, foldTitle(script.title.zh), script);
    script.variants.forEach(({ text }, variant) => {
      const forms = new Set([cleanCell(text), ...tools.map((tool) => cleanCell(renderFor(tool, text)))]);
      for (const form of forms) append(byText, form, { script, variant });
    });
  }
  const byId = new Map(options.existing.map((script) => [script.id, script]));
  return { ...options, byId, byMark, byText, byCode, byTitle, taken: new Set() };
}

function append<V>(lists: Map<string, V[]>, key: string, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function foldTitle(title: string): string {
  return title.normalize('NFKC').toLowerCase().replace(/\s+/g, '');
}

/** A script of one of our own files is known by its id. */
function matchScript(script: Script, { byId }: Book): RowMatch {
  const before = byId.get(script.id);
  if (!before) return { kind: 'added' };
  return contentOf(script) === contentOf(before)
    ? { kind: 'unchanged', script: before }
    : { kind: 'changed', script: before, variant: 0 };
}

/** All that the author decides. */
function contentOf({ status: _status, version: _version, ...content }: Script): string {
  return JSON.stringify(content, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

function matchExactly(row: ImportedRow, book: Book): RowMatch | undefined {
  const { key, textHash } = markOf(row);
  const marked = book.byMark.get(key)?.find((entry) => entry.textHash === textHash);
  if (marked) {
    if (marked.script.variants.length === 1) take(book, { script: marked.script, variant: 0 });
    return { kind: 'unchanged', script: marked.script };
  }
  const equal = [...(book.byText.get(row.text) ?? []), ...(book.byText.get(cleanCell(book.convert(row))) ?? [])];
  const own = equal.find((wording) => isRelated(row, wording.script, book));
  if (!own) return undefined;
  take(book, own);
  return { kind: 'unchanged', script: own.script };
}

function take({ taken }: Book, { script, variant }: Wording): void {
  taken.add(`${script.id} ${variant}`);
}

/** Whether an equal wording is the row itself and not a repetition elsewhere in the library. */
function isRelated(row: ImportedRow, script: Script, book: Book): boolean {
  const { key } = markOf(row);
  if (readMarks(script).some((mark) => mark.key === key)) return true;
  if (row.code !== '') {
    const code = legalCode(row.code.replace(/-\d+$/, ''));
    const isCut = code.length >= CODE_LENGTH && code.slice(0, CODE_LENGTH) === script.code.slice(0, CODE_LENGTH);
    return code === script.code || isCut;
  }
  if (row.title !== '') return titlesOf(row).includes(foldTitle(script.title.zh));
  const group = book.groups.get(script.id);
  return group === undefined || foldGroup(group) === foldGroup(row.group);
}

/** A tool that wants every title once numbers them: `退款说明 (2)`. */
function titlesOf({ title }: ImportedRow): string[] {
  return [foldTitle(title), foldTitle(title.replace(/\s*\(\d+\)$/, ''))];
}

function foldGroup(group: string): string {
  return group.normalize('NFKC').toLowerCase().replace(/\s+/g, '').slice(0, GROUP_LENGTH);
}

function matchLoosely(row: ImportedRow, book: Book): RowMatch {
  const marked = book.byMark.get(markOf(row).key)?.map(({ script }) => script) ?? [];
  const wording = chooseWording(row, marked, book, 0) ?? chooseWording(row, namesakesOf(row, book), book, ALIKE);
  if (!wording) return { kind: 'added' };
  take(book, wording);
  return { kind: 'changed', ...wording };
}

/** Scripts of the same code or title. */
function namesakesOf(row: ImportedRow, book: Book): readonly Script[] {
  if (row.code !== '') {
    const codes = [row.code, row.code.replace(/-\d+$/, '')].map(legalCode);
    return codes.flatMap((code) => book.byCode.get(code) ?? []);
  }
  return row.title === '' ? [] : titlesOf(row).flatMap((title) => book.byTitle.get(title) ?? []);
}

/** The wording most like the row that no other row has; `alike` is asked of scripts of another or unknown group. */
function chooseWording(row: ImportedRow, scripts: readonly Script[], book: Book, alike: number): Wording | undefined {
  let best: { wording: Wording; likeness: number } | undefined;
  for (const script of new Set(scripts)) {
    const group = book.groups.get(script.id);
    const isSameGroup = group !== undefined && row.group !== '' && foldGroup(group) === foldGroup(row.group);
    script.variants.forEach(({ text, language }, variant) => {
      if (book.taken.has(`${script.id} ${variant}`) || language !== row.language) return;
      const likeness = likenessOf(row.text, renderFor(row.tool, text));
      if (!isSameGroup && likeness < alike) return;
      if (likeness > (best?.likeness ?? -1)) best = { wording: { script, variant }, likeness };
    });
  }
  return best?.wording;
}

function likenessOf(a: string, b: string): number {
  const left = new Set(shinglesOf(a).pairs);
  const right = shinglesOf(b).pairs;
  const common = right.filter((pair) => left.has(pair)).length;
  const all = left.size + right.length - common;
  return all === 0 ? 0 : common / all;
}
