/** The small form of the faults: each with the protections, and once without them, where the checker must see it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countViolations } from './check-logs.ts';
import { type Ground, openGround } from './ground.ts';
import { playScenario, SCENARIOS } from './scenarios.ts';

/** The others take longer and are played by `node test/faults/run.ts`. */
const IN_CI = ['all of it in one run', 'payment races the claim', 'the clock of a node jumps an hour'];

let ground: Ground;
beforeAll(async () => {
  ground = await openGround();
}, 240_000);
afterAll(() => ground?.close());

describe.each(SCENARIOS.filter(({ name }) => IN_CI.includes(name)))('$name', (scenario) => {
  const play = (isGuarded: boolean) => playScenario(scenario, { ground, count: scenario.small, isGuarded });

  it(`leaves the invariant whole: ${scenario.invariant}`, async () => {
    const { verdict } = await play(true);
    expect(verdict.orders).toBeGreaterThanOrEqual(scenario.small);
    expect(verdict.violations).toEqual({ lost: 0, twice: 0, early: 0, 'after payment': 0, 'of nobody': 0 });
    expect(verdict.reminded).toBeGreaterThan(0);
  }, 300_000);

  it(`would be seen without ${scenario.without}`, async () => {
    const { verdict } = await play(false);
    expect(countViolations(verdict)).toBeGreaterThan(0);
  }, 240_000);
});
