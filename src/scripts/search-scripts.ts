import { Converter } from 'opencc-js/t2cn';
import type { Script } from '../protocol/script.ts';
import { foldedPinyinOf, foldPinyin, type PinyinText, pinyinOf, quickPinyinOf } from './pinyin-text.ts';

/** A script found, and the wording that matched (0 when the title or the code did). */
export interface ScriptHit {
  script: Script;
  variant: number;
  /** Higher is better; comparable within one search only. */
  score: number;
}

/** What narrows a search. */
export interface ScriptSearchOptions {
  /** At most so many hits; default 10. */
  limit?: number;
  /** Leaves out scripts for which it is false. */
  filter?: (script: Script) => boolean;
}

/** The search behind the `/` menu. */
export interface ScriptSearch {
  /** Best first; every word of the query has to match. An empty query lists the scripts in their order. */
  search(query: string, options?: ScriptSearchOptions): ScriptHit[];
}

interface Entry {
  script: Script;
  /** `scr-30` and `30`. */
  ids: readonly [string, string];
  title: string;
  titleEn: string;
  titlePinyin: PinyinText;
  titleFolded: PinyinText;
  text: string;
  textPinyin: PinyinText;
}

const HAN = /\p{Script=Han}/u;
const toSimplified = Converter({ from: 't', to: 'cn' });

/** Builds the index once; a search then scans prepared strings only. */
export function createScriptSearch(scripts: readonly Script[]): ScriptSearch {
  const entries = scripts.map(prepared);

  return {
    search(query, { limit = 10, filter = () => true } = {}) {
      const terms = normalise(query).split(/\s+/).filter(Boolean);
      const pool = entries.filter((entry) => filter(entry.script));
      if (terms.length === 0) return pool.slice(0, limit).map(({ script }) => ({ script, variant: 0, score: 0 }));
      const exact = rank(pool, terms, matchTerm, limit);
      return exact.length > 0 ? exact : rank(pool, terms, matchWithTypo, limit);
    },
  };
}

/** Preparing costs a hundred times what a search does: a library that changes in one script prepares one. */
const known = new WeakMap<Script, Entry>();

function prepared(script: Script): Entry {
  const before = known.get(script);
  if (before) return before;
  const entry = prepare(script);
  known.set(script, entry);
  return entry;
}

function prepare(script: Script): Entry {
  const title = normalise(script.title.zh);
  const text = script.variants.map((variant) => normalise(withoutSlots(variant.text))).join('\n');
  return {
    script,
    ids: [script.id.toLowerCase(), script.id.slice('SCR-'.length).toLowerCase()],
    title,
    titleEn: normalise(script.title.en),
    titlePinyin: pinyinOf(title),
    titleFolded: foldedPinyinOf(title),
    text,
    textPinyin: quickPinyinOf(text),
  };
}

function rank(
  pool: readonly Entry[],
  terms: readonly string[],
  match: (entry: Entry, term: Term) => number,
  limit: number,
): ScriptHit[] {
  const prepared = terms.map(prepareTerm);
  const hits: { entry: Entry; score: number }[] = [];
  for (const entry of pool) {
    let score = 0;
    for (const term of prepared) {
      const points = match(entry, term);
      if (points === 0) {
        score = -1;
        break;
      }
      score += points;
    }
    if (score >= 0) hits.push({ entry, score });
  }
  hits.sort((a, b) => b.score - a.score || a.entry.title.length - b.entry.title.length);
  return hits.slice(0, limit).map(({ entry, score }) => ({
    script: entry.script,
    variant: matchingVariant(entry.script, terms),
    score,
  }));
}

interface Term {
  text: string;
  isHan: boolean;
  /** Pinyin of a Chinese term: a wrong character of the right sound still finds. */
  sound: string;
  folded: string;
}

function prepareTerm(text: string): Term {
  const isHan = HAN.test(text);
  const sound = isHan ? quickPinyinOf(text).full : text;
  return { text, isHan, sound, folded: foldPinyin(sound) };
}

