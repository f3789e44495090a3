import { z } from 'zod';
import { markdownToText } from '../markdown-text.ts';
import { htmlToText } from './html-to-text.ts';
import {
  cleanCell,
  type ImportedRow,
  type ImportForm,
  type ImportNotice,
  languageOf,
  noteRow,
  type ReadRows,
  refuseRow,
  takeRow,
} from './import-row.ts';

/** Forms that are JSON. */
export type JsonForm = Extract<ImportForm, 'chatwoot' | 'zendesk' | 'gorgias'>;

const WRAPPERS = ['canned_responses', 'macros', 'macro', 'payload', 'data', 'results', 'items'] as const;

/** The entries of a file: a list, one entry alone, the answer of the tool's API around them, or a list of its pages. */
export function listEntries(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.length > 0 && value.every(isPage) ? value.flatMap(listEntries) : value;
  const wrapped = WRAPPERS.map((key) => (value as Record<string, unknown> | null)?.[key]).find(
    (inner) => typeof inner === 'object' && inner !== null,
  );
  if (wrapped === undefined) return [value];
  return Array.isArray(wrapped) ? wrapped : [wrapped];
}

function isPage(value: unknown): boolean {
  return typeof value === 'object' && value !== null && WRAPPERS.some((key) => key in value);
}

/** Tells the tool by the first entry that has a shape of one. */
export function detectJsonForm(entries: readonly unknown[]): JsonForm | undefined {
  for (const entry of entries) {
    if (typeof entry !== 'object' || entry === null) continue;
    if ('short_code' in entry) return 'chatwoot';
    const actions = 'actions' in entry && Array.isArray(entry.actions) ? entry.actions : [];
    if (actions.some((action) => typeof action === 'object' && action !== null && 'arguments' in action))
      return 'gorgias';
    if ('title' in entry && 'actions' in entry) return 'zendesk';
    if ('name' in entry && 'actions' in entry) return 'gorgias';
  }
  return undefined;
}

/** Reads the entries of a tool; `row` is the place in the list, from 1. */
export function readEntries(entries: readonly unknown[], form: JsonForm, encoding: string, into: ReadRows): void {
  entries.forEach((entry, i) => {
    const row = i + 1;
    const read = READERS[form](entry);
    if ('problem' in read) into.refused.push(refuseRow(row, 'row', 'bad-entry', { problem: read.problem }));
    else if ('isNote' in read) into.refused.push(refuseRow(row, 'text', 'internal-note'));
    else if ('otherActions' in read) {
      const code = read.otherActions === '' ? 'no-text' : 'no-answer-text';
      into.refused.push(refuseRow(row, 'text', code, { actions: read.otherActions }));
    } else takeRow(into, { row, code: '', group: '', title: '', personal: false, notices: [], ...read }, encoding);
  });
}

/** A reader that first checks the shape of an entry. */
function checked<S extends z.ZodType>(schema: S, read: (entry: z.output<S>) => Outcome): Reader {
  return (entry) => {
    const parsed = schema.safeParse(entry);
    if (parsed.success) return read(parsed.data);
    const issue = parsed.error.issues[0]!;
    return { problem: `${issue.path.join('.')} ${issue.message}`.trim() };
  };
}

type Reader = (entry: unknown) => Outcome | { problem: string };
type Outcome = Read | NoAnswer | Note;
type Read = Pick<ImportedRow, 'tool' | 'text' | 'language'> & Partial<ImportedRow>;
/** A macro without an answer; what else it does. */
interface NoAnswer {
  otherActions: string;
}
/** A macro that writes to colleagues: its words are never a buyer's. @see TAB-45 */
interface Note {
  isNote: true;
}

