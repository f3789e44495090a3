import { createHash } from 'node:crypto';
import type { ShopGateRules, ShopPattern } from '../../protocol/gate-rules.ts';
import type { Finding } from '../../protocol/turn.ts';
import { normalizeText, toOriginalSpan, type View } from '../normalize-text.ts';
import type { Passage } from '../passage.ts';
import { checkExceptions, checkPatterns, checkSeverities, checkWords } from './check-rules.ts';
import { checkShape, createComplaints, type LineOf } from './check-shape.ts';
import { compileExceptions } from './compile-exceptions.ts';
import { type CompiledPattern, findMatches } from './compile-pattern.ts';
import { compileWords, type Detector, MOST_FINDINGS } from './compile-words.ts';
import { createPatternFilter } from './filter-patterns.ts';
import { viewsOf } from './fold-phrase.ts';
import { ShopRulesError } from './shop-rules-error.ts';

/** The gate rules of a shop, checked and ready; immutable, so a gate over others takes its place at once. */
export interface CompiledShopRules {
  /** Twelve hex digits of the content: the same rules have the same version. */
  readonly version: string;
  readonly rules: ShopGateRules;
  /** What the shop's own words and patterns object to; pure. */
  detect(passage: Passage): Finding[];
  /** Gives findings the shop's severities and takes back what it excepts; pure. */
  settle(findings: readonly Finding[], passage: Passage): Finding[];
}

/**
 * Checks and compiles the gate rules of a shop.
 *
 * @param source where they come from, for errors
 * @throws {ShopRulesError} a `DataFileError` that lists every problem: the place, the value, what is legal
 */
export function compileShopRules(raw: unknown, source: string, lineOf: LineOf = () => undefined): CompiledShopRules {
  const rules = checkShape(raw, source, lineOf);
  const { complain, problems } = createComplaints(lineOf);
  checkWords(rules, complain);
  const patterns = checkPatterns(rules, complain);
  checkSeverities(rules, complain);
  checkExceptions(rules, complain);
  if (problems.length > 0) throw new ShopRulesError(source, problems);

  const detectors = [compileWords(rules.words), compilePatterns(rules.patterns, patterns)];
  const except = compileExceptions(rules.exceptions);
  const weigh = compileSeverities(rules);
  return {
    version: createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 12),
    rules,
    detect: (passage) => detectors.flatMap((detect) => detect(passage)),
    settle: (findings, passage) => except(findings, passage).flatMap((finding) => weigh(finding, passage)),
  };
}

function compilePatterns(rules: readonly ShopPattern[], patterns: readonly CompiledPattern[]): Detector {
  if (patterns.length === 0) return () => [];
  const filter = createPatternFilter(patterns);
  const findIn = (view: View, mode: Passage['mode']): Finding[] => {
    const findings: Finding[] = [];
    for (const index of filter.candidates(view.text).sort((a, b) => a - b)) {
      const { id, severity, message, instead, modes } = rules[index]!;
      if (modes !== undefined && !modes.includes(mode)) continue;
      for (const [from, to] of findMatches(patterns[index]!, view.text, MOST_FINDINGS))
        findings.push({ rule: id, severity, span: toOriginalSpan(view, from, to), message, instead: [...instead] });
    }
    return findings;
  };
  // Of a place found both as written and by its sounds, the gate keeps one finding.
  return (passage) => viewsOf(passage).flatMap((views) => findIn(views.plain, passage.mode));
}

function compileSeverities({ severities }: ShopGateRules): (finding: Finding, passage: Passage) => Finding[] {
  const absolutes = new Map(Object.entries(severities.absolutes).map(([word, severity]) => [fold(word), severity]));
  const ofRules = new Map(Object.entries(severities.rules));
  return (finding, { original }) => {
    const severity =
      (finding.rule === 'TAB-22' && finding.span !== null && absolutes.size > 0
        ? absolutes.get(fold(original.slice(...finding.span)))
        : undefined) ?? ofRules.get(finding.rule);
    if (severity === 'off') return [];
    return [severity === undefined ? finding : { ...finding, severity }];
  };
}

function fold(word: string): string {
  return normalizeText(word).tight.text;
}
