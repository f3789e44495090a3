import { normalizeText } from '../normalize-text.ts';
import { findAll, findDisguised, type Match, type Passage, spanOf } from '../passage.ts';
import type { Rule, Severity } from '../rule.ts';
import { isAsked, isDenied, isQuoted, isReported } from '../sense.ts';
import { ABSOLUTE_EXCEPTIONS, ABSOLUTES, MENTIONS } from '../words/exaggeration.ts';

const ABSOLUTE = new RegExp(ABSOLUTES.join('|'), 'g');
const EXCEPTION = new RegExp(ABSOLUTE_EXCEPTIONS.join('|'), 'g');
const CAUTIOUS = 0.5;
/** No message of a person holds more absolutes; each is compared with every harmless word. */
const MOST_WORDS = 200;
/** 不是最便宜的: a modest word about oneself. */
const MODEST =
  /(?:不敢|不能|无法|没法|没办法|难以|很难|不好|谁也不|谁都不|没人能|不会|不可能|不是|并非|不算|不一定|不见得|未必|没有|没|别|不)[^,。!?;]{0,6}$/;

/** Exaggeration, above all to the cautious. @see TAB-22, SR-03 */
export const exaggeration: Rule = {
  id: 'TAB-22',
  severity: 'W',
  message: '说得太满了，请换成有依据的说法，能给证明更好。',
  instead: ['SCR-42', 'SCR-46'],
  detect(passage) {
    const { plain } = passage.views;
    const allowed = findAll(plain, EXCEPTION);
    const severity: Severity = (passage.context.buyer?.types?.['BT-5'] ?? 0) >= CAUTIOUS ? 'B' : 'W';
    return findDisguised(passage.views, ABSOLUTE)
      .slice(0, MOST_WORDS)
      .filter(
        (match) =>
          !allowed.some(
            (a) => a.from <= match.from && match.to <= a.to + (a.text.endsWith('保证') ? 0 : 4) && a.to > match.from,
          ),
      )
      .filter((match) => !isModest(match) && !isReported(match) && !isQuoted(match) && !isAsked(match))
      .filter((match) => !isProven(passage, match))
      .map((match) => ({ span: spanOf(match), severity }));
  },
};

function isModest(match: Match): boolean {
  // 最低18分贝 is an end of a range.
  if (/^最[高低大小长短多少快慢晚早]$/.test(match.text) && /^\d/.test(match.view.text.slice(match.to))) return true;
  if (isDenied(match) || MENTIONS.test(match.view.text.slice(match.to))) return true;
  return (
    MODEST.test(match.view.text.slice(Math.max(0, match.from - 10), match.from)) &&
    !/^(?:永|零|没有|毫无|绝不|完全|丝毫|一点)/.test(match.text)
  );
}

/** 正品保证 is fair where the guarantees say so. */
function isProven(passage: Passage, match: Match): boolean {
  if (!/保证|担保/.test(match.text)) return false;
  const proofs = [...(passage.context.product?.guarantees ?? []), ...(passage.context.platform?.rules ?? [])];
  const around = match.view.text.slice(Math.max(0, match.from - 6), match.to + 6);
  return proofs.some((proof) => {
    const text = normalizeText(proof).plain.text.replace(/保证|担保|承诺/g, '');
    return text.length >= 2 && around.includes(text.slice(0, 4));
  });
}

/** Rules about wording that is too strong. */
export const EXAGGERATION_RULES: readonly Rule[] = [exaggeration];
