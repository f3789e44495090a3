import { describe, expect, it } from 'vitest';
import type { MessageIntent } from '../../src/protocol/ids.ts';
import type { Script } from '../../src/protocol/script.ts';
import type { Verdict } from '../../src/protocol/turn.ts';
import { createSuggestionEngine } from '../../src/suggestions/engine.ts';
import { analysis, facts, type SituationParts, script, situation } from './situation.ts';

let count = 0;
/** An approved answer of the shop's own. */
function own(title: string, intents: MessageIntent[], more: Partial<Script> = {}): Script {
  const text = more.variants?.[0]?.text ?? `${title}这件事我们是这样办的`;
  return script('SHOP', text, {
    id: `SHOP-${++count}`,
    code: `own${count}`,
    title: { zh: title, en: title },
    intents,
    ...more,
  });
}
const suggest = (scripts: Script[], parts: SituationParts, judge?: () => Verdict) =>
  createSuggestionEngine({ scripts, ...(judge === undefined ? {} : { judge }) }).suggest(situation(parts));
const ids = (scripts: Script[], parts: SituationParts) => suggest(scripts, parts).proposals.map((p) => p.scriptId);

const PRODUCT = { title: '盖碗', care: ['冷水手洗'] };
const washing: SituationParts = { facts: { product: PRODUCT }, message: '这个怎么洗', intents: ['INT-PRE-08'] };
const unpaid = { order: { id: 'A', state: 'unpaid' as const } };

