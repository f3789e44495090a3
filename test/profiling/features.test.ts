import { describe, expect, it } from 'vitest';
import { createProfiler } from '../../src/profiling/create-profiler.ts';
import { findFeatures } from '../../src/profiling/features/all-features.ts';
import { viewOf } from '../../src/profiling/features/feature.ts';
import type { ProfiledOrder } from '../../src/profiling/profile-state.ts';
import { readBuyerMessage } from '../../src/profiling/read-cues.ts';
import { DEFAULT_THRESHOLDS } from '../../src/profiling/settings.ts';

const START = Date.UTC(2027, 2, 1);
const MINUTE = 60_000;
const DAY = 86_400_000;

interface Case {
  /** "a:" marks the agent; "@90" the seconds from the start, else 30 s after the last. */
  chat?: string[];
  orders?: Partial<ProfiledOrder>[];
}

function strengthOf(feature: string, { chat = [], orders = [] }: Case): number {
  const profiler = createProfiler();
  let state = profiler.start();
  for (const [index, order] of orders.entries()) {
    const items = [{ title: '杯子', category: '餐具', qty: 1 }];
    state = profiler.addOrder(state, { id: `o${index}`, state: 'completed', items, placedAtMs: START, ...order });
  }
  let atMs = START - 30_000;
  for (const line of chat) {
    const [, agent, at, text] = /^(a:)?(?:@(\d+) )?(.*)$/.exec(line)!;
    atMs = at === undefined ? atMs + 30_000 : START + Number(at) * 1000;
    state = profiler.addMessage(state, { from: agent ? 'agent' : 'buyer', text: text!, atMs });
  }
  const view = viewOf(state.messages, state.orders, state.chatsEndedMs, atMs);
  return findFeatures(view, DEFAULT_THRESHOLDS).find((finding) => finding.feature === feature)?.strength ?? 0;
}

const bought = (daysAgo: number, rest: Partial<ProfiledOrder> = {}): Partial<ProfiledOrder> => ({
  placedAtMs: START - daysAgo * DAY,
  paidAtMs: START - daysAgo * DAY + 2 * MINUTE,
  signedAtMs: START - (daysAgo - 3) * DAY,
  ...rest,
});
const paidAt = (minutes: number): Partial<ProfiledOrder> => ({ state: 'paid', placedAtMs: START + minutes * MINUTE });
const card = [{ title: '点卡', category: '点卡', qty: 1 }];
const under = { state: 'shipped', placedAtMs: START - 1000, paidAtMs: START - 500 } as const;

