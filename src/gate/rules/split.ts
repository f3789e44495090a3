import { createPassage, type Passage } from '../passage.ts';
import type { Hit, Rule } from '../rule.ts';

/** Rules whose taboo is at times spread over two messages. */
const SPLIT_RULES: ReadonlySet<string> = new Set(['TAB-34', 'TAB-41', 'TAB-42', 'TAB-44']);
const LONGEST_HALF = 60;

/** The same rule, which also reads the last own message and this one as one text. */
export function withSplit(rule: Rule): Rule {
  if (!SPLIT_RULES.has(rule.id)) return rule;
  return {
    ...rule,
    detect(passage) {
      const hits = rule.detect(passage);
      return hits.length > 0 ? hits : detectSplit(rule, passage);
    },
  };
}

function detectSplit(rule: Rule, passage: Passage): Hit[] {
  const own = passage.context.history?.slice(-2).findLast((turn) => turn.from !== 'buyer');
  if (own === undefined || own.text.length > LONGEST_HALF || passage.original.length > LONGEST_HALF) return [];
  const border = own.text.length;
  return rule
    .detect(createPassage(own.text + passage.original, passage.context))
    .filter((hit) => hit.span !== null && hit.span[0] < border && hit.span[1] > border)
    .map((hit): Hit => ({ ...hit, span: [0, hit.span![1] - border] }));
}
