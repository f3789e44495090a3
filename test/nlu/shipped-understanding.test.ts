import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createUnderstanding, type Understanding } from '../../src/nlu/create-understanding.ts';
import { evaluateIntents } from '../../src/nlu/evaluate-intents.ts';
import { readIntentsFile } from '../../src/nlu/read-evaluation-file.ts';
import type { OrderState } from '../../src/protocol/ids.ts';
import { type Analysis, type AnalysisContext, AnalysisSchema, type Turn } from '../../src/protocol/turn.ts';
import { LOOK_ALIKES, THINGS_SAID } from './look-alikes.ts';

const ROOT = join(import.meta.dirname, '../..');
const cacheDir = mkdtempSync(join(tmpdir(), 'huashu-model-'));
let understanding: Understanding;

// A training takes seven seconds of a core, and more where many processes share it.
beforeAll(async () => {
  understanding = await createUnderstanding({ intentsDir: join(ROOT, 'intents'), cacheDir });
}, 240_000);
afterAll(() => rmSync(cacheDir, { recursive: true }));

function contextOf(state: OrderState | null, prev: Turn[] = []): AnalysisContext {
  return { order: state === null ? null : { state }, prev };
}

/** @see domain 04, section 4.9 */
describe.each(Object.entries({ ...LOOK_ALIKES, ...THINGS_SAID }))('%s', (_, lines) => {
  test.each(lines)('%s (%s)', (text, state, first) => {
    const [best] = understanding.analyse(text, contextOf(state ?? null)).intents;
    expect(first.map((intent) => `INT-${intent}`)).toContain(best?.intent);
  });
});

test('several changes at once are all held', () => {
  const { held } = understanding.analyse('地址写错了要改一下，另外帮我换成大一码的', {
    order: { state: 'paid' },
    prev: [],
  });
  expect(held).toEqual(expect.arrayContaining(['INT-IN-13', 'INT-IN-10']));
});

test('where another price is named the comparison comes first and the discount next', () => {
  const { intents } = understanding.analyse('人家那边只要45 你便宜点我就买', { order: null, prev: [] });
  expect(intents.slice(0, 2).map(({ intent }) => intent)).toEqual(['INT-PRE-13', 'INT-PRE-14']);
});

test('an analysis keeps the contract, whatever is typed', () => {
  const texts = [
    '',
    ' ',
    '?',
    '😀😀',
    'a'.repeat(5000),
    '退'.repeat(3000),
    '\ud800',
    '[图片]',
    '12345',
    'https://example.com',
  ];
  for (const text of texts) {
    const analysis = understanding.analyse(text, contextOf(null));
    expect(AnalysisSchema.safeParse(analysis).error).toBeUndefined();
  }
});

test('a message with two matters holds both', () => {
  const { held, intents } = understanding.analyse('能开发票吗，另外发什么快递', contextOf(null));
  expect(held).toEqual(expect.arrayContaining(['INT-PRE-18', 'INT-PRE-20']));
  expect(intents.slice(0, 3).map(({ intent }) => intent)).toEqual(expect.arrayContaining(['INT-PRE-18', 'INT-PRE-20']));
});

test('what the desk asked just before is read too', () => {
  const asked: Turn[] = [{ from: 'agent', text: '亲，身高体重发我，帮您看尺码' }];
  const { intents, entities } = understanding.analyse('165 110斤', contextOf(null, asked));
  expect(intents[0]?.intent).toBe('INT-PRE-03');
  expect(entities.map(({ kind }) => kind)).toEqual(['height', 'weight']);
});

test('a fragment leans on what the buyer said before', () => {
  const before: Turn[] = [{ from: 'buyer', text: '你们能开增值税发票吗' }];
  const confidenceOf = (prev: Turn[]): number =>
    understanding.analyse('个人的呢', contextOf(null, prev)).intents.find(({ intent }) => intent === 'INT-PRE-18')
      ?.confidence ?? 0;
  expect(confidenceOf(before)).toBeGreaterThan(confidenceOf([]) + 0.1);
});

test.each(['帮我写一首关于春天的诗', '信用卡账单怎么分期', '北京有什么好玩的景点推荐'])(
  'not the business of the desk: %s',
  (text) => {
    const { abstained, held, outOfScope } = understanding.analyse(text, contextOf(null));
    expect(abstained).toBe(true);
    expect(held).toEqual([]);
    expect(outOfScope).toBeGreaterThan(0.2);
  },
);

test('the evidence is words of the message', () => {
  const text = '麻烦给我开一张增值税发票';
  const [first] = understanding.analyse(text, contextOf('paid')).intents;
  expect(first?.intent).toBe('INT-PRE-18');
  expect(first?.evidence.length).toBeGreaterThan(0);
  for (const word of first?.evidence ?? []) expect(text).toContain(word);
});

