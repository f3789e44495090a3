import { describe, expect, it } from 'vitest';
import type { Proposal } from '../../../src/protocol/turn.ts';
import { armOf, spread } from '../../../src/suggestions/learning/hold-out.ts';
import { createRankingKnowledge, LEAST_SEEN } from '../../../src/suggestions/learning/knowledge.ts';
import {
  type ClassedProposal,
  type LearntMoment,
  MOST_BONUS,
  orderAlike,
  orderProposals,
} from '../../../src/suggestions/learning/reorder.ts';
import { countRow, NOW } from './count-rows.ts';

const PLACE = { order: 'none', buyer: 'unknown' } as const;
const CONVERSATIONS = Array.from({ length: 4000 }, (_, i) => `cnv_${i}`);
const moment = (rows: ReturnType<typeof countRow>[], seed = 'cnv_1'): LearntMoment => ({
  knowledge: createRankingKnowledge(rows, NOW),
  seed,
  place: PLACE,
});
const proposal = (scriptId: string, score: number): Proposal => ({
  scriptId,
  card: 'SCR-30',
  version: 1,
  variant: 0,
  text: scriptId,
  intents: ['INT-PRE-14'],
  slots: [],
  guards: [],
  score,
  reasons: ['买家想优惠'],
});
const classed = (scriptId: string, score: number, rank: ClassedProposal['rank'] = 'question'): ClassedProposal => ({
  proposal: proposal(scriptId, score),
  rank,
});
/** b is what agents take, a is what they pass over. */
const ROWS = [countRow({ scriptId: 'a', passed: 30 }), countRow({ scriptId: 'b', accepted: 27, passed: 3 })];
const ids = (proposals: readonly Proposal[]) => proposals.map(({ scriptId }) => scriptId);

describe('proposals on screen', () => {
  it('near neighbours of one class change places, with the reason in words', () => {
    const [first, second] = orderProposals([classed('a', 0.8), classed('b', 0.78)], moment(ROWS));
    expect([first?.scriptId, first?.reasons]).toEqual(['b', ['买家想优惠', '同类情况下 30 次里 27 次被采用']]);
    expect([second?.scriptId, second?.reasons, second?.score]).toEqual(['a', ['买家想优惠'], 0.8]);
  });

  it('outcomes cannot bridge more than twice the most they may move', () => {
    const gap = 2 * MOST_BONUS;
    expect(ids(orderProposals([classed('a', 0.8), classed('b', 0.8 - gap - 0.001)], moment(ROWS)))).toEqual(['a', 'b']);
    expect(ids(orderProposals([classed('a', 0.8), classed('b', 0.8 - gap + 0.001)], moment(ROWS)))).toEqual(['b', 'a']);
  });

  it.each([
    ['another class', [classed('a', 0.8, 'after-sale'), classed('b', 0.79, 'question')]],
    ['safety and rights', [classed('a', 0.8, 'safety'), classed('b', 0.79, 'safety')]],
    ['the order of closing techniques', [classed('a', 0.8, 'closing'), classed('b', 0.79, 'closing')]],
  ])('nothing passes %s', (_, ranked) => {
    expect(ids(orderProposals(ranked, moment(ROWS)))).toEqual(['a', 'b']);
  });

  it('one of another class between them parts neighbours', () => {
    const ranked = [classed('a', 0.8), classed('s', 0.79, 'safety'), classed('b', 0.78)];
    expect(ids(orderProposals(ranked, moment(ROWS)))).toEqual(['a', 's', 'b']);
  });

  it(`stays as it is with fewer than ${LEAST_SEEN} showings`, () => {
    const rows = [countRow({ scriptId: 'a', passed: 11 }), countRow({ scriptId: 'b', accepted: 11 })];
    expect(ids(orderProposals([classed('a', 0.8), classed('b', 0.8)], moment(rows)))).toEqual(['a', 'b']);
  });

  it('nothing comes or goes', () => {
    const ranked = [classed('a', 0.8), classed('c', 0.8), classed('b', 0.8)];
    expect(ids(orderProposals(ranked, moment(ROWS))).sort()).toEqual(['a', 'b', 'c']);
  });
});

