import { describe, expect, it } from 'vitest';
import {
  placeProblems,
  type RulesAction,
  reduceRules,
  rulesForm,
  rulesOf,
  sameRules,
  splitList,
  weighOtherwise,
} from '../../src/console/library/rules/rules-form.ts';
import { compileShopRules } from '../../src/gate/shop-rules/compile-shop-rules.ts';
import { ShopGateRulesSchema } from '../../src/protocol/gate-rules.ts';

const rules = {
  words: [
    { text: '老铁', severity: 'B', message: '本店不这样称呼', instead: ['SCR-01'], exceptions: ['老铁路'] },
    { text: '甩卖', severity: 'W', id: 'SHOP-sale', modes: ['typed'] },
  ],
  patterns: [{ id: 'SHOP-code', pattern: '扫.{0,3}码', severity: 'B', message: '不引导扫码' }],
  severities: { rules: { 'TAB-35': 'W' }, absolutes: { 顶级: 'off' } },
  exceptions: [{ text: '最美系列', rules: ['TAB-22'] }],
};

describe('gate rules as a form', () => {
  const act = (...actions: RulesAction[]) => actions.reduce(reduceRules, rulesForm(rules));

  it('untouched send what they were made of', () => {
    expect(rulesOf(rulesForm(rules))).toEqual(rules);
    expect(ShopGateRulesSchema.safeParse(rulesOf(rulesForm(rules))).error).toBeUndefined();
  });

  it('of a shop that has none are empty', () => {
    const empty = { words: [], patterns: [], severities: { rules: {}, absolutes: {} }, exceptions: [] };
    expect(rulesOf(rulesForm(undefined))).toEqual(empty);
    expect(rulesOf(rulesForm({}))).toEqual(empty);
  });

  it('take several words at once, each once, and put them first', () => {
    const form = act({ type: 'rowsAdded', section: 'words', texts: ['宝子', '老铁', '宝子', '家人们'], severity: 'W' });
    expect(form.words.map(({ text, severity }) => [text, severity])).toEqual([
      ['宝子', 'W'],
      ['家人们', 'W'],
      ['老铁', 'B'],
      ['甩卖', 'W'],
    ]);
    expect(new Set(form.words.map(({ key }) => key)).size).toBe(4);
  });

  it('change and lose a row', () => {
    const { key } = act().words[0]!;
    const changed = act({ type: 'rowSet', section: 'words', key, change: { severity: 'W' } });
    expect(sameRules(changed, act())).toBe(false);
    expect(act({ type: 'rowRemoved', section: 'words', key }).words.map(({ text }) => text)).toEqual(['甩卖']);
  });

  it('leave out a row of which nothing is typed', () => {
    const { key } = act().words[0]!;
    const form = act({ type: 'rowSet', section: 'words', key, change: { text: ' ' } });
    expect(rulesOf(form).words).toHaveLength(1);
  });

  it('show what is wrong at its row, whatever rows stand empty before it', () => {
    const form = act(
      { type: 'rowSet', section: 'words', key: act().words[0]!.key, change: { text: '' } },
      { type: 'rowSet', section: 'words', key: act().words[1]!.key, change: { list: ['别的'] } },
      { type: 'rowSet', section: 'patterns', key: act().patterns[0]!.key, change: { text: '扫(码' } },
      { type: 'rowsAdded', section: 'weights', texts: ['TAB-09'], severity: 'off' },
      { type: 'rowsAdded', section: 'absolutes', texts: ['不是绝对'], severity: 'off' },
    );
    let said = '';
    try {
      compileShopRules(rulesOf(form), 'gate rules');
    } catch (error) {
      said = (error as Error).message;
    }
    const placed = placeProblems(form, said).map(({ section, key }) => [section, key]);
    expect(placed).toEqual(
      expect.arrayContaining([
        ['words', form.words[1]!.key],
        ['patterns', form.patterns[0]!.key],
        ['weights', form.weights[0]!.key],
        ['absolutes', form.absolutes[0]!.key],
      ]),
    );
    expect(placed).toHaveLength(4);
  });

  it('keep a word of the desk that speaks of no row', () => {
    expect(placeProblems(act(), 'gate rules: is not legal')).toEqual([
      { section: undefined, key: undefined, message: 'is not legal' },
    ]);
  });
});

describe('a line of words', () => {
  it.each([
    ['TAB-01, TAB-02，TAB-03、TAB-04 TAB-01', ['TAB-01', 'TAB-02', 'TAB-03', 'TAB-04']],
    [' ', []],
  ])('%j is taken apart', (line, words) => {
    expect(splitList(line)).toEqual(words);
  });
});

describe('what the trial found', () => {
  it.each([
    [{ rule: 'TAB-22', severity: 'W' }, '顶级', { section: 'absolutes', texts: ['顶级'], severity: 'off' }],
    [{ rule: 'TAB-35', severity: 'B' }, '随便', { section: 'weights', texts: ['TAB-35'], severity: 'W' }],
    [{ rule: 'TAB-22', severity: 'B' }, '', { section: 'weights', texts: ['TAB-22'], severity: 'W' }],
  ] as const)('%j of %j is weighed a step less', (finding, words, row) => {
    expect(weighOtherwise(finding, words)).toEqual(row);
  });
});
