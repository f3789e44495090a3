import type { Script } from '../../protocol/script.ts';

/** Forms a file of scripts can have. */
export const IMPORT_FORMS = ['qianniu-csv', 'qianniu-xlsx', 'chatwoot', 'zendesk', 'gorgias', 'yaml'] as const;
/** A form of file. */
export type ImportForm = (typeof IMPORT_FORMS)[number];

/** The tool a form belongs to: one and the same phrase may come as CSV today and as Excel tomorrow. */
export type ImportTool = 'qianniu' | 'chatwoot' | 'zendesk' | 'gorgias' | 'huashu';

/** Which tool writes a form. */
export const TOOL_OF_FORM: Readonly<Record<ImportForm, ImportTool>> = {
  'qianniu-csv': 'qianniu',
  'qianniu-xlsx': 'qianniu',
  chatwoot: 'chatwoot',
  zendesk: 'zendesk',
  gorgias: 'gorgias',
  yaml: 'huashu',
};

/** One phrase as the file holds it. */
export interface ImportedRow {
  /** Where it stands: the row as Excel counts (the header is a row), the place in a JSON list, the line of a YAML file. */
  row: number;
  tool: ImportTool;
  /** Quick code as written; empty: none. */
  code: string;
  /** Group as written; empty: ungrouped. */
  group: string;
  /** Empty: the tool keeps none. */
  title: string;
  text: string;
  language: 'zh-Hans' | 'en';
  /** It belongs to one agent, not to the shop. */
  personal: boolean;
  /** What the reader has to say of the row. */
  notices: readonly ImportNotice[];
  /** The whole script, when the file is one of our own. */
  script?: Script;
}

/** What can be wrong with a row, or with the file as a whole, and how it is said in English. */
export const REFUSALS = {
  'empty-file': 'the file is empty',
  'file-too-large': 'the file has {size} bytes, at most {limit} are read',
  'too-many-rows': 'more than {limit} rows: split the file',
  'old-excel': 'this is an old Excel file (.xls): save it as .xlsx or CSV',
  'broken-excel': 'the Excel file cannot be read: {problem}',
  'excel-too-large': 'the Excel file unpacks to more than is read: {problem}',
  'broken-json': 'the file is not JSON: {problem}',
  'broken-yaml': 'the file is not a library file: {problem}',
  'unknown-form': 'the file has none of the known forms',
  'no-header': 'no header row with a phrase column ({expected}) in the first {searched} rows',
  'no-text': 'the phrase is empty',
  'text-too-long': 'the phrase has {length} characters, at most {limit} are read',
  'bad-characters': 'characters that cannot be read in {encoding}',
  'bad-quotes': 'a quotation mark is not closed, or stands inside a cell without being doubled',
  'bad-entry': 'the entry is not legal: {problem}',
  'no-answer-text': 'the macro writes no answer, it only does: {actions}',
  'internal-note': 'the macro writes a note to colleagues, which is no answer to a buyer',
  'takes-too-long': 'it could not be read within {seconds} seconds and the memory that an import has',
  'open-draft': 'somebody works on a draft of {script}: it is decided first',
  'repeated-row': 'the same code, group and text stand in row {first} already',
} as const;
/** Why something is refused. */
export type RefusalCode = keyof typeof REFUSALS;

/** What a person should know of a row that is read. */
export const NOTICES = {
  'too-long': '{length} characters with example values, at most {limit} are legal: shorten it before approval',
  'slot-filled-in': '"{from}" becomes the slot {to}',
  'open-placeholder': '"{from}" has no clear meaning: fill in {to} before approval',
  'code-changed': 'the code "{from}" is not legal or taken: it becomes "{to}"',
  inactive: 'it is switched off in the other tool',
  restricted: 'it is restricted to a group in the other tool',
  'actions-left-out': 'only the answer is taken, not what else the macro does: {actions}',
  'pictures-left-out': '{count} pictures are left out',
} as const;
/** What there is to know. */
export type NoticeCode = keyof typeof NOTICES;

/** Values of a message, by the names in its braces. */
export type MessageParams = Readonly<Record<string, string | number>>;

/** A remark on a row: code and values for a translation, and the English sentence. */
export interface ImportNotice {
  code: NoticeCode;
  params: MessageParams;
  message: string;
}

/** Parts of a row that can be at fault; `file`: the file as a whole. */
export type ImportField = 'file' | 'row' | 'code' | 'text' | 'group' | 'title';

/** A row that cannot be taken. */
export interface RefusedRow {
  /** As in `ImportedRow`; 0: the file as a whole. */
  row: number;
  field: ImportField;
  code: RefusalCode;
  params: MessageParams;
  message: string;
}

/** Says why a row is refused. */
export function refuseRow(row: number, field: ImportField, code: RefusalCode, params: MessageParams = {}): RefusedRow {
  return { row, field, code, params, message: writeMessage(REFUSALS[code], params) };
}

/** Says what there is to know of a row. */
export function noteRow(code: NoticeCode, params: MessageParams = {}): ImportNotice {
  return { code, params, message: writeMessage(NOTICES[code], params) };
}

function writeMessage(template: string, params: MessageParams): string {
  return template.replace(/\{([a-z]+)\}/g, (whole, name: string) => String(params[name] ?? whole));
}

/** Rows that are read and rows that are not. */
export interface ReadRows {
  rows: ImportedRow[];
  refused: RefusedRow[];
}

/** A longer phrase is no script but a page. */
export const MOST_CHARACTERS = 4000;

/** Takes a row, or refuses it when its text is missing, too long or damaged. */
export function takeRow(into: ReadRows, row: ImportedRow, encoding: string): void {
  const text = row.text;
  if (text === '') into.refused.push(refuseRow(row.row, 'text', 'no-text'));
  else if (text.length > MOST_CHARACTERS) {
    const params = { length: text.length, limit: MOST_CHARACTERS };
    into.refused.push(refuseRow(row.row, 'text', 'text-too-long', params));
  } else {
    const damaged = (['text', 'code', 'group', 'title'] as const).find((field) => row[field].includes('\uFFFD'));
    if (damaged === undefined) into.rows.push(row);
    else into.refused.push(refuseRow(row.row, damaged, 'bad-characters', { encoding }));
  }
}

/** A cell or field as the record can hold it: one kind of line break, no control characters, no space around it. */
export function cleanCell(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return '';
  return String(value)
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|\uFEFF/gu, '')
    .replaceAll('\u00A0', ' ')
    .trim();
}

const HAN = /\p{Script=Han}/u;

/** The language of a phrase: English when no Chinese character stands in it. */
export function languageOf(text: string): 'zh-Hans' | 'en' {
  return HAN.test(text) || !/[a-z]{2}/i.test(text) ? 'zh-Hans' : 'en';
}
