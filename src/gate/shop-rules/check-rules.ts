import { SHOP_WORD_RULE, type ShopGateRules } from '../../protocol/gate-rules.ts';
import { createPassage } from '../passage.ts';
import { RULES } from '../rules/index.ts';
import type { Complain } from './check-shape.ts';
import { type CompiledPattern, compilePattern } from './compile-pattern.ts';
import { foldPhrase, formsIn } from './fold-phrase.ts';
import { PatternError } from './pattern-reader.ts';
import { legalSeverities, PROTECTED_RULES } from './rule-weights.ts';

/** Patterns without any fixed word run on every text: only so many. */
export const MOST_UNFILTERED = 20;

const NOTHING_LEFT = 'holds nothing to find: at least one letter, digit, character or emoji is needed';

/** Checks the words against each other and their exceptions against them. */
export function checkWords({ words }: ShopGateRules, complain: Complain): void {
  const places = new Map<string, number[]>();
  for (const [i, word] of words.entries()) {
    const phrase = foldPhrase(word.text);
    if (phrase.text === '') complain(['words', i, 'text'], `"${word.text}" ${NOTHING_LEFT}`);
    const key = `${phrase.view} ${phrase.text}`;
    const before = (places.get(key) ?? []).find((j) => sharesModes(words[j]!.modes, word.modes));
    if (before !== undefined)
      complain(['words', i, 'text'], `"${word.text}" is the same as words[${before}] once folded; list it once`);
    places.set(key, [...(places.get(key) ?? []), i]);
    for (const [j, exception] of word.exceptions.entries()) {
      if (!formsIn(exception, phrase.view)[0]!.includes(phrase.text))
        complain(
          ['words', i, 'exceptions', j],
          `"${exception}" does not hold the word "${word.text}", so it excepts nothing`,
        );
    }
  }
}

function sharesModes(left: readonly string[] | undefined, right: readonly string[] | undefined): boolean {
  return left === undefined || right === undefined || left.some((mode) => right.includes(mode));
}

/** Compiles the patterns; one that cannot be used is complained of and left out. */
export function checkPatterns({ patterns, words }: ShopGateRules, complain: Complain): CompiledPattern[] {
  const ofWords = new Set([SHOP_WORD_RULE, ...words.map((word) => word.id)]);
  const places = new Map<string, number>();
  const compiled: CompiledPattern[] = [];
  let unfiltered = 0;
  for (const [i, { id, pattern }] of patterns.entries()) {
    const before = places.get(id);
    if (before !== undefined)
      complain(['patterns', i, 'id'], `${id} stands at patterns[${before}] already; each needs its own`);
    if (ofWords.has(id)) complain(['patterns', i, 'id'], `${id} is a rule of words; a pattern needs its own`);
    places.set(id, i);
    const result = tryPattern(pattern);
    if (result instanceof PatternError) {
      complain(['patterns', i, 'pattern'], `"${pattern}" ${result.message}`);
      continue;
    }
    compiled.push(result);
    if (result.needs.length === 0) unfiltered += 1;
    if (result.needs.length === 0 && unfiltered > MOST_UNFILTERED)
      complain(
        ['patterns', i, 'pattern'],
        `"${pattern}" has no word that every match holds and would run on every text; at most ${MOST_UNFILTERED} such patterns are allowed`,
      );
  }
  return compiled;
}

function tryPattern(pattern: string): CompiledPattern | PatternError {
  try {
    return compilePattern(pattern);
  } catch (error) {
    if (error instanceof PatternError) return error;
    throw error;
  }
}

/** Checks that no severity weakens what is protected, and that each absolute word is one. */
export function checkSeverities({ severities }: ShopGateRules, complain: Complain): void {
  for (const [rule, severity] of Object.entries(severities.rules)) {
    const legal = legalSeverities(rule);
    if (legal.includes(severity)) continue;
    const reason = PROTECTED_RULES[rule];
    const why = reason === undefined ? '' : ` (${rule} is protected: ${reason})`;
    complain(['severities', 'rules', rule], `${severity} is not legal for ${rule}: ${legal.join(' or ')}${why}`);
  }
  for (const word of Object.keys(severities.absolutes)) {
    if (!isAbsolute(word))
      complain(
        ['severities', 'absolutes', word],
        `"${word}" is no absolute word that TAB-22 finds by itself; write it as the gate marks it, and list words of your own under words`,
      );
  }
}

function isAbsolute(word: string): boolean {
  const rule = RULES.find(({ id }) => id === 'TAB-22');
  const hits = rule?.detect(createPassage(word, {})) ?? [];
  return hits.some(({ span }) => span !== null && span[0] === 0 && span[1] === word.length);
}

/** Checks that exceptions name rules that are there and may be excepted. */
export function checkExceptions({ exceptions, words, patterns }: ShopGateRules, complain: Complain): void {
  const own = new Set([...words.map((word) => word.id), ...patterns.map((pattern) => pattern.id)]);
  for (const [i, { text, rules }] of exceptions.entries()) {
    if (foldPhrase(text).text === '') complain(['exceptions', i, 'text'], `"${text}" ${NOTHING_LEFT}`);
    for (const [j, rule] of rules.entries()) {
      const reason = PROTECTED_RULES[rule];
      if (reason !== undefined)
        complain(
          ['exceptions', i, 'rules', j],
          `${rule} is not legal: it is protected (${reason}) and has no exceptions`,
        );
      if (rule.startsWith('SHOP-') && !own.has(rule))
        complain(['exceptions', i, 'rules', j], `${rule} is no rule of these words and patterns`);
    }
  }
}
