/**
 * Finds the products a text names: by link, number, name, part of a name, sound or pinyin, in this order. The first
 * kind that finds anything decides; what fits several products equally well names none of them.
 */

import type { Product } from '../ports.ts';
import { flatten, foldText, isHan, soundOf, withoutDecor } from './fold-name.ts';
import { foldId, namesOf, type ProductNames } from './product-names.ts';
import { readLinks } from './read-links.ts';

/** What a text names. */
export interface FoundProducts {
  /** Products named for sure, in the order of the text. */
  ids: string[];
  /** Products between which the text leaves a doubt; empty when it names one for sure, or none at all. */
  among: string[];
}

/** An index of names that changes with the catalogue. */
export interface ProductFinder {
  /** Takes a product, in place of the one of the same id. */
  put(product: Product): void;
  find(text: string): FoundProducts;
}

/** Nobody names a product behind this many characters. */
const MOST_READ = 200;
/** Products that share a part of a name; more are a kind of goods. */
const MOST_SHARED = 400;
/** Of more than these the other words of a message are no choice, only a wish. */
const MOST_NARROWED = 20;
const PART = 3;
/** A part of a name is enough from here on, wherever it lies. */
const SURE_PART = 4;
const SHORTEST_SOUND = 3;
const LONGEST_NAME = 40;
const LONGEST_SOUND = 12;
/** Letters of a name typed in pinyin, at least. */
const SHORTEST_PINYIN = 6;

type Postings = Map<string, number[]>;

interface Indexes {
  ids: Postings;
  addresses: Postings;
  names: Postings;
  categories: Postings;
  parts: Postings;
  sounds: Postings;
  pinyin: Postings;
}

interface Entry {
  product: string;
  known: ProductNames;
  /** What the title is narrowed down by. */
  words: string;
  keys: { [K in keyof Indexes]: string[] };
}

/** A stretch of the text that names these products. */
interface Span {
  from: number;
  to: number;
  weight: number;
  at: readonly number[];
}

const NOTHING: FoundProducts = { ids: [], among: [] };