describe('scripts and wordings that are alike', () => {
  const about = { card: 'SCR-30', intents: ['INT-PRE-14'] };
  const order = (rows: ReturnType<typeof countRow>[], seed: string, items = ['a', 'b']) =>
    orderAlike(items, (scriptId) => ({ scriptId, version: 1 }), moment(rows, seed), about);
  const share = (rows: ReturnType<typeof countRow>[], first: string, items?: string[]) =>
    CONVERSATIONS.filter((seed) => order(rows, seed, items)[0]?.item === first).length / CONVERSATIONS.length;

  it('the one that is taken goes first, and says why', () => {
    const [first, second] = order(ROWS, 'cnv_1');
    expect(first).toEqual({ item: 'b', because: '同类情况下 30 次里 27 次被采用' });
    expect(second).toEqual({ item: 'a' });
  });

  it('chance alone turns nothing round', () => {
    const rows = [
      countRow({ scriptId: 'a', accepted: 50, passed: 50 }),
      countRow({ scriptId: 'b', accepted: 52, passed: 48 }),
    ];
    expect(share(rows, 'a')).toBeGreaterThan(0.95);
  });

  it('nothing is tried while there is nothing to compare it with', () => {
    expect(share([], 'a')).toBe(1);
    expect(share([countRow({ scriptId: 'a', accepted: LEAST_SEEN - 1 })], 'a')).toBe(1);
  });

  it('what nobody has seen goes first in a fifth of the conversations, less the more it was seen, never not at all', () => {
    const known = countRow({ scriptId: 'a', accepted: 60, passed: 40 });
    const tried = [0, 6, 11].map((passed) => share([known, countRow({ scriptId: 'b', passed })], 'b'));
    expect(tried[0]).toBeCloseTo(0.2, 1);
    expect(tried[1]).toBeCloseTo(0.1, 1);
    expect(tried[2]).toBeGreaterThan(0.01);
    expect(tried[2]).toBeLessThan(0.05);
    expect(share([known, countRow({ scriptId: 'b', passed: 500 })], 'b')).toBeGreaterThan(0.01);
  });

  it('ten that nobody has seen share the same fifth', () => {
    const items = ['a', ...Array.from({ length: 10 }, (_, i) => `n${i}`)];
    expect(share([countRow({ scriptId: 'a', accepted: 100 })], 'a', items)).toBeCloseTo(0.8, 1);
  });

  it('says when something is tried, and a repeated turn is ordered the same', () => {
    const rows = [countRow({ scriptId: 'a', accepted: 60 })];
    const seed = CONVERSATIONS.find((each) => order(rows, each)[0]?.item === 'b')!;
    expect(order(rows, seed)[0]).toEqual({ item: 'b', because: '按比例给它一次机会，看看效果' });
    expect(order(rows, seed)).toEqual(order(rows, seed));
  });
});

describe('the hold-out', () => {
  const settings = (holdOutShare: number, enabled = true) => ({ holdOutShare, enabled });
  const held = (holdOutShare: number) => CONVERSATIONS.filter((id) => armOf(id, settings(holdOutShare)) === 'plain');

  it.each([0, 0.1, 0.5])('holds out a share of %d', (share) => {
    expect(held(share).length / CONVERSATIONS.length).toBeCloseTo(share, 1);
  });

  it('is stable, and a larger share keeps whom a smaller one held out', () => {
    const more = new Set(held(0.3));
    expect(held(0.1)).toEqual(held(0.1));
    expect(held(0.1).every((id) => more.has(id))).toBe(true);
  });

  it('compares nothing while learning is off', () => {
    expect(new Set(CONVERSATIONS.map((id) => armOf(id, settings(0.5, false))))).toEqual(new Set(['off']));
  });

  it('spreads neighbouring ids evenly', () => {
    const tenths = Array.from({ length: 10 }, () => 0);
    for (const id of CONVERSATIONS) tenths[Math.floor(spread(id) * 10)]! += 1;
    for (const count of tenths) expect(Math.abs(count - 400)).toBeLessThan(100);
  });
});
