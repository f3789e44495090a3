import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/gate/create-gate.ts';
import { compileShopRules } from '../../src/gate/shop-rules/compile-shop-rules.ts';
import { type GateContext, VerdictSchema } from '../../src/protocol/turn.ts';

const TEA = { text: '顶级', rules: ['TAB-22'] };

function judge(raw: unknown, text: string, context: GateContext = {}) {
  return createGate(undefined, compileShopRules(raw, 'test')).judge(text, context);
}

/** Findings of the shop's rules as `rule severity words`. */
function shopFindings(raw: unknown, text: string, context: GateContext = {}): string[] {
  return judge(raw, text, context)
    .findings.filter((finding) => finding.rule.startsWith('SHOP-'))
    .map(({ rule, severity, span }) => `${rule} ${severity} ${text.slice(...span!)}`);
}

describe('words of the shop', () => {
  const rules = {
    words: [
      { text: '内部渠道', severity: 'B', id: 'SHOP-source', message: '不谈货源。', instead: ['SCR-08'] },
      { text: 'Odm', severity: 'W' },
      { text: '50', severity: 'W', id: 'SHOP-number' },
      { text: '🙄', severity: 'W', id: 'SHOP-emoji' },
      { text: '红心款', severity: 'W', id: 'SHOP-heart' },
      { text: '清仓', severity: 'W', id: 'SHOP-sale', exceptions: ['清仓专场'], modes: ['typed', 'A'] },
      { text: 'A+B', severity: 'W', id: 'SHOP-marks' },
      { text: 'T.T', severity: 'W', id: 'SHOP-dots' },
    ],
  };

  it.each([
    ['这是内部渠道的货', 'SHOP-source B 内部渠道'],
    ['这是 內 部 渠 道 的货', 'SHOP-source B 內 部 渠 道'],
    ['内·部·渠·道来的', 'SHOP-source B 内·部·渠·道'],
    ['内部🌸渠道', 'SHOP-source B 内部🌸渠道'],
    ['我们是ＯＤＭ厂', 'SHOP-word W ＯＤＭ'],
    ['我们是o d m厂', 'SHOP-word W o d m'],
    ['就剩50件', 'SHOP-number W 50'],
    ['好的🙄', 'SHOP-emoji W 🙄'],
    ['红❤款还有', 'SHOP-heart W 红❤款'],
    ['今天清仓哦', 'SHOP-sale W 清仓'],
    ['a+b组合', 'SHOP-marks W a+b'],
    ['好吧t.t', 'SHOP-dots W t.t'],
  ])('finds %s', (text, expected) => {
    expect(shopFindings(rules, text)).toEqual([expected]);
  });

  it.each(['内部的渠道', 'codm', 'odms', '150件', '505', '内部，渠道', '清仓专场见', '清仓·专场', 'tt', '好的🙂'])(
    'passes over %s',
    (text) => {
      expect(shopFindings(rules, text)).toEqual([]);
    },
  );

  it('excepts only the place of the longer word', () => {
    expect(shopFindings(rules, '清仓专场以后不清仓')).toEqual(['SHOP-sale W 清仓']);
  });

  it('asks only those who may not say it', () => {
    expect(shopFindings(rules, '今天清仓', { mode: 'A' })).toHaveLength(1);
    expect(shopFindings(rules, '今天清仓', { mode: 'S' })).toEqual([]);
  });

  it('answers in the form of the protocol', () => {
    const text = '是内部渠道呢';
    const verdict = judge(rules, text);
    expect(VerdictSchema.parse(verdict)).toEqual(verdict);
    expect(verdict).toEqual({
      decision: 'block',
      findings: [{ rule: 'SHOP-source', severity: 'B', span: [1, 5], message: '不谈货源。', instead: ['SCR-08'] }],
    });
  });

  it('names the word where the shop wrote no sentence', () => {
    expect(judge({ words: [{ text: '专场', severity: 'W' }] }, '专场').findings[0]?.message).toContain('“专场”');
  });

  it('shows at most twenty findings of a rule', () => {
    expect(shopFindings(rules, '清仓,'.repeat(40))).toHaveLength(20);
  });
});

describe('patterns of the shop', () => {
  const pattern = (source: string, more = {}) => ({
    patterns: [{ id: 'SHOP-p', pattern: source, severity: 'W', message: '请换。', ...more }],
  });

  it.each([
    ['满(\\d{2,4})送', '现在满２００送一件', '满２００送'],
    ['會員|會友', '会员价', '会员'],
    ['[Ａ-Ｃ]区', 'b区还有', 'b区'],
    ['PLUS款?', 'plus款', 'plus款'],
    ['红❤', '红心好看', '红心'],
    ['\\p{Han}{2}号线', '地铁四号线', '铁四号线'],
    ['^您好', '您好呀', '您好'],
    ['再见$', '那再见', '再见'],
    ['(?:送|赠).{0,4}杯', '送您一个杯子', '送您一个杯'],
    ['a\\.b|c\\\\d', 'x a.b', 'a.b'],
    ['(?<what>包邮)+', '包邮包邮', '包邮包邮'],
    ['[^a-z]x[\\d]{2}?', '一x12', '一x12'],
    ['\\bnew\\b', 'a new one', 'new'],
    ['\\x{5305}邮', '包 邮', '包 邮'],
  ])('%s finds its place in %s', (source, text, found) => {
    expect(shopFindings(pattern(source), text)).toEqual([`SHOP-p W ${found}`]);
  });

  it.each([
    ['满\\d{2}送', '满200送'],
    ['^您好', '亲，您好'],
    ['\\bnew\\b', 'anew'],
    ['[^的]x', '的x'],
  ])('%s passes over %s', (source, text) => {
    expect(shopFindings(pattern(source), text)).toEqual([]);
  });

  it('counts in its modes only, and shows at most twenty matches', () => {
    expect(shopFindings(pattern('包邮', { modes: ['O'] }), '包邮')).toEqual([]);
    expect(shopFindings(pattern('包邮', { modes: ['O'] }), '包邮', { mode: 'O' })).toHaveLength(1);
    expect(shopFindings(pattern('包邮'), '包邮。'.repeat(30))).toHaveLength(20);
  });
});

