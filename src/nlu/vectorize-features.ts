import type { FeatureBuffer } from './featurize-text.ts';
import type { SparseVector } from './fit-linear.ts';

const EMPTY = -1;
/** Weight of a context feature beside a text whose features have length 1. */
const CONTEXT_VALUE = 0.35;

/** A feature-hash → row table with the inverse document frequency of each row. */
export interface Vocabulary {
  keys: Uint32Array;
  idf: Float32Array;
}

/** Counts in how many texts each feature occurs and keeps all of them. */
export function buildVocabulary(documents: readonly Uint32Array[]): Vocabulary {
  const counts = new Map<number, number>();
  for (const document of documents) for (const hash of new Set(document)) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  const keys = Uint32Array.from(counts.keys());
  const idf = Float32Array.from(keys, (key) => Math.log((1 + documents.length) / (1 + counts.get(key)!)) + 1);
  return { keys, idf };
}

/** Finds rows by hash in an open-addressing table. */
export interface Vectorizer {
  readonly size: number;
  row(hash: number): number;
  /**
   * Writes the TF-IDF vector of a text into the shared arrays.
   *
   * @returns the number of distinct known features, and the share of the text's features that are known.
   */
  vectorize(features: FeatureBuffer): { length: number; familiarity: number };
  readonly rows: Int32Array;
  readonly values: Float32Array;
  /** A copy of what the last call wrote. */
  copy(length: number): SparseVector;
}

/** Creates the vectoriser of a vocabulary. */
export function createVectorizer(vocabulary: Vocabulary): Vectorizer {
  const { keys, idf } = vocabulary;
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
  const seenAt = new Int32Array(keys.length).fill(EMPTY);

  function vectorize(features: FeatureBuffer): { length: number; familiarity: number } {
    let length = 0;
    let known = 0;
    for (let i = 0; i < features.count; i++) {
      const found = row(features.hashes[i]!);
      if (found === EMPTY) continue;
      known++;
      if (seenAt[found] !== EMPTY) {
        values[seenAt[found]!]!++;
        continue;
      }
      seenAt[found] = length;
      rows[length] = found;
      values[length++] = 1;
    }
    let square = 0;
    for (let k = 0; k < length; k++) {
      const r = rows[k]!;
      seenAt[r] = EMPTY;
      const count = values[k]!;
      const value = (count === 1 ? 1 : 1 + Math.log(count)) * idf[r]!;
      values[k] = value;
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