test.each([
  ['發票怎麼開', 'INT-PRE-18', '發票'],
  ['這雙洗了會縮水嗎', 'INT-PRE-11', '縮水'],
  ['Zenme XiaDan', 'INT-PRE-28', 'XiaDan'],
  ['zhe ge kuai di dao na le', 'INT-LOG-01', 'kuai di'],
])('the evidence is spelled as the buyer wrote: %s', (text, intent, word) => {
  const { intents } = understanding.analyse(text, contextOf(null));
  const found = intents.find((guess) => guess.intent === intent)?.evidence ?? [];
  expect(found).toContain(word);
  for (const piece of intents.flatMap(({ evidence }) => evidence)) expect(text).toContain(piece);
});

test.each(['😡快递态度太差👎🏻', '𠮷野家的碗😭碎了💔退款', '😂'.repeat(600), '发票👨‍👩‍👧开吗🇨🇳'])(
  'evidence holds whole characters: %s',
  (text) => {
    const { intents } = understanding.analyse(text, contextOf('signed'));
    for (const word of intents.flatMap(({ evidence }) => evidence)) {
      expect(word.isWellFormed()).toBe(true);
      expect(text).toContain(word);
    }
  },
);

test('explain names tokens, out-of-scope score and what speaks for each intent', () => {
  const { tokens, intents } = understanding.explain('能开发票吗');
  expect(tokens.join('')).toBe('能开发票吗');
  expect(intents[0]?.intent).toBe('INT-PRE-18');
  expect(intents[0]?.evidence[0]?.weight).toBeGreaterThan(0);
});

test('the own evaluation set stays above its floor', async () => {
  const lines = readIntentsFile(join(ROOT, 'test/eval/intents.jsonl'));
  const { result } = await evaluateIntents(lines, understanding.analyse);
  expect(result.top1).toBeGreaterThan(0.84);
  expect(result.top3).toBeGreaterThan(0.93);
  expect(result.oosAuroc).toBeGreaterThan(0.95);
  expect(result.oosFalseAccept).toBeLessThan(0.12);
  expect(result.ece).toBeLessThan(0.08);
});

function read(text: string, state: OrderState | null): Analysis {
  return understanding.analyse(text, contextOf(state));
}

/** Refusals and what only sounds like one, as `read-refusal.test.ts` knows them. */
const LINES = ['refusals.jsonl', 'refusals-blind.jsonl', 'refusals-fresh.jsonl']
  .flatMap((name) => readFileSync(join(import.meta.dirname, name), 'utf8').split('\n'))
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as { text: string; stop: boolean });
const WITHDRAWALS = new Set<string>(['INT-IN-09', 'INT-IN-10', 'INT-IN-11', 'INT-IN-12', 'INT-IN-15']);

/** A wish not to be written to is a farewell, whatever the order, and never a withdrawal of it. @see INT-GEN-06 */
describe.each([null, 'unpaid', 'signed'] as const)('a refusal of messages with the order %s', (state) => {
  const refusals = LINES.filter(({ stop }) => stop);
  const share = (fits: (analysis: Analysis) => boolean) =>
    refusals.filter(({ text }) => fits(read(text, state))).length / refusals.length;

  test('nine refusals in ten are a farewell, the others anger, a threat or a pause', () => {
    expect(share(({ intents }) => intents[0]?.intent === 'INT-GEN-06')).toBeGreaterThan(0.9);
  });
  test('hardly one withdraws an order or asks for an extra', () => {
    expect(share(({ held }) => held.some((intent) => WITHDRAWALS.has(intent)))).toBeLessThan(0.01);
  });
});

test.each([
  ['别再给我发提醒了', null],
  ['别催了', 'unpaid'],
  ['取消提醒', 'unpaid'],
  ['不要再发了', 'unpaid'],
  ['以后别给我推荐了', null],
  ['TD', 'signed'],
  ['stop messaging me', 'paid'],
  ['bie sao rao wo', 'paid'],
] as const)('%s (%s) is a farewell', (text, state) => {
  expect(read(text, state).held).toEqual(['INT-GEN-06']);
});

test.each([
  ['不要再发了', 'paid', 'INT-IN-10'],
  ['不要发货了 我不想要了', 'paid', 'INT-IN-10'],
  ['别再发申通了', 'paid', 'INT-IN-16'],
  ['别再给我发错了', 'signed', 'INT-AS-02'],
  ['到货了提醒我一下', null, 'INT-PRE-29'],
  ['取消订单', 'unpaid', 'INT-IN-09'],
] as const)('%s (%s) is about the goods', (text, state, intent) => {
  expect(read(text, state).intents[0]?.intent).toBe(intent);
});

test.each([
  ['别给我发广告了，我的包裹到哪了', 'shipped', 'INT-LOG-01'],
  ['不用提醒我 我自己会付', 'unpaid', 'INT-IN-06'],
  ['别再催我了 发票什么时候开', 'paid', 'INT-PRE-18'],
] as const)('%s (%s): the matter beside the refusal is answered', (text, state, intent) => {
  expect(read(text, state).held).toEqual([intent]);
});

test('anger and threats beside a refusal are not lost', () => {
  expect(read('再骚扰我就投诉', 'signed').held).toEqual(['INT-AS-26']);
  expect(read('再打扰我就给差评', 'signed').held).toEqual(['INT-REV-07']);
});
