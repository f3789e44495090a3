import { describe, expect, it } from 'vitest';
import type { Script } from '../../src/protocol/script.ts';
import type { Verdict } from '../../src/protocol/turn.ts';
import { createSuggestionEngine } from '../../src/suggestions/engine.ts';
import { type SituationParts, script, situation } from './situation.ts';

const PASS: Verdict = { decision: 'pass', findings: [] };
const BLOCK: Verdict = {
  decision: 'block',
  findings: [{ rule: 'TAB-24', severity: 'B', span: null, message: '没有事实支持', instead: [] }],
};

function suggest(scripts: Script[], parts: SituationParts, judge = () => PASS) {
  return createSuggestionEngine({ scripts, judge }).suggest(situation(parts));
}
const cards = (result: ReturnType<typeof suggest>) => result.proposals.map((p) => p.card);

const soldOut: SituationParts = {
  facts: { product: { title: '盖碗', stock: { 青瓷: 0, 白瓷: 4 } } },
  message: '青瓷还有吗',
  intents: ['INT-PRE-07'],
};

describe('the engine', () => {
  it('fills a text and says where its words came from', () => {
    const result = suggest(
      [script('SCR-18', '抱歉，{stock.asked}没货了，{stock.alternatives}有，您看呢？', { technique: 'CT-5' })],
      soldOut,
    );
    expect(result.proposals[0]).toMatchObject({
      text: '抱歉，青瓷没货了，白瓷有，您看呢？',
      technique: 'CT-5',
      guards: ['askedSkuSoldOut', 'alternativeInStock'],
      intents: ['INT-PRE-07'],
    });
    expect(result.proposals[0]?.reasons.length).toBeGreaterThan(0);
  });

  it('keeps the guards of the card even when a script names none', () => {
    const stale = { ...soldOut, facts: { ...soldOut.facts, asOf: { 'product.stock': '2027-09-14T12:00:00+08:00' } } };
    const result = suggest([script('SCR-18', '换一款看看吧')], stale);
    expect(result.proposals).toEqual([]);
    expect(result.hidden[0]).toMatchObject({
      card: 'SCR-18',
      because: 'guard',
      name: 'askedSkuSoldOut',
      fact: 'product.stock.青瓷',
    });
    expect(result.abstained).toBeDefined();
  });

  it('hides a text with an open slot, and takes the next wording that can be filled', () => {
    const greeting = script('SCR-01', '{shop.name}的{agent.name}，{agent.title}为您服务', {
      variants: [
        { text: '{shop.name}{agent.name}，上回买的{buyer.lastOrder}好用吗', language: 'zh-Hans' },
        { text: '{shop.name}的{agent.name}为您服务', language: 'zh-Hans' },
      ],
    });
    const result = suggest([greeting], { intents: ['INT-GEN-01'], message: '在吗' });
    expect(result.proposals[0]).toMatchObject({ text: '云上茶具的阿岚为您服务', variant: 1 });
  });

  it('hides what the gate would block', () => {
    const result = suggest([script('SCR-01', '{shop.name}{agent.name}')], { intents: ['INT-GEN-01'] }, () => BLOCK);
    expect(result.proposals).toEqual([]);
    expect(result.hidden[0]).toMatchObject({ because: 'gate', name: 'TAB-24' });
  });

  it('never asks two questions in one text (SR-12)', () => {
    const result = suggest([script('SCR-01', '{shop.name}{agent.name}：您看什么？急用吗？')], {
      intents: ['INT-GEN-01'],
    });
    expect(result.hidden[0]).toMatchObject({ because: 'gate', name: 'SR-12' });
  });

  it('proposes only the first of a pair that says the same', () => {
    const pair = [script('SCR-18', '没货：{stock.asked}'), script('SCR-54', '没货啦：{stock.asked}')];
    expect(cards(suggest(pair, soldOut))).toEqual(['SCR-18']);
    expect(cards(suggest(pair.slice(1), soldOut))).toEqual(['SCR-54']);
  });

  it('proposes at most three', () => {
    const scripts = ['SCR-30', 'SCR-31', 'SCR-32', 'SCR-33', 'SCR-34'].map((card) => script(card, '谢谢您'));
    const facts = {
      shop: { priceEditable: false },
      product: { title: '盖碗', price: 90, benefits: ['薄胎'], differences: ['手拉坯'] },
      convo: { priceTurns: 3 },
      basket: [{ title: '盖碗', qty: 3 }],
    };
    const result = suggest(scripts, {
      facts,
      message: '别家便宜多了 买三个再少点',
      intents: ['INT-PRE-14', 'INT-PRE-15', 'INT-PRE-13'],
    });
    expect(result.proposals).toHaveLength(3);
  });

  it('leaves a fixed-price line to shops that cannot change the price (AMB-02)', () => {
    const scripts = [script('SCR-30', '谢谢喜欢'), script('SCR-31', '好在{product.benefits}')];
    const ask = (priceEditable: boolean) =>
      suggest(scripts, {
        facts: { shop: { priceEditable }, product: { benefits: ['薄胎'] } },
        message: '便宜点',
        intents: ['INT-PRE-14'],
      });
    expect(cards(ask(false))).toEqual(['SCR-31', 'SCR-30']);
    expect(cards(ask(true))).toEqual(['SCR-31']);
  });

  it('sends only automatic scripts when nobody is on duty (SR-10)', () => {
    const scripts = [
      script('SCR-01', '{shop.name}{agent.name}'),
      script('SCR-04', '{shop.hours}在线，{shop.replyByHour}前回复', { modes: ['O'] }),
      script('SCR-19', '{stock.asked}有货', { modes: ['A', 'O'] }),
    ];
    const facts = { agent: { onDuty: false }, product: { title: '盖碗', stock: { 青瓷: 3 } } };
    const parts = { facts, message: '青瓷有货吗', intents: ['INT-PRE-07' as const] };
    expect(cards(suggest(scripts, parts))).toEqual(['SCR-04', 'SCR-19']);
    const disputed = { ...parts, facts: { ...facts, case: { open: true } } };
    expect(cards(suggest(scripts, disputed))).toEqual(['SCR-04']);
    const human = { ...parts, history: [{ from: 'agent' as const, text: '稍等', at: '2027-09-14T13:51:00+08:00' }] };
    expect(cards(suggest(scripts, human))).toEqual([]);
  });

  it('needs confidence for an automatic reply', () => {
    const unsure = situation({
      facts: { agent: { onDuty: false }, product: { title: '盖碗', stock: { 青瓷: 3 } } },
      message: '青瓷有货吗',
      intents: ['INT-PRE-07'],
    });
    unsure.analysis.intents[0]!.confidence = 0.79;
    const result = createSuggestionEngine({
      scripts: [script('SCR-19', '{stock.asked}有货', { modes: ['A', 'O'] })],
    }).suggest(unsure);
    expect(result.hidden[0]).toMatchObject({ because: 'mode', name: 'SR-10' });
  });

  it('answers the most urgent matter first (INT-GEN-09)', () => {
    const scripts = [script('SCR-48', '发票{invoice.when}开'), script('SCR-112', '请对照清单')];
    const result = suggest(scripts, {
      facts: {
        order: { id: 'A', state: 'signed' },
        case: { open: true, kind: 'missing' },
        invoice: { serviceConfigured: true, when: '三天内' },
      },
      message: '发票开一下 另外盒里少了个杯子',
      intents: ['INT-PRE-18', 'INT-AS-04'],
    });
    expect(cards(result)).toEqual(['SCR-112', 'SCR-48']);
  });

  it("speaks the buyer's language and to the buyer's type", () => {
    const greeting = script('SCR-01', '', {
      variants: [
        { text: '欢迎', language: 'zh-Hans' },
        { text: '您吩咐', language: 'zh-Hans', buyerTypes: ['BT-4'] },
        { text: 'Welcome', language: 'en' },
      ],
    });
    const engine = createSuggestionEngine({ scripts: [greeting] });
    const english = situation({ intents: ['INT-GEN-01'], message: 'Hello, anyone there?' });
    english.analysis.language = 'en';
    expect(engine.suggest(english).proposals[0]?.text).toBe('Welcome');
    const link = situation({ intents: ['INT-GEN-01'], message: 'https://shop.example/item/7' });
    link.analysis.language = 'en';
    expect(engine.suggest(link).proposals[0]?.text).toBe('欢迎');
    const typed = situation({ intents: ['INT-GEN-01'], facts: { buyer: { types: { 'BT-4': 0.7 } } } });
    expect(engine.suggest(typed).proposals[0]?.text).toBe('您吩咐');
  });

  it('leaves out scripts that are not approved', () => {
    expect(cards(suggest([script('SCR-01', '欢迎', { status: 'draft' })], { intents: ['INT-GEN-01'] }))).toEqual([]);
  });

  it('checks one script again for the moment of sending', () => {
    const engine = createSuggestionEngine({ scripts: [script('SCR-66', '{order.amount}收到了')] });
    const paid = { id: 'A', state: 'paid' as const, amount: 30, paidAt: '2027-09-14T13:00:00+08:00' };
    expect(engine.prepare('SCR-66', situation({ facts: { order: paid } }))).toMatchObject({ text: '30元收到了' });
    expect(
      engine.prepare('SCR-66', situation({ facts: { order: { id: 'A', state: 'unpaid', amount: 30 } } })),
    ).toMatchObject({
      because: 'guard',
      fact: 'order.paidAt',
    });
    expect(engine.prepare('SCR-67', situation())).toMatchObject({ because: 'slot' });
  });

  it('checks the very wording that was shown', () => {
    const variants = ['欢迎', '{shop.name}欢迎您', '{buyer.lastOrder}好用吗'].map((text) => ({
      text,
      language: 'zh-Hans' as const,
    }));
    const engine = createSuggestionEngine({ scripts: [script('SCR-01', '', { variants })] });
    const hello = situation({ intents: ['INT-GEN-01'], message: '在吗' });
    expect([0, 1].map((variant) => engine.prepare('SCR-01', hello, variant))).toMatchObject([
      { text: '欢迎', variant: 0 },
      { text: '云上茶具欢迎您', variant: 1 },
    ]);
    expect(engine.prepare('SCR-01', hello, 2)).toMatchObject({ because: 'slot' });
    expect(engine.prepare('SCR-01', hello, 9)).toMatchObject({ because: 'slot', name: 'variants' });
  });

  it('reads the beginning of a pasted wall of text', () => {
    const scripts = [script('SCR-18', '没货：{stock.asked}')];
    const wall = { ...soldOut, message: `青瓷还有吗 ${'1'.repeat(100_000)}` };
    expect(cards(suggest(scripts, wall))).toEqual(['SCR-18']);
  });

  it('changes nothing it is given and answers alike every time', () => {
    const scripts = [script('SCR-18', '没货：{stock.asked}')];
    const given = situation(soldOut);
    const before = structuredClone(given);
    const engine = createSuggestionEngine({ scripts });
    expect(engine.suggest(given)).toEqual(engine.suggest(given));
    expect(given).toEqual(before);
  });
});
