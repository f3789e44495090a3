import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedValkey, startEmbeddedValkey } from '../../src/redis/start-embedded-valkey.ts';
import { upTo } from '../contracts/fixtures.ts';

describe('the embedded Valkey', () => {
  let valkey: EmbeddedValkey;
  let redis: Redis;

  beforeAll(async () => {
    valkey = await startEmbeddedValkey();
    redis = new Redis(valkey.url);
  });
  afterAll(async () => {
    redis.disconnect();
    await valkey.stop();
  });

  it('lets nobody in without the password of this run', async () => {
    const url = new URL(valkey.url);
    url.password = '';
    const stranger = new Redis(url.href, { maxRetriesPerRequest: 0, retryStrategy: () => null });
    const refusals: Error[] = [];
    stranger.on('error', (error) => refusals.push(error));
    await expect(stranger.get('x')).rejects.toThrow(/NOAUTH/);
    expect(refusals.every((error) => error.message.includes('NOAUTH'))).toBe(true);
    stranger.disconnect();
  });

  it('listens on this machine only', () => {
    expect(new URL(valkey.url).hostname).toBe('127.0.0.1');
  });

  it('answers one command after the other without waiting for a timer', async () => {
    for (const n of upTo(2000)) await redis.set('n', n);
    expect(await redis.get('n')).toBe('2000');
  });

  it('runs scripts, streams and blocking reads, which the queues need', async () => {
    expect(await redis.eval('return redis.call("INCRBY", KEYS[1], ARGV[1])', 1, 'count', 5)).toBe(5);
    const reader = redis.duplicate();
    const read = reader.xread('BLOCK', 0, 'STREAMS', 'events', '$');
    let added = 0;
    const done = read.then(() => true);
    while (!(await Promise.race([done, redis.xadd('events', '*', 'n', String(++added)).then(() => false)])));
    expect((await read)?.[0]?.[0]).toBe('events');
    reader.disconnect();
  });

  it('can run twice side by side, apart', async () => {
    const second = await startEmbeddedValkey();
    const other = new Redis(second.url);
    await redis.set('mine', '1');
    expect(await other.get('mine')).toBeNull();
    other.disconnect();
    await second.stop();
  });
});
