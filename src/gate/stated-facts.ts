import type { GateContext } from '../protocol/turn.ts';
import { normalizeText } from './normalize-text.ts';
import type { Passage } from './passage.ts';
import { NUMBER, readNumber } from './read-amounts.ts';
import { type NamedTime, readTimes } from './read-times.ts';

const ISO_TIME = /^\d{4}-\d{2}-\d{2}(?:T|$)/;
/** What was said, and how facts were read, is no fact of the desk; the shipping norm has its own rule. */
const NO_FACTS: ReadonlySet<string> = new Set([
  'history',
  'asOf',
  'intents',
  'mode',
  'now',
  'convo',
  'agent',
  'buyer',
  'shipping',
]);

const read = new WeakMap<GateContext, readonly string[]>();

/** Every fact the desk holds in words (terms, rules, answers, decisions), in normal form. */
export function factsInWords(context: GateContext): readonly string[] {
  const known = read.get(context);
  if (known !== undefined) return known;
  const words = Object.entries(context)
    .filter(([key]) => !NO_FACTS.has(key))
    .flatMap(([, value]) => leavesOf(value))
    .filter((leaf) => !ISO_TIME.test(leaf))
    .map((leaf) => normalizeText(leaf).plain.text);
  read.set(context, words);
  return words;
}

function leavesOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(leavesOf);
}

/** Whether a fact in words names the same stretch or day as the clause: 七天 in the text, 7天 in the terms. */
export function isTimeInWords(time: NamedTime, clause: string, passage: Passage): boolean {
  const said = clause.slice(time.from, time.to);
  return factsInWords(passage.context).some((words) =>
    readTimes(words, passage).some((fact) => {
      if (time.day === undefined || fact.day === undefined)
        return time.day === fact.day && Math.abs(fact.hours - time.hours) < 1e-6;
      return passage.nowMs === undefined ? words.includes(said) : time.day === fact.day;
    }),
  );
}

const NUMBERS = new RegExp(NUMBER, 'g');

/** Numbers of a text as values, in whatever digits they are written. */
export function numbersIn(text: string): number[] {
  return (text.match(NUMBERS) ?? []).map(readNumber).filter((number) => number !== undefined);
}

/** The word stands in the facts with the same sign: 防水 is not supported by 不防水. */
export function hasWord(known: string, word: string, isNegative: boolean): boolean {
  const bare = word.replace(/的$/, '');
  for (let at = known.indexOf(bare); at !== -1; at = known.indexOf(bare, at + 1)) {
    const isDeniedThere = /(?:不(?!锈)|非|无|没有?|不是)[^\n,。:]{0,2}$/.test(known.slice(Math.max(0, at - 4), at));
    if (isDeniedThere === isNegative) return true;
  }
  return false;
}
