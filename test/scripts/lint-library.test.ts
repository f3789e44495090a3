import { describe, expect, test } from 'vitest';
import { type LintOptions, lintLibrary } from '../../src/scripts/lint-library.ts';
import { makeScript } from './fixtures.ts';

const options: LintOptions = {
  guards: new Set(['agentOnDuty']),
  slots: new Map([
    ['agent.name', '阿松'],
    ['order.address', '很长的地址'.repeat(11)],
  ]),
  cards: ['SCR-08'],
};

function rulesOf(fields: Parameters<typeof makeScript>[0], more: Partial<LintOptions> = {}) {
  return lintLibrary([makeScript(fields)], { ...options, ...more }).map((finding) => finding.rule);
}

describe('lintLibrary', () => {
  test('has nothing to say to a good script', () => {
    const text = '我是{agent.name}，有事您随时喊我。';
    expect(rulesOf({ guards: ['agentOnDuty'], slots: ['agent.name'], variants: [{ text }] })).toEqual([]);
  });

  test.each([
    ['unknown-guard', { guards: ['moonIsFull'] }],
    ['unknown-guard', { variants: [{ text: '好的', guards: ['moonIsFull'] }] }],
    ['unknown-slot', { variants: [{ text: '好的{moon.phase}' }, { text: '好的' }] }],
    ['undeclared-slot', { variants: [{ text: '我是{agent.name}' }, { text: '{agent.name}在' }] }],
    ['unused-slot', { slots: ['agent.name'] }],
    ['missing-chinese', { variants: [{ text: 'Fine', language: 'en' }] }],
    ['too-long', { slots: ['order.address'], variants: [{ text: '请核对一下收货地址：{order.address}' }] }],
    ['too-many-questions', { variants: [{ text: '您要哪个颜色？多大码？' }] }],
    ['placeholder', { variants: [{ text: '运费xx元' }] }],
    ['placeholder', { variants: [{ text: '您好*，请稍等' }] }],
    ['never-automatic', { modes: ['A', 'O'] }],
  ])('%s', (rule, fields) => {
    expect(rulesOf(fields)).toEqual([rule]);
  });

  test.each([
    ['masked data', '电话138****0000'],
    ['a size', '有XXL码'],
    ['one run of question marks', '真的吗？？'],
    ['an optional slot of one wording', '我是{agent.name}'],
  ])('%s is no fault', (_name, text) => {
    expect(rulesOf({ variants: [{ text }, { text: '好的' }] })).toEqual([]);
  });

  test('the limit counts what the example fills in, and English has more letters', () => {
    expect(rulesOf({ variants: [{ text: '好'.repeat(60) }] })).toEqual([]);
    expect(rulesOf({ variants: [{ text: '好'.repeat(61) }] })).toEqual(['too-long']);
    const english = (length: number) => [{ text: '好' }, { text: 'a'.repeat(length), language: 'en' }];
    expect(rulesOf({ variants: english(120) })).toEqual([]);
    expect(rulesOf({ variants: english(121) })).toEqual(['too-long']);
  });

  test('asks the gate about the rendered text', () => {
    const judge: LintOptions['judge'] = (text) => ({
      decision: text.includes('阿松') ? 'block' : 'warn',
      reasons: ['TAB-22'],
    });
    const variants = [{ text: '我是{agent.name}' }, { text: '好的' }];
    const findings = lintLibrary([makeScript({ variants })], { ...options, judge });
    expect(findings.map(({ rule, severity, variant }) => [rule, severity, variant])).toEqual([
      ['blocked-by-gate', 'error', 0],
      ['warned-by-gate', 'warning', 1],
    ]);
  });

  test('names a card without a script, and ids and codes given twice', () => {
    const scripts = [makeScript(), makeScript()];
    const findings = lintLibrary(scripts, { ...options, cards: ['SCR-08', 'SCR-09'] });
    expect(findings.map((finding) => [finding.rule, finding.scriptId])).toEqual([
      ['missing-card', 'SCR-09'],
      ['duplicate-id', 'SCR-08'],
      ['duplicate-code', 'SCR-08'],
    ]);
  });
});
