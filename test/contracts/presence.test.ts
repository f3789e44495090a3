import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPresence, type Presence } from '../../src/redis/create-presence.ts';
import { REDIS_ENGINES } from '../setup/engines.ts';
import { openTestRedis, type TestRedis } from '../setup/open-redis.ts';

const LONG_MS = 600_000;

describe.each(REDIS_ENGINES)('presence over %s', (engine) => {
  let redis: TestRedis;
  let here: Presence;
  let there: Presence;

  beforeAll(async () => {
    redis = await openTestRedis(engine);
    here = createPresence(redis.connection, 'node-1');
    there = createPresence(await redis.openNode(), 'node-2');
  });
  afterAll(() => redis.close());

  it('of nobody is empty', async () => {
    expect(await here.list('shp_empty')).toEqual([]);
  });

  it('is seen by every node, once per agent', async () => {
    await here.keep('shp_a', 'agt_1', LONG_MS);
    await there.keep('shp_a', 'agt_1', LONG_MS);
    await there.keep('shp_a', 'agt_2', LONG_MS);
    expect((await here.list('shp_a')).sort()).toEqual(['agt_1', 'agt_2']);
    expect((await there.list('shp_a')).sort()).toEqual(['agt_1', 'agt_2']);
  });

  it('lasts until the agent has left every node', async () => {
    await here.keep('shp_b', 'agt_1', LONG_MS);
    await there.keep('shp_b', 'agt_1', LONG_MS);
    await here.leave('shp_b', 'agt_1');
    expect(await here.list('shp_b')).toEqual(['agt_1']);
    await there.leave('shp_b', 'agt_1');
    expect(await here.list('shp_b')).toEqual([]);
  });

  it('ends by itself when its node falls silent, and is taken up again', async () => {
    await here.keep('shp_c', 'agt_1', 1);
    while ((await there.list('shp_c')).length > 0);
    await here.keep('shp_c', 'agt_1', LONG_MS);
    expect(await there.list('shp_c')).toEqual(['agt_1']);
  });

  it('of buyers is seen by every node, ends by itself, and takes any number', async () => {
    const crowd = Array.from({ length: 1100 }, (_, at) => `buy_${at}`);
    await here.keepBuyers('shp_f', crowd, LONG_MS);
    expect(await there.hasBuyer('shp_f', 'buy_1099')).toBe(true);
    expect(await there.hasBuyer('shp_f', 'buy_1100')).toBe(false);
    expect(await there.hasBuyer('shp_a', 'buy_1')).toBe(false);
    await here.keepBuyers('shp_f', ['buy_1'], 1);
    while (await there.hasBuyer('shp_f', 'buy_1'));
    expect(await there.hasBuyer('shp_f', 'buy_2')).toBe(true);
  });

  it('of a buyer lasts until every node has let go, and who leaves while a crowd is kept stays away', async () => {
    await here.keepBuyers('shp_g', ['buy_1'], LONG_MS);
    await there.keepBuyers('shp_g', ['buy_1'], LONG_MS);
    await here.leaveBuyer('shp_g', 'buy_1');
    expect(await here.hasBuyer('shp_g', 'buy_1')).toBe(true);
    await there.leaveBuyer('shp_g', 'buy_1');
    expect(await here.hasBuyer('shp_g', 'buy_1')).toBe(false);
    const crowd = Array.from({ length: 1100 }, (_, at) => `buy_${at}`);
    await Promise.all([here.keepBuyers('shp_g', crowd, LONG_MS), here.leaveBuyer('shp_g', 'buy_1099')]);
    expect(await there.hasBuyer('shp_g', 'buy_1098')).toBe(true);
    expect(await there.hasBuyer('shp_g', 'buy_1099')).toBe(false);
  });

  it('belongs to one shop, whatever the ids look like', async () => {
    await here.keep('shp_d', 'agt@home', LONG_MS);
    expect(await here.list('shp_d')).toEqual(['agt@home']);
    expect(await here.list('shp_e')).toEqual([]);
  });
});
