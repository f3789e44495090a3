/** The pages in a real browser, on the real desk. One browser at a time: the journeys share it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApprovals } from './approvals.ts';
import { testAutomatic } from './automatic.ts';
import { testAwayList } from './away-list.ts';
import { testBarriers } from './barriers.ts';
import { testClocks } from './clocks.ts';
import { testDiscounts } from './discounts.ts';
import { testGate } from './gate.ts';
import { testGoods } from './goods.ts';
import { testKeys } from './keys.ts';
import { testLearning } from './learning.ts';
import { testLibrary } from './library.ts';
import { testReconnecting } from './reconnecting.ts';
import { testRecords } from './records.ts';
import { testSettings } from './settings.ts';
import { testShop } from './shop.ts';
import { type Agent, openStage, type Stage } from './stage.ts';
import { testSuggestions } from './suggestions.ts';
import { testSupervisor } from './supervisor.ts';
import { testTeaching } from './teaching.ts';
import { testTimers } from './timers.ts';

describe('the pages', () => {
  let stage: Stage;
  let agent: Agent;
  beforeAll(async () => {
    stage = await openStage();
  }, 120_000);
  afterAll(async () => {
    await stage?.close();
  });

  describe('while nobody is on duty', () => testAwayList(() => stage));

  describe('with an agent on duty', () => {
    beforeAll(async () => {
      agent = await stage.openAgent('agent1');
    });
    const people = () => ({ stage, agent });
    describe('suggestions', () => testSuggestions(people));
    describe('the gate', () => testGate(people));
    describe('approvals', () => testApprovals(people));
    describe('discounts', () => testDiscounts(people));
    describe('the keyboard', () => testKeys(people));
    describe('a lost connection', () => testReconnecting(people));
    describe('the shop', () => testShop(people));
    describe('the supervisor', () => testSupervisor(people));
    describe('clocks', () => testClocks(people));
    describe('teaching', () => testTeaching(people));
    describe('records', () => testRecords(people));
    describe('learning', () => testLearning(people));
    describe('the settings', () => testSettings(people));
    describe('the library', () => testLibrary(people));
    describe('what leaves by itself', () => testAutomatic(people));
    describe('timers', () => testTimers(people));
    describe('goods', () => testGoods(people));
    describe('barriers', () => testBarriers(people));
  });

  it('made no error', () => {
    expect(stage.errors).toEqual([]);
  });
});
