import { openPlaceholder, SLOT_LABELS } from '../slot-labels.ts';
import { guessCarrier, guessMeaning } from './guess-meaning.ts';
import { type ImportNotice, noteRow } from './import-row.ts';
import { type Meaning, meaningOf } from './placeholder-names.ts';

/** Slots that have a source, each with an example of what it writes. */
export type SlotExamples = ReadonlyMap<string, string>;

/** A text with its placeholders turned into slots or marked as open. */
export interface ConvertedText {
  text: string;
  notices: ImportNotice[];
}

/** How a placeholder is recognised. */
interface Form {
  pattern: string;
  /**
   * `always`: whatever stands inside is a placeholder. `known`: only a name that is known is one, since the same
   * brackets also hold headings, emoticons and remarks. `hole`: there is no name, the neighbours tell.
   */
  kind: 'always' | 'known' | 'hole';
}

const FORMS: readonly Form[] = [
  { pattern: '\\{\\{\\{?\\s{0,9}([^{}\\n]{0,120}?)\\s{0,9}\\}?\\}\\}', kind: 'always' },
  { pattern: '\\{%-?\\s{0,9}([^%\\n]{0,120}?)\\s{0,9}-?%\\}', kind: 'always' },
  { pattern: '<%[=-]?\\s{0,9}([^%\\n]{0,80}?)\\s{0,9}%>', kind: 'always' },
  { pattern: '\\$?\\{([^{}\\n]{0,60})\\}', kind: 'always' },
  { pattern: '｛([^｛｝\\n]{0,60})｝', kind: 'always' },
  { pattern: '[\\[［【<〈《「『]([^\\[\\]［］【】<>〈〉《》「」『』\\n]{0,20})[\\]］】>〉》」』]', kind: 'known' },
  { pattern: '[（(]([^（）()\\n]{0,20})[）)]', kind: 'known' },
  { pattern: '#([^#\\s]{1,16})#', kind: 'known' },
  { pattern: '%([^%\\s]{1,20})%', kind: 'known' },
  { pattern: '@(姓名|昵称|name|nick|buyer)(?![a-z])', kind: 'known' },
  { pattern: '(?<![A-Za-z0-9ＸｘX×])(?:[XxＸｘ]{2,}|[×✕]{2,})(?![A-Za-z0-9×])', kind: 'hole' },
  { pattern: '\\*{1,3}([^*\\s，。,.元块天件号折月个][^*\\n，。,.]{0,11})\\*{1,3}(?!\\d)', kind: 'known' },
  { pattern: '(?<![*＊\\d])[*＊]{1,}(?![*＊\\d])', kind: 'hole' },
  { pattern: '某某某?(?!公司|有限|科技|单位)', kind: 'hole' },
  { pattern: '[_＿]{2,}', kind: 'hole' },
  { pattern: '[○〇□■△◯]{2,}', kind: 'hole' },
  { pattern: '%[sd](?![A-Za-z0-9])', kind: 'hole' },
];
const ANY = new RegExp(FORMS.map(({ pattern }) => `(?:${pattern})`).join('|'), 'g');

/** A hole with nothing inside, and what marks one. */
const HOLLOW = /^(?:[\sxX*＊_＿.…。、?？-]*|待?填写?|待补充|内容|xxx?)$/;
/** What a number with its unit already says. */
const UNITS = /^(?:元|块钱?|天|个工作日|公斤|件)/;

/**
 * Turns the placeholders of other tools into slots of the catalogue, and what has no clear meaning into an open
 * place that a person has to fill. Nothing that looks like a value left open is dropped. @see TAB-09
 */
export function convertPlaceholders(text: string, slots: SlotExamples): ConvertedText {
  const notices: ImportNotice[] = [];
  let converted = '';
  let at = 0;
  for (const match of text.matchAll(ANY)) {
    if (match.index < at) continue;
    const [whole] = match;
    const found = readPlaceholder(match, text, slots);
    if (found === undefined) continue;
    const before = text.slice(at, match.index);
    at = match.index + whole.length;
    if (found === 'as it is') {
      converted += before + whole;
      continue;
    }
    const written = writeMeaning(found, slots);
    converted += withoutSign(before, written.example) + written.text;
    at += unitLength(text.slice(at), written.example);
    const code = written.example === undefined ? 'open-placeholder' : 'slot-filled-in';
    notices.push(noteRow(code, { from: whole, to: written.text }));
  }
  return { text: converted + text.slice(at), notices };
}

