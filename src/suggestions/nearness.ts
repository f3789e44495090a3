import type { Script } from '../protocol/script.ts';

/** What a pair in the title counts, beside one in a wording: a title says what the script is about. */
const TITLE_WORTH = 2;

/** Pairs of Chinese characters and whole words of Latin letters and digits, each once; slots are left out. */
export function wordPairs(text: string): Set<string> {
  const pairs = new Set<string>();
  const plain = text.replace(/\{[^{}]*\}/g, ' ').toLowerCase();
  for (const [run] of plain.matchAll(/[\p{Script=Han}]+|[a-z\d]+/gu)) {
    if (/^[a-z\d]/.test(run)) pairs.add(run);
    else for (let i = 0; i + 2 <= run.length; i++) pairs.add(run.slice(i, i + 2));
  }
  return pairs;
}

/** Scripts that compete for one matter, and how near each is to a message. */
export interface ScriptGroup {
  readonly scripts: readonly Script[];
  /** Nearness by position in `scripts`, above zero; a script that shares nothing is absent. */
  nearness(message: ReadonlySet<string>): ReadonlyMap<number, number>;
}

type Postings = Map<string, { at: number; worth: number }[]>;

function postingsOf(scripts: readonly Script[]): Postings {
  const postings: Postings = new Map();
  scripts.forEach((script, at) => {
    const title = wordPairs(script.title.zh);
    const wording = wordPairs(script.variants.map((variant) => variant.text).join(' '));
    for (const pair of new Set([...title, ...wording])) {
      const worth = title.has(pair) ? TITLE_WORTH : 1;
      const list = postings.get(pair);
      if (list === undefined) postings.set(pair, [{ at, worth }]);
      else list.push({ at, worth });
    }
  });
  return postings;
}

/** Groups scripts so that the nearest to a message are found without reading them; a rare pair counts for more. */
export function createScriptGroup(scripts: readonly Script[]): ScriptGroup {
  // Most groups are never asked how near they are: their words are read at the first question.
  let postings: Postings | undefined;
  return {
    scripts,
    nearness(message) {
      postings ??= postingsOf(scripts);
      const near = new Map<number, number>();
      for (const pair of message) {
        const list = postings.get(pair);
        if (list === undefined || (list.length === scripts.length && list.length > 1)) continue;
        const rarity = Math.log(1 + scripts.length / list.length);
        for (const { at, worth } of list) near.set(at, (near.get(at) ?? 0) + worth * rarity);
      }
      return near;
    },
  };
}
