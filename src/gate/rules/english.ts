import { findAll, type Match, type Passage, sentenceOf, spanOf } from '../passage.ts';
import type { Hit, Rule } from '../rule.ts';
import { ENGLISH_DENIALS, ENGLISH_REFUSALS, ENGLISH_TABOOS } from '../words/english.ts';

const PATTERNS: ReadonlyMap<string, RegExp> = new Map(
  Object.entries(ENGLISH_TABOOS).map(([rule, pieces]) => [rule, new RegExp(`(?<![a-z])(?:${pieces.join('|')})`, 'g')]),
);
/** Rules whose wordings hold a denial themselves. */
const DENYING = new Set(['TAB-34', 'TAB-35', 'TAB-40', 'TAB-49']);

/** The same rule, which also finds its taboo in English. */
export function withEnglish(rule: Rule): Rule {
  const pattern = PATTERNS.get(rule.id);
  if (pattern === undefined) return rule;
  return { ...rule, detect: (passage) => [...rule.detect(passage), ...inEnglish(passage, rule.id, pattern)] };
}

function inEnglish(passage: Passage, rule: string, pattern: RegExp): Hit[] {
  const { plain } = passage.views;
  if (!/[a-z]{3}/.test(plain.text) || isAllowed(passage, rule)) return [];
  return findAll(plain, pattern)
    .filter((match) => !isTakenBack(match, DENYING.has(rule)) && !isOffered(passage, rule, match))
    .map((match) => ({ span: spanOf(match), ...(isGrave(passage, rule) ? { severity: 'B' as const } : {}) }));
}

const CAUTIOUS = 0.5;

/** Exaggeration weighs more with a cautious buyer. @see TAB-22 */
function isGrave(passage: Passage, rule: string): boolean {
  return rule === 'TAB-22' && (passage.context.buyer?.types?.['BT-5'] ?? 0) >= CAUTIOUS;
}

function isTakenBack(match: Match, isDenying: boolean): boolean {
  const sentence = sentenceOf(match);
  const ahead = match.view.text.slice(sentence.from, match.from).split('.').at(-1) ?? '';
  if (!isDenying && ENGLISH_DENIALS.test(ahead)) return true;
  return ENGLISH_REFUSALS.test(match.view.text.slice(match.to));
}

function isAllowed(passage: Passage, rule: string): boolean {
  const { shop, order } = passage.context;
  if (rule === 'TAB-33') return order?.state !== 'unpaid';
  if (rule === 'TAB-26') return passage.context.buyer?.measurements !== undefined;
  return rule === 'TAB-44' && shop?.offPlatformPayment === 'allowed' && passage.mode !== 'O' && passage.mode !== 'S';
}

/** A way to pay that the gateway offers, a channel the buyer allowed for the matter. */
function isOffered(passage: Passage, rule: string, match: Match): boolean {
  const { payment, consent } = passage.context;
  if (rule === 'TAB-44') return (payment?.methods ?? []).some((method) => match.text.includes(method.toLowerCase()));
  return rule === 'TAB-51' && /we ?chat/.test(match.text) && consent?.channels?.includes('wechat') === true;
}
