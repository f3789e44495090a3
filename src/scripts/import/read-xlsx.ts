import readExcelFile from 'read-excel-file/universal';
import { findHeader, readTable } from './find-columns.ts';
import { type ReadRows, refuseRow } from './import-row.ts';
import { inspectZip, UnsafeZipError, type ZipEntry } from './inspect-zip.ts';

const LIMITS = { entries: 500, bytes: 64 * 1024 * 1024 };
/** The reader makes room for every cell up to the last one: a lone cell far out would fill the memory. */
const MOST_COLUMNS = 64;
const MOST_SHEET_ROWS = 60_000;

/** Reads the first sheet of an Excel file (.xlsx) that has a header of phrases. */
export async function readXlsx(bytes: Uint8Array, into: ReadRows): Promise<void> {
  const problem = findDanger(bytes);
  if (problem !== undefined) {
    into.refused.push(refuseRow(0, 'file', 'excel-too-large', { problem }));
    return;
  }
  let sheets: Awaited<ReturnType<typeof readExcelFile>>;
  try {
    sheets = await readExcelFile(Uint8Array.from(bytes).buffer, { trim: false });
  } catch (error) {
    // Whatever the reader trips over, it is the file that is broken.
    const reason = error instanceof Error ? error.message : String(error);
    into.refused.push(refuseRow(0, 'file', 'broken-excel', { problem: reason }));
    return;
  }
  const sheet = sheets.find(({ data }) => findHeader(data)) ?? sheets[0];
  readTable(sheet?.data ?? [], 'xlsx', into);
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
