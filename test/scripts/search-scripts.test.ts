import { describe, expect, test } from 'vitest';
import { createScriptSearch } from '../../src/scripts/search-scripts.ts';
import { makeScript } from './fixtures.ts';

const scripts = [
  makeScript({
    id: 'SCR-109',
    card: 'SCR-109',
    code: 'byf1',
    title: { zh: '补运费', en: 'Postage top-up' },
    variants: [{ text: '申通补{postage.amount}，链接里备注旺旺名就好。' }],
  }),
  makeScript({
    id: 'SCR-103',
    card: 'SCR-103',
    code: 'thdz1',
    title: { zh: '退货地址', en: 'Return address' },
    variants: [{ text: '麻烦寄到仓库。' }, { text: '寄回请用快递，平邮我们收不到。' }],
  }),
  makeScript({
    id: 'SCR-30',
    card: 'SCR-30',
    code: 'yj1',
    title: { zh: '议价回复', en: 'Bargaining reply' },
    variants: [{ text: '谢谢您喜欢，价格大家都一样。' }],
  }),
];
const { search } = createScriptSearch(scripts);
const idsOf = (query: string) => search(query).map((hit) => hit.script.id);

describe('createScriptSearch', () => {
  test.each([
    ['quick code', 'byf1', 'SCR-109'],
    ['start of a code', 'thd', 'SCR-103'],
    ['id', 'scr-30', 'SCR-30'],
    ['number of the card', '103', 'SCR-103'],
    ['words of the title', '运费', 'SCR-109'],
    ['words of the text', '平邮', 'SCR-103'],
    ['English title', 'bargain', 'SCR-30'],
    ['pinyin initials', 'thdz', 'SCR-103'],
    ['initials inside the title', 'hf', 'SCR-30'],
    ['full pinyin', 'tuihuo', 'SCR-103'],
    ['pinyin inside the title', 'yunfei', 'SCR-109'],
    ['pinyin of the text', 'pingyou', 'SCR-103'],
    ['traditional characters', '補運費', 'SCR-109'],
    ['full-width letters', 'ＢＹＦ１', 'SCR-109'],
    ['wrong character of the right sound', '补运废', 'SCR-109'],
    ['mixed-up sounds', 'buyunhei', 'SCR-109'],
    ['mixed-up ü and g', 'yijiahuihu', 'SCR-30'],
    ['letters swapped', 'tuhiuodizhi', 'SCR-103'],
    ['one wrong character', '退货地方', 'SCR-103'],
    ['letters swapped in an English word', 'bargian', 'SCR-30'],
    ['several words', '退货 address', 'SCR-103'],
  ])('finds by %s', (_kind, query, id) => {
    expect(idsOf(query)[0]).toBe(id);
  });

  test.each(['量子力学', 'zzzzzz', '退货 议价'])('finds nothing for %s', (query) => {
    expect(idsOf(query)).toEqual([]);
  });

  test('pinyin has to start where a syllable starts', () => {
    expect(idsOf('nfei')).toEqual([]);
  });

  test('the name of a slot is no text', () => {
    expect(idsOf('postage.amount')).toEqual([]);
  });

  test('a title counts more than a text', () => {
    const inText = makeScript({ id: 'SCR-08-x', code: 'x1', variants: [{ text: '退货地址稍后给您。' }] });
    const hits = createScriptSearch([inText, ...scripts]).search('退货地址');
    expect(hits.map((hit) => hit.script.id)).toEqual(['SCR-103', 'SCR-08-x']);
  });

  test('names the wording that matched', () => {
    expect(search('平邮')[0]).toMatchObject({ variant: 1 });
  });

  test('an empty query lists the scripts in their order, narrowed by filter and limit', () => {
    expect(idsOf('')).toEqual(['SCR-109', 'SCR-103', 'SCR-30']);
    expect(search(' ', { limit: 1, filter: (script) => script.card !== 'SCR-109' })[0]!.script.id).toBe('SCR-103');
  });
});
