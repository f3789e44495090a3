import { type Shingles, shinglesOf } from './text-shingles.ts';

/** Finds wordings that say nearly the same as one that was added before. */
export interface DuplicateIndex<T> {
  /** The nearest wording at or above the threshold, the earliest of equals. */
  find(text: string, isOther: (item: T) => boolean): { item: T; similarity: number } | undefined;
  add(text: string, item: T): void;
}

/** Share of common pairs of characters from which two wordings count as the same. */
const NEAR = 0.8;
/**
 * Wordings compared with one text: a file of ten thousand phrases cut from one pattern must not compare each with each.
 * Beyond it the nearest so far stands.
 */
const MOST_COMPARED = 1000;
/** Below it a text has too few pairs to be near another: it has to be equal. */
const FEW_PAIRS = 5;

interface Entry<T> {
  item: T;
  pairs: ReadonlySet<number>;
}

/**
 * An index of wordings by their rarest pairs of characters.
 *
 * Two sets that share so much must share one of the first few of their pairs in one fixed order (prefix filtering),
 * so only those few are indexed and looked up. The order, rarest first, is by how often a pair stands in `sample`.
 */
export function createDuplicateIndex<T>(sample: Iterable<string>): DuplicateIndex<T> {
  const prepared = new Map<string, Prepared>();
  const frequency = new Map<number, number>();
  for (const text of sample) {
    for (const pair of prepare(text).pairs) frequency.set(pair, (frequency.get(pair) ?? 0) + 1);
  }
  const equal = new Map<string, T[]>();
  const near = new Map<string, Map<number, Entry<T>[]>>();

  function prepare(text: string): Prepared {
    let known = prepared.get(text);
    if (!known) {
      known = shinglesOf(text);
      prepared.set(text, known);
    }
    return known;
  }

  function prefixOf({ pairs }: Prepared): number[] {
    const rarest = [...pairs].sort((a, b) => (frequency.get(a) ?? 0) - (frequency.get(b) ?? 0) || a - b);
    return rarest.slice(0, pairs.length - Math.ceil(NEAR * pairs.length) + 1);
  }

  return {
    find(text, isOther) {
      const wanted = prepare(text);
      const same = equal.get(wanted.letters)?.find(isOther);
      if (same !== undefined) return { item: same, similarity: 1 };
      const byPair = near.get(wanted.facts);
      if (!byPair || wanted.pairs.length < FEW_PAIRS) return undefined;
      const seen = new Set<Entry<T>>();
      let best: { item: T; similarity: number } | undefined;
      for (const pair of prefixOf(wanted)) {
        for (const entry of byPair.get(pair) ?? []) {
          if (seen.has(entry)) continue;
          if (seen.size >= MOST_COMPARED) return best;
          seen.add(entry);
          const similarity = shareOf(wanted.pairs, entry.pairs, best?.similarity ?? NEAR);
          if (similarity > (best?.similarity ?? NEAR - 1e-9) && isOther(entry.item))
            best = { item: entry.item, similarity };
        }
      }
      return best;
    },
    add(text, item) {
      const { letters, facts, pairs } = prepare(text);
      append(equal, letters, item);
      if (pairs.length < FEW_PAIRS) return;
      const byPair = near.get(facts) ?? new Map<number, Entry<T>[]>();
      near.set(facts, byPair);
      const entry = { item, pairs: new Set(pairs) };
      for (const pair of prefixOf({ letters, facts, pairs })) append(byPair, pair, entry);
    },
  };
}

type Prepared = Shingles;

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** Common share of two sets (Jaccard); 0 when their sizes alone rule out that it reaches `atLeast`. */
function shareOf(a: readonly number[], b: ReadonlySet<number>, atLeast: number): number {
  if (Math.min(a.length, b.size) < atLeast * Math.max(a.length, b.size)) return 0;
  let common = 0;
  for (const pair of a) if (b.has(pair)) common += 1;
  return common / (a.length + b.size - common);
}
