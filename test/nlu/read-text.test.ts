import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { detectLanguage } from '../../src/nlu/detect-language.ts';
import { detectMood } from '../../src/nlu/detect-mood.ts';
import { createConceptFinder } from '../../src/nlu/find-concepts.ts';
import { normalizeText, type TracedText, traceNormalText } from '../../src/nlu/normalize-text.ts';
import { readPinyin, tracePinyin } from '../../src/nlu/read-pinyin.ts';
import { CONCEPT_NAMES } from '../../src/nlu/shop-lexicon.ts';
import { splitClauses } from '../../src/nlu/split-clauses.ts';
import { stripCourtesy } from '../../src/nlu/strip-courtesy.ts';
import { MOODS } from '../../src/protocol/turn.ts';

/** What a piece of a read text is made of. */
function originOf(text: string, traced: TracedText, piece: string): string {
  const at = traced.text.indexOf(piece);
  return text.slice(traced.starts[at], traced.ends[at + piece.length - 1]);
}

describe('normalizeText', () => {
  test.each([
    ['ＡＢＣ１２３', 'abc00'],
    ['請問這個貨', '请问这个货'],
    ['好好好好好', '好好'],
    ['订单12345678901234', '订单0000'],
    ['35块,多少?', '0块 多少?'],
    ['看 https://example.com/a?b=1 这个', '看 这个'],
    ['[数字x]天了', '天了'],
    ['   ', ''],
    ['a\u200db', 'ab'],
  ])('%s', (text, expected) => {
    expect(normalizeText(text)).toBe(expected);
  });

  test.each([
    ['請問這個貨', '这个', '這個'],
    ['ＡＢＣ  １２３', 'abc', 'ＡＢＣ'],
    ['订单12345678901234呢', '00', '12345678901234'],
    ['看 https://example.com/a?b=1 这个', '这个', '这个'],
    ['[数字x]天了', '天了', '天了'],
    ['好好好好好的', '的', '的'],
  ])('every unit of %s knows its place', (text, piece, origin) => {
    const traced = traceNormalText(text);
    expect(traced.text).toBe(normalizeText(text));
    expect(originOf(text, traced, piece)).toBe(origin);
  });

  test('reads no more than the first 1,000 characters', () => {
    expect(normalizeText('退货'.repeat(2000)).length).toBe(1000);
  });
});

describe('stripCourtesy', () => {
  test.each([
    ['你好 在吗 什么时候发货', '什么时候发货'],
    ['帮我改下地址 谢谢啦', '帮我改下地址'],
    ['你好', '你好'],
    ['谢谢', '谢谢'],
    ['亲 在吗', '亲 在吗'],
    ['好看吗这件', '好看吗这件'],
  ])('%s', (text, expected) => {
    expect(stripCourtesy(text)).toBe(expected);
  });
});

describe('splitClauses', () => {
  test.each([
    ['发什么快递，能开发票吗', ['发什么快递', '能开发票吗']],
    ['链条怎么上油 另外发票啥时候给', ['链条怎么上油', '发票啥时候给']],
    ['什么时候发货', []],
    ['嗯，什么时候发货', []],
  ])('%s', (text, expected) => {
    expect(splitClauses(text)).toEqual(expected);
  });
});

describe('detectLanguage', () => {
  test.each([
    ['什么时候发货', 'zh-Hans'],
    ['請問什麼時候發貨', 'zh-Hant'],
    ['shenme shihou fahuo', 'pinyin'],
    ['when will you ship my order', 'en'],
    ['XL 黑色', 'zh-Hans'],
    ['can you ship to 上海 tomorrow please', 'mixed'],
    ['VIP有折扣吗', 'zh-Hans'],
    ['???', 'zh-Hans'],
    ['請問幾時發貨', 'zh-Hant'],
    ['能寄到臺灣嗎', 'zh-Hant'],
    ['iphone15的壳子有没有', 'zh-Hans'],
    ['nike的鞋子是正品吗', 'zh-Hans'],
    ['duo shao qian', 'pinyin'],
    ['do you have size M in black', 'en'],
    ['size 38 do you have 白色 in stock', 'mixed'],
  ])('%s', (text, expected) => {
    expect(detectLanguage(text)).toBe(expected);
  });
});

describe('detectMood', () => {
  test.each([
    ['什么时候发货', 'calm'],
    ['不给退我就差评', 'threatening'],
    ['再不处理我去12315', 'threatening'],
    ['你们就是骗子', 'angry'],
    ['呵呵真行，等了半个月还没发', 'angry'],
    ['都五天了怎么还没发', 'impatient'],
    ['我再看看吧', 'hesitant'],
    ['收到了很喜欢，谢谢', 'happy'],
    ['好看吗', 'calm'],
    ['怎么还款', 'calm'],
    ['不太满意', 'calm'],
  ])('%s', (text, expected) => {
    expect(detectMood(text).mood).toBe(expected);
  });
});

test('concept words are found inside a text, each concept once, with its place', () => {
  const found = createConceptFinder()('发票什么时候寄 发票');
  const names = found.numbers.map((number) => CONCEPT_NAMES[number]);
  expect(names).toContain('invoice');
  expect(names).toContain('askWhen');
  expect(new Set(names).size).toBe(names.length);
  const invoice = names.indexOf('invoice');
  expect([found.starts[invoice], found.ends[invoice]]).toEqual([0, 2]);
});

describe('readPinyin', () => {
  test.each([
    ['zenme xiadan', '下单', 'xiadan'],
    ['zhe ge kuai di, dao na le', '快递', 'kuai di'],
    ['ORDER zenme xiadan', '怎么下单', 'zenme xiadan'],
  ])('every character read from %s knows its letters', (text, piece, origin) => {
    const traced = tracePinyin(text);
    expect(traced.text).toBe(readPinyin(text));
    expect(originOf(text, traced, piece)).toBe(origin);
  });

  test.each([
    ['zen me xia dan', '怎么下单'],
    ['zenme xiadan', '怎么下单'],
    ['wo yao tuihuo', '我要退货'],
    ['kai fapiao ma?', '开发票吗?'],
    ['neng bu neng pianyi dian', '能不能便宜点'],
    ['weishenme hai mei fahuo', '为什么还没发货'],
    ['L码 you ma', 'l码 有吗'],
  ])('%s', (text, expected) => {
    expect(readPinyin(text)).toBe(expected);
  });
});

test('95 % of the labelled lines are read in their mood, and no calm one in another', () => {
  const lines = readFileSync(join(import.meta.dirname, 'moods.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { text: string; mood: string });
  const wrong = lines.filter(({ text, mood }) => detectMood(text).mood !== mood);
  expect(new Set(lines.map(({ mood }) => mood))).toEqual(new Set(MOODS));
  expect(wrong.filter(({ mood }) => mood === 'calm')).toEqual([]);
  expect(1 - wrong.length / lines.length).toBeGreaterThanOrEqual(0.95);
});
