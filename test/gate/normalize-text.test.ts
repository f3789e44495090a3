import { describe, expect, it } from 'vitest';
import { normalizeText, toOriginalSpan } from '../../src/gate/normalize-text.ts';

describe('normalizeText', () => {
  it.each([
    ['full width', '＋Ｖ', '+v', '+v'],
    ['zero width', '微​信', '微信', '微信'],
    ['space between single characters', '微 信', '微信', '微信'],
    ['space between words', '好的 您稍等', '好的 您稍等', '好的您稍等'],
    ['pinyin in pieces', 'wei xin', 'wei xin', 'weixin'],
    ['traditional', '轉帳', '转账', '转账'],
    ['a heart for a character', '威❤️', '威心', '威心'],
    ['mathematical letters', '𝐕𝐗', 'vx', 'vx'],
    ['ornament inside a word', '微-信', '微-信', '微信'],
    ['letters of other alphabets', 'ᴠх Ꮩ', 'vx v', 'vxv'],
    ['characters in brackets of their own', '【微】（信）', '【微】(信)', '微信'],
    ['a word half in brackets', '(微)信', '(微)信', '微信'],
    ['words in brackets', '（大）小【现货】', '(大)小【现货】', '(大)小【现货】'],
    ['numbers in circles', '❶❸➑⓪⒈㈤', '13801五', '13801五'],
    ['a Roman numeral that counts', 'Ⅴ星', '5星', '5星'],
    ['a Roman numeral that names', 'Ⅴ代', 'v代', 'v代'],
    ['a mark for a letter beside its word only', '√信 √好', 'v信 √好', 'v信√好'],
    ['a number keeps its point', '1.5 元', '1.5元', '1.5元'],
  ])('%s', (_name, text, plain, tight) => {
    const views = normalizeText(text);
    expect(views.plain.text).toBe(plain);
    expect(views.tight.text).toBe(tight);
  });

  it('maps a stretch back to the original characters', () => {
    const text = '请加我的 微 ​信 号';
    const { tight } = normalizeText(text);
    const from = tight.text.indexOf('微');
    const [start, end] = toOriginalSpan(tight, from, from + 2);
    expect(text.slice(start, end)).toBe('微 ​信');
  });

  it('maps across surrogate pairs', () => {
    const text = '👍𝐕𝐗号';
    const { tight } = normalizeText(text);
    const from = tight.text.indexOf('vx');
    expect(text.slice(...toOriginalSpan(tight, from, from + 2))).toBe('𝐕𝐗');
  });
});

describe('what is kept', () => {
  it('is the same after many other texts', () => {
    const first = structuredClone(normalizeText('加★薇 信：１２３'));
    for (let i = 0; i < 2000; i++) normalizeText(`第${i}句`);
    expect(normalizeText('加★薇 信：１２３')).toEqual(first);
    expect(normalizeText('加★薇 信：１２３')).toEqual(first);
  });

  it('does not hold long texts, and reads them all the same', () => {
    const long = `${'好'.repeat(600)}，ＯＫ`;
    expect(normalizeText(long).plain.text).toBe(`${'好'.repeat(600)},ok`);
  });
});
