import { pinyin } from 'pinyin-pro';
import type { TracedText } from './normalize-text.ts';
import { listConceptWords } from './shop-lexicon.ts';

/** Small words that hold a sentence together; single ones stand for their syllable. */
const SMALL_WORDS =
  '合适 我 你 您 的 了 吗 呢 吧 是 这 个 不 没 有 要 给 好 那 在 到 会 能 想 都 就 还 也 和 跟 去 来 看 说 用 件 块 钱 天 快 慢 大 小 多 少 新 老 行 啊 亲 再 太 很 把 被 让 下 上 里 谁 怕 转 现 今 明 消 找 等 做 问 回 选 算 加 减 送 错 坏 破 真 假 对 能 别 拿 打 开 吃 喝 几 哪 出 嘛 呀 哦 哈 嗯 拍 付 钱 运 费 尺 寸 买 卖 发 退 换 贵 货 码 色 点 查 催 送 寄 收 开 穿 洗 我们 你们 这个 那个 这款 那款 这件 这家 怎样 什么 没有 可以 不要 不能 一下 一个 一点 一起 两个 便宜 现在 这里 那里 知道 谢谢 老板 客服 人工 转人工 亲爱的 商量 考虑 看看 帮我 麻烦 请问 请帮我 还有 还没 已经 为什么 多大 多重 多长 多高 搭配 裤子 好看 质量 正品 纯棉 会员 身高 体重 骗子 投诉 差评 好评 返现 发票 抬头 密码 起球 掉色 缩水 衣服 鞋子 裙子'.split(
    ' ',
  );
/** Syllables whose commonest word is not the commonest reading of its character. */
const BY_HAND: readonly (readonly [string, string])[] = [
  ['le', '了'],
  ['de', '的'],
  ['shei', '谁'],
  ['ji', '几'],
  ['hai', '还'],
  ['dou', '都'],
  ['xian', '现'],
  ['sha', '啥'],
];
/** What each word costs, so that fewer and longer ones win. */
const PER_WORD = 2;
/** What a letter costs that belongs to no syllable, in letters gained elsewhere. */
const STRAY = 6;
const LONGEST = 24;
/** Letters of a run that are read. */
const LONGEST_RUN = 400;

let words: Map<string, string> | undefined;

/** Spelling of a word without tones; `ü` is `v`. */
function spell(word: string): string {
  return pinyin(word, { toneType: 'none', type: 'array', v: true }).join('');
}

/** Spellings with the first word that has them; single characters stand behind all others. */
function spellings(): Map<string, string> {
  const found = new Map<string, string>(BY_HAND);
  const take = (word: string): void => {
    if (!/^\p{Script=Han}+$/u.test(word)) return;
    const spelling = spell(word);
    if (!found.has(spelling)) found.set(spelling, word);
  };
  SMALL_WORDS.forEach(take);
  const lexicon = listConceptWords();
  for (const word of lexicon) if (word.length > 1) take(word);
  for (const word of lexicon) if (word.length === 1) take(word);
  for (const word of lexicon) for (const character of word) take(character);
  return found;
}

/**
 * Writes a message in pinyin with the words of shop chat it most likely means; letters that spell none stay.
 *
 * The reading with the longest words wins: `zenme xiadan` is 怎么下单. The word list is built on the first call.
 */
export function readPinyin(text: string): string {
  return tracePinyin(text).text;
}

/** The same, with the letters each character was read from. */
export function tracePinyin(text: string): TracedText {
  words ??= spellings();
  const lower = text.replace(/[A-ZÜü]/g, (letter) => (letter === 'Ü' || letter === 'ü' ? 'v' : letter.toLowerCase()));
  const trace: Trace = { text: '', starts: [], ends: [] };
  let done = 0;
  for (const { 0: run, index } of lower.matchAll(/[a-z]+(?:[ '’]+[a-z]+)*/g)) {
    while (done < index) write(trace, lower[done]!, done, ++done);
    readRun(run, index, words, trace);
    done = index + run.length;
  }
  while (done < lower.length) write(trace, lower[done]!, done, ++done);
  return trace;
}

interface Trace extends TracedText {
  starts: number[];
  ends: number[];
}

function write(trace: Trace, word: string, start: number, end: number): void {
  trace.text += word;
  for (let i = 0; i < word.length; i++) {
    trace.starts.push(start);
    trace.ends.push(end);
  }
}

/** The cheapest way through a run of letters, from its end; blanks between them count for nothing. */
function readRun(run: string, from: number, list: ReadonlyMap<string, string>, trace: Trace): void {
  const places = [...run.matchAll(/[a-z]/g)].slice(0, LONGEST_RUN).map(({ index }) => from + index);
  const letters = run.replace(/[^a-z]+/g, '');
  const length = places.length;
  const gain = new Float64Array(length + 1);
  const step = new Int32Array(length + 1).fill(1);
  const read: string[] = new Array(length + 1).fill('');
  for (let at = length - 1; at >= 0; at--) {
    gain[at] = gain[at + 1]! - STRAY;
    read[at] = letters[at]!;
    for (let size = 1; size <= Math.min(LONGEST, length - at); size++) {
      const word = list.get(letters.slice(at, at + size));
      if (word === undefined) continue;
      const gained = gain[at + size]! + size + word.length ** 2 / 2 - PER_WORD;
      if (gained <= gain[at]!) continue;
      gain[at] = gained;
      step[at] = size;
      read[at] = word;
    }
  }
  for (let at = 0; at < length; at += step[at]!) write(trace, read[at]!, places[at]!, places[at + step[at]! - 1]! + 1);
}
