import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Bus, type BusEvent, createBus } from '../../src/redis/create-bus.ts';
import { REDIS_ENGINES } from '../setup/engines.ts';
import { openTestRedis, type TestRedis } from '../setup/open-redis.ts';
import { SHOP, upTo } from './fixtures.ts';

const event = (n: number): BusEvent => ({ type: 'test.happened', shopId: SHOP, n });

/** What a node hears, and a way to wait for it. */
function listenTo(bus: Bus) {
  const heard: unknown[] = [];
  let wake: () => void = () => undefined;
  bus.subscribe((incoming) => {
    heard.push(incoming['n']);
    wake();
  });
  return {
    heard,
    async until(n: number): Promise<void> {
      while (!heard.includes(n)) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

describe.each(REDIS_ENGINES)('bus over %s', (engine) => {
  let redis: TestRedis;
  let here: Bus;
  let there: Bus;
  const problems: Error[] = [];

  beforeEach(async () => {
    problems.length = 0;
    redis = await openTestRedis(engine);
    here = await createBus(redis.connection, 'node-1', (error) => problems.push(error));
    there = await createBus(await redis.openNode(), 'node-2', (error) => problems.push(error));
  });
  afterEach(async () => {
    await here.close();
    await there.close();
    await redis.close();
  });

  it('tells the own node at once and the other node once, in order', async () => {
    const own = listenTo(here);
    const other = listenTo(there);
    for (const n of upTo(100)) here.publish(event(n));
    expect(own.heard).toEqual(upTo(100));
    await other.until(100);
    there.publish(event(101));
    await own.until(101);
    expect(other.heard).toEqual(upTo(101));
    expect(own.heard).toEqual(upTo(101));
  });

  it('hands over what was published, unchanged', async () => {
    const sent = {
      type: 'message.appended',
      shopId: SHOP,
      message: { text: '在吗 "🙂"\n', seq: 3, flags: [true, null] },
    };
    const received = new Promise<BusEvent>((resolve) => {
      there.subscribe(resolve);
    });
    here.publish(sent);
    expect(await received).toEqual(sent);
  });

  it('stops telling a listener that left', async () => {
    const stays = listenTo(there);
    const left: BusEvent[] = [];
    const leave = there.subscribe((incoming) => left.push(incoming));
    leave();
    here.publish(event(1));
    await stays.until(1);
    expect(left).toEqual([]);
  });

  it('goes on after its subscriber was cut off', async () => {
    const other = listenTo(there);
    await redis.connection.commands.call('CLIENT', 'KILL', 'TYPE', 'pubsub');
    // What is published meanwhile may be lost: the record heals that. The bus itself must come back.
    let n = 0;
    while (other.heard.length === 0) {
      here.publish(event(++n));
      await redis.connection.commands.ping();
    }
    expect(other.heard[0]).toBeGreaterThan(0);
  });

  it('reports what does not reach Redis, and still tells its own node', async () => {
    const own = listenTo(here);
    redis.connection.commands.disconnect();
    here.publish(event(7));
    expect(own.heard).toEqual([7]);
    while (problems.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(problems[0]).toBeInstanceOf(Error);
  });
});
