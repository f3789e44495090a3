import { MOST_TABLE_ROWS, parseCsv } from '../../lib/parse-csv.ts';
import { findHeader, readTable } from './find-columns.ts';
import { type ReadRows, refuseRow } from './import-row.ts';

/** Separators that are tried, the likeliest first. */
const SEPARATORS = [',', '\t', ';', '，'] as const;
const HEAD_LINES = 10;

/** Whether a text begins as a sheet of phrases does. */
export function looksLikeCsv(text: string): boolean {
  return findSeparator(text) !== undefined;
}

/** Reads a 千牛 CSV; a row with a stray quotation mark is refused alone. */
export function readCsv(text: string, encoding: string, into: ReadRows): void {
  const sheet = text.trimEnd();
  const parsed = parseCsv(sheet, findSeparator(sheet) ?? ',');
  if (!parsed) {
    into.refused.push(refuseRow(0, 'file', 'too-many-rows', { limit: MOST_TABLE_ROWS }));
    return;
  }
  const { table, broken } = parsed;
  for (const row of broken) into.refused.push(refuseRow(row, 'row', 'bad-quotes'));
  readTable(table, encoding, into);
}

function findSeparator(text: string): string | undefined {
  const head = text.slice(0, 20_000).split(/\r\n|\n|\r/, HEAD_LINES);
  return SEPARATORS.find((separator) => findHeader(head.map((line) => splitPlainly(line, separator))) !== undefined);
}

function splitPlainly(line: string, separator: string): string[] {
  return line.split(separator).map((cell) => cell.replaceAll('"', ''));
}
