import { describe, expect, it } from 'vitest';
import { createProfiler, type Profiler } from '../../src/profiling/create-profiler.ts';
import type { ProfiledOrder, ProfileState } from '../../src/profiling/profile-state.ts';
import { BUYER_TYPES, type BuyerType } from '../../src/protocol/ids.ts';
import { ProfileSchema } from '../../src/protocol/turn.ts';

const START = Date.UTC(2027, 2, 1);
const DAY = 86_400_000;
const profiler = createProfiler();

function chat(texts: readonly string[], from: ProfileState = profiler.start(), by: Profiler = profiler): ProfileState {
  const atMs = (from.messages.at(-1)?.atMs ?? START) + 30_000;
  return texts.reduce(
    (state, text, index) => by.addMessage(state, { from: 'buyer', text, atMs: atMs + index * 30_000 }),
    from,
  );
}

function monthly(count: number, newestMs: number): ProfiledOrder[] {
  return Array.from({ length: count }, (_, index) => {
    const placedAtMs = newestMs - (count - 1 - index) * 30 * DAY;
    const items = [{ title: '话费', category: '充值', qty: 1 }];
    return { id: `o${index}`, state: 'completed', items, placedAtMs, paidAtMs: placedAtMs + 60_000 };
  });
}

const BARGAIN = ['便宜点吧', '再少20', '那少15吧', '别家才卖80'];
const DOUBT = ['是正品吗', '会不会是骗人的', '付款安全吗', '我还是不放心'];

describe('the distribution (BT-P2)', () => {
  it('is a score per type, lies in 0–1, sums to at most 1 and fits the protocol', () => {
    const profile = profiler.profileOf(chat(BARGAIN), START + 200_000);
    expect(ProfileSchema.parse(profile)).toEqual(profile);
    expect(Object.keys(profile.types).sort()).toEqual([...BUYER_TYPES]);
    const sum = Object.values(profile.types).reduce((total, score) => total + score, 0);
    expect(sum).toBeLessThanOrEqual(1);
    expect(profile.top).toBe('BT-2');
  });

  it('is unknown for a new buyer, with scores of nothing', () => {
    const profile = profiler.profileOf(profiler.start(), START);
    expect(profile).toMatchObject({ top: 'unknown', evidence: [], segments: ['SEG-1'] });
    expect(Math.max(...Object.values(profile.types))).toBe(0);
  });

  it.each(['这个怎么用啊', '这个洗了会缩水吗', '东家 这个给抹把泥不'])(
    'is unknown after one sentence and one order paid at once: %s',
    (text) => {
      const atMs = START - DAY;
      const items = [{ title: '车铃', category: '骑行', qty: 1 }];
      const ordered = profiler.addOrder(profiler.start(), {
        id: 'a',
        state: 'paid',
        items,
        placedAtMs: atMs,
        paidAtMs: atMs + 60_000,
      });
      const state = profiler.addMessage(ordered, { from: 'buyer', text, atMs: START });
      expect(profiler.profileOf(state, START).top).toBe('unknown');
    },
  );

  it('answers unknown below the threshold of the shop', () => {
    const strict = createProfiler({ minScore: 0.999 });
    expect(strict.profileOf(chat(BARGAIN), START).top).toBe('unknown');
  });

  it('keeps evidence: feature, words and the moment of the message', () => {
    const state = chat(BARGAIN);
    const bargain = profiler.profileOf(state, START + 200_000).evidence.find(({ feature }) => feature === 'BF-06');
    expect(bargain?.detail).toMatch(/^\d turns to lower the price: .*便宜点/);
    expect(bargain?.detailZh).toMatch(/^\d次压价：.*便宜点/);
    expect(bargain?.atMs).toBe(state.messages.at(-1)?.atMs);
  });

  it('lets the agent correct it and take the correction back', () => {
    const state = chat(BARGAIN);
    const pinned = profiler.pinType(state, 'BT-7');
    expect(profiler.profileOf(pinned, START)).toMatchObject({ top: 'BT-7', types: { 'BT-7': 1 } });
    expect(profiler.profileOf(chat(BARGAIN, pinned), START).top).toBe('BT-7');
    expect(profiler.profileOf(profiler.pinType(pinned, 'unknown'), START).top).toBe('unknown');
    expect(profiler.pinType(pinned, null)).toEqual(state);
  });
});

describe('change and fading (BT-P5)', () => {
  it('re-scores on every message', () => {
    const tops: string[] = [];
    let state = profiler.start();
    for (const text of BARGAIN) {
      state = chat([text], state);
      tops.push(profiler.profileOf(state, START).top);
    }
    expect(tops[0]).toBe('unknown');
    expect(tops.at(-1)).toBe('BT-2');
    const turned = profiler.profileOf(chat([...DOUBT, ...DOUBT], state), START).types;
    expect(turned['BT-5']!).toBeGreaterThan(profiler.profileOf(state, START).types['BT-5']!);
  });

  it('halves the strength of order history every 180 days', () => {
    const state = monthly(5, START).reduce(profiler.addOrder, profiler.start());
    expect(profiler.profileOf(state, START + DAY).top).toBe('BT-6');
    expect(profiler.profileOf(state, START + 540 * DAY).top).toBe('unknown');
    const slow = createProfiler({ orderHalfLifeMs: 3600 * DAY });
    expect(slow.profileOf(state, START + 540 * DAY).top).toBe('BT-6');
  });

  it('carries what an earlier chat showed into the next one, fading', () => {
    const state = profiler.addMessage(chat(BARGAIN), { from: 'buyer', text: '在吗', atMs: START + 16 * DAY });
    expect(state.messages).toHaveLength(1);
    const soon = profiler.profileOf(state, START + 16 * DAY).types['BT-2']!;
    const later = profiler.profileOf(state, START + 90 * DAY).types['BT-2']!;
    expect(soon).toBeGreaterThan(later);
    expect(later).toBeGreaterThan(0);
  });
});

