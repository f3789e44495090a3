import type { Tokenizer } from './tokenize-text.ts';

/** Kinds of feature; the kind is mixed into the hash so that equal characters of two kinds stay apart. */
const UNIGRAM = 0x51ed270b;
const BIGRAM = 0x2545f491;
const WORD = 0x6a09e667;
const CONTEXT = 0x3c6ef372;
const EDGE = 0x5e;

const CAPACITY = 8192;

/** The features of one text: parallel arrays, overwritten by the next call. */
export interface FeatureBuffer {
  /** 32-bit hashes. */
  hashes: Uint32Array;
  /** First character of each feature in the normalised text. */
  starts: Uint16Array;
  /** One past the last character. */
  ends: Uint16Array;
  /** Features of the text itself. */
  count: number;
  /** Features of the text and its context; those of the context stand behind `count`. */
  total: number;
}

/** Creates a function that turns a normalised text into hashed features: characters, pairs, words. */
export function createFeaturizer(tokenizer: Tokenizer): (text: string, context?: readonly string[]) => FeatureBuffer {
  const hashes = new Uint32Array(CAPACITY);
  const starts = new Uint16Array(CAPACITY);
  const ends = new Uint16Array(CAPACITY);
  const features: FeatureBuffer = { hashes, starts, ends, count: 0, total: 0 };
  const add = (hash: number, start: number, end: number): void => {
    if (features.total === CAPACITY) return;
    hashes[features.total] = hash;
    starts[features.total] = start;
    ends[features.total] = end;
    features.total++;
  };
  return (text, context) => {
    features.total = 0;
    addCharacters(text, add);
    addWords(text, tokenizer, add);
    features.count = features.total;
    for (const token of context ?? []) add(hashText(CONTEXT, token), 0, 0);
    return features;
  };
}

type Add = (hash: number, start: number, end: number) => void;

function addCharacters(text: string, add: Add): void {
  let before = EDGE;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    add(mix(Math.imul(UNIGRAM ^ code, 0x9e3779b1)), i, i + 1);
    add(hashPair(before, code), i === 0 ? 0 : i - 1, i + 1);
    before = code;
  }
  if (text.length > 0) add(hashPair(before, EDGE), text.length - 1, text.length);
}

function addWords(text: string, tokenizer: Tokenizer, add: Add): void {
  if (text.length === 0) return;
  let at = 0;
  for (const word of tokenizer.cut(text)) {
    if (word !== ' ') add(hashText(WORD, word), at, at + word.length);
    at += word.length;
  }
}

function hashPair(left: number, right: number): number {
  return mix(Math.imul(Math.imul(BIGRAM ^ left, 0x9e3779b1) ^ right, 0x85ebca6b));
}

function hashText(seed: number, text: string): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x9e3779b1) ^ (hash >>> 15);
  return mix(hash);
}

function mix(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  h = Math.imul(h, 0x846ca68b);
  return (h ^ (h >>> 16)) >>> 0;
}
