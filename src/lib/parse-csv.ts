import { CsvError, parse } from 'csv-parse/sync';

/** Lines that are parsed at once: after a stray quotation mark no more than these are gone through again. */
const PART_LINES = 50;
/** A cell with more lines is none: its quotation mark is astray. */
const MOST_CELL_LINES = 3200;
/** Line breaks of a file, those of Windows counted twice. */
const MOST_BREAKS = 2_000_000;
/** Rows of a table that are gone through, blank ones among them. */
export const MOST_TABLE_ROWS = 60_000;

/** A parsed sheet. */
export interface ParsedTable {
  table: string[][];
  /** Rows that hold a quotation mark which cannot be paired; their cells are empty in the table. */
  broken: number[];
}

/**
 * Parses strictly; where that fails, the line at fault is read alone and leniently, as Excel reads `a,say "hi",b`,
 * or given up, and reading goes on below it.
 *
 * @returns `undefined` when it has too many rows
 */
export function parseCsv(text: string, separator: string): ParsedTable | undefined {
  if (hasTooManyLines(text)) return undefined;
  const lines = text.split(/\r\n|\n|\r/);
  const table: string[][] = [];
  const broken: number[] = [];
  let from = 0;
  let partLines = PART_LINES;
  while (from < lines.length) {
    if (table.length > MOST_TABLE_ROWS) return undefined;
    const isRest = from + partLines >= lines.length;
    const part = lines.slice(from, from + partLines).join('\n');
    const { records, isOpen, isBroken } = parseStrictly(part, separator);
    for (const record of records) {
      table.push(record);
      from += countLines(record);
    }
    if (isOpen && !isRest && partLines < MOST_CELL_LINES) {
      partLines *= 4;
      continue;
    }
    partLines = PART_LINES;
    // A part that is one blank line has no record, and is a row all the same.
    if (!isBroken && records.length > 0) continue;
    const alone = parseLeniently(lines[from]!, separator);
    table.push(alone ?? []);
    if (!alone) broken.push(table.length);
    from += 1;
  }
  return { table: withoutLastBlank(table), broken };
}

/** The line break that ends the file is no row. */
function withoutLastBlank(table: string[][]): string[][] {
  return table.at(-1)?.every((cell) => cell === '') ? table.slice(0, -1) : table;
}

function countLines(record: readonly string[]): number {
  return record.reduce((lines, cell) => lines + cell.split('\n').length - 1, 1);
}

interface StrictPart {
  /** Up to the first record that is broken. */
  records: string[][];
  isBroken: boolean;
  /** The file ends inside a quoted cell. */
  isOpen: boolean;
}

function parseStrictly(text: string, delimiter: string): StrictPart {
  const records: string[][] = [];
  const onRecord = (record: string[]) => {
    records.push(record);
    return null;
  };
  try {
    parse(text, { delimiter, relaxColumnCount: true, onRecord });
    return { records, isBroken: false, isOpen: false };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { records, isBroken: true, isOpen: error.code === 'CSV_QUOTE_NOT_CLOSED' };
  }
}

function parseLeniently(line: string, delimiter: string): string[] | undefined {
  try {
    return parse(line, { delimiter, relaxColumnCount: true, relaxQuotes: true })[0] ?? [];
  } catch (error) {
    if (error instanceof CsvError) return undefined;
    throw error;
  }
}

function hasTooManyLines(text: string): boolean {
  let breaks = 0;
  for (const mark of ['\n', '\r']) {
    for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + 1)) breaks += 1;
  }
  return breaks > MOST_BREAKS;
}
