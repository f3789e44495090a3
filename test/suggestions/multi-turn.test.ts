import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Facts } from '../../src/protocol/facts.ts';
import type { MessageIntent } from '../../src/protocol/ids.ts';
import type { Turn } from '../../src/protocol/turn.ts';
import { loadLibrary } from '../../src/scripts/load-library.ts';
import { createSuggestionEngine } from '../../src/suggestions/engine.ts';
import { readMeasurements } from '../../src/suggestions/measure-body.ts';
import { analysis, facts, NOW } from './situation.ts';

const { scripts } = loadLibrary(join(import.meta.dirname, '../../scripts-library'));
const engine = createSuggestionEngine({ scripts });

/** What the buyer says next, how the machine hears it, and what may follow. */
interface Step {
  readonly message: string;
  /** Empty: not understood. */
  readonly intents: MessageIntent[];
  readonly known: Partial<Facts>;
  readonly history?: Turn[];
}

function propose({ message, intents, known, history = [] }: Step) {
  const reading = analysis(...intents);
  return engine.suggest({ facts: facts(known), history, message, analysis: reading, mode: 'A' }).proposals;
}
const cards = (step: Step): string[] => propose(step).map((proposal) => proposal.card);
const buyer = (text: string): Turn => ({ from: 'buyer', text });
const agent = (text: string): Turn => ({ from: 'agent', text });

describe('size advice', () => {
  const product = {
    title: '棉麻衬衫',
    sizeTable: { M: { heightCm: [155, 165], weightKg: [45, 55] }, L: { heightCm: [163, 172], weightKg: [54, 64] } },
    modelStats: { heightCm: 168, weightKg: 50, wears: 'M' },
  } satisfies Facts['product'];
  const asked = [buyer('我穿什么码'), agent('您把身高、体重发我，我帮您对尺码')];

  it('asks for what is missing until the measurements are complete, then names the size', () => {
    const [first] = propose({ message: '我穿什么码', intents: ['INT-PRE-03'], known: { product } });
    expect(first?.card).toBe('SCR-14');
    const half = propose({ message: '160', intents: ['INT-PRE-03'], known: { product }, history: asked });
    expect(half.map(({ card }) => card)).not.toContain('SCR-13');
    const history = [...asked, buyer('160'), agent('好的，体重大概多少呢？')];
    const [whole] = propose({ message: '48公斤', intents: ['INT-PRE-03'], known: { product }, history });
    expect(whole).toMatchObject({ card: 'SCR-13', text: expect.stringContaining('M') });
  });

  it.each(['160 48', '160/48', '一米六，九十六斤', '身高160体重96斤'])(
    'reads %s where measurements were asked for, understood or not',
    (message) => {
      expect(cards({ message, intents: [], known: { product }, history: asked })[0]).toBe('SCR-13');
    },
  );

  it('does not guess where a figure may be 斤 or kilograms, nor between two sizes', () => {
    expect(readMeasurements('160/90')).toEqual({ heightCm: 160 });
    expect(cards({ message: '164/55', intents: ['INT-PRE-03'], known: { product }, history: asked })).not.toContain(
      'SCR-13',
    );
  });
});

const order = {
  id: 'A',
  state: 'signed' as const,
  amount: 189,
  paidAt: NOW,
  shippedAt: NOW,
  signedAt: '2027-09-13T14:00:00+08:00',
};
const terms = { return: { address: '退货组', policy: '七天内可退', exemptions: [], collectCarriers: ['SF', 'STO'] } };
const judged = {
  open: true,
  kind: 'quality' as const,
  fault: 'shop' as const,
  faultVerifiedBy: '小周',
  photosVerified: true,
  wearMarks: false,
  options: ['换新', '退货退款', '补偿15元'],
  approvedAmount: 15,
};
const agreed = { ...judged, returnAgreed: true, tradeExtended: true, postageBearer: 'shop' as const };