describe('what is never looked at (BT-P3, BT-P4)', () => {
  it.each([
    '我是女生',
    '我是男的',
    '我老公让买的',
    '我是大学教授 博士毕业',
    '我没什么文化',
    '我工资低 月薪三千',
    '我家年收入不高',
    '先生女士都能用',
  ])('%s moves no type', (text) => {
    const neutral = ['有货吗', '发什么快递', '好的'];
    const without = profiler.profileOf(chat(neutral), START).types;
    const withText = profiler.profileOf(chat([...neutral, text]), START).types;
    for (const type of BUYER_TYPES) expect(Math.abs(withText[type]! - without[type]!)).toBeLessThan(0.02);
  });

  it('says nothing of prices, names or labels in the profile, and keeps no text', () => {
    const state = chat(['地址是解放路88号 电话13800000000 麻烦发货']);
    expect(JSON.stringify(state)).not.toMatch(/13800000000|解放路/);
    const profile = profiler.profileOf(state, START);
    expect(Object.keys(profile).sort()).toEqual(['evidence', 'segments', 'top', 'types']);
  });
});

describe('the state', () => {
  it('is plain JSON and gives the same profile after a round trip', () => {
    const state = chat(DOUBT, monthly(2, START - DAY).reduce(profiler.addOrder, profiler.start()));
    const restored = JSON.parse(JSON.stringify(state)) as ProfileState;
    expect(profiler.profileOf(restored, START)).toEqual(profiler.profileOf(state, START));
  });

  it('is never changed in place', () => {
    const state = Object.freeze(profiler.start());
    Object.freeze(state.messages);
    Object.freeze(state.orders);
    chat(BARGAIN, state);
    monthly(2, START).reduce(profiler.addOrder, state);
    expect(state).toEqual(profiler.start());
  });

  it('stays bounded and replaces an order that is told again', () => {
    const long = chat(Array.from({ length: 400 }, () => '便宜点'));
    expect(long.messages.length).toBeLessThanOrEqual(80);
    const [order] = monthly(1, START);
    const twice = profiler.addOrder(profiler.addOrder(profiler.start(), { ...order!, state: 'unpaid' }), order!);
    expect(twice.orders.map(({ state }) => state)).toEqual(['completed']);
  });
});

describe('intents from outside', () => {
  it('add what the words alone did not show', () => {
    const types = (intents: readonly 'INT-PRE-14'[]): Record<BuyerType, number> => {
      let state = profiler.start();
      for (let turn = 0; turn < 3; turn++) {
        state = profiler.addMessage(state, { from: 'buyer', text: '那个事', atMs: START + turn, intents });
      }
      return profiler.profileOf(state, START).types as Record<BuyerType, number>;
    };
    expect(types([])['BT-2']).toBeLessThan(0.05);
    expect(types(['INT-PRE-14'])['BT-2']).toBeGreaterThan(0.5);
  });
});

describe('segments', () => {
  const segments = (texts: string[], orders: ProfiledOrder[] = []) =>
    profiler.profileOf(chat(texts, orders.reduce(profiler.addOrder, profiler.start())), START).segments;

  it.each([
    ['SEG-1', ['有货吗'], []],
    ['SEG-2', ['有货吗'], monthly(1, START - DAY)],
    ['SEG-3', ['这是什么东西'], []],
    ['SEG-5', ['我做茶二十年了', '你们写错了 应该是雨前'], []],
    ['SEG-8', ['不给退就给差评'], []],
    ['SEG-9', ['这款有蓝色的吗'], []],
    ['SEG-10', ['第一次网购 怎么下单'], []],
    ['SEG-12', ['不会弄 点哪里'], []],
  ] as const)('%s', (segment, texts, orders) => {
    expect(segments([...texts], [...orders])).toContain(segment);
  });

  it('tells the half-informed from the expert by facts that contradict them (SEG-4)', () => {
    let state = chat(['乳胶枕就是越软越好']);
    for (const text of ['不可能 大家都说越软越好', '明明就是这样 你别骗我']) {
      state = profiler.addMessage(state, { from: 'agent', text: '其实并不是的', atMs: START + 60_000 });
      state = chat([text], state);
    }
    const found = profiler.profileOf(state, START + 200_000).segments;
    expect(found).toContain('SEG-4');
    expect(found).not.toContain('SEG-5');
  });

  it('calls nobody who ordered a prospect', () => {
    expect(segments(['有货吗', '拍了'])).not.toContain('SEG-9');
    expect(segments(['有货吗'], [{ ...monthly(1, START)[0]!, state: 'unpaid' }])).not.toContain('SEG-9');
  });
});