function matchTerm(entry: Entry, term: Term): number {
  const byWords = matchWords(entry, term.text);
  if (term.isHan) return byWords || matchSound(entry, term.sound) * 0.6;
  return Math.max(byWords, matchInitials(entry, term.text), matchSound(entry, term.text));
}

function matchWords(entry: Entry, term: string): number {
  const { script, ids, title, titleEn, text } = entry;
  if (script.code === term) return 100;
  if (ids.includes(term)) return 95;
  if (script.code.startsWith(term)) return 90;
  if (title === term || titleEn === term) return 88;
  if (title.startsWith(term) || titleEn.startsWith(term)) return 80;
  if (title.includes(term)) return 70;
  if (titleEn.includes(term)) return 65;
  return text.includes(term) ? 50 : 0;
}

function matchInitials(entry: Entry, term: string): number {
  const title = entry.titlePinyin.initials;
  if (title === term) return 78;
  if (title.startsWith(term)) return 72;
  if (term.length >= 2 && title.includes(term)) return 55;
  return term.length >= 3 && entry.textPinyin.initials.includes(term) ? 25 : 0;
}

function matchSound(entry: Entry, sound: string): number {
  if (sound.length < 2) return 0;
  if (entry.titlePinyin.full.startsWith(sound)) return 68;
  if (includesFromSyllable(entry.titlePinyin, sound)) return 58;
  return includesFromSyllable(entry.textPinyin, sound) ? 35 : 0;
}

/** A match has to begin where a syllable begins: `an` is not found inside `wan`. */
function includesFromSyllable({ full, starts }: PinyinText, sound: string): boolean {
  for (let at = full.indexOf(sound); at !== -1; at = full.indexOf(sound, at + 1)) if (starts.has(at)) return true;
  return false;
}

/** Tried only when nothing fits: mixed-up sounds, one slip of a key, most of a longer Chinese term. */
function matchWithTypo(entry: Entry, term: Term): number {
  if (term.folded.length >= 3 && includesFromSyllable(entry.titleFolded, term.folded)) return 40;
  if (term.isHan) return matchMostPairs(entry, term.text);
  if (term.text.length < 4) return 0;
  const { full, initials } = entry.titlePinyin;
  const starts = [full, ...entry.titleEn.split(' ')].map((word) => word.slice(0, term.text.length));
  const candidates = [entry.script.code, initials, full, ...starts];
  return candidates.some((candidate) => isOneSlip(candidate, term.text)) ? 20 : 0;
}

function matchMostPairs(entry: Entry, term: string): number {
  const chars = [...term];
  if (chars.length < 3) return 0;
  const pairs = chars.slice(1).map((char, i) => chars[i]! + char);
  const share = (text: string) => pairs.filter((pair) => text.includes(pair)).length / pairs.length;
  const inTitle = share(entry.title);
  if (inTitle >= 0.3) return 30 * inTitle;
  const inText = share(entry.text);
  return inText >= 0.5 ? 15 * inText : 0;
}

/** Whether two words differ by one letter changed, added, left out, or two neighbours swapped. */
function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from++;
  let back = 0;
  while (back < Math.min(a.length, b.length) - from && a.at(-1 - back) === b.at(-1 - back)) back++;
  const restA = a.slice(from, a.length - back);
  const restB = b.slice(from, b.length - back);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

function matchingVariant(script: Script, terms: readonly string[]): number {
  const found = script.variants.findIndex(({ text }) => {
    const normal = normalise(withoutSlots(text));
    return terms.some((term) => normal.includes(term));
  });
  return Math.max(found, 0);
}

function withoutSlots(text: string): string {
  return text.replace(/\{[^}]*\}/g, ' ');
}

function normalise(text: string): string {
  return toSimplified(text.normalize('NFKC')).toLowerCase().trim();
}