describe('a return step by step (RP-1 to RP-7)', () => {
  const asked = [buyer('袖子上有个洞'), agent('麻烦拍两张照片发我')];
  const known = (more: Partial<Facts>): Partial<Facts> => ({ order, ...terms, ...more });
  const STEPS: [why: string, step: Step, first: string][] = [
    ['RP-1: photos first', { message: '袖子上有个洞', intents: ['INT-AS-07'], known: known({}) }, 'SCR-101'],
    [
      'RP-1: photos that cannot be had',
      {
        message: '我拍不了',
        intents: ['INT-AS-08'],
        known: known({ case: { open: true, kind: 'quality', photosAskedCount: 2, photos: [] } }),
        history: asked,
      },
      'SCR-117',
    ],
    [
      'photos checked: the remedies',
      { message: '那怎么处理', intents: ['INT-AS-07'], known: known({ case: judged }), history: asked },
      'SCR-116',
    ],
    [
      'a remedy taken: the application',
      {
        message: '我选退货退款',
        intents: ['INT-AS-16'],
        known: known({ case: judged }),
        history: [...asked, agent('①换新 ②退货退款 ③补偿15元，您选哪一种？')],
      },
      'SCR-104',
    ],
    [
      'RP-2: the trade is extended',
      {
        message: '快自动确认了',
        intents: ['INT-AS-28'],
        known: known({ order: { ...order, tradeDeadline: '2027-09-30T00:00:00+08:00' }, case: agreed }),
      },
      'SCR-110',
    ],
    ['RP-3: the address', { message: '寄到哪里', intents: ['INT-AS-14'], known: known({ case: agreed }) }, 'SCR-103'],
    [
      'RP-7: the number of the return parcel',
      {
        message: '我寄出去了',
        intents: ['INT-AS-16'],
        known: known({
          case: agreed,
          refund: { state: 'wait_buyer_return', type: 'return', amount: 189, trackingNo: null },
        }),
      },
      'SCR-120',
    ],
  ];

  it.each(STEPS)('%s', (_why, step, first) => {
    expect(cards(step)[0]).toBe(first);
  });

  it('offers no remedies any more once one is chosen', () => {
    for (const message of ['寄到哪里', '单号填好了', '什么时候退钱']) {
      const refund = { state: 'return_shipped' as const, type: 'return' as const, amount: 189, trackingNo: 'SF1' };
      const proposed = cards({ message, intents: ['INT-AS-16'], known: known({ case: agreed, refund }) });
      for (const card of ['SCR-116', 'SCR-126', 'SCR-130']) expect(proposed).not.toContain(card);
    }
  });
});