describe('sound-alikes, which the gate folds', () => {
  const rules = {
    words: [
      { text: '微信价', severity: 'W', id: 'SHOP-price' },
      { text: '薇信', severity: 'W', id: 'SHOP-written', exceptions: ['薇信任'] },
    ],
    patterns: [{ id: 'SHOP-p', pattern: '薇信.|微信卡', severity: 'W', message: '请换。' }],
  };

  it.each([
    ['有薇信价的', ['SHOP-price W 薇信价', 'SHOP-written W 薇信', 'SHOP-p W 薇信价']],
    ['有 weixin 卡', ['SHOP-written W weixin', 'SHOP-p W weixin 卡']],
    ['薇信任您', ['SHOP-p W 薇信任']],
  ])('%s: as written and as heard', (text, expected) => {
    expect(shopFindings(rules, text).toSorted()).toEqual(expected.toSorted());
  });
});

describe('severities', () => {
  it.each([
    ['a word raised', { absolutes: { 顶级: 'B' } }, '这是顶级做工', 'block'],
    ['a word off', { absolutes: { 顶级: 'off' } }, '这是顶级做工', 'pass'],
    ['a word off, another stays', { absolutes: { 顶级: 'off' } }, '顶级做工，史低价', 'warn'],
    ['a word off in a disguise', { absolutes: { 顶级: 'off' } }, '这是頂級做工', 'pass'],
    ['the rule raised', { rules: { 'TAB-22': 'B' } }, '这是顶级做工', 'block'],
    ['the word goes before the rule', { rules: { 'TAB-22': 'B' }, absolutes: { 顶级: 'W' } }, '这是顶级做工', 'warn'],
    ['a blocking rule lowered', { rules: { 'TAB-03': 'W' } }, '在的', 'warn'],
    ['a warning rule off', { rules: { 'TAB-06': 'off' } }, '快点！！！！', 'pass'],
  ])('%s', (_, severities, text, decision) => {
    expect(judge({ severities }, text).decision).toBe(decision);
  });

  it('an absolute lowered stays lowered for the cautious', () => {
    const context: GateContext = { buyer: { types: { 'BT-5': 0.9 } } };
    expect(judge({}, '这是顶级做工', context).decision).toBe('block');
    expect(judge({ severities: { absolutes: { 顶级: 'W' } } }, '这是顶级做工', context).decision).toBe('warn');
  });
});

describe('exceptions', () => {
  it('take back what lies inside the excepted text, and nothing else', () => {
    const rules = { exceptions: [{ text: '顶级茶行', rules: ['TAB-22'] }] };
    expect(judge(rules, '这里是顶级茶行').decision).toBe('pass');
    expect(judge(rules, '这里是 頂 級 茶 行').decision).toBe('pass');
    const verdict = judge(rules, '顶级茶行的顶级茶');
    expect(verdict.findings.map((finding) => finding.span)).toEqual([[5, 7]]);
  });

  it('take back findings of the named rules only', () => {
    const rules = { words: [{ text: '茶行', severity: 'W', id: 'SHOP-tea' }], exceptions: [TEA] };
    expect(judge(rules, '顶级茶行').findings.map((finding) => finding.rule)).toEqual(['SHOP-tea']);
    const both = { ...rules, exceptions: [{ text: '顶级茶行', rules: ['TAB-22', 'SHOP-tea'] }] };
    expect(judge(both, '顶级茶行').findings).toEqual([]);
  });

  it('take back a finding of the whole text when they are the whole text', () => {
    const rules = { exceptions: [{ text: '在的', rules: ['TAB-03'] }] };
    expect(judge({}, '在的').decision).toBe('block');
    expect(judge(rules, '在的').decision).toBe('pass');
    expect(judge(rules, '在呢').decision).toBe('block');
  });
});

describe('a version', () => {
  it('follows the content', () => {
    const one = compileShopRules({ words: [{ text: '清仓', severity: 'W' }] }, 'a');
    const same = compileShopRules({ words: [{ severity: 'W', text: '清仓' }] }, 'b');
    const other = compileShopRules({ words: [{ text: '清仓', severity: 'B' }] }, 'a');
    expect(one.version).toMatch(/^[0-9a-f]{12}$/);
    expect(same.version).toBe(one.version);
    expect(other.version).not.toBe(one.version);
  });

  it('of no rules changes no verdict', () => {
    for (const text of ['这是顶级做工', '在的', '加我微信', '您好，欢迎光临'])
      expect(judge({}, text)).toEqual(createGate().judge(text, {}));
  });
});
