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
  if (passage.original.length > LONGEST_HALF) return [];
  for (const before of ownBefore(passage)) {
    if (before.text.length > LONGEST_HALF) return [];
    const border = before.text.length;
    const hits = rule
      .detect(createPassage(before.text + passage.original, passage.context))
      .filter((hit) => hit.span !== null && hit.span[0] < before.last && hit.span[1] > border);
    if (hits.length > 0) return hits.map((hit): Hit => ({ ...hit, span: [0, hit.span![1] - border] }));
  }
  return [];
}

/** Own turns before this text, joined. */
export interface OwnBefore {
  readonly text: string;
  /** Where the first of them ends: what begins behind it shows without it. */
  readonly last: number;
}

const TURNS_BACK = 6;
const MOST_PIECES = 4;
const LONGEST_PIECE = 12;

/** The last own message, then it and the short ones before it, up to four: 加, 微, 信. */
export function ownBefore({ context }: Passage): OwnBefore[] {
  const turns = context.history?.slice(-TURNS_BACK) ?? [];
  const own = turns.filter((turn) => turn.from !== 'buyer').slice(-MOST_PIECES);
  const nearest = context.history?.slice(-2).findLast((turn) => turn.from !== 'buyer');
  if (nearest === undefined) return [];
  const joined: OwnBefore[] = [{ text: nearest.text, last: nearest.text.length }];
  let text = nearest.text;
  for (const turn of own.slice(0, -1).toReversed()) {
    if (turn.text.length > LONGEST_PIECE || text.length > LONGEST_PIECE) break;
    text = turn.text + text;
    joined.push({ text, last: turn.text.length });
  }
  return joined;
}
