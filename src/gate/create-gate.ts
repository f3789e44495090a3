import type { Finding, GateContext, Verdict } from '../protocol/turn.ts';
import { createPassage } from './passage.ts';
import type { Rule } from './rule.ts';
import { RULES } from './rules/index.ts';
import type { CompiledShopRules } from './shop-rules/compile-shop-rules.ts';

/** The one outbound gate: every text of people, suggestions, automatic replies and jobs passes it. */
export interface Gate {
  /** Judges a text by what is known beside it; pure, the clock is `context.now`. */
  judge(text: string, context: GateContext): Verdict;
}

/** Findings of one rule that are shown; more would not help to mend a text. */
const MOST_HITS = 20;

/**
 * Creates a gate over a table of rules, by default every rule of domain 11, and over the shop's own rules.
 * It holds nothing but these: a gate over other rules of the shop takes its place at any time.
 */
export function createGate(rules: readonly Rule[] = RULES, shop?: CompiledShopRules): Gate {
  return {
    judge(text, context) {
      const passage = createPassage(text, context);
      const builtIn = rules.flatMap((rule) =>
        rule
          .detect(passage)
          .slice(0, MOST_HITS)
          .map((hit) => toFinding(rule, hit)),
      );
      const findings = shop === undefined ? builtIn : shop.settle([...builtIn, ...shop.detect(passage)], passage);
      return { decision: decisionOf(findings), findings: withoutRepeats(findings) };
    },
  };
}

function toFinding(rule: Rule, hit: ReturnType<Rule['detect']>[number]): Finding {
  return {
    rule: rule.id,
    severity: hit.severity ?? rule.severity,
    span: hit.span,
    message: hit.message ?? rule.message,
    instead: [...rule.instead],
  };
}

/** What findings come to: a block, a warning, or nothing. */
export function decisionOf(findings: readonly Finding[]): Verdict['decision'] {
  if (findings.some((finding) => finding.severity === 'B')) return 'block';
  return findings.length > 0 ? 'warn' : 'pass';
}

/** Of findings of one rule that overlap, the widest stays. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  return findings.filter(
    (finding, i) =>
      !findings.some(
        (other, j) =>
          i !== j && other.rule === finding.rule && covers(other, finding) && (!covers(finding, other) || j < i),
      ),
  );
}

function covers(wide: Finding, narrow: Finding): boolean {
  if (wide.span === null) return true;
  return narrow.span !== null && wide.span[0] <= narrow.span[0] && narrow.span[1] <= wide.span[1];
}