/** Creates an empty index. */
export function createProductFinder(): ProductFinder {
  const entries: Entry[] = [];
  const placeOf = new Map<string, number>();
  const indexes: Indexes = {
    ids: new Map(),
    addresses: new Map(),
    names: new Map(),
    categories: new Map(),
    parts: new Map(),
    sounds: new Map(),
    pinyin: new Map(),
  };
  const KINDS = Object.keys(indexes) as (keyof Indexes)[];

  function put(product: Product): void {
    const known = namesOf(product);
    const place = placeOf.get(product.id) ?? entries.length;
    const before = entries[place];
    if (before && JSON.stringify(before.known) === JSON.stringify(known)) return;
    const keys = keysOf(known);
    for (const kind of KINDS) {
      for (const key of before?.keys[kind] ?? []) remove(indexes[kind], key, place);
      for (const key of keys[kind]) add(indexes[kind], key, place);
    }
    placeOf.set(product.id, place);
    entries[place] = { product: product.id, known, words: [...known.names, ...known.segments].join('|'), keys };
  }

  function find(text: string): FoundProducts {
    const { itemIds, addresses, rest } = readLinks(text.slice(0, 4 * MOST_READ));
    const linked = [
      ...itemIds.flatMap((id) => indexes.ids.get(foldId(id)) ?? []),
      ...addresses.flatMap((address) => indexes.addresses.get(address) ?? []),
    ];
    if (linked.length > 0) return sure(linked);
    const numbered = [...rest.matchAll(NUMBER)].flatMap(([number]) => byNumber(number));
    if (numbered.length > 0) return sure(numbered);
    const said = foldText(rest.slice(0, MOST_READ));
    for (const spansOf of [findNames, findParts, findSounds]) {
      const spans = spansOf(said);
      if (spans.length > 0) return settle(said, spans);
    }
    const spans = findPinyin(rest.slice(0, MOST_READ));
    return spans.length > 0 ? settle('', spans) : NOTHING;
  }

  /** A number, or what stands behind the letters before it: 商品id734512009886. */
  function byNumber(number: string): readonly number[] {
    const key = foldId(number);
    return indexes.ids.get(key) ?? indexes.ids.get(key.replace(/^(?:id|no|sku)/, '')) ?? [];
  }

  function sure(places: readonly number[]): FoundProducts {
    return { ids: [...new Set(places.map((place) => entries[place]!.product))], among: [] };
  }

  /** Whole names and names of kinds; a longer one hides those inside it. */
  function findNames(said: string): Span[] {
    const spans: Span[] = [];
    for (let from = 0; from < said.length; from++) {
      for (let length = Math.min(LONGEST_NAME, said.length - from); length >= 2; length--) {
        const key = said.slice(from, from + length);
        const at = indexes.names.get(key) ?? indexes.categories.get(key);
        if (at === undefined || at.length > MOST_SHARED) continue;
        spans.push({ from, to: from + length, weight: length, at });
        break;
      }
    }
    return [...withParts(said, outermost(spans))];
  }

  /** 轻量冲锋衣 is more than 冲锋衣 where only a part of the title stands in the text. */
  function withParts(said: string, spans: readonly Span[]): Span[] {
    if (spans.every(({ at }) => at.length === 1)) return [...spans];
    const parts = findParts(said);
    return spans.map((span) => {
      if (span.at.length === 1) return span;
      const wider = parts.find((part) => part.from <= span.from && part.to >= span.to && part.weight > span.weight);
      return wider ?? span;
    });
  }

  /** Parts of titles: long ones, or shorter ones that hold the word for what it is. */
  function findParts(said: string): Span[] {
    const best = new Map<number, { from: number; to: number; weight: number }>();
    for (let from = 0; from + PART <= said.length; from++) {
      const places = indexes.parts.get(said.slice(from, from + PART));
      if (places === undefined || places.length > MOST_SHARED) continue;
      for (const place of places) {
        const run = longestRun(entries[place]!.known.segments, said, from);
        const known = best.get(place);
        if (!isTelling(run, entries[place]!.known) || (known && known.weight >= run.length)) continue;
        best.set(place, { from, to: from + run.length, weight: run.length });
      }
    }
    const spans = new Map<string, Span & { at: number[] }>();
    for (const [place, { from, to, weight }] of [...best].sort(([a], [b]) => a - b)) {
      const key = `${from}-${to}`;
      const span = spans.get(key) ?? { from, to, weight, at: [] };
      span.at.push(place);
      spans.set(key, span);
    }
    return outermost([...spans.values()]);
  }

  /** Names written with characters of the same sound; half of them are the right ones. */
  function findSounds(said: string): Span[] {
    const spans: Span[] = [];
    const spoken = Array.from(said, soundOf);
    for (let from = 0; from < spoken.length; from++) {
      for (let length = Math.min(LONGEST_SOUND, spoken.length - from); length >= SHORTEST_SOUND; length--) {
        if (spoken[from + length - 1] === '') continue;
        const heard = indexes.sounds.get(spoken.slice(from, from + length).join(' '));
        const at = heard?.filter((place) =>
          looksLike(entries[place]!.known, said.slice(from, from + length), spoken, from),
        );
        if (at === undefined || at.length === 0) continue;
        spans.push({ from, to: from + length, weight: length, at });
        break;
      }
    }
    return outermost(spans);
  }

  function findPinyin(text: string): Span[] {
    const spans: Span[] = [];
    const words = [...text.toLowerCase().matchAll(/[a-z]+/g)];
    for (let first = 0; first < words.length; first++) {
      for (let last = Math.min(first + LONGEST_SOUND, words.length) - 1; last >= first; last--) {
        const from = words[first]!.index;
        const to = words[last]!.index + words[last]![0].length;
        const run = text.slice(from, to).toLowerCase();
        if (/[^a-z ']/.test(run)) continue;
        const letters = flatten(run.replace(/[ ']/g, ''));
        const at = letters.length < SHORTEST_PINYIN ? undefined : indexes.pinyin.get(letters);
        if (at === undefined) continue;
        spans.push({ from, to, weight: letters.length, at });
        break;
      }
    }
    return outermost(spans);
  }

  /** The products of the spans; where a span fits several, the rest of the text may tell which. */
  function settle(said: string, spans: readonly Span[]): FoundProducts {
    const ids: string[] = [];
    const doubts: string[] = [];
    for (const span of spans) {
      const at = span.at.length === 1 ? span.at : narrow(said, span);
      if (at.length === 1) ids.push(entries[at[0]!]!.product);
      else doubts.push(...at.map((place) => entries[place]!.product));
    }
    return ids.length > 0 ? { ids: [...new Set(ids)], among: [] } : { ids: [], among: [...new Set(doubts)].sort() };
  }

  function narrow(said: string, { from, to, at }: Span): readonly number[] {
    const pairs = pairsOf(`${said.slice(0, from)}|${said.slice(to)}`);
    if (pairs.length === 0 || at.length > MOST_NARROWED) return at;
    const hits = at.map((place) => pairs.filter((pair) => entries[place]!.words.includes(pair)).length);
    const most = Math.max(...hits);
    return most === 0 ? at : at.filter((_, i) => hits[i] === most);
  }

  return { put, find };
}

/** Letters and digits with a digit among them, as numbers of articles are written. */
const NUMBER = /(?<![a-z0-9-])(?=[a-z-]{0,8}\d)[a-z0-9-]{5,24}(?![a-z0-9])/gi;

function keysOf(known: ProductNames): Entry['keys'] {
  const spoken = [...known.names, ...(known.category === undefined ? [] : [known.category])].filter(
    (name) => name.length >= SHORTEST_SOUND && name.length <= LONGEST_SOUND && Array.from(name).every(isHan),
  );
  const heard = spoken.map((name) => Array.from(name, soundOf));
  return {
    ids: known.itemIds,
    addresses: known.addresses,
    names: known.names.filter((name) => name.length <= LONGEST_NAME),
    categories: known.category === undefined || known.names.includes(known.category) ? [] : [known.category],
    parts: [...new Set(known.segments.flatMap((segment) => gramsOf(segment, PART)))],
    sounds: [...new Set(heard.map((syllables) => syllables.join(' ')))],
    pinyin: [...new Set(heard.map((syllables) => syllables.join('')))].filter((run) => run.length >= SHORTEST_PINYIN),
  };
}

function gramsOf(text: string, length: number): string[] {
  return Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) => text.slice(at, at + length));
}

/** Pairs of characters that can tell one product from another. */
function pairsOf(text: string): string[] {
  return [...new Set(gramsOf(text, 2))].filter((pair) => !pair.includes('|') && !COMMON_PAIRS.test(pair));
}

const COMMON_PAIRS = /[的了吗呢吧啊么嘛是有没在我你您要想问这那个款件哪]/;

function longestRun(segments: readonly string[], said: string, from: number): string {
  let longest = '';
  const start = said.slice(from, from + PART);
  for (const segment of segments) {
    for (let at = segment.indexOf(start); at !== -1; at = segment.indexOf(start, at + 1)) {
      let length = PART;
      while (at + length < segment.length && segment[at + length] === said[from + length]) length++;
      if (length > longest.length) longest = segment.slice(at, at + length);
    }
  }
  return longest;
}

/** Whether a part of a title tells the product: the word for what it is, or much of the rest. */
function isTelling(run: string, { heads }: ProductNames): boolean {
  const bare = withoutDecor(run);
  if (bare.length >= SURE_PART && /\p{Script=Han}/u.test(bare)) return true;
  return run.length >= PART && bare.length >= 2 && heads.some((head) => run.includes(head));
}

function looksLike(known: ProductNames, written: string, spoken: readonly string[], from: number): boolean {
  const chars = Array.from(written);
  return [...known.names, known.category ?? ''].some((name) => {
    if (name.length !== chars.length) return false;
    const meant = Array.from(name);
    if (!meant.every((char, i) => soundOf(char) === spoken[from + i])) return false;
    return 2 * meant.filter((char, i) => char === chars[i]).length >= meant.length;
  });
}

/** Spans that lie inside no other; of two that overlap the heavier one, then the earlier. */
function outermost(spans: readonly Span[]): Span[] {
  const kept: Span[] = [];
  for (const span of spans.toSorted((a, b) => b.weight - a.weight || a.from - b.from)) {
    if (!kept.some(({ from, to }) => span.from < to && span.to > from)) kept.push(span);
  }
  return kept.sort((a, b) => a.from - b.from);
}

function add(postings: Postings, key: string, place: number): void {
  const known = postings.get(key);
  if (known === undefined) postings.set(key, [place]);
  else if (!known.includes(place)) known.push(place);
}

function remove(postings: Postings, key: string, place: number): void {
  const left = postings.get(key)?.filter((other) => other !== place) ?? [];
  if (left.length === 0) postings.delete(key);
  else postings.set(key, left);
}