function readPlaceholder(match: RegExpMatchArray, text: string, slots: SlotExamples): Meaning | 'as it is' | undefined {
  const [whole, ...names] = match;
  const index = match.index ?? 0;
  const name = names.find((group) => group !== undefined);
  const before = text.slice(Math.max(0, index - 20), index);
  const after = text.slice(index + whole.length, index + whole.length + 20);
  if (name === undefined) return isOrnament(whole, text, index) ? undefined : guessMeaning(before, after);
  const isOwn = slots.has(name) || name.startsWith('待填：');
  if (isOwn && whole === `{${name}}`) return 'as it is';
  const isAlways = /^(?:\$?\{|<%|｛)/.test(whole);
  if (whole.startsWith('*') && meaningOf(name) === undefined) return 'as it is';
  if (!isAlways && isHeading(whole, before, after)) return undefined;
  if (HOLLOW.test(name)) return isAlways || isBracket(whole) ? guessMeaning(before, after) : undefined;
  const meaning = meaningOf(name);
  if (meaning && 'open' in meaning && meaning.open === '快递公司') return guessCarrier(text);
  if (meaning && 'slot' in meaning && meaning.slot === 'product.price') return refineSum(meaning, before);
  return meaning ?? (isAlways ? { open: name } : undefined);
}

/** A price beside postage, a difference or a rebate is not the product's. */
function refineSum(meaning: Meaning, before: string): Meaning {
  const hint = guessMeaning(before, '');
  const isOther = 'slot' in hint ? /^(?:postage|refund|exchange|order)\./.test(hint.slot) : /运费|优惠/.test(hint.open);
  return isOther ? hint : meaning;
}

function isBracket(whole: string): boolean {
  return /^[[［【（(「『《<〈]/.test(whole);
}

/** `【发货时间】付款后48小时内` is a heading, `运费（价格）另算` a remark: neither is a place to fill. */
function isHeading(whole: string, before: string, after: string): boolean {
  if (/^[#%@]/.test(whole)) return false;
  if (HOLLOW.test(whole.slice(1, -1))) return false;
  if (/^[（(]/.test(whole)) {
    const asksValue = /(?:是|为|叫|到|要|共|付|价|给|[：:¥￥，,]|^)\s*$/.test(before);
    return !(asksValue || UNITS.test(after) || /^\s*(?:$|[，。！!,.；;~～])/.test(after));
  }
  return /(?:^|\n)\s*$/.test(before) && !/^\s*(?:$|[，。！!,；;~～]|您好|你好)/.test(after);
}

/** Stars and crosses that frame a line, or mask a number or a name, are no holes. */
function isOrnament(whole: string, text: string, index: number): boolean {
  if (!/^[*＊○〇□■△◯_＿]/.test(whole)) return false;
  const lineStart = text.lastIndexOf('\n', index - 1) + 1;
  const lineEnd = text.indexOf('\n', index);
  const line = text.slice(lineStart, lineEnd === -1 ? undefined : lineEnd);
  const words = line.trim();
  const isFramed = words.length > whole.length && words[0] === words.at(-1) && /^[*＊○〇□■△◯_＿]/.test(words);
  if (isFramed || words === whole) return true;
  if (/^[*＊]$/.test(whole) && line.trimStart().startsWith(whole)) return true;
  return /[a-z]/i.test(text.charAt(index - 1)) && /^[a-z@]/i.test(text.slice(index + whole.length));
}

interface Written {
  text: string;
  /** What the slot writes; `undefined`: it is an open place. */
  example: string | undefined;
}

function writeMeaning(meaning: Meaning, slots: SlotExamples): Written {
  if ('open' in meaning) return { text: openPlaceholder(meaning.open), example: undefined };
  const example = slots.get(meaning.slot);
  if (example === undefined) return { text: openPlaceholder(SLOT_LABELS[meaning.slot] ?? meaning.slot), example };
  return { text: `{${meaning.slot}}`, example };
}

/** `{价格}元` is `{product.price}`: the slot writes its unit itself. */
function unitLength(after: string, example: string | undefined): number {
  const unit = UNITS.exec(after)?.[0];
  if (unit === undefined || example === undefined) return 0;
  const isSum = /元$/.test(example) && /^[元块]/.test(unit);
  return isSum || example.endsWith(unit) ? unit.length : 0;
}

function withoutSign(before: string, example: string | undefined): string {
  return example?.endsWith('元') ? before.replace(/[¥￥]\s*$/, '') : before;
}
