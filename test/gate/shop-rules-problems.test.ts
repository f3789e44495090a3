import { describe, expect, it } from 'vitest';
import { MOST_UNFILTERED } from '../../src/gate/shop-rules/check-rules.ts';
import { compileShopRules } from '../../src/gate/shop-rules/compile-shop-rules.ts';
import { parseShopRules } from '../../src/gate/shop-rules/read-shop-rules.ts';
import { legalSeverities, PROTECTED_RULES } from '../../src/gate/shop-rules/rule-weights.ts';
import { ShopRulesError } from '../../src/gate/shop-rules/shop-rules-error.ts';
import { DataFileError } from '../../src/lib/errors.ts';
import { GATE_RULES_LIMITS } from '../../src/protocol/gate-rules.ts';
import { TABOO_IDS } from '../../src/protocol/ids.ts';

/** The problems as `path: message`; empty when the rules are good. */
function problemsOf(raw: unknown): string[] {
  try {
    compileShopRules(raw, 'rules');
    return [];
  } catch (error) {
    if (!(error instanceof ShopRulesError)) throw error;
    expect(error).toBeInstanceOf(DataFileError);
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

const word = (text: string, more = {}) => ({ words: [{ text, severity: 'W', ...more }] });
const pattern = (source: string, more = {}) => ({
  patterns: [{ id: 'SHOP-p', pattern: source, severity: 'W', message: '请换。', ...more }],
});

describe('the form', () => {
  it.each([
    ['no object', [], ': [] is not legal'],
    ['a field nobody knows', { wordz: [] }, 'wordz: is not a field'],
    ['a severity nobody knows', word('x', { severity: 'E' }), 'words[0].severity: "E" is not legal'],
    ['a word without severity', { words: [{ text: 'x' }] }, 'words[0].severity: nothing is not legal'],
    ['an id of a taboo', word('x', { id: 'TAB-22' }), 'words[0].id: "TAB-22" is not legal'],
    ['a card nobody knows', word('x', { instead: ['SCR-999'] }), 'words[0].instead[0]: "SCR-999" is not legal'],
    ['a mode nobody knows', word('x', { modes: ['Z'] }), 'words[0].modes[0]: "Z" is not legal'],
    ['no mode at all', word('x', { modes: [] }), 'words[0].modes: [] is not legal'],
    ['a word too long', word('长'.repeat(61)), 'words[0].text'],
    ['a pattern without message', { patterns: [{ id: 'SHOP-p', pattern: 'x', severity: 'B' }] }, 'patterns[0].message'],
    ['a pattern too long', pattern('长'.repeat(301)), 'patterns[0].pattern'],
    [
      'a taboo nobody knows',
      { severities: { rules: { 'TAB-99': 'W' } } },
      'severities.rules.TAB-99: the name "TAB-99"',
    ],
    ['an exception of no rule', { exceptions: [{ text: 'x', rules: [] }] }, 'exceptions[0].rules'],
    ['an exception of a strange rule', { exceptions: [{ text: 'x', rules: ['X'] }] }, 'exceptions[0].rules[0]: "X"'],
    ['too many words', { words: Array(GATE_RULES_LIMITS.words + 1).fill({ text: 'x', severity: 'W' }) }, 'words: '],
  ])('refuses %s', (_, raw, problem) => {
    expect(problemsOf(raw)[0]).toContain(problem);
  });

  it('lists every problem, not the first alone', () => {
    const raw = { words: [{ text: '', severity: 'B' }, { text: 'a' }], other: 1 };
    expect(problemsOf(raw).map((problem) => problem.split(':')[0])).toEqual([
      'words[0].text',
      'words[1].severity',
      'other',
    ]);
  });
});

describe('words', () => {
  it.each([
    ['a blank word', word('　 '), 'words[0].text: "　 " holds nothing to find'],
    [
      'a word twice',
      { words: [...word('清仓').words, ...word('清 倉').words] },
      'words[1].text: "清 倉" is the same as words[0]',
    ],
    [
      'an exception without the word',
      word('清仓', { exceptions: ['专场'] }),
      'words[0].exceptions[0]: "专场" does not hold',
    ],
  ])('refuses %s', (_, raw, problem) => {
    expect(problemsOf(raw)[0]).toContain(problem);
  });

  it('takes a word twice for different modes', () => {
    const words = [
      { text: '清仓', severity: 'W', modes: ['typed'] },
      { text: '清仓', severity: 'B', modes: ['O', 'S'] },
    ];
    expect(problemsOf({ words })).toEqual([]);
  });
});

describe('patterns', () => {
  it.each([
    ['a(?=b)', 'looks ahead or behind'],
    ['a(?!b)', 'looks ahead or behind'],
    ['(?<=a)b', 'looks ahead or behind'],
    ['(?<!a)b', 'looks ahead or behind'],
    ['(a)\\1', 'refers back to a group'],
    ['(?<x>a)\\k<x>', 'refers back to a group'],
    ['(?>a)', 'uses (?>'],
    ['(?i)a', 'uses (?i'],
    ['(a', 'without its )'],
    ['a)', 'without its ('],
    ['[a', 'without its ]'],
    ['[]', 'empty class'],
    ['[z-a]', 'whose end comes before its start'],
    ['[a-\\d]', 'does not end in a character'],
    ['[[:alpha:]]', '[:class:]'],
    ['[🧧]', 'write it outside the brackets'],
    ['*a', 'nothing before it to repeat'],
    ['a**', 'nothing before it to repeat'],
    ['a{x}', 'starts no count'],
    ['a{2}{3}', 'nothing before it to repeat'],
    ['a{3,2}', 'is no RE2 pattern'],
    ['a{2000}', 'is no RE2 pattern'],
    ['\\p{Nothing}a', 'is no RE2 pattern'],
    ['\\u4e00', 'write the character itself'],
    ['\\h', 'is not supported'],
    ['a\\', 'ends in a \\'],
    ['\\x{ffffff}', 'which is no character'],
    ['a\u200bb', 'invisible character U+200b'],
    [`${'('.repeat(21)}a${')'.repeat(21)}`, 'deeper than 20'],
    ['(?:\\p{Han}{1,100}a){1,9}', 'steps, at most'],
  ])('%s is refused', (source, problem) => {
    const [first] = problemsOf(pattern(source));
    expect(first).toContain(`patterns[0].pattern: "${source}"`);
    expect(first).toContain(problem);
  });

  it.each(['', 'a*', '^', '$', '\\b', 'a?', '(a|)', 'a{0}', '(?:a*)+', '^$', '(?:a|b){0,3}'])(
    'one that matches nothing at all is refused: %s',
    (source) => {
      expect(problemsOf(pattern(source))[0]).toMatch(/empty text|Too small/);
    },
  );

  it('needs an id of its own', () => {
    const [one] = pattern('a').patterns;
    expect(problemsOf({ patterns: [one, one] })[0]).toContain('patterns[1].id: SHOP-p stands at patterns[0]');
    expect(problemsOf({ ...pattern('a'), ...word('清仓', { id: 'SHOP-p' }) })[0]).toContain('is a rule of words');
  });

  it('may lack a fixed word only so often', () => {
    const many = (count: number) => ({
      patterns: Array.from({ length: count }, (_, i) => ({ ...pattern('\\w\\W').patterns[0], id: `SHOP-${i}` })),
    });
    expect(problemsOf(many(MOST_UNFILTERED))).toEqual([]);
    expect(problemsOf(many(MOST_UNFILTERED + 1))[0]).toContain('has no word that every match holds');
  });
});

describe('what is protected', () => {
  it('is every rule the law or the desk stands on', () => {
    expect(TABOO_IDS).toEqual(expect.arrayContaining(Object.keys(PROTECTED_RULES)));
    for (const rule of ['TAB-09', 'TAB-27', 'TAB-31', 'TAB-41', 'TAB-44', 'TAB-45', 'TAB-51'])
      expect(PROTECTED_RULES).toHaveProperty(rule);
  });

  it.each(Object.keys(PROTECTED_RULES))('%s can neither be lowered nor excepted', (rule) => {
    for (const severity of ['W', 'off']) {
      const [problem] = problemsOf({ severities: { rules: { [rule]: severity } } });
      expect(problem).toContain(
        `severities.rules.${rule}: ${severity} is not legal for ${rule}: B (${rule} is protected`,
      );
    }
    expect(problemsOf({ severities: { rules: { [rule]: 'B' } } })).toEqual([]);
    const [problem] = problemsOf({ exceptions: [{ text: '清仓', rules: [rule] }] });
    expect(problem).toContain(`exceptions[0].rules[0]: ${rule} is not legal: it is protected`);
  });

  it('other rules go down a step: a block to a warning, a warning to nothing', () => {
    expect(legalSeverities('TAB-05')).toEqual(['B', 'W']);
    expect(legalSeverities('TAB-06')).toEqual(['B', 'W', 'off']);
    expect(legalSeverities('TAB-22')).toEqual(['B', 'W']);
    expect(problemsOf({ severities: { rules: { 'TAB-05': 'off' } } })[0]).toContain(
      'off is not legal for TAB-05: B or W',
    );
  });

  it('an absolute is one that TAB-22 finds', () => {
    expect(problemsOf({ severities: { absolutes: { 顶级: 'off', '100%': 'W', 'World-Class': 'B' } } })).toEqual([]);
    expect(problemsOf({ severities: { absolutes: { 很好: 'off' } } })[0]).toContain('"很好" is no absolute word');
  });

  it('an exception names a rule that is there', () => {
    const exceptions = [{ text: '清仓', rules: ['SHOP-gone'] }];
    expect(problemsOf({ exceptions })[0]).toContain('exceptions[0].rules[0]: SHOP-gone is no rule of these');
    expect(problemsOf({ exceptions: [{ text: ' ', rules: ['TAB-22'] }] })[0]).toContain('holds nothing to find');
  });
});

describe('a file', () => {
  it('is YAML or JSON, and may be empty', () => {
    expect(parseShopRules('', 'f.yaml').rules.words).toEqual([]);
    expect(parseShopRules('words:\n  - { text: 清仓, severity: W }\n', 'f.yaml').rules.words).toHaveLength(1);
    expect(parseShopRules('{"words":[{"text":"清仓","severity":"W"}]}', 'f.json').rules.words).toHaveLength(1);
  });

  it.each([
    ['a field', 'words:\n  - text: 清仓\n    severity: X\n', 'f.yaml:3 words[0].severity: "X" is not legal'],
    ['a missing field', 'words:\n  - text: 清仓\n', 'f.yaml:2 words[0].severity: nothing is not legal'],
    ['a rule', 'severities:\n  rules:\n    TAB-44: W\n', 'f.yaml:3 severities.rules.TAB-44: W is not legal'],
    ['no YAML', 'words: [', 'f.yaml:1: is not YAML'],
    ['a list', '- 1\n', 'f.yaml: [1] is not legal'],
  ])('names the line of %s', (_, text, message) => {
    expect(() => parseShopRules(text, 'f.yaml')).toThrow(message);
  });

  it('has one line for each problem', () => {
    const text = 'severities:\n  rules:\n    TAB-44: W\n    TAB-51: off\n';
    expect(() => parseShopRules(text, 'f.yaml')).toThrow(/^f\.yaml:3 .*\nf\.yaml:4 .*$/);
  });

  it('of aliases upon aliases, or too large, is refused', () => {
    const bomb = Array.from({ length: 12 }, (_, i) => `a${i}: &a${i} [${i ? `*a${i - 1},`.repeat(9) : 'x'}]`).join(
      '\n',
    );
    expect(() => parseShopRules(bomb, 'f.yaml')).toThrow('f.yaml: is not YAML');
    expect(() => parseShopRules(' '.repeat(4_000_001), 'f.yaml')).toThrow('at most 4000000 are read');
  });
});
