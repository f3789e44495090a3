import { describe, expect, it } from 'vitest';
import { rateOf, showEffect } from '../../src/console/settings/learning/outcome-figures.ts';
import { NO_COUNTS } from '../../src/suggestions/learning/fold-counts.ts';

const LIMITS = { leastShowings: 12, mostBonus: 0.03 };

describe('figures of outcomes', () => {
  it.each([
    [{ shown: 0 }, '–'],
    [{ shown: 4, passed: 4, below: 4 }, '–'],
    [{ shown: 10, accepted: 4, edited: 2, passed: 4, below: 2 }, '75%'],
  ])('the share taken of %o is %s: what stood below does not count', (counts, expected) => {
    expect(rateOf({ ...NO_COUNTS, ...counts })).toBe(expected);
  });

  it.each([
    [3, 0, 'learning.effect.none'],
    [40, 0, 'learning.effect.even'],
    [40, 0.0001, 'learning.effect.even'],
    [40, 0.015, 'learning.effect.up'],
    [40, -0.03, 'learning.effect.down'],
  ])('%d showings and a bonus of %d are told as %s', (shown, bonus, key) => {
    expect(showEffect({ counts: { ...NO_COUNTS, shown }, bonus }, LIMITS).key).toBe(key);
  });

  it('the strength is a share of the most that outcomes may move', () => {
    expect(showEffect({ counts: { ...NO_COUNTS, shown: 40 }, bonus: 0.015 }, LIMITS).values).toEqual({ share: '50%' });
  });
});