describe("a shop's own answers", () => {
  it('are proposed by their intents alone, and say whose they are', () => {
    const [proposal] = suggest([own('洗碗机能不能用', ['INT-PRE-08'])], washing).proposals;
    expect(proposal).toMatchObject({ card: 'SHOP', intents: ['INT-PRE-08'], guards: [] });
    expect(proposal!.reasons).toContain('店里自己的话术：洗碗机能不能用');
  });

  it('stay away from another intent, from a weak reading and from a message nobody understood', () => {
    const scripts = [own('加急的规矩', ['INT-PRE-18'])];
    expect(ids(scripts, washing)).toEqual([]);
    const engine = createSuggestionEngine({ scripts });
    const weak = {
      ...analysis(),
      abstained: false,
      intents: [{ intent: 'INT-PRE-18' as const, confidence: 0.4, evidence: [] }],
    };
    const ask = (reading: typeof weak) =>
      engine.suggest({ facts: facts(), history: [], message: '那个怎么弄', analysis: reading, mode: 'A' }).proposals
        .length;
    expect(ask(weak)).toBe(0);
    const sure = { ...weak, intents: [{ intent: 'INT-PRE-18' as const, confidence: 0.8, evidence: [] }] };
    expect(ask({ ...sure, abstained: true })).toBe(0);
    expect(ask(sure)).toBe(1);
  });

  it('stand behind a card that fits as well and ahead of one that hardly does', () => {
    const shop = own('怎么洗', ['INT-PRE-08']);
    const care = script('SCR-11', '这样保养：{product.care}');
    expect(ids([shop, care], washing)).toEqual(['SCR-11', shop.id]);
    const invoice = script('SCR-48', '发票{invoice.when}开好', { id: 'SCR-48' });
    const both: SituationParts = {
      facts: { product: PRODUCT, invoice: { serviceConfigured: true, when: '发货后' } },
      message: '这个怎么洗，发票呢',
      intents: ['INT-PRE-08', 'INT-PRE-18'],
    };
    expect(ids([invoice, shop], both)).toEqual([shop.id, 'SCR-48']);
  });

  it('are told apart by the words they share with the message', () => {
    const machine = own('洗碗机能不能洗', ['INT-PRE-08']);
    const stain = own('茶渍发黑怎么去掉', ['INT-PRE-08']);
    expect(ids([machine, stain], { ...washing, message: '用久了茶渍发黑怎么办' })).toEqual([stain.id]);
    expect(ids([stain, machine], { ...washing, message: '可以放洗碗机吗' })).toEqual([machine.id]);
    expect(ids([machine, stain], { ...washing, message: '要注意啥' })).toEqual([]);
  });

  it('keep to the steps of the service flow they are written for', () => {
    const advice = own('怎么洗', ['INT-PRE-08'], { stages: ['FLOW-3'] });
    expect(ids([advice], washing)).toEqual([advice.id]);
    expect(ids([advice], { ...washing, facts: { order: { id: 'A', state: 'shipped' } } })).toEqual([]);
    const afterwards = own('怎么洗', ['INT-PRE-08'], { stages: ['FLOW-7'] });
    expect(ids([afterwards], washing)).toEqual([]);
    expect(ids([afterwards], { ...washing, facts: unpaid })).toEqual([afterwards.id]);
  });

  it('obey guards, slots, buyer types and the gate as every script does', () => {
    const guarded = own('怎么洗', ['INT-PRE-08'], { guards: ['careKnown'] });
    expect(ids([guarded], washing)).toEqual([guarded.id]);
    expect(suggest([guarded], { ...washing, facts: {} }).hidden[0]).toMatchObject({
      card: 'SHOP',
      name: 'careKnown',
      fact: 'product.care',
    });
    const slotted = own('怎么洗', ['INT-PRE-08'], { variants: [{ text: '{product.care}', language: 'zh-Hans' }] });
    expect(suggest([slotted], washing).proposals[0]?.text).toBe('冷水手洗');
    expect(suggest([slotted], { ...washing, facts: {} }).hidden[0]).toMatchObject({
      because: 'slot',
      fact: 'product.care',
    });
    expect(ids([own('怎么洗', ['INT-PRE-08'], { buyerTypes: ['BT-4'] })], washing)).toEqual([]);
    const blocked = suggest([own('怎么洗', ['INT-PRE-08'])], washing, () => ({ decision: 'block', findings: [] }));
    expect(blocked.hidden[0]).toMatchObject({ because: 'gate' });
  });

  it('never leave by machine, whatever modes they claim', () => {
    const claims = own('怎么洗', ['INT-PRE-08'], { modes: ['A', 'O', 'S'] });
    const engine = createSuggestionEngine({ scripts: [claims] });
    for (const mode of ['O', 'S'] as const) {
      const asked = { ...situation(washing), mode };
      expect(engine.suggest(asked).proposals).toEqual([]);
      expect(engine.prepare(claims.id, asked)).toMatchObject({ because: 'mode' });
    }
    expect(ids([claims], { ...washing, facts: { agent: { onDuty: false } } })).toEqual([]);
  });

  it('appear once though two of their intents are meant', () => {
    const both = own('怎么洗', ['INT-PRE-08', 'INT-PRE-18']);
    expect(ids([both], { ...washing, message: '怎么洗，发票呢', intents: ['INT-PRE-08', 'INT-PRE-18'] })).toEqual([
      both.id,
    ]);
  });

  it('are checked once more before sending', () => {
    const guarded = own('怎么洗', ['INT-PRE-08'], { guards: ['careKnown'] });
    const engine = createSuggestionEngine({ scripts: [guarded] });
    expect(engine.prepare(guarded.id, situation(washing))).toMatchObject({
      scriptId: guarded.id,
      intents: ['INT-PRE-08'],
    });
    expect(engine.prepare(guarded.id, situation({ ...washing, facts: {} }))).toMatchObject({ because: 'guard' });
    expect(engine.prepare('SHOP-gone', situation(washing))).toMatchObject({ card: 'SHOP' });
  });

  it('are only the approved ones', () => {
    expect(ids([own('怎么洗', ['INT-PRE-08'], { status: 'draft' })], washing)).toEqual([]);
  });
});

describe("a shop's own script of a card", () => {
  const shipped = script('SCR-11', '保养很简单：{product.care}');
  const spring = script('SCR-11', '换季收纳前这样洗：{product.care}', { id: 'SCR-11-spring', code: 'spring' });

  it('competes within its card: the nearest to the message speaks, else the first', () => {
    expect(ids([shipped, spring], { ...washing, message: '换季收纳怎么洗' })).toEqual(['SCR-11-spring']);
    expect(ids([shipped, spring], { ...washing, message: '怎么保养' })).toEqual(['SCR-11']);
    expect(ids([shipped, spring], { ...washing, message: '要紧不' })).toEqual(['SCR-11']);
  });

  it('keeps the guards of its card, and the other one takes its place', () => {
    const strict = { ...spring, guards: ['suitabilityKnown'] };
    expect(ids([strict, shipped], { ...washing, message: '换季收纳怎么洗' })).toEqual(['SCR-11']);
    expect(ids([strict, shipped], { ...washing, facts: { product: { title: '盖碗' } } })).toEqual([]);
  });
});
