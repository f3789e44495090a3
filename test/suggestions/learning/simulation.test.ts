/** A desk played through: agents who like one wording better, turn by turn, and what learning makes of it. */
import { describe, expect, it } from 'vitest';
import type { ShowingCounts } from '../../../src/protocol/learning.ts';
import { NO_COUNTS } from '../../../src/suggestions/learning/fold-counts.ts';
import { spread } from '../../../src/suggestions/learning/hold-out.ts';
import { createRankingKnowledge } from '../../../src/suggestions/learning/knowledge.ts';
import { orderAlike } from '../../../src/suggestions/learning/reorder.ts';
import { countRow, NOW } from './count-rows.ts';

const TURNS = 3000;
const WORDINGS = [0, 1, 2];
/** Turns between two readings of the counts. */
const READ_EVERY = 20;

/** Shares of turns in which the first wording was accepted, and in which each went first. */
function play(liking: readonly number[], isLearning: boolean, name: string) {
  const counts = WORDINGS.map((): ShowingCounts => ({ ...NO_COUNTS }));
  const rows = () => counts.map((of, variant) => countRow({ variant, accepted: of.accepted, passed: of.passed }));
  const first = [0, 0, 0];
  let accepted = 0;
  let knowledge = createRankingKnowledge([], NOW);
  for (let turn = 0; turn < TURNS; turn++) {
    if (turn % READ_EVERY === 0) knowledge = createRankingKnowledge(rows(), NOW);
    const moment = { knowledge, seed: `${name} ${turn}`, place: { order: 'none', buyer: 'unknown' } as const };
    const about = { card: 'SCR-30', intents: ['INT-PRE-14'] };
    const member = (variant: number) => ({ scriptId: 'SCR-30', version: 1, variant });
    const shown = isLearning ? orderAlike(WORDINGS, member, moment, about)[0]!.item : 0;
    const isTaken = spread(`taken ${name} ${turn} ${shown}`) < liking[shown]!;
    counts[shown]![isTaken ? 'accepted' : 'passed'] += 1;
    accepted += Number(isTaken);
    first[shown]! += 1;
  }
  return { accepted: accepted / TURNS, first: first.map((times) => times / TURNS) };
}

describe('a desk played through', () => {
  it('finds the wording agents like best, wherever it stands, and keeps trying the others a little', () => {
    for (const [best, liking] of [
      [1, [0.3, 0.6, 0.35]],
      [2, [0.3, 0.25, 0.6]],
    ] as const) {
      const { accepted, first } = play(liking, true, `best ${best}`);
      expect(accepted).toBeGreaterThan(0.53);
      expect(first[best]).toBeGreaterThan(0.8);
      for (const share of first) expect(share).toBeGreaterThan(0.01);
      expect(play(liking, false, `best ${best}`).accepted).toBeLessThan(0.33);
    }
  });

  it('loses nearly nothing where the first was the best already', () => {
    const { accepted, first } = play([0.6, 0.3, 0.3], true, 'first');
    expect(first[0]).toBeGreaterThan(0.85);
    expect(accepted).toBeGreaterThan(0.55);
  });

  it('stays in order where all are alike', () => {
    expect(play([0.5, 0.5, 0.5], true, 'alike').first[0]).toBeGreaterThan(0.5);
  });
});
