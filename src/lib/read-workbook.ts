import readExcelFile from 'read-excel-file/universal';
import { inspectZip, UnsafeZipError, type ZipEntry } from './inspect-zip.ts';

const LIMITS = { entries: 500, bytes: 64 * 1024 * 1024 };
/** The reader makes room for every cell up to the last one: a lone cell far out would fill the memory. */
const MOST_COLUMNS = 64;
const MOST_SHEET_ROWS = 60_000;

/** The sheets of a workbook, or why they are not read. */
export type Workbook =
  | { sheets: readonly (readonly (readonly unknown[])[])[] }
  | { refused: 'excel-too-large' | 'broken-excel'; problem: string };

/** Reads an Excel file (.xlsx) after a look at what it would unpack to. */
export async function readWorkbook(bytes: Uint8Array): Promise<Workbook> {
  const danger = findDanger(bytes);
  if (danger !== undefined) return { refused: 'excel-too-large', problem: danger };
  try {
    const sheets = await readExcelFile(Uint8Array.from(bytes).buffer, { trim: false });
    return { sheets: sheets.map(({ data }) => data) };
  } catch (error) {
    // Whatever the reader trips over, it is the file that is broken.
    return { refused: 'broken-excel', problem: error instanceof Error ? error.message : String(error) };
  }
}

function findDanger(bytes: Uint8Array): string | undefined {
  try {
    for (const entry of inspectZip(bytes, LIMITS)) {
      if (/\.xml(?:\.rels)?$/.test(entry.name)) checkEntry(entry);
    }
    return undefined;
  } catch (error) {
    if (error instanceof UnsafeZipError) return error.message;
    throw error;
  }
}

/** Every attribute that can name a cell or a row, wherever it stands: better one too many than one too few. */
const REFERENCE = /\br\s*=\s*["']([^"'<>]{0,40})/g;

function checkEntry(entry: ZipEntry): void {
  for (const [, reference = ''] of entry.unpack().toString('latin1').matchAll(REFERENCE)) {
    const [, letters = '', digits = ''] = /^([A-Za-z]*)(\d*)$/.exec(reference) ?? [];
    if (reference.includes('&')) throw new UnsafeZipError(`a cell named ${reference}`);
    if (columnNumber(letters) > MOST_COLUMNS)
      throw new UnsafeZipError(`a cell in column ${letters}, at most ${MOST_COLUMNS} columns are read`);
    if (Number(digits) > MOST_SHEET_ROWS)
      throw new UnsafeZipError(`a cell in row ${digits}, at most ${MOST_SHEET_ROWS} rows are read`);
  }
}

function columnNumber(letters: string): number {
  return Array.from(letters).reduce((number, letter) => number * 26 + letter.charCodeAt(0) - 64, 0);
}
