import { describe, expect, it } from 'vitest';
import { ScriptSchema } from '../../../src/protocol/script.ts';
import { findWordings, likeness, unfill } from '../../../src/suggestions/learning/find-variants.ts';
import type { KeptEdit } from '../../../src/suggestions/learning/ports.ts';
import { NOW } from './count-rows.ts';

const SLOTS = [
  { name: 'shop.name', value: '小禾女装' },
  { name: 'order.eta', value: '3' },
];
const SCRIPT = ScriptSchema.parse({
  id: 'SCR-05-hold',
  card: 'SCR-05',
  code: 'hold',
  title: { zh: '稍等', en: 'hold' },
  modes: ['A'],
  intents: [],
  stages: [],
  slots: [],
  guards: [],
  length: 'L2',
  variants: [{ text: '{shop.name}帮您查一下，大约{order.eta}分钟' }],
  sources: ['test'],
  status: 'approved',
  version: 1,
});
let serial = 0;
const edit = (text: string, conversationId = `cnv_${++serial}`): KeptEdit => ({
  suggestionId: `sug_${++serial}`,
  conversationId,
  scriptId: SCRIPT.id,
  version: 1,
  text,
  slots: SLOTS,
  at: NOW + serial,
});
const KEPT = '亲，小禾女装这就去仓库确认，大约3分钟回您';
const find = (edits: KeptEdit[], before: string[] = []) => findWordings(SCRIPT, edits, before);

describe('slots put back', () => {
  it.each([
    ['小禾女装欢迎您', '{shop.name}欢迎您'],
    ['大约3分钟', '大约{order.eta}分钟'],
    ['大约13分钟', '大约13分钟'],
    ['没有值', '没有值'],
  ])('%s', (text, expected) => {
    expect(unfill(text, SLOTS)).toBe(expected);
  });

  it('the longest value goes first, and none is found inside another slot’s name', () => {
    const slots = [
      { name: 'a.shop', value: '小禾' },
      { name: 'b.full', value: '小禾女装' },
      { name: 'c.word', value: 'shop' },
      { name: 'd.empty', value: '' },
    ];
    expect(unfill('小禾女装的小禾在 shop', slots)).toBe('{b.full}的{a.shop}在 {c.word}');
  });
});

describe('repeated edits', () => {
  it('three of two conversations are a wording, with its slots', () => {
    const edits = [edit(KEPT, 'cnv_a'), edit(KEPT, 'cnv_a'), edit(`${KEPT}～`, 'cnv_b')];
    expect(find(edits)).toEqual([
      { text: '亲，{shop.name}这就去仓库确认，大约{order.eta}分钟回您', edits, conversations: 2 },
    ]);
  });

  it.each([
    ['two edits', [edit(KEPT), edit(KEPT)]],
    ['one conversation', [edit(KEPT, 'cnv_a'), edit(KEPT, 'cnv_a'), edit(KEPT, 'cnv_a')]],
    ['other words each time', [edit('马上'), edit('这款没有了'), edit('明天再看看吧')]],
    ['what the script says already', Array.from({ length: 3 }, () => edit('小禾女装帮您查一下  大约3分钟！'))],
    ['a figure of one conversation', Array.from({ length: 3 }, () => edit('亲，给您便宜15元'))],
    ['stray braces', Array.from({ length: 3 }, () => edit('亲{ 这就去仓库确认'))],
  ])('%s are none', (_, edits) => {
    expect(find(edits)).toEqual([]);
  });

  it('what is like an earlier find is not found again', () => {
    const edits = Array.from({ length: 4 }, () => edit(KEPT));
    expect(find(edits, ['亲，{shop.name}这就去仓库确认，大约{order.eta}分钟回您～'])).toEqual([]);
    expect(find(edits, ['完全不同的一句话'])).toHaveLength(1);
  });

  it('the wording that most wrote speaks for the others', () => {
    const other = '亲，小禾女装这就去仓库确认，大约3分钟回复您';
    const [found] = find([edit(other), edit(KEPT), edit(KEPT)]);
    expect(found?.text).toBe('亲，{shop.name}这就去仓库确认，大约{order.eta}分钟回您');
  });
});

describe('likeness', () => {
  it.each([
    ['在的亲', '在的，亲！', 1],
    ['在', '在', 1],
    ['在', '好', 0],
    ['我帮您查', '明天发货', 0],
  ])('of %s and %s', (a, b, expected) => {
    expect(likeness(a, b)).toBe(expected);
  });
});
