/** What an export cannot say as it is, and how that is said in English. */
const NOTES = {
  'code-shortened': 'the code "{from}" becomes "{to}": at most {limit} characters are legal there',
  'code-left-out': 'the code "{from}" has no free short form and is left out',
  'text-shortened': '{length} characters are cut to {limit}: importing the file again shows a change',
  'group-shortened': 'the group "{from}" becomes "{to}": at most {limit} characters are legal there',
  'slot-in-words': 'the tool does not fill {slots}: agents fill them by hand',
  'wording-left-out': 'only the first wording is written',
} as const;
/** Kinds of loss. */
export type ExportNoteCode = keyof typeof NOTES;

/** A loss of one wording: code and values for a translation, and the English sentence. */
export interface ExportNote {
  scriptId: string;
  /** Index of the wording. */
  variant: number;
  code: ExportNoteCode;
  params: Readonly<Record<string, string | number>>;
  message: string;
}

/** Says what a wording loses. */
export function noteLoss(
  scriptId: string,
  variant: number,
  code: ExportNoteCode,
  params: ExportNote['params'] = {},
): ExportNote {
  const message = NOTES[code].replace(/\{([a-z]+)\}/g, (whole, name: string) => String(params[name] ?? whole));
  return { scriptId, variant, code, params, message };
}
