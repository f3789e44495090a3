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
