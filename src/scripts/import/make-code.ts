import { quickPinyinOf } from '../pinyin-text.ts';

/** Hands out quick codes: legal, short, each once. */
export interface CodeBook {
  /** The wish itself when it is legal and free, else the nearest code that is. */
  allot(wish: string, title: string): string;
}

const LONGEST = 12;
/** A code made from a title: longer ones nobody types. */
const MADE_LENGTH = 6;

/** Starts a book in which some codes are given away. */
export function createCodeBook(taken: Iterable<string>): CodeBook {
  const given = new Set(taken);
  const next = new Map<string, number>();

  return {
    allot(wish, title) {
      const base = legalCode(wish) || legalCode(title).slice(0, MADE_LENGTH) || 'dr';
      let code = base;
      for (let n = next.get(base) ?? 2; given.has(code); n++) {
        code = `${base.slice(0, LONGEST - String(n).length)}${n}`;
        next.set(base, n + 1);
      }
      given.add(code);
      return code;
    },
  };
}

/** A code in the letters that are legal: Chinese by its pinyin initials; empty when nothing is left. */
export function legalCode(code: string): string {
  const plain = code.normalize('NFKC').toLowerCase();
  const letters = /\p{Script=Han}/u.test(plain) ? quickPinyinOf(plain).initials : plain;
  return letters.replace(/[^a-z0-9]/g, '').slice(0, LONGEST);
}
