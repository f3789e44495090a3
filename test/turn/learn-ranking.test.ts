/** What a node knows of outcomes: a minute old at most, at once after a reset, and the last while nothing can be read. */
import { describe, expect, it } from 'vitest';
import type { Shop } from '../../src/desk/ports.ts';
import { createManualClock } from '../../src/lib/clock.ts';
import { createLogger } from '../../src/lib/logger.ts';
import type { Situation } from '../../src/protocol/turn.ts';
import type { CountRow, LearningStore } from '../../src/suggestions/learning/ports.ts';
import type { DeskBus, DeskEvent } from '../../src/turn/desk.ts';
import { createLearningKeeper } from '../../src/turn/learn-ranking.ts';
import { makeShop, NOW, OTHER_SHOP, SHOP } from '../contracts/fixtures.ts';
import { countRow } from '../suggestions/learning/count-rows.ts';
import { analysis } from '../suggestions/situation.ts';

const MINUTE = 60_000;
const MEMBER = { scriptId: 'SCR-30', version: 1 };

/** A record of counts that is written by hand, and can be out of reach. */
function openKeeper() {
  const clock = createManualClock(NOW);
  const listeners = new Set<(event: DeskEvent) => void>();
  const bus: DeskBus = {
    publish: (event) => {
      for (const listener of listeners) listener(event);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const record = { rows: [] as CountRow[], resets: 0, isDown: false, asked: [] as number[] };
  const store: Pick<LearningStore, 'counts' | 'resets'> = {
    counts: async (_shopId, since) => {
      record.asked.push(since);
      return record.rows.filter(({ asOf }) => asOf >= since);
    },
    resets: async () => {
      if (record.isDown) throw new Error('the record is away');
      return record.resets;
    },
  };
  const keeper = createLearningKeeper({ store: store as LearningStore, clock, log: createLogger('fatal'), bus });
  const seen = async (shopId = SHOP) => (await keeper.knowledge(shopId)).seen(MEMBER);
  return { clock, bus, listeners, record, keeper, seen };
}

describe('the keeper of outcomes', () => {
  it('reads once a minute, and then only what may have changed', async () => {
    const { clock, record, seen } = openKeeper();
    record.rows = [countRow({ accepted: 20, asOf: NOW })];
    expect(await seen()).toBe(20);
    record.rows = [countRow({ accepted: 30, asOf: NOW + 1 })];
    clock.advance(MINUTE - 1);
    expect(await seen()).toBe(20);
    clock.advance(1);
    expect(await seen()).toBeCloseTo(30, 1);
    expect(record.asked).toEqual([0, NOW - MINUTE]);
  });

  it('folds nothing anew while nothing was counted, but lets weights fade from day to day', async () => {
    const { clock, record, keeper, seen } = openKeeper();
    record.rows = [countRow({ accepted: 20, asOf: NOW - 2 * MINUTE })];
    const first = await keeper.knowledge(SHOP);
    clock.advance(MINUTE);
    expect(await keeper.knowledge(SHOP)).toBe(first);
    clock.advance(60 * 24 * 60 * MINUTE);
    expect(await seen()).toBeCloseTo(10, 1);
  });

  it('turns that ask at the same moment share one reading', async () => {
    const { record, seen } = openKeeper();
    await Promise.all([seen(), seen(), seen(), seen(OTHER_SHOP)]);
    expect(record.asked).toHaveLength(2);
  });

  it('forgets at once what was reset, here or on another node', async () => {
    const { clock, bus, record, seen } = openKeeper();
    record.rows = [countRow({ accepted: 20 })];
    await seen();
    record.rows = [];
    record.resets = 1;
    bus.publish({ type: 'lists.changed', shopId: SHOP, lists: ['counters'] });
    expect(await seen()).toBe(20);
    bus.publish({ type: 'lists.changed', shopId: SHOP, lists: ['learning'] });
    expect(await seen()).toBe(0);
    record.rows = [countRow({ accepted: 5 })];
    clock.advance(MINUTE);
    await seen();
    record.rows = [];
    record.resets = 2;
    clock.advance(MINUTE);
    expect(await seen()).toBe(0);
  });

  it('keeps the last while the record cannot be read, and ranks without where there is none', async () => {
    const { clock, record, seen } = openKeeper();
    record.rows = [countRow({ accepted: 20 })];
    expect(await seen()).toBe(20);
    record.isDown = true;
    clock.advance(MINUTE);
    expect(await seen()).toBeCloseTo(20, 1);
    expect(await seen(OTHER_SHOP)).toBe(0);
    record.isDown = false;
    record.rows = [countRow({ accepted: 40, asOf: clock.now() })];
    clock.advance(MINUTE);
    expect(await seen()).toBeCloseTo(40, 1);
  });

  it('ranks by the shop’s settings, and what goes out by itself without', async () => {
    const { keeper, listeners } = openKeeper();
    const shop = makeShop(SHOP);
    const held = (enabled: boolean, holdOutShare: number): Shop => ({
      ...shop,
      settings: { ...shop.settings, learning: { enabled, holdOutShare } },
    });
    const order = { id: 'ord_1', state: 'paid' } as const;
    const situation: Situation = {
      facts: { shop: {}, agent: {}, buyer: {}, order } as Situation['facts'],
      history: [],
      message: '在吗',
      analysis: analysis('INT-GEN-01'),
      mode: 'A',
    };
    const learning = { arm: 'learnt', order: 'paid', buyer: 'unknown' };
    const ranked = await keeper.rank(held(true, 0), 'cnv_1', situation);
    expect([ranked.learning, ranked.learnt?.seed]).toEqual([learning, 'cnv_1']);
    expect(await keeper.rank(held(false, 0), 'cnv_1', situation)).toEqual({ learning: { ...learning, arm: 'off' } });
    expect(await keeper.rank(held(true, 0), 'cnv_1', { ...situation, mode: 'O' })).toEqual({
      learning: { ...learning, arm: 'off' },
    });
    keeper.close();
    expect(listeners.size).toBe(0);
  });
});
