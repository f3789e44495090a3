import { describe, expect, it } from 'vitest';
import type { Turn } from '../../src/protocol/turn.ts';
import { fillScript } from '../../src/suggestions/fill-script.ts';
import { context, facts, type SituationParts, script } from './situation.ts';

const chat = (...texts: string[]): Turn[] => texts.map((text, i) => ({ from: i % 2 === 0 ? 'buyer' : 'agent', text }));
const convo = (parts: SituationParts) => context(parts).convo;

describe('the conversation, inferred', () => {
  it.each<[string, SituationParts, object]>([
    ['an amount in digits', { message: '少15块行不' }, { discountRequested: 15 }],
    ['an amount in characters', { message: '便宜二十块吧' }, { discountRequested: 20 }],
    ['fen', { message: '少20块零1分' }, { discountRequested: 20.01 }],
    ['no amount', { message: '便宜点' }, { discountRequested: undefined, priceTurns: 1 }],
    [
      'a second price turn',
      { history: chat('能便宜吗', '这款料好'), message: '再少点嘛' },
      { priceTurns: 2, scriptsUsed: ['SCR-31'] },
    ],
    ['a budget', { message: '300以内推荐一个' }, { budget: 300 }],
    ['think again', { message: '我再考虑考虑' }, { saidThinkAgain: true, saidNo: false }],
    ['a clear no', { message: '算了不买了' }, { saidNo: true }],
    ['a return given up', { message: '那算了 我不退了' }, { saidNo: false }],
    ['a wish that only begins like a no', { message: '不要太厚的有吗' }, { saidNo: false }],
    ['to be left alone', { message: '不要，别再发了' }, { saidNo: true, leaveAlone: true }],
    [
      'photos asked twice',
      { history: chat('坏了', '麻烦拍张照片', '没空', '方便发一下照片吗'), message: '好吧' },
      { photosAskedCount: 2 },
    ],
    [
      'measurements in pieces',
      { history: chat('身高165', '体重呢'), message: '104斤' },
      { measurements: { heightCm: 165, weightKg: 52 } },
    ],
    [
      'a bare figure with words behind it',
      { history: chat('偏大吗', '您脚长多少呢'), message: '24.3左右的样子' },
      { measurements: { footCm: 24.3 } },
    ],
    ['trouble in paying', { message: '提示余额不足' }, { paymentError: '余额不足' }],
    [
      'signals',
      { history: chat('几天能到', '三天'), message: '青瓷的挺好看' },
      { signals: ['asks_shipping', 'looks_right'] },
    ],
    ['an open question', { message: '容量多少', intents: ['INT-PRE-01'] }, { openQuestions: ['容量多少'] }],
    ['an answered question', { history: chat('容量多少', '150毫升'), message: '好的' }, { openQuestions: [] }],
    ['an open doubt', { message: '会不会是假的', intents: ['INT-PRE-24'] }, { openDoubts: ['goods'], doubtCount: 1 }],
  ])('%s', (_, parts, expected) => {
    expect(convo(parts)).toMatchObject(expected);
  });

  it('takes a size for no measurement', () => {
    expect(convo({ history: chat('偏大吗', '您脚长多少呢'), message: '平时39码' }).measurements).toEqual({});
  });

  it('lets given facts win', () => {
    const given = {
      convo: { saidThinkAgain: false, priceTurns: 0, openQuestions: ['发票'] },
      discount: { requested: 5 },
    };
    expect(convo({ facts: given, message: '再考虑下 便宜20' })).toMatchObject({
      saidThinkAgain: false,
      priceTurns: 0,
      openQuestions: ['发票'],
      discountRequested: 5,
    });
  });
});

describe('beliefs', () => {
  it.each<[string, SituationParts, string, boolean]>([
    ['no order: terms before buying', { message: '能退货吗', intents: ['INT-AS-01'] }, 'INT-PRE-21', true],
    [
      'unpaid: the buyer withdraws',
      { facts: { order: { id: 'A', state: 'unpaid' } }, message: '不要了', intents: ['INT-AS-18'] },
      'INT-IN-09',
      true,
    ],
    [
      'shipped: tracking',
      { facts: { order: { id: 'A', state: 'shipped' } }, message: '发货了吗', intents: ['INT-IN-17'] },
      'INT-LOG-01',
      true,
    ],
    [
      'near due: overdue',
      {
        facts: { order: { id: 'A', state: 'paid', promisedShipBy: '2027-09-14T15:00:00+08:00' } },
        message: '发货了吗',
        intents: ['INT-IN-17'],
      },
      'INT-IN-18',
      true,
    ],
    [
      'the kind of the case decides',
      { facts: { case: { open: true, kind: 'wrong' } }, message: '颜色不对', intents: ['INT-AS-11'] },
      'INT-AS-02',
      true,
    ],
    ['hesitation is no refusal', { message: '不知道要不要', intents: ['INT-GEN-06'] }, 'INT-GEN-06', false],
  ])('%s', (_, parts, intent, held) => {
    expect([...context(parts).held].includes(intent as never)).toBe(held);
  });
});

describe('a script for the menu', () => {
  it('is filled as far as the facts go', () => {
    const both = script('SCR-66', '', {
      variants: [
        { text: '{order.amount}收到，{shipping.norm}', language: 'zh-Hans' },
        { text: '{shop.name}收到{order.amount}', language: 'zh-Hans' },
      ],
    });
    expect(fillScript(both, facts(), '')).toEqual({ text: '云上茶具收到{order.amount}', missing: ['order.amount'] });
  });
});
