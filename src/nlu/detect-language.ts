import type { LANGUAGES } from '../protocol/turn.ts';
import { toSimplified } from './convert-script.ts';

/** Form of a buyer's language. */
export type Language = (typeof LANGUAGES)[number];

const HAN = /\p{Script=Han}/gu;
const LATIN_WORD = /[a-zA-ZüÜ]+/g;
/** A syllable of Mandarin without tone. */
const SYLLABLE =
  /^(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|van|ai|ei|ui|ao|ou|iu|ie|ve|ue|er|an|en|in|un|vn|ia|ua|uo|a|o|e|i|u|v))+$/;
/** Share of characters with another simplified form from which a text is traditional. */
const TRADITIONAL_FROM = 0.08;
/** English words of trade chat that also read as syllables. */
const ENGLISH_WORDS = new Set(
  'a an the is are can i you he she me we do in on no not now one size sale open die hide same take make give here like where when woman man men women than then pen fan ban can ten hi'.split(
    ' ',
  ),
);
/** Codes and short forms that say nothing of the language a buyer writes. */
const NEUTRAL_WORD =
  /^(?:[a-z]|x{0,4}[sml]|ok|vip|qq|app|id|ems|sf|sku|pu|led|usb|wifi|cm|kg|mm|ml|gb?|nfc|iphone|ipad|http\S*)$/i;

/**
 * Tells the form of a message: simplified, traditional, pinyin, English or mixed.
 *
 * Codes such as `XL` or `VIP` do not count; a text with nothing to go by is simplified.
 */
export function detectLanguage(text: string): Language {
  const han = text.match(HAN) ?? [];
  const words = (text.match(LATIN_WORD) ?? []).filter((word) => !NEUTRAL_WORD.test(word));
  if (han.length === 0) {
    if (words.length === 0) return 'zh-Hans';
    return isPinyin(words) ? 'pinyin' : 'en';
  }
  if (words.length >= 2 && words.join('').length > han.length) return 'mixed';
  const simplified = toSimplified(han.join(''));
  const changed = han.filter((character, i) => simplified[i] !== character).length;
  return changed / han.length >= TRADITIONAL_FROM ? 'zh-Hant' : 'zh-Hans';
}

function isPinyin(words: readonly string[]): boolean {
  const syllabic = words.filter((word) => SYLLABLE.test(word.toLowerCase()) && !ENGLISH_WORDS.has(word.toLowerCase()));
  return syllabic.length / words.length > 0.6;
}
