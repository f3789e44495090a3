import type { SparseVector } from './fit-linear.ts';

const EMPTY = -1;
/** Weight of a context feature beside a text whose features have length 1. */
const CONTEXT_VALUE = 0.2;

/** How strongly rarity counts: exponent of the inverse document frequency, chosen by cross-validation. */
const RARITY = 0.6;

/** A feature-hash → row table with the value of each row before scaling. */
export interface Vocabulary {
  keys: Uint32Array;
  /** Weight of the feature's kind times its damped inverse document frequency. */
  values: Float32Array;
}

/** The features of one training text. */
export interface FeatureList {
  hashes: Uint32Array;
  weights: Float32Array;
  /** Features of the text itself; those behind are its context. */
  count: number;
}

/** Counts in how many texts each feature occurs and keeps all of them. */
export function buildVocabulary(documents: readonly FeatureList[]): Vocabulary {
  const found = new Map<number, { documents: number; last: number; weight: number }>();
  for (const [index, { hashes, weights }] of documents.entries()) {
    for (let i = 0; i < hashes.length; i++) {
      const entry = found.get(hashes[i]!);
      if (!entry) found.set(hashes[i]!, { documents: 1, last: index, weight: weights[i]! });
      else if (entry.last !== index) {
        entry.documents++;
        entry.last = index;
      }
    }
  }
  const idf = (count: number): number => Math.log((1 + documents.length) / (1 + count)) + 1;
  const values = Float32Array.from(found.values(), (entry) => entry.weight * idf(entry.documents) ** RARITY);
  return { keys: Uint32Array.from(found.keys()), values };
}

/** What the vectoriser reads of a text. */
export interface Features {
  hashes: Uint32Array;
  count: number;
  total: number;
}

/** Finds rows by hash in an open-addressing table. */
export interface Vectorizer {
  readonly size: number;
  row(hash: number): number;
  /**
   * Writes the vector of a text into the shared arrays: scaled to length 1, context features behind.
   *
   * @returns the number of distinct known features, and the share of the text's features that are known.
   */
  vectorize(features: Features): { length: number; familiarity: number };
  readonly rows: Int32Array;
  readonly values: Float32Array;
  /** A copy of what the last call wrote. */
  copy(length: number): SparseVector;
}

/** Creates the vectoriser of a vocabulary. */
export function createVectorizer(vocabulary: Vocabulary): Vectorizer {
  const { keys } = vocabulary;
  const bits = Math.max(4, Math.ceil(Math.log2(keys.length * 2 + 1)));
  const mask = 2 ** bits - 1;
  const slots = new Int32Array(mask + 1).fill(EMPTY);
  for (let row = 0; row < keys.length; row++) {
    let slot = keys[row]! & mask;
    while (slots[slot] !== EMPTY) slot = (slot + 1) & mask;
    slots[slot] = row;
  }
  const row = (hash: number): number => {
    let slot = hash & mask;
    for (;;) {
      const found = slots[slot]!;
      if (found === EMPTY || keys[found] === hash) return found;
      slot = (slot + 1) & mask;
    }
  };
  const rows = new Int32Array(8192);
  const values = new Float32Array(8192);
  /** Number of the last call that met a row, so that a feature said twice counts once. */
  const metIn = new Int32Array(keys.length);
  let call = 0;

  function vectorize(features: Features): { length: number; familiarity: number } {
    call++;
    let length = 0;
    let known = 0;
    let square = 0;
    for (let i = 0; i < features.count; i++) {
      const found = row(features.hashes[i]!);
      if (found === EMPTY) continue;
      known++;
      if (metIn[found] === call) continue;
      metIn[found] = call;
      const value = vocabulary.values[found]!;
      rows[length] = found;
      values[length++] = value;
      square += value * value;
    }
    const scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    for (let k = 0; k < length; k++) values[k]! *= scale;
    for (let i = features.count; i < features.total; i++) {
      const found = row(features.hashes[i]!);
      if (found === EMPTY) continue;
      rows[length] = found;
      values[length++] = CONTEXT_VALUE;
    }
    return { length, familiarity: features.count === 0 ? 0 : known / features.count };
  }
  const copy = (length: number): SparseVector => ({ rows: rows.slice(0, length), values: values.slice(0, length) });
  return { size: keys.length, row, vectorize, rows, values, copy };
}