describe('each feature holds at its threshold and not below', () => {
  const table: [string, Case, Case][] = [
    ['BF-01', { chat: ['什么材质', '克重多少', '有什么缺点'] }, { chat: ['什么材质', '有货吗', '几天到', '能开票吗'] }],
    ['BF-02', { chat: ['有货吗'], orders: [paidAt(14)] }, { chat: ['有货吗'], orders: [paidAt(16)] }],
    [
      'BF-03',
      { orders: [bought(50), bought(20)] },
      { orders: [50, 20].map((days) => bought(days, { paidAtMs: START - days * DAY + 11 * MINUTE })) },
    ],
    [
      'BF-04',
      {
        orders: [50, 20].map((days) => bought(days, { confirmedAtMs: START - (days - 4) * DAY, confirmedBy: 'buyer' })),
      },
      {
        orders: [50, 20].map((days) => bought(days, { confirmedAtMs: START - (days - 4) * DAY, confirmedBy: 'auto' })),
      },
    ],
    [
      'BF-05',
      { orders: [bought(50, { review: { text: '尺寸准' } }), bought(20, { review: { text: '一般' } }), bought(9)] },
      { orders: [bought(50, { review: { text: '尺寸准' } }), bought(20), bought(9)] },
    ],
    [
      'BF-06',
      { chat: ['便宜点', 'a:不行哦', '再少10块', 'a:抱歉', '85行不行'] },
      { chat: ['便宜点', 'a:不行', '再少10块', '好吧'] },
    ],
    ['BF-07', { chat: ['质量怎么样', 'a:很好', '别家才卖50', '便宜点'] }, { chat: ['质量怎么样', 'a:很好', '那好'] }],
    ['BF-08', { chat: ['人家才卖59'] }, { chat: ['别家没有这个颜色'] }],
    ['BF-09', { chat: ['有线头 味道很大', '颜色和图不一样'] }, { chat: ['会不会有线头', '味道大吗', '颜色差别大吗'] }],
    [
      'BF-10',
      { orders: [bought(60), bought(40), bought(20, { claimed: true })] },
      { orders: [bought(40), bought(20, { claimed: true })] },
    ],
    ['BF-11', { chat: ['这条裙子好好看', '模特身上同款吗'] }, { chat: ['图片和实物色差大吗', '什么面料', '克重多少'] }],
    ['BF-12', { chat: ['有货吗'], orders: [paidAt(9)] }, { chat: ['A款和B款纠结'], orders: [paidAt(9)] }],
    ['BF-13', { chat: ['我是你们的大客户', '先处理我的'] }, { chat: ['麻烦快点发货'] }],
    ['BF-14', { chat: ['有货吗', '@60 ？', '@80 人呢'] }, { chat: ['有货吗', '@400 ？'] }],
    ['BF-15', { chat: ['我玩茶二十年了', '你们写错了 这不是明前'] }, { chat: ['我不懂茶', '型号写错了 帮我改'] }],
    ['BF-16', { chat: ['是正品吗', '会不会是骗人的'] }, { chat: ['是正品吗', '不担心', '放心吧'] }],
    ['BF-17', { chat: ['A款和B款哪个好', '@9000 C款呢 还是A款好', '@90000 再想想'] }, { chat: ['A款和B款有什么区别'] }],
    [
      'BF-18',
      { chat: ['在吗'], orders: [{ state: 'closed', placedAtMs: START - DAY }] },
      { chat: ['在吗'], orders: [bought(9)] },
    ],
    ['BF-19', { chat: ['不会发错吧', '我有点担心'], orders: [under] }, { chat: ['发什么快递'], orders: [under] }],
    ['BF-20', { orders: [bought(60), bought(40), bought(20)] }, { chat: ['有货吗'], orders: [paidAt(5)] }],
    [
      'BF-21',
      { orders: [61, 31, 1].map((days) => bought(days, { items: card })) },
      { orders: [31, 1].map((days) => bought(days, { items: card })) },
    ],
    ['BF-22', { orders: [bought(40), bought(20)] }, { orders: [bought(40), bought(20, { state: 'closed' })] }],
    ['BF-23', { chat: ['小芸在吗', '好久不见 我家娃会走路啦'] }, { chat: ['小号有吗', '谢谢'] }],
    [
      'BF-24',
      {
        chat: ['有货吗', '@4000 发了吗', '@400000 收到啦'],
        orders: [{ placedAtMs: START + 1_000_000, paidAtMs: START + 1_100_000, signedAtMs: START + 300_000_000 }],
      },
      { chat: ['有货吗'], orders: [paidAt(5)] },
    ],
    [
      'BF-25',
      { orders: [bought(20, { items: [{ title: '糕', category: '糕点', qty: 9 }] })] },
      { orders: [bought(20)] },
    ],
    ['BF-26', { chat: ['你帮我选吧', '都行'] }, { chat: ['我随便看看', '随便退吗'] }],
    [
      'BF-27',
      { chat: ['你好', 'a:推荐这款', '好的', 'a:要蓝色吗', '可以'] },
      { chat: ['你好', 'a:推荐这款', '还有别的吗', 'a:要蓝色吗', '不要'] },
    ],
    ['BF-28', { chat: ['第一次网购 怎么下单'] }, { chat: ['第一次在你们家买'] }],
    ['BF-29', { chat: ['a:其实不是的', '不可能', '明明就是这样'] }, { chat: ['不可能吧', 'a:好的'] }],
    ['BF-30', { chat: ['给我开通会员'] }, { chat: ['有货吗'] }],
  ];

  it.each(table)('%s', (feature, holding, below) => {
    expect(strengthOf(feature, holding)).toBeGreaterThanOrEqual(1);
    expect(strengthOf(feature, below)).toBeLessThan(1);
  });

  it('covers BF-01 … BF-30', () => {
    const all = Array.from({ length: 30 }, (_, index) => `BF-${String(index + 1).padStart(2, '0')}`);
    expect(table.map(([feature]) => feature)).toEqual(all);
  });
});

describe('a shop may set thresholds', () => {
  it('counts two bargaining turns where the shop says two', () => {
    const profiler = createProfiler({ thresholds: { bargainTurns: 2 } });
    let state = profiler.start();
    for (const text of ['便宜点', '再少10块']) state = profiler.addMessage(state, { from: 'buyer', text, atMs: START });
    expect(profiler.profileOf(state, START).top).toBe('BT-2');
    expect(createProfiler().profileOf(state, START).top).toBe('unknown');
  });
});

describe('cues', () => {
  it.each([
    ['bargain', '不用便宜 发货快就行'],
    ['bargain', '送给朋友的'],
    ['reassurance', '放心吧 没事'],
    ['reassurance', '怕热的人能盖吗'],
    ['competitor', '别家没有 你家有'],
    ['expertise', '我不太懂这个'],
    ['ordersNow', '还没付款'],
    ['ordersNow', '拍照发你'],
    ['namedAgent', '小号还有吗'],
    ['decideForMe', '随便看看'],
    ['look', '图片和实物差别大吗'],
  ] as const)('%s is not in %s', (cue, text) => {
    expect(readBuyerMessage(text).cues[cue]).toBeUndefined();
  });

  it.each([
    ['bargain', '能不能再便宜點'],
    ['reassurance', '這個靠譜嗎'],
    ['spec', '什麼面料'],
    ['nudge', '？？'],
  ] as const)('%s is read in traditional and full-width form: %s', (cue, text) => {
    expect(readBuyerMessage(text).cues[cue]).toBeDefined();
  });
});
