import { describe, expect, it } from 'vitest';
import { matterOf, orderStepOf, widen } from '../../../src/suggestions/learning/contexts.ts';
import { HALF_LIFE_MS } from '../../../src/suggestions/learning/fold-counts.ts';
import { createRankingKnowledge, LEAST_SEEN } from '../../../src/suggestions/learning/knowledge.ts';
import { countRow, NOW } from './count-rows.ts';

const PLACE = 'INT-PRE|none|unknown';
const A = { scriptId: 'SCR-30', version: 1 };
const B = { scriptId: 'SCR-31', version: 1 };
const know = (...rows: ReturnType<typeof countRow>[]) => createRankingKnowledge(rows, NOW);
/** A neighbour that is taken half of the time. */
const OTHER = countRow({ scriptId: 'SCR-31', accepted: 50, passed: 50 });

describe('contexts', () => {
  it('widen from the buyer to the step of the order, the matter, and all', () => {
    expect(widen('INT-AS|paid|BT-2')).toEqual(['', 'INT-AS', 'INT-AS|paid', 'INT-AS|paid|BT-2']);
  });

  it('are about the family of the first intent, else about the card', () => {
    expect(matterOf({ card: 'SCR-30', intents: ['INT-PRE-14', 'INT-AS-01'] })).toBe('INT-PRE');
    expect(matterOf({ card: 'SCR-60', intents: [] })).toBe('SCR-60');
  });

  it.each([
    ['unpaid', 'unpaid'],
    ['paid', 'paid'],
    ['printed', 'paid'],
    ['shipped', 'shipped'],
    ['completed', 'shipped'],
    ['closed', 'none'],
  ] as const)('take an order that is %s as %s', (state, step) => {
    expect(orderStepOf({ id: 'ord_1', state })).toBe(step);
    expect(orderStepOf(null)).toBe('none');
  });
});

describe('what outcomes say', () => {
  it(`says nothing below ${LEAST_SEEN} showings, and something from there on`, () => {
    const few = know(OTHER, countRow({ accepted: LEAST_SEEN - 1 }));
    const enough = know(OTHER, countRow({ accepted: LEAST_SEEN }));
    expect([few.edge(A, PLACE), few.edgesAmong([A, B], PLACE)[0], few.tell(A, PLACE)]).toEqual([0, 0, undefined]);
    expect(enough.edge(A, PLACE)).toBeGreaterThan(0.1);
    expect(enough.tell(A, PLACE)).toEqual({ seen: LEAST_SEEN, taken: LEAST_SEEN });
  });

  it('accepted is worth more than edited, edited than passed over, passed over than dismissed, paid most', () => {
    const edge = (counts: Parameters<typeof countRow>[0]) => know(OTHER, countRow(counts)).edge(A, PLACE);
    const [paid, accepted, edited, passed, dismissed] = [
      edge({ accepted: 20, paid: 20 }),
      edge({ accepted: 20 }),
      edge({ edited: 20 }),
      edge({ passed: 20 }),
      edge({ dismissed: 20 }),
    ];
    expect([paid > accepted, accepted > edited, edited > passed, passed > dismissed]).toEqual([true, true, true, true]);
    expect([accepted > 0, passed < 0]).toEqual([true, true]);
  });

  it('what stood below the one taken is no sign against it', () => {
    const knowledge = know(OTHER, countRow({ accepted: 12, passed: 40, below: 40 }));
    expect(knowledge.seen(A)).toBe(12);
    expect(knowledge.edge(A, PLACE)).toBeGreaterThan(0.1);
    expect(knowledge.tell(A, PLACE)).toEqual({ seen: 12, taken: 12 });
  });

  it('fades: half after a half-life, so that too little is left to move anything', () => {
    const rows = [OTHER, countRow({ accepted: LEAST_SEEN + 4 })];
    const later = createRankingKnowledge(rows, NOW + HALF_LIFE_MS);
    expect(later.seen(A)).toBeCloseTo((LEAST_SEEN + 4) / 2, 9);
    expect(later.edge(A, PLACE)).toBe(0);
  });

  it('a narrow context with its own outcomes is heard before the wide one', () => {
    const knowledge = know(
      OTHER,
      countRow({ accepted: 40, context: PLACE }),
      countRow({ passed: 40, context: 'INT-AS|paid|BT-2' }),
      countRow({ scriptId: 'SCR-31', accepted: 50, passed: 50, context: 'INT-AS|paid|BT-2' }),
    );
    expect(knowledge.edge(A, PLACE)).toBeGreaterThan(0.15);
    expect(knowledge.edge(A, 'INT-AS|paid|BT-2')).toBeLessThan(-0.15);
    expect(knowledge.tell(A, 'INT-AS|paid|BT-2')).toEqual({ seen: 40, taken: 0 });
  });

  it('a context without outcomes falls back on the wider one', () => {
    const knowledge = know(OTHER, countRow({ accepted: 40 }));
    expect(knowledge.edge(A, 'INT-PRE|none|BT-3')).toBeGreaterThan(0.1);
    expect(knowledge.tell(A, 'INT-LOG|shipped|BT-1')).toEqual({ seen: 40, taken: 40 });
  });

  it('earlier versions are a weak hint, and none before the version has showings of its own', () => {
    const old = countRow({ version: 1, accepted: 1000 });
    const second = { scriptId: 'SCR-30', version: 2 };
    expect(know(OTHER, old).edge(second, PLACE)).toBe(0);
    const own = countRow({ version: 2, accepted: 6, passed: 6 });
    const alone = know(OTHER, own).edge(second, PLACE);
    const hinted = createRankingKnowledge([OTHER, own, { ...old, context: 'INT-AS|paid|BT-1' }], NOW).edge(
      second,
      PLACE,
    );
    expect(Math.abs(hinted - alone)).toBeLessThan(0.1);
  });

  it('among themselves, the one that has all the outcomes is its own average', () => {
    const [only, silent] = know(countRow({ passed: 40 })).edgesAmong([A, B], PLACE);
    expect([Math.abs(only!) < 1e-9, silent]).toEqual([true, 0]);
  });

  it('an edge is never beyond one', () => {
    const rows = [countRow({ accepted: 10_000, paid: 10_000 }), countRow({ scriptId: 'SCR-31', dismissed: 10_000 })];
    const knowledge = know(...rows);
    for (const member of [A, B]) expect(Math.abs(knowledge.edge(member, PLACE))).toBeLessThanOrEqual(1);
  });
});
