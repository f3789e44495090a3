import type { Script } from '../../protocol/script.ts';
import { shinglesOf } from './text-shingles.ts';

/** A script of the library whose wording is close to a text. */
export interface NearScript {
  script: Script;
  /** 0 nothing in common, 1 the same words. */
  similarity: number;
}

/** Finds the scripts closest to a text; best first. */
export type FindNearest = (text: string, limit?: number) => NearScript[];

/**
 * Compares by pairs of characters weighted by their rarity (cosine of TF-IDF vectors) over an inverted index.
 *
 * A script counts by its closest wording.
 */
export function createNearestScripts(scripts: readonly Script[]): FindNearest {
  const wordings = scripts.flatMap((script) =>
    script.variants.map((variant) => ({ script, pairs: shinglesOf(variant.text).pairs })),
  );
  const postings = new Map<number, number[]>();
  wordings.forEach(({ pairs }, i) => {
    for (const pair of pairs) {
      const list = postings.get(pair);
      if (list) list.push(i);
      else postings.set(pair, [i]);
    }
  });
  const weightOf = (pair: number) => Math.log(1 + wordings.length / (postings.get(pair)?.length ?? 0.5));
  const lengthOf = (pairs: readonly number[]) => Math.sqrt(pairs.reduce((sum, pair) => sum + weightOf(pair) ** 2, 0));
  const lengths = wordings.map(({ pairs }) => lengthOf(pairs));

  return (text, limit = 5) => {
    const { pairs } = shinglesOf(text);
    const products = new Map<number, number>();
    for (const pair of pairs) {
      const weight = weightOf(pair) ** 2;
      for (const i of postings.get(pair) ?? []) products.set(i, (products.get(i) ?? 0) + weight);
    }
    const length = lengthOf(pairs);
    const best = new Map<Script, number>();
    for (const [i, product] of products) {
      const similarity = product / (length * lengths[i]!);
      const { script } = wordings[i]!;
      if (similarity > (best.get(script) ?? 0)) best.set(script, similarity);
    }
    return [...best]
      .map(([script, similarity]) => ({ script, similarity }))
      .sort((a, b) => b.similarity - a.similarity)
      .slice(0, limit);
  };
}