describe('the refund chains', () => {
  type Refund = NonNullable<Facts['refund']>;
  const CHAIN: [
    chain: string,
    refund: Refund,
    message: string,
    intents: MessageIntent[],
    first: string,
    says: string,
  ][] = [
    ['RF-1', { state: 'none', type: 'return' }, '那我下一步做什么', [], 'SCR-120', '申请退货退款'],
    ['RF-1', { state: 'wait_seller_agree', type: 'return' }, '申请提交了，然后呢', ['INT-AS-16'], 'SCR-120', '点同意'],
    ['RF-1', { state: 'wait_buyer_return', type: 'return', trackingNo: null }, '接下来呢', [], 'SCR-120', '填写物流'],
    [
      'RF-1',
      { state: 'return_shipped', type: 'return', amount: 189 },
      '什么时候退钱',
      ['INT-AS-19'],
      'SCR-131',
      '退货在路上',
    ],
    ['RF-1', { state: 'refunded', type: 'return', amount: 189 }, '钱退了吗', ['INT-AS-19'], 'SCR-131', '退款已经确认'],
    ['RF-1', { state: 'closed', type: 'return' }, '退款怎么关了', ['INT-AS-20'], 'SCR-125', '重新申请'],
    [
      'RF-2',
      {
        state: 'wait_seller_agree',
        type: 'partial',
        amount: 20,
        paidAmount: 189,
        formType: 'to_seller',
        approved: true,
      },
      '金额填多少',
      ['INT-AS-17'],
      'SCR-121',
      '169元',
    ],
    [
      'RF-2',
      {
        state: 'wait_seller_agree',
        type: 'partial',
        amount: 20,
        paidAmount: 189,
        formType: 'to_buyer',
        approved: true,
      },
      '金额填多少',
      ['INT-AS-17'],
      'SCR-121',
      '20元',
    ],
    ['RF-2', { state: 'refunded', type: 'partial', amount: 20 }, '20块到了没', [], 'SCR-131', '退款已经确认'],
  ];

  it.each(CHAIN)('%s %j, “%s”: the next step', (_chain, refund, message, intents, first, says) => {
    const [proposal] = propose({ message, intents, known: { order, ...terms, refund, case: { ...agreed } } });
    expect(proposal).toMatchObject({ card: first, text: expect.stringContaining(says) });
  });

  const paid = { id: 'B', state: 'paid' as const, amount: 189, paidAt: NOW, slipPrinted: false };

  it.each<[Refund, string, string]>([
    [{ state: 'none', type: 'unshipped' }, '还没发，我要退款', 'SCR-122'],
    [{ state: 'wait_seller_agree', type: 'unshipped', amount: 189 }, '申请了，要等多久', 'SCR-131'],
    [{ state: 'refunded', type: 'unshipped', amount: 189 }, '退了吗', 'SCR-131'],
  ])('RF-3 %j, “%s”: %s first', (refund, message, first) => {
    const proposed = cards({ message, intents: ['INT-AS-18'], known: { order: paid, refund } });
    expect(proposed[0]).toBe(first);
    if (refund.state === 'refunded') expect(proposed).not.toContain('SCR-122');
  });
});

describe('several concessions on one order (POL-01)', () => {
  const bargaining = (
    requested: number,
    granted: number,
    more: Partial<NonNullable<Facts['discount']>> = {},
  ): Step => ({
    message: `再少${requested}块`,
    intents: ['INT-PRE-14'],
    known: {
      product: { title: '盖碗', price: 200, benefits: ['不烫手'] },
      convo: { scriptsUsed: ['SCR-31'], priceTurns: 2 },
      discount: { requested, granted, ...more },
    },
    history: [buyer('便宜点'), agent('这款釉面不烫手，用着放心')],
  });
  const logged = { requestLoggedAt: NOW, supervisorAnswerMinutes: 15 };
  const approval = (yuan: number, expiresAt: string) => ({
    approvalId: 'v1',
    approvedBy: '店长',
    approvedAmount: yuan,
    approvalExpiresAt: expiresAt,
  });

  it.each<[requested: number, granted: number, granting: boolean]>([
    [8, 0, true],
    [12, 8, true],
    [12.01, 8, false],
    [0.01, 20, false],
    [5, 15, true],
    [6.6, 13.4, true],
  ])('%d on top of %d: the agent may grant it: %s', (requested, granted, granting) => {
    const proposed = cards(bargaining(requested, granted, logged));
    expect(proposed.includes('SCR-37')).toBe(granting);
    expect(proposed.includes('SCR-38')).toBe(!granting);
  });

  it('grants what a valid approval covers, and no fen more', () => {
    const until = '2027-09-14T15:00:00+08:00';
    expect(cards(bargaining(30, 10, approval(40, until)))).toContain('SCR-37');
    expect(cards(bargaining(30.01, 10, approval(40, until)))).not.toContain('SCR-37');
    expect(cards(bargaining(30, 10, approval(40, NOW)))).not.toContain('SCR-37');
  });

  it('says in figures why', () => {
    const reasons = propose(bargaining(12, 8))
      .find(({ card }) => card === 'SCR-37')!
      .reasons.join();
    expect(reasons).toContain('买家想优惠12元，加上已优惠的8元，您的权限是20元：在权限之内');
    const above = propose(bargaining(30, 10, approval(40, '2027-09-14T15:00:00+08:00')));
    expect(above.find(({ card }) => card === 'SCR-37')!.reasons.join()).toContain('主管已经批准');
  });
});
