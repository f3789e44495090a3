import { createConceptFinder, type FoundConcepts } from './find-concepts.ts';
import { PAIRED_NUMBERS_END } from './shop-lexicon.ts';
import type { Tokenizer } from './tokenize-text.ts';

/** Kinds of feature; the kind is mixed into the hash so that equal characters of two kinds stay apart. */
const UNIGRAM = 0x51ed270b;
const BIGRAM = 0x2545f491;
const WORD = 0x6a09e667;
const CONCEPT = 0x1f83d9ab;
const CONCEPT_PAIR = 0x5be0cd19;
const CONTEXT = 0x3c6ef372;
const EDGE = 0x5e;

/** Weight of a concept, and of two concepts in one text, beside a word; chosen by cross-validation. */
const CONCEPT_WEIGHT = 1.5;
const PAIR_WEIGHT = 0.5;
/** Concepts that are paired; a longer message says several things, and pairs across them mean little. */
const PAIRED_CONCEPTS = 14;

const CAPACITY = 8192;

/** The features of one text: parallel arrays, overwritten by the next call. */
export interface FeatureBuffer {
  /** 32-bit hashes. */
  hashes: Uint32Array;
  /** First character of each feature in the normalised text. */
  starts: Uint16Array;
  /** One past the last character. */
  ends: Uint16Array;
  /** Weight of each feature's kind. */
  weights: Float32Array;
  /** Features of the text itself. */
  count: number;
  /** Features of the text and its context; those of the context stand behind `count`. */
  total: number;
}

/**
 * Creates a function that turns a normalised text into hashed features: characters, pairs, words, concepts.
 *
 * @param phrases whether turns of speech count beside the concepts. Default true.
 */
export function createFeaturizer(
  tokenizer: Tokenizer,
  phrases = true,
): (text: string, context?: readonly string[]) => FeatureBuffer {
  const features: FeatureBuffer = {
    hashes: new Uint32Array(CAPACITY),
    starts: new Uint16Array(CAPACITY),
    ends: new Uint16Array(CAPACITY),
    weights: new Float32Array(CAPACITY),
    count: 0,
    total: 0,
  };
  const add: Add = (hash, start, end, weight) => {
    const at = features.total;
    if (at === CAPACITY) return;
    features.hashes[at] = hash;
    features.starts[at] = start;
    features.ends[at] = end;
    features.weights[at] = weight;
    features.total++;
  };
  const findConcepts = createConceptFinder();
  return (text, context) => {
    features.total = 0;
    addCharacters(text, add);
    addWords(text, tokenizer, add);
    addConcepts(findConcepts(text), phrases, add);
    features.count = features.total;
    for (const token of context ?? []) add(hashText(CONTEXT, token), 0, 0, 1);
    return features;
  };
}

type Add = (hash: number, start: number, end: number, weight: number) => void;

function addCharacters(text: string, add: Add): void {
  let before = EDGE;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    add(mix(Math.imul(UNIGRAM ^ code, 0x9e3779b1)), i, i + 1, 1);
    add(hashPair(before, code), i === 0 ? 0 : i - 1, i + 1, 1);
    before = code;
  }
  if (text.length > 0) add(hashPair(before, EDGE), text.length - 1, text.length, 1);
}

function addWords(text: string, tokenizer: Tokenizer, add: Add): void {
  if (text.length === 0) return;
  let at = 0;
  for (const word of tokenizer.cut(text)) {
    if (word !== ' ') add(hashText(WORD, word), at, at + word.length, 1);
    at += word.length;
  }
}

/** Concepts and turns of speech with the words that show them, and every two concepts without a place in the text. */
function addConcepts({ numbers, starts, ends }: FoundConcepts, phrases: boolean, add: Add): void {
  const concepts: number[] = [];
  for (const [i, number] of numbers.entries()) {
    const isPhrase = number >= PAIRED_NUMBERS_END;
    if (!isPhrase) concepts.push(number);
    if (phrases || !isPhrase) add(mix(Math.imul(CONCEPT ^ number, 0x9e3779b1)), starts[i]!, ends[i]!, CONCEPT_WEIGHT);
  }
  const paired = Math.min(concepts.length, PAIRED_CONCEPTS);
  for (let i = 0; i < paired; i++) {
    for (let j = i + 1; j < paired; j++) {
      const low = Math.min(concepts[i]!, concepts[j]!);
      const high = Math.max(concepts[i]!, concepts[j]!);
      add(mix(Math.imul(CONCEPT_PAIR ^ (low * 1024 + high), 0x9e3779b1)), 0, 0, PAIR_WEIGHT);
    }
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
