import type { ShopGateRules } from '../../protocol/gate-rules.ts';
import type { Finding } from '../../protocol/turn.ts';
import { toOriginalSpan } from '../normalize-text.ts';
import type { Passage } from '../passage.ts';
import { createWordFinder } from './find-words.ts';
import { foldPhrase } from './fold-phrase.ts';

/** Tells which findings of a text the shop's exceptions take back. */
export type ExceptionCheck = (findings: readonly Finding[], passage: Passage) => Finding[];

/** Compiles exceptions: a finding of a named rule goes when it lies inside the excepted text. */
export function compileExceptions(exceptions: ShopGateRules['exceptions']): ExceptionCheck {
  const entries = exceptions.map(({ text, rules }) => ({ phrase: foldPhrase(text), rules: new Set<string>(rules) }));
  const searches = (['plain', 'tight'] as const)
    .map((view) => ({ view, entries: entries.filter((entry) => entry.phrase.view === view) }))
    .filter((search) => search.entries.length > 0)
    .map((search) => ({ ...search, finder: createWordFinder(search.entries.map((entry) => entry.phrase.text)) }));
  const allRules = new Set(exceptions.flatMap((exception) => exception.rules));

  return (findings, passage) => {
    if (!findings.some((finding) => allRules.has(finding.rule))) return [...findings];
    const excepted: Excepted[] = [];
    for (const { view: name, entries: listed, finder } of searches) {
      const view = passage.views[name];
      finder.find(view.text, (index, from, to) => {
        const isWhole = to - from === view.text.length;
        excepted.push({ rules: listed[index]!.rules, span: toOriginalSpan(view, from, to), isWhole });
      });
    }
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
