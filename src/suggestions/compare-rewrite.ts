/** Whether a rewritten line says what the approved one says. Pure; in doubt it does not. */

/** Stands for a value that was taken out before a text was handed over. */
export const MASK = /⟦(\d+)⟧/g;

/** Words that carry tone and nothing else: they may come, go and change. */
const TONE = new Set(
  (
    '亲 亲亲 亲爱 您 你 您好 你好 哦 呢 哈 呀 啦 哟 哒 噢 喔 嘛 吧 啊 嗯 嗯嗯 好的 好 的 了 请 请您 麻烦 辛苦 劳烦 ' +
    '这边 我 我们 咱 咱们 小店 本店 店里 这里 那 就 也 还 都 一下 一下下 稍 帮 帮您 为 为您 给 给您 ' +
    '谢谢 感谢 多谢 谢谢您 感谢您 哈喽 嗨 来 去 下 着 呗 哩 喽 滴 捏'
  ).split(' '),
);
/** Who is meant, where a word of tone says who bears or gets something. */
const PARTIES = new Map([
  ...'您 你 亲 给您'.split(' ').map((word) => [word, 'buyer'] as const),
  ...'我 我们 咱 咱们 小店 本店 店里 这边 店铺 商家 卖家'.split(' ').map((word) => [word, 'shop'] as const),
]);
const BEFORE_PARTY = /(?:由|归|让|找|向|从|算|(?:退|还|补|打|寄|赔)给?)$/;
const AFTER_PARTY = /^(?:自己|自行|这边|来|先)?(?:承担|负担|出|付|支付|垫付|垫|负责|赔|赔付|掏|包|买单|承包|退|补)/;
/** Words that mean the same here. */
const SAME = new Map(
  Object.entries({
    能: '可以',
    能够: '可以',
    因为: '由于',
    如果: '要是',
    若: '要是',
    假如: '要是',
    和: '跟',
    与: '跟',
    及: '跟',
  }),
);
/** Punctuation and pictures; a sign of per cent says something. */
const NOTHING = /^(?!.*[%％‰])[\s\p{P}\p{M}\p{Extended_Pictographic}~～]+$/u;
const LINK = /https?:\/\/\S+|[\w-]+\.(?:com|cn|net)\S*/g;
const FIGURE = /\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千万半]+/g;
/** A line may grow by so much, and never beyond the hard stop. @see SR-04 */
const MOST_GROWTH = 1.5;
const MOST_CHARACTERS = 200;

/** Cuts a text into words that joined give it back. */
export type CutWords = (text: string) => string[];

/**
 * What a rewrite has changed beside the tone; `undefined`: nothing. Values, figures, links and every other word must
 * stand in the same order; only words of tone may differ.
 */
export function findChange(original: string, rewrite: string, cut: CutWords): string | undefined {
  if (rewrite.trim() === '') return 'it is empty';
  if ([...rewrite].length > Math.min(MOST_CHARACTERS, [...original].length * MOST_GROWTH + 10)) return 'it is too long';
  for (const [what, pattern] of [
    ['a value', MASK],
    ['a link', LINK],
    ['a figure', FIGURE],
  ] as const) {
    if (!isSame(original.match(pattern), rewrite.match(pattern))) return `${what} differs`;
  }
  if (countQuestions(rewrite) > countQuestions(original)) return 'it asks more';
  const before = contentOf(original, cut);
  const after = contentOf(rewrite, cut);
  const at = before.findIndex((word, i) => after[i] !== word);
  if (at !== -1) return `“${before[at]}” became “${after[at] ?? ''}”`;
  return after.length > before.length ? `“${after[before.length]}” was added` : undefined;
}

function isSame(one: readonly string[] | null, other: readonly string[] | null): boolean {
  return (one ?? []).join('\n') === (other ?? []).join('\n');
}

function countQuestions(text: string): number {
  return text.match(/[?？]/g)?.length ?? 0;
}

/** The words that say something, in their order; a masked value is one word. */
function contentOf(text: string, cut: CutWords): string[] {
  return text
    .split(/(⟦\d+⟧|https?:\/\/\S+)/)
    .flatMap((part) => (/^(?:⟦|https?:)/.test(part) ? [part] : cut(part)))
    .map((word) => word.trim())
    .map(
      (word, at, words) =>
        partyOf(word, words.slice(Math.max(0, at - 2), at).join(''), words.slice(at + 1, at + 3).join('')) ?? word,
    )
    .filter((word) => word !== '' && !TONE.has(word) && !NOTHING.test(word))
    .map((word) => SAME.get(word) ?? word);
}

/** 运费由店里承担 and 运费由您承担 are not one: who it is counts there. */
function partyOf(word: string, before: string, after: string): string | undefined {
  const party = PARTIES.get(word);
  return party !== undefined && (BEFORE_PARTY.test(before) || AFTER_PARTY.test(after)) ? `${party} ` : undefined;
}