const Text = z.union([z.string(), z.number()]).nullish();
const Name = Text.transform(cleanCell);
const Chatwoot = z.looseObject({ short_code: Name, content: Name });
const Zendesk = z.looseObject({
  title: Name,
  active: z.boolean().nullish(),
  restriction: z.looseObject({ type: z.string().nullish() }).nullish(),
  actions: z.array(
    z.looseObject({ field: z.string(), value: z.unknown() }).transform(({ field, value }) => ({ field, value })),
  ),
});
const Gorgias = z.looseObject({
  name: Name,
  language: z.string().nullish(),
  actions: z.array(
    z.looseObject({
      name: z.string().nullish(),
      arguments: z.looseObject({ body_text: z.string().nullish(), body_html: z.string().nullish() }).nullish(),
    }),
  ),
});

const READERS: Readonly<Record<JsonForm, Reader>> = {
  chatwoot: checked(Chatwoot, ({ short_code, content }) => {
    const text = markdownToText(content);
    return { tool: 'chatwoot', code: short_code, text, language: languageOf(text) };
  }),
  zendesk: checked(Zendesk, readMacro),
  gorgias: checked(Gorgias, readGorgias),
};

/** Fields of a macro that make its comment: plain first, the same as HTML, and whether the buyer sees it. */
const COMMENTS = ['comment_value', 'comment_value_html', 'comment_mode_is_public'] as const;

function readMacro({ title, active, restriction, actions }: z.output<typeof Zendesk>): Outcome {
  const others = actions.map(({ field }) => field).filter((field) => !COMMENTS.some((comment) => comment === field));
  const fieldOf = (wanted: (typeof COMMENTS)[number]) => actions.find(({ field }) => field === wanted)?.value;
  const plain = cleanCell(lastOf(fieldOf('comment_value')));
  const html = htmlToText(cleanCell(lastOf(fieldOf('comment_value_html'))));
  const text = plain === '' ? html.text : plain;
  if (text === '') return { otherActions: listed(others) };
  if (String(lastOf(fieldOf('comment_mode_is_public'))) === 'false') return { isNote: true };
  const [group, name] = splitTitle(title);
  return {
    tool: 'zendesk',
    group,
    title: name,
    text,
    language: languageOf(text),
    personal: restriction?.type === 'User',
    notices: [
      ...(active === false ? [noteRow('inactive')] : []),
      ...(restriction?.type === 'Group' ? [noteRow('restricted')] : []),
      ...leftOut(others, plain === '' ? html.pictures : 0),
    ],
  };
}

/** A macro's value is the text, or the channel and the text. */
function lastOf(value: unknown): unknown {
  return Array.isArray(value) ? value.at(-1) : value;
}

/** Zendesk writes groups into the title: `售后::退款::说明`. */
function splitTitle(title: string): [group: string, name: string] {
  const at = title.lastIndexOf('::');
  return at === -1 ? ['', title] : [title.slice(0, at).trim(), title.slice(at + 2).trim()];
}

/** The action that writes to the buyer; notes to colleagues and mails to others have a body too. */
const GORGIAS_ANSWER = 'setResponseText';

function readGorgias({ name, language, actions }: z.output<typeof Gorgias>): Outcome {
  const written = actions.filter((action) => action.arguments?.body_text || action.arguments?.body_html);
  const answer = written.find((action) => (action.name ?? GORGIAS_ANSWER) === GORGIAS_ANSWER);
  if (!answer && written.some((action) => action.name === 'addInternalNote')) return { isNote: true };
  const others = actions.filter((action) => action !== answer).map((action) => action.name ?? '?');
  const plain = cleanCell(answer?.arguments?.body_text);
  const html = htmlToText(cleanCell(answer?.arguments?.body_html));
  const text = plain === '' ? html.text : plain;
  if (text === '') return { otherActions: listed(others) };
  return {
    tool: 'gorgias',
    title: name,
    text,
    language: language?.toLowerCase().startsWith('en') ? 'en' : languageOf(text),
    notices: leftOut(others, html.pictures),
  };
}

function leftOut(actions: readonly string[], pictures: number): ImportNotice[] {
  return [
    ...(actions.length > 0 ? [noteRow('actions-left-out', { actions: listed(actions) })] : []),
    ...(pictures > 0 ? [noteRow('pictures-left-out', { count: pictures })] : []),
  ];
}

function listed(actions: readonly string[]): string {
  return actions.slice(0, 8).join(', ');
}
