/** Which products serve what a buyer says: words of the suitability, the listing and the kind of goods. */
import { foldText } from '../find/fold-name.ts';
import type { Product } from '../ports.ts';

/** A product and the words of the need that it serves. */
export interface Served {
  id: string;
  words: string[];
}

/** An index of what products are for, which changes with the catalogue. */
export interface FitIndex {
  put(product: Product): void;
  /** Products that serve at least one word of a text, those that serve most of it first. */
  search(said: string): Served[];
}

/** Products that are looked at closely. */
const MOST_SERVED = 60;
/** Nobody says more about a need. */
const MOST_READ = 300;

/** How people ask, not what for. */
const ASKING =
  /推荐|一下|有没有|有什么|什么|哪款|哪个|哪一款|比较|适合|合适|想要|想买|想找|帮我|给我|我想|可以|能不能|怎么样|好一点|一点|一款|一个|一件|一双|一条|东西|商品|你们|你家|店里|这个|那个|这款|那款|谢谢|请问|的话|左右|以内|以下|预算|现货|价格|便宜|多少|身高|体重|尺码|评价|质量|不错|喜欢|看看|知道|应该|如果|还是|或者|最好/g;
const FILLING =
  /[的了吗呢吧啊么嘛是有没在我你您要想问个款件双条也都就还和跟与给用穿买送能会去来到对很点些它他她们元块]/g;

interface Entry {
  id: string;
  text: string;
}

/** Creates an empty index. */
export function createFitIndex(): FitIndex {
  let entries: (Entry | undefined)[] = [];
  let places = new Map<string, number>();
  let postings = new Map<string, number[]>();

  function put(product: Product): void {
    const text = textOf(product);
    const before = places.get(product.id);
    if (before !== undefined) {
      if (entries[before]?.text === text) return;
      entries[before] = undefined;
    }
    append({ id: product.id, text });
    if (entries.length > 2 * places.size + 1000) compact();
  }

  function append(entry: Entry): void {
    const place = entries.push(entry) - 1;
    places.set(entry.id, place);
    for (const pair of new Set(pairsOf(entry.text))) {
      const known = postings.get(pair);
      if (known === undefined) postings.set(pair, [place]);
      else known.push(place);
    }
  }

  /** Leaves out what was replaced. */
  function compact(): void {
    const kept = entries.filter((entry) => entry !== undefined);
    entries = [];
    places = new Map();
    postings = new Map();
    for (const entry of kept) append(entry);
  }

  function search(said: string): Served[] {
    const need = needOf(said);
    const hits = new Uint16Array(entries.length);
    const touched: number[] = [];
    for (const pair of new Set(pairsOf(need))) {
      for (const place of postings.get(pair) ?? []) {
        if (entries[place] === undefined) continue;
        if (hits[place] === 0) touched.push(place);
        hits[place]!++;
      }
    }
    return touched
      .sort((a, b) => hits[b]! - hits[a]! || compare(entries[a]!.id, entries[b]!.id))
      .slice(0, MOST_SERVED)
      .map((place) => ({ id: entries[place]!.id, words: wordsIn(need, entries[place]!.text) }));
  }

  return { put, search };
}

/** What is left of a question when the asking is taken out. */
export function needOf(said: string): string {
  return foldText(said.slice(0, MOST_READ)).replace(ASKING, '|').replace(FILLING, '|').replace(/\|+/g, '|');
}

/** What a product is for. Its price is no part of it. @see SCR-15 */
function textOf({ title, facts, details }: Product): string {
  const { category, suitability, attrs, benefits } = facts;
  const parts = [
    category,
    title,
    suitability?.suits,
    ...Object.values(attrs ?? {}),
    ...(benefits ?? []),
    ...(details?.nicknames ?? []),
  ];
  return parts.map((part) => foldText(part ?? '')).join('|');
}

/** The longest stretches of a need that stand in a text, in the order of the need. */
export function wordsIn(need: string, text: string): string[] {
  const words: string[] = [];
  for (let from = 0; from < need.length - 1; ) {
    let to = from + 1;
    while (to < need.length && need[to] !== '|' && text.includes(need.slice(from, to + 1))) to++;
    if (need[from] !== '|' && to - from >= 2) {
      words.push(need.slice(from, to));
      from = to;
    } else from++;
  }
  return [...new Set(words)];
}

function pairsOf(text: string): string[] {
  const pairs: string[] = [];
  for (let at = 0; at + 2 <= text.length; at++) {
    const pair = text.slice(at, at + 2);
    if (!pair.includes('|')) pairs.push(pair);
  }
  return pairs;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
