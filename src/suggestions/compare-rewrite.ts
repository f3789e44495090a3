/** Whether a rewritten line says what the approved one says. Pure; in doubt it does not. */

/** Stands for a value that was taken out before a text was handed over. */
export const MASK = /⟦(\d+)⟧/g;

/** Words that carry tone and nothing else: they may come, go and change. */
const TONE = new Set(
  (
    '您好 你好 哦 呢 哈 呀 啦 哟 哒 噢 喔 嘛 啊 嗯 嗯嗯 的 请 请您 麻烦 麻烦您 辛苦 辛苦您 劳烦 那 一下 一下下 稍 帮您 为您 给您 ' +
    '谢谢 感谢 多谢 谢谢您 感谢您 哈喽 嗨 呗 哩 喽 滴 捏'
  ).split(' '),
);
/** Tone where a clause begins with them: elsewhere they say something. */
const OPENINGS = new Set(['好', '好的', '好哒']);
/** Pictures that only smile or thank. */
const KIND_PICTURE = /^(?:[😀-😊😌😍🙂🤗🥰☺🙏🌷-🌼💐💕💖💗💛💞❤✨🎉]\u{FE0F}?|\s)+$/u;
/** Calls to the buyer. */
const CALLS = new Set(['亲', '亲亲', '亲爱']);
/** Who is meant, where a word says who does, bears or gets something. */
const PARTIES = new Map([
  ...'您 你 亲 亲亲 亲爱 给您 请您 帮您 为您'.split(' ').map((word) => [word, 'buyer'] as const),
  ...'我 我们 咱 咱们 小店 本店 店里 这边 店铺 商家 卖家'.split(' ').map((word) => [word, 'shop'] as const),
]);
const BEFORE_PARTY = /(?:由|归|让|找|向|从|算|(?:退|还|补|打|寄|赔)给?)$/;
const AFTER_PARTY = /^(?:自己|自行|这边|来|先)?(?:承担|负担|出|付|支付|垫付|垫|负责|赔|赔付|掏|包|买单|承包|退|补)/;
/** Before a word for the buyer: courtesy. */
const COURTESY = /(?:麻烦|请|辛苦|劳烦|谢谢|感谢|多谢|为|给|帮|跟)$/;
/** Turned to the buyer they are courtesy; alone they say to whom or for what. */
const TO_BUYER = new Set(['为', '给', '帮']);
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
/** Punctuation; a sign of per cent says something. */
const BREAK = /^(?!.*[%％‰])[\s\p{P}~～]+$/u;
const LINK = /https?:\/\/\S+|[\w-]+\.(?:com|cn|net)\S*/g;
/** With its sign and with what ties it to the next one. */
const FIGURE = /(?:(?<![\d\p{L}])[-+−])?\d+(?:[-–—~～.,，、·:：/至到]\d+)*|[零〇一二两三四五六七八九十百千万半]+/gu;
/** A line may grow by so much, and never beyond the hard stop. @see SR-04 */
const MOST_GROWTH = 1.5;
const MOST_CHARACTERS = 200;

/** Cuts a text into words that joined give it back. */
export type CutWords = (text: string) => string[];

/**
 * What a rewrite has changed beside the tone; `undefined`: nothing. Values, figures, links and every other word must
 * stand in the same order, with the same pauses between them (不可以 is not 不，可以); only words of tone may differ.
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

/** The words that say something, in their order, and the pauses between them; a masked value is one word. */
function contentOf(text: string, cut: CutWords): string[] {
  const words = text
    .split(/(⟦\d+⟧|https?:\/\/\S+)/)
    .flatMap((part) => (/^(?:⟦|https?:)/.test(part) ? [part] : cut(part)))
    .map((word) => (word.includes('\n') ? PAUSE : word.trim()))
    .filter((word) => word !== '')
    .map((word) => (BREAK.test(word) ? PAUSE : word));
  const content: string[] = [];
  for (const [at, word] of words.entries()) {
    const before = words.slice(Math.max(0, at - 2), at).join('');
    const after = words.slice(at + 1, at + 4).filter((one) => one === '的' || !TONE.has(one));
    const said = meaningOf(word, before, after);
    // Nothing pauses before the first word, and twice is once.
    if (said !== undefined && !(said === PAUSE && (content.at(-1) ?? PAUSE) === PAUSE)) content.push(said);
  }
  return content.at(-1) === PAUSE ? content.slice(0, -1) : content;
}

const PAUSE = '，';

/** What a word says where it stands; `undefined`: nothing but tone. */
function meaningOf(word: string, before: string, after: readonly string[]): string | undefined {
  const [next = PAUSE] = after;
  const party = PARTIES.get(word);
  if (party !== undefined && (BEFORE_PARTY.test(before) || AFTER_PARTY.test(after.slice(0, 2).join(''))))
    return `${party} `;
  if (TONE.has(word) || CALLS.has(word) || KIND_PICTURE.test(word)) return undefined;
  if (OPENINGS.has(word) && (before === '' || before.endsWith(PAUSE))) return undefined;
  if (TO_BUYER.has(word) && PARTIES.get(next) === 'buyer') return undefined;
  if (party === undefined) return SAME.get(word) ?? word;
  const isCourtesy = next === '的' || (party === 'buyer' && (next === PAUSE || COURTESY.test(before)));
  return isCourtesy ? undefined : `${party} `;
}
