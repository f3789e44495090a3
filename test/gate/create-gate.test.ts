import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/gate/create-gate.ts';
import { RULES } from '../../src/gate/rules/index.ts';
import { CARD_IDS, TABOO_IDS } from '../../src/protocol/ids.ts';
import { type GateContext, VerdictSchema } from '../../src/protocol/turn.ts';

const gate = createGate();
const rulesOf = (text: string, context: GateContext = {}): string[] => [
  ...new Set(gate.judge(text, context).findings.map((finding) => finding.rule)),
];

describe('the table of rules', () => {
  it('has every taboo once, with a sentence and real cards', () => {
    expect(RULES.map((rule) => rule.id)).toEqual(TABOO_IDS);
    for (const rule of RULES) {
      expect(rule.message).toMatch(/。$/);
      for (const card of rule.instead) expect(CARD_IDS).toContain(card);
    }
  });
});

describe('judge', () => {
  it('passes a kind everyday reply without findings', () => {
    expect(gate.judge('您好，欢迎光临，请问有什么可以帮您', {})).toEqual({ decision: 'pass', findings: [] });
  });

  it('answers in the form of the protocol, with the span in the original text', () => {
    const text = '亲，想看细节加威 ❤️ 聊';
    const verdict = gate.judge(text, {});
    expect(VerdictSchema.parse(verdict)).toEqual(verdict);
    expect(verdict.decision).toBe('block');
    const finding = verdict.findings.find((f) => f.rule === 'TAB-51');
    expect(text.slice(...finding!.span!)).toContain('威 ❤');
    expect(finding!.instead).toContain('SCR-08');
  });

  it('blocks when any finding is B, warns when all are W', () => {
    expect(gate.judge('我们家品质绝对一流', {}).decision).toBe('warn');
    expect(gate.judge('我们家品质绝对一流，美女放心', {}).decision).toBe('block');
  });

  it('runs only the rules it is given', () => {
    const only = createGate(RULES.filter((rule) => rule.id === 'TAB-42'));
    expect(only.judge('加我微信，美女', {}).findings.map((f) => f.rule)).toEqual(['TAB-42']);
  });

  it('is pure: the same input gives the same verdict', () => {
    const context: GateContext = { now: '2027-05-12T14:20:00+08:00', shop: { authorityYuan: 20 } };
    expect(gate.judge('我给您便宜30元', context)).toEqual(gate.judge('我给您便宜30元', context));
  });
});

describe('severity that hangs on the situation', () => {
  const wall = '说明'.repeat(100);
  const now = '2027-05-12T14:20:00+08:00';
  it.each([
    ['199 characters', wall.slice(1), {}, 'W'],
    ['200 typed', wall, {}, 'W'],
    ['200 by a job', wall, { mode: 'S' as const }, 'B'],
    ['200 after 1 s', wall, { now, convo: { lastBuyerAt: '2027-05-12T14:19:59+08:00' } }, 'B'],
    ['200 after exactly 2 s', wall, { now, convo: { lastBuyerAt: '2027-05-12T14:19:58+08:00' } }, 'W'],
  ])('TAB-01: %s', (_name, text, context, severity) => {
    const found = gate.judge(text, context).findings.filter((f) => f.rule === 'TAB-01');
    expect(found.map((f) => f.severity)).toEqual([severity]);
  });

  it('TAB-01: 120 characters pass', () => {
    expect(rulesOf('说明'.repeat(60))).not.toContain('TAB-01');
  });

  it.each([
    [0.49, 'W'],
    [0.5, 'B'],
  ])('TAB-22 at BT-5 = %d is %s', (score, severity) => {
    const found = gate.judge('品质绝对一流', { buyer: { types: { 'BT-5': score } } }).findings;
    expect(found.map((f) => f.severity)).toEqual([severity]);
  });
});

describe('authority (TAB-27)', () => {
  const now = '2027-05-12T14:20:00+08:00';
  const approval = { approvalId: 'a1', approvedAmount: 50, approvalExpiresAt: '2027-05-12T18:00:00+08:00' };
  it.each<[string, string, GateContext, boolean]>([
    ['exactly 20', '给您优惠20元', {}, false],
    ['20.01', '给您优惠20.01元', {}, true],
    ['Chinese digits', '给您优惠贰拾伍块', {}, true],
    ['with what was granted: 20', '再给您优惠5元', { discount: { granted: 15 } }, false],
    ['with what was granted: above', '再给您优惠5.5元', { discount: { granted: 15 } }, true],
    ['the shop allows more', '给您优惠30元', { shop: { authorityYuan: 30 } }, false],
    ['a supervisor', '给您优惠300元', { agent: { role: 'supervisor' } }, false],
    ['approved', '给您优惠50元', { now, discount: approval }, false],
    ['approved for less', '给您优惠51元', { now, discount: approval }, true],
    ['expired at this moment', '给您优惠50元', { now: approval.approvalExpiresAt, discount: approval }, true],
    ['asked, no approval', '给您优惠50元', { now, discount: { approvalId: null } }, true],
    ['a fold on a known price', '给您打九折', { order: { id: 'o', state: 'unpaid', amount: 200 } }, false],
    ['a fold on an unknown price', '给您打九折', {}, true],
  ])('%s', (_name, text, context, isBlocked) => {
    expect(rulesOf(text, context).includes('TAB-27')).toBe(isBlocked);
  });
});

describe('a disguise split over two messages (TAB-51)', () => {
  const said = (text: string): GateContext => ({ history: [{ from: 'agent', text }] });
  it.each([
    ['您可以加我的微', '信 lamp520'],
    ['加一下我薇信吧', '号是 lamp520'],
    ['想聊就加我v', 'x：lamp520'],
  ])('%s / %s', (first, second) => {
    expect(rulesOf(second, said(first))).toContain('TAB-51');
  });

  it('does not read an innocent pair as one', () => {
    expect(rulesOf('信息已经收到了', said('这边稍微看一下'))).not.toContain('TAB-51');
    expect(rulesOf('编号 A10086 我查到了', said('请不要添加陌生人微信'))).not.toContain('TAB-51');
  });
});
