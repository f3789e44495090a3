import type { Entity } from '../../protocol/turn.ts';

/**
 * Finds every match of a pattern and turns it into an entity.
 *
 * The span is that of the group `span` where the pattern has one, else of the whole match, without blanks around it;
 * `normalFormOf` gives the normal form, `undefined` drops the match.
 */
export function findMatches(
  text: string,
  pattern: RegExp,
  kind: Entity['kind'],
  normalFormOf: (
    groups: Record<string, string | undefined>,
    match: string,
    from: number,
    to: number,
  ) => string | number | undefined,
): Entity[] {
  const found: Entity[] = [];
  for (const match of text.matchAll(pattern)) {
    const groups = match.groups ?? {};
    const span = (groups['span'] ?? match[0]).trim();
    const from = match.index + match[0].indexOf(span);
    const value = normalFormOf(groups, span, from, from + span.length);
    if (value === undefined || span === '') continue;
    found.push({ kind, text: span, from, to: from + span.length, value });
  }
  return found;
}

/** Rounds to a number of decimals, so that 110 斤 is 55 and not 55.00000001. */
export function round(value: number, decimals = 2): number {
  return Math.round(value * 10 ** decimals) / 10 ** decimals;
}
