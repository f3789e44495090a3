import type { Product } from '../ports.ts';
import { foldText, withoutDecor } from './fold-name.ts';
import { isPlatform, itemIdOf, plainAddress } from './read-links.ts';

/** Under what a product is found. */
export interface ProductNames {
  itemIds: string[];
  addresses: string[];
  /** Whole names: title, its main part, nicknames. */
  names: string[];
  category: string | undefined;
  /** Parts of the title between spaces and punctuation, folded; a part of a name lies inside one of them. */
  segments: string[];
  /** Ends of the main segments: 徒步鞋 of 中帮徒步鞋. */
  heads: string[];
}

/** The shortest number that is looked for without a word before it. */
export const SHORTEST_ID = 5;

/** Works out under what a product is found. */
export function namesOf({ id, title, facts, details }: Product): ProductNames {
  const segments = foldText(title)
    .split('|')
    .filter((part) => part !== '');
  const spaced = title
    .split(/[^\p{L}\p{N}]+/u)
    .map(foldText)
    .filter((part) => part !== '');
  const category = facts.category === undefined ? undefined : foldText(facts.category).replaceAll('|', '');
  const main = spaced.filter((part, at) => at === 0 || (category !== undefined && part.includes(category)));
  const whole = segments.join('');
  const nicknames = (details?.nicknames ?? []).map((name) => foldText(name).replaceAll('|', ''));
  const links = [facts.link, ...(details?.links ?? [])].filter((link) => link !== undefined);
  const ids = [...(details?.itemIds ?? []), ...links.flatMap((link) => itemIdOf(link) ?? []), id];
  return {
    itemIds: [...new Set(ids.map(foldId))].filter((known) => known.length >= SHORTEST_ID && /\d/.test(known)),
    addresses: [...new Set(links.filter((link) => !isPlatform(link)).map(plainAddress))],
    names: [...new Set([whole, ...main, ...nicknames])].filter(
      (name) => name.length >= 2 && (nicknames.includes(name) || isNaming(name)),
    ),
    category: category !== undefined && category.length >= 2 ? category : undefined,
    segments: [...new Set([...segments, ...spaced])],
    heads: [
      ...new Set([...main.map((part) => part.slice(-2)), ...(category === undefined ? [] : [category.slice(-2)])]),
    ],
  };
}

/** 防晒帽 names something although it begins with decoration, 加厚款 does not. */
function isNaming(name: string): boolean {
  const bare = withoutDecor(name);
  return bare.length >= 2 || (name.length >= 3 && /[^款色码版装型号的]/.test(bare));
}

/** A number as it is compared: capital or small, with or without its hyphen. */
export function foldId(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}
