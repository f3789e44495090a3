import { replaceOpenPlaceholders } from '../slot-labels.ts';

/** A text reduced to what decides whether another one says the same. */
export interface Shingles {
  /** Letters and digits alone. */
  letters: string;
  /** Pairs of neighbours, each once. */
  pairs: readonly number[];
  /** Numbers and denials in their order: texts that differ here say different things, however alike they look. */
  facts: string;
}

const COURTESY = /亲亲|亲爱的|亲|您好|你好|哦|哈|呢|呀|啦|哟|喔|~|～/g;
const FACTS = /\d+(?:\.\d+)?|[一二三四五六七八九十两半]+(?=[天个件折元块小时号月年成分])|不|没|无|非|未|勿|别/g;
const PAIR_BASE = 0x10000;

/** Reduces a text: no punctuation, no courtesy, slots as one mark. */
export function shinglesOf(text: string): Shingles {
  const plain = replaceOpenPlaceholders(text, () => '□')
    .replace(/\{[^{}]*\}/g, '□')
    .normalize('NFKC')
    .toLowerCase()
    .replace(COURTESY, '');
  const letters = plain.replace(/[^\p{L}\p{N}□]/gu, '');
  const pairs = new Set<number>();
  for (let i = 1; i < letters.length; i++) pairs.add(letters.charCodeAt(i - 1) * PAIR_BASE + letters.charCodeAt(i));
  return { letters, pairs: [...pairs], facts: (plain.match(FACTS) ?? []).join(' ') };
}
