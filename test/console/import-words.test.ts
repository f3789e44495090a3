import { describe, expect, test } from 'vitest';
import { type Language, translate } from '../../src/console/i18n/language.tsx';
import { refusalOf, sayField, sayNotice, sayRefusal } from '../../src/console/library/transfer/import-words.ts';
import { NOTICES, REFUSALS } from '../../src/scripts/import/import-row.ts';

const inLanguage =
  (language: Language) =>
  (key: Parameters<typeof translate>[1], values = {}) =>
    translate(language, key, values);
const slotsOf = (sentence: string) => (sentence.match(/\{\w+\}/g) ?? []).toSorted();

describe.each(['zh', 'en'] as const)('in %s', (language) => {
  const t = inLanguage(language);

  test.each(Object.entries(REFUSALS))('the refusal %s is said with its values', (code, english) => {
    const sentence = sayRefusal(t, { code, params: {} }, '');
    expect(slotsOf(sentence)).toEqual(slotsOf(english));
    if (language === 'zh') expect(sentence).toMatch(/\p{Script=Han}/u);
  });

  test.each(Object.entries(NOTICES))('the remark %s is said with its values', (code, english) => {
    expect(slotsOf(sayNotice(t, { code, params: {} }, ''))).toEqual(slotsOf(english));
  });
});

test('what the page does not know is said as the desk sends it', () => {
  const t = inLanguage('zh');
  expect(sayRefusal(t, { code: 'of-tomorrow', params: {} }, 'the sentence')).toBe('the sentence');
  expect(sayField(t, 'text')).toBe('短语');
  expect(sayField(t, 'variants.0')).toBe('variants.0');
});

test.each([
  [
    { code: 'empty-file', params: {} },
    { code: 'empty-file', params: {} },
  ],
  [undefined, undefined],
  [{ code: 'empty-file' }, undefined],
])('the error details %j carry the refusal %j', (details, refusal) => {
  expect(refusalOf(details)).toEqual(refusal);
});
