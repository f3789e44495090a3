import { type MessageIntent, MessageIntentSchema } from '../../protocol/ids.ts';
import { LENGTH_LIMITS, NO_CARD, type Script, ScriptSchema } from '../../protocol/script.ts';
import { countCharacters, fillSlots } from '../template.ts';
import type { ConvertedText, SlotExamples } from './convert-placeholders.ts';
import { type ImportedRow, type ImportNotice, noteRow } from './import-row.ts';
import { type CodeBook, legalCode } from './make-code.ts';
import { markOf, readMarks, shortHash, slotsOf, writeMark } from './source-key.ts';
import type { SuggestedIntent } from './suggest-card.ts';

/** A script to be reviewed, and what there is to know of it. */
export interface Draft {
  script: Script;
  notices: ImportNotice[];
}

/** What a row becomes a draft with. */
export interface DraftOptions {
  converted: ConvertedText;
  slots: SlotExamples;
  card: string;
  /** Intents of the draft. */
  intents: readonly string[];
  codes: CodeBook;
  /** Ids that are given away; the draft's own is added. */
  ids: Set<string>;
}

/** English says the same in twice as many letters. */
const ENGLISH_LIMITS = { L1: 120, L2: 199, L3: 199 } as const;
const TITLE_LENGTH = 14;
/** Below it a suggested intent is as often wrong as right. */
const HELD = 0.8;
const MOST_INTENTS = 2;

/** Writes the draft of a row that the library does not have. */
export function draftRow(row: ImportedRow, options: DraftOptions): Draft {
  const { text, notices } = options.converted;
  const words = row.title === '' ? firstWords(text) : row.title;
  const title = row.title === '' && row.group !== '' ? `${row.group}：${words}` : words;
  const code = options.codes.allot(row.code, words);
  const mark = markOf(row);
  const variants = [{ text, language: row.language }];
  const script = ScriptSchema.parse({
    id: takeId(`${options.card}-${code}-${shortHash(`${mark.key}#${mark.textHash}`)}`, options.ids),
    card: options.card,
    code,
    title: { zh: title, en: /\p{Script=Han}/u.test(title) ? `Imported ${code}` : title },
    modes: ['A'],
    intents: options.intents,
    stages: [],
    slots: slotsOf({ variants, slots: [] }),
    guards: [],
    length: lengthClass(text, row.language, options.slots),
    variants,
    sources: [writeMark(mark)],
    status: 'draft',
    version: 1,
  });
  return { script, notices: [...row.notices, ...notices, ...noteCode(row, code), ...noteLength(script, 0, options)] };
}

/** Drafts a script of one of our own files: as it stands there, but a draft, under a code that is free. */
export function draftOwnScript(script: Script, codes: CodeBook, ids: Set<string>): Draft {
  const code = codes.allot(script.code, script.title.zh);
  ids.add(script.id);
  const notices = code === script.code ? [] : [noteRow('code-changed', { from: script.code, to: code })];
  return { script: { ...script, code, status: 'draft', version: 1 }, notices };
}

/** Puts the row's words in place of a wording; everything else of the script stays. */
export function draftChange(
  script: Script,
  variant: number,
  row: ImportedRow,
  converted: ConvertedText,
  slots: SlotExamples,
): Draft {
  const { text, notices } = converted;
  const mark = markOf(row);
  const variants = script.variants.map((old, i) => (i === variant ? { ...old, text } : old));
  const needed = lengthClass(text, row.language, slots);
  const isLonger = LENGTH_LIMITS[needed] > LENGTH_LIMITS[script.length];
  const changed = ScriptSchema.parse({
    ...script,
    variants,
    slots: slotsOf({ variants, slots: script.slots }),
    length: isLonger ? needed : script.length,
    sources: withMark(script, mark.key, writeMark(mark)),
    status: 'draft',
  });
  return { script: changed, notices: [...row.notices, ...notices, ...noteLength(changed, variant, { slots })] };
}

/** Takes a script of one of our own files in place of the one there is. */
export function replaceScript(before: Script, after: Script): Script {
  return { ...after, code: before.code, status: 'draft' };
}

/** The intents a draft begins with: those of the card's own script, else what is understood well enough. */
export function chooseIntents(
  card: string,
  suggested: readonly SuggestedIntent[],
  cardIntents: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  if (card !== NO_CARD) return cardIntents.get(card) ?? [];
  return suggested
    .filter(({ confidence, intent }) => confidence >= HELD && isMessageIntent(intent))
    .slice(0, MOST_INTENTS)
    .map(({ intent }) => intent);
}

function isMessageIntent(intent: string): intent is MessageIntent {
  return MessageIntentSchema.safeParse(intent).success;
}

const GREETING = /^(?:亲+爱?的?|您好|你好|哈喽|在的?|[呀啊哦呢哈，,。.！!~～\s…])+/;
const HEADING = /^[【[][^】\]\n]*[】\]]\s*/;

/** What a text begins with, greeting and heading left out: enough to know it by. */
function firstWords(text: string): string {
  const plain = text.replace(/\{[^{}]*\}/g, '…').replace(HEADING, '');
  const words = plain.replace(GREETING, '').replace(/^[\s\p{P}]+/u, '') || plain || text;
  const first = /^[^，,。！!？?；;：:~～\n]+/.exec(words)?.[0] ?? words;
  return Array.from(first.trim()).slice(0, TITLE_LENGTH).join('') || Array.from(text).slice(0, TITLE_LENGTH).join('');
}

function takeId(wish: string, ids: Set<string>): string {
  let id = wish;
  for (let n = 2; ids.has(id); n++) id = `${wish}-${n}`;
  ids.add(id);
  return id;
}

function withMark(script: Script, key: string, mark: string): string[] {
  const own = new Set(
    readMarks(script)
      .filter((old) => old.key === key)
      .map(writeMark),
  );
  // Several wordings may come from rows of one key: only a lone mark is this row's for sure.
  const kept = own.size === 1 ? script.sources.filter((source) => !own.has(source)) : script.sources;
  return [...kept, mark];
}

function limitsOf(language: ImportedRow['language']): Readonly<Record<Script['length'], number>> {
  return language === 'en' ? ENGLISH_LIMITS : LENGTH_LIMITS;
}

function lengthClass(text: string, language: ImportedRow['language'], slots: SlotExamples): Script['length'] {
  const length = countCharacters(fillSlots(text, slots));
  const limits = limitsOf(language);
  return (['L1', 'L2'] as const).find((name) => length <= limits[name]) ?? 'L3';
}

function noteLength(script: Script, variant: number, { slots }: { slots: SlotExamples }): ImportNotice[] {
  const { text, language } = script.variants[variant]!;
  const length = countCharacters(fillSlots(text, slots));
  const limit = limitsOf(language).L3;
  return length > limit ? [noteRow('too-long', { length, limit })] : [];
}

function noteCode(row: ImportedRow, code: string): ImportNotice[] {
  return row.code === '' || legalCode(row.code) === code ? [] : [noteRow('code-changed', { from: row.code, to: code })];
}
