import { describe, expect, it } from 'vitest';
import { compareScripts } from '../../src/console/library/compare/compare-scripts.ts';
import { compareTexts, likeness, splitWords } from '../../src/console/library/compare/compare-texts.ts';
import { scriptBody } from './library-examples.ts';

describe('words of a text', () => {
  it.each(['亲，欢迎来到{shop.name}😊 我是{agent.name}', 'Welcome to {shop.name}!', '{a}{b}', '{not a slot} {}', ''])(
    '%j joined are the text',
    (text) => {
      expect(splitWords(text).join('')).toBe(text);
    },
  );

  it('hold a slot as one', () => {
    expect(splitWords('到{shop.name}看')).toContain('{shop.name}');
  });
});

describe('two texts', () => {
  it('are told apart word by word, what went before what came', () => {
    expect(compareTexts('用着还顺心吗？', '用着还好吗？')).toEqual([
      { kind: 'same', text: '用着' },
      { kind: 'removed', text: '还顺心' },
      { kind: 'added', text: '还好' },
      { kind: 'same', text: '吗？' },
    ]);
  });

  it('give back both sides', () => {
    const [before, after] = ['您好，{agent.name}为您服务，请说。', '您好呀，我是{agent.name}，您请说吧。'];
    const pieces = compareTexts(before, after);
    const side = (other: string) =>
      pieces
        .filter(({ kind }) => kind !== other)
        .map(({ text }) => text)
        .join('');
    expect([side('added'), side('removed')]).toEqual([before, after]);
  });

  it.each([
    ['一样的话', '一样的话', 1],
    ['甲', '乙', 0],
    ['', '', 1],
  ])('%j and %j are alike by %i', (before, after, share) => {
    expect(likeness(compareTexts(before, after))).toBe(share);
  });
});

describe('two versions of a script', () => {
  const before = scriptBody(['您好，有什么可以帮您？', '欢迎回来，这次需要什么？', '稍等，我去看一下。']);

  it('that are the same differ in nothing', () => {
    expect(compareScripts(before, structuredClone(before))).toMatchObject({
      fields: [],
      reordered: false,
      empty: true,
    });
  });

  it('show a wording that changed beside the one it came from', () => {
    const after = scriptBody(['欢迎回来，这次想看什么？', '您好，有什么可以帮您？', '稍等，我去看一下。']);
    const { variants, reordered, empty } = compareScripts(before, after);
    expect(variants.map(({ kind, beforeAt, afterAt }) => [kind, beforeAt, afterAt])).toEqual([
      ['changed', 1, 0],
      ['same', 0, 1],
      ['same', 2, 2],
    ]);
    expect([reordered, empty]).toEqual([true, false]);
  });

  it('show what was added and what was removed where it stood', () => {
    const after = scriptBody(['您好，有什么可以帮您？', '稍等，我去看一下。', 'Anything else I can do for you?']);
    expect(compareScripts(before, after).variants.map(({ kind, beforeAt }) => [kind, beforeAt])).toEqual([
      ['same', 0],
      ['removed', 1],
      ['same', 2],
      ['added', undefined],
    ]);
  });

  it('show the fields of a wording', () => {
    const after = structuredClone(before);
    after.variants[0]!.buyerTypes = ['BT-1'];
    after.variants[0]!.guards = ['agentOnDuty'];
    const [first] = compareScripts(before, after).variants;
    expect(first).toMatchObject({ kind: 'changed', pieces: [{ kind: 'same' }] });
    expect(first!.fields.map(({ field, added }) => [field, added])).toEqual([
      ['buyerTypes', ['BT-1']],
      ['guards', ['agentOnDuty']],
    ]);
  });

  it('show what came and went in the other fields', () => {
    const after = { ...structuredClone(before), code: 'zh9', guards: ['noOpenDispute'], technique: 'CT-1' as const };
    after.title = { zh: before.title.zh, en: 'Other' };
    expect(compareScripts(before, after).fields).toEqual([
      { field: 'code', kept: [], removed: ['zh1'], added: ['zh9'] },
      { field: 'title', kept: [before.title.zh], removed: [before.title.en], added: ['Other'] },
      { field: 'technique', kept: [], removed: [], added: ['CT-1'] },
      { field: 'guards', kept: [], removed: ['agentOnDuty'], added: ['noOpenDispute'] },
    ]);
  });
});
