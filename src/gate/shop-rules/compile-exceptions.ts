import type { ShopGateRules } from '../../protocol/gate-rules.ts';
import type { Finding } from '../../protocol/turn.ts';
import type { Passage } from '../passage.ts';
import { createPhraseSearch } from './search-phrases.ts';

/** Leaves out the findings of a text that the shop's exceptions take back. */
export type ExceptionCheck = (findings: readonly Finding[], passage: Passage) => Finding[];

/** Compiles exceptions: a finding of a named rule goes when it lies inside the excepted text. */
export function compileExceptions(exceptions: ShopGateRules['exceptions']): ExceptionCheck {
  const search = createPhraseSearch(exceptions.map((exception) => exception.text));
  const rulesOf = exceptions.map((exception) => new Set<string>(exception.rules));
  const allRules = new Set(exceptions.flatMap((exception) => exception.rules));

  return (findings, passage) => {
    if (!findings.some((finding) => allRules.has(finding.rule))) return [...findings];
    const excepted: Excepted[] = [];
    search(passage, (index, { view, from, to, span }) => {
      excepted.push({ rules: rulesOf[index]!, span, isWhole: to - from === view.text.length });
    });
    return findings.filter((finding) => !excepted.some((exception) => covers(exception, finding)));
  };
}

interface Excepted {
  rules: ReadonlySet<string>;
  span: readonly [number, number];
  /** The text holds nothing else. */
  isWhole: boolean;
}

function covers({ rules, span, isWhole }: Excepted, finding: Finding): boolean {
  if (!rules.has(finding.rule)) return false;
  if (finding.span === null) return isWhole;
  return span[0] <= finding.span[0] && finding.span[1] <= span[1];
}
