import { decodeText } from '../../lib/decode-text.ts';
import { IMPORT_FORMS, type ImportForm, type ReadRows, refuseRow } from './import-row.ts';
import { looksLikeCsv, readCsv } from './read-csv.ts';
import { detectJsonForm, type JsonForm, listEntries, readEntries } from './read-json.ts';
import { looksLikeLibraryFile, readLibraryFile } from './read-library-file.ts';
import { readXlsx } from './read-xlsx.ts';

/** What is known of a file beside its bytes. */
export interface ReadImportOptions {
  /** Its ending helps where the bytes leave a doubt. */
  fileName?: string;
  /** What the file is; absent: found out. */
  form?: ImportForm;
}

/** What a file holds. */
export interface ReadImport extends ReadRows {
  /** `undefined` when the file has none of the forms. */
  form: ImportForm | undefined;
}

/** Largest file that is read. */
export const MOST_IMPORT_BYTES = 20 * 1024 * 1024;
/** Most rows of one file. */
export const MOST_IMPORT_ROWS = 50_000;

/**
 * Reads a file of scripts: 千牛 CSV or Excel, JSON of Chatwoot, Zendesk or Gorgias, or our own YAML.
 *
 * Never throws because of what is in the file: what cannot be read is refused by row; a file that cannot be read at
 * all is one refusal of row 0.
 */
export async function readImport(bytes: Uint8Array, options: ReadImportOptions = {}): Promise<ReadImport> {
  const into: ReadRows = { rows: [], refused: [] };
  const form = await readInto(bytes, options, into);
  if (into.rows.length > MOST_IMPORT_ROWS) {
    const tooMany = refuseRow(0, 'file', 'too-many-rows', { limit: MOST_IMPORT_ROWS });
    return { form, rows: [], refused: [tooMany] };
  }
  into.refused.sort((a, b) => a.row - b.row);
  return { form, ...into };
}

async function readInto(
  bytes: Uint8Array,
  options: ReadImportOptions,
  into: ReadRows,
): Promise<ImportForm | undefined> {
  const refuseFile = (...refusal: [Parameters<typeof refuseRow>[2], Parameters<typeof refuseRow>[3]?]) => {
    into.refused.push(refuseRow(0, 'file', ...refusal));
    return options.form;
  };
  if (bytes.length === 0) return refuseFile('empty-file');
  if (bytes.length > MOST_IMPORT_BYTES)
    return refuseFile('file-too-large', { size: bytes.length, limit: MOST_IMPORT_BYTES });
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) return refuseFile('old-excel');
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04])) {
    await readXlsx(bytes, into);
    return 'qianniu-xlsx';
  }
  if (options.form === 'qianniu-xlsx') return refuseFile('broken-excel', { problem: 'it is no .xlsx archive' });
  const { text, encoding } = decodeText(bytes);
  if (text.trim() === '') return refuseFile('empty-file');
  const form = detectTextForm(text, options);
  if (form === undefined) return refuseFile('unknown-form');
  if (form === 'qianniu-csv') readCsv(text, encoding, into);
  else if (form === 'yaml') readLibraryFile(text, encoding, into);
  else return readJson(text, options.form as JsonForm | undefined, encoding, into);
  return form;
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

/** Which form a text has; any of the JSON tools stands for all three until the text is parsed. */
function detectTextForm(text: string, { form, fileName = '' }: ReadImportOptions): ImportForm | undefined {
  if (form !== undefined && IMPORT_FORMS.includes(form)) return form;
  if (/^\s*[[{]/.test(text)) return 'chatwoot';
  if (looksLikeLibraryFile(text)) return 'yaml';
  if (looksLikeCsv(text)) return 'qianniu-csv';
  if (/\.ya?ml$/i.test(fileName)) return 'yaml';
  return /\.(?:csv|tsv|txt)$/i.test(fileName) ? 'qianniu-csv' : undefined;
}

function readJson(
  text: string,
  wanted: JsonForm | undefined,
  encoding: string,
  into: ReadRows,
): ImportForm | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    into.refused.push(refuseRow(0, 'file', 'broken-json', { problem: (error as Error).message }));
    return wanted;
  }
  const entries = listEntries(value);
  const form = wanted ?? detectJsonForm(entries);
  if (form === undefined) into.refused.push(refuseRow(0, 'file', 'unknown-form'));
  else readEntries(entries, form, encoding, into);
  return form;
}
