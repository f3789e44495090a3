import { describe, expect, it } from 'vitest';
import { createProfiler } from '../../src/profiling/create-profiler.ts';
import { fitManner, type MannerExample } from '../../src/profiling/manner/fit-manner.ts';
import { type Circumstances, CLASSES, judgeManner, weighMessage } from '../../src/profiling/manner/manner-model.ts';
import { readGrams } from '../../src/profiling/manner/read-grams.ts';
import type { ProfileState } from '../../src/profiling/profile-state.ts';
import { BUYER_TYPES, type BuyerType } from '../../src/protocol/ids.ts';

const START = Date.UTC(2027, 2, 1);
const nothing: Circumstances = {
  shares: Object.fromEntries(BUYER_TYPES.map((type) => [type, 0])) as Record<BuyerType, number>,
  completedOrders: 0,
  findings: [],
};

function example(text: string, answer: (typeof CLASSES)[number]): MannerExample {
  return { grams: readGrams(text, 'buyer'), circumstances: nothing, answer: CLASSES.indexOf(answer) };
}

describe('pieces of a message', () => {
  it('are one to three letters long, each once, numbers alike', () => {
    expect(readGrams('好12', 'buyer')).toEqual(readGrams('好7', 'buyer'));
    expect(readGrams('好好', 'buyer')).toEqual(['^', '好', '$', '^好', '好好', '好$', '^好好', '好好$']);
  });

  it('of an agent are shorter and apart from a buyer’s', () => {
    expect(readGrams('好', 'agent')).toEqual(['a:^', 'a:好', 'a:$', 'a:^好', 'a:好$']);
  });

  it.each(['我是女生', '我老公说', '博士毕业', '月薪三千', '先生您好'])('leave out %s (BT-P4)', (text) => {
    expect(readGrams(text, 'buyer')).toEqual([]);
    expect(readGrams(`${text}, 有货吗`, 'buyer')).toEqual(readGrams('有货吗', 'buyer'));
  });
});

describe('the model of manner', () => {
  const examples = [example('少十块行不行', 'BT-2'), example('再让一点', 'BT-2'), example('几点下班', 'unknown')];
  const model = fitManner(examples);

  it('is the same for the same examples', () => {
    expect([...fitManner(examples).weights]).toEqual([...model.weights]);
  });

  it('gives shares that sum to 1 and prefers what it has seen', () => {
    const judge = (text: string) => judgeManner(model, [weighMessage(model, text, 'buyer')], nothing);
    const shares = judge('再让十块行不行');
    expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1);
    expect(shares['BT-2']).toBeGreaterThan(shares.unknown);
    expect(judge('几点').unknown).toBeGreaterThan(judge('几点')['BT-2']);
  });
});

describe('manner in a profile', () => {
  const profiler = createProfiler();
  const texts = ['这把壶的泥料不是你写的那种', '烧成温度都说错了', '回去多学学再来跟我讲'];
  const state = texts.reduce(
    (kept, text, turn) => profiler.addMessage(kept, { from: 'buyer', text, atMs: START + turn * 30_000 }),
    profiler.start(),
  );

  it('decides where no listed words do, and names the message as evidence', () => {
    const { top, evidence } = profiler.profileOf(state, START + 90_000);
    expect(top).toBe('BT-4');
    const moments = state.messages.map(({ atMs }) => atMs);
    expect(evidence.every(({ feature, atMs }) => feature.startsWith('BF-') && moments.includes(atMs))).toBe(true);
  });

  it('reads a state that was kept before there was a model', () => {
    const old: ProfileState = { ...state, messages: state.messages.map(({ manner: _, ...rest }) => rest) };
    const { types } = profiler.profileOf(old, START);
    expect(Object.keys(types).sort()).toEqual([...BUYER_TYPES]);
  });
});
