import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Alarm, type AlarmClock, createAlarmClock } from '../../src/redis/create-alarm-clock.ts';
import { REDIS_ENGINES } from '../setup/engines.ts';
import { openTestRedis, type TestRedis } from '../setup/open-redis.ts';
import { SHOP, upTo } from './fixtures.ts';

const alarm = (n: number, revision = 1): Alarm => ({ shopId: SHOP, followUpId: `fup_${n}`, revision });
const HOUR_MS = 3_600_000;

/** Notes alarms; `fail` makes the first tries of a row fail. */
function createEar(fail: Record<string, number> = {}) {
  const heard: string[] = [];
  const tries = new Map<string, number>();
  let wake: () => void = () => undefined;
  return {
    heard,
    async hear({ followUpId, revision }: Alarm): Promise<void> {
      const count = (tries.get(followUpId) ?? 0) + 1;
      tries.set(followUpId, count);
      if (count <= (fail[followUpId] ?? 0)) throw new Error('the record is away');
      heard.push(`${followUpId} ${revision}`);
      wake();
    },
    async until(count: number): Promise<void> {
      while (heard.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

describe.each(REDIS_ENGINES)('alarm clock over %s', (engine) => {
  let redis: TestRedis;
  let here: AlarmClock;
  let there: AlarmClock;

  beforeEach(async () => {
    redis = await openTestRedis(engine);
    const node = await redis.openNode();
    here = createAlarmClock(redis.connection, () => undefined);
    there = createAlarmClock(node, () => undefined);
  });
  afterEach(async () => {
    await here.close();
    await there.close();
    await redis.close();
  });

  it('wakes a worker with what was set, on another node too, and at once what is overdue', async () => {
    const ear = createEar();
    there.listen(ear.hear);
    await here.set(alarm(1), 0);
    await here.set(alarm(2), 20);
    await here.set(alarm(3), -HOUR_MS);
    await ear.until(3);
    expect(ear.heard.sort()).toEqual(['fup_1 1', 'fup_2 1', 'fup_3 1']);
  });

  it('rings once for the same row and revision, again for the next revision', async () => {
    const ear = createEar();
    await Promise.all([here, there, here].map((clock) => clock.set(alarm(1), 0)));
    here.listen(ear.hear);
    await ear.until(1);
    await here.set(alarm(1), 0);
    await here.set(alarm(1, 2), 0);
    await ear.until(2);
    await here.set(alarm(9), 0);
    await ear.until(3);
    expect(ear.heard).toEqual(['fup_1 1', 'fup_1 2', 'fup_9 1']);
  });

  it('rings at one of two workers', async () => {
    const ears = [createEar(), createEar()];
    here.listen(ears[0]!.hear);
    there.listen(ears[1]!.hear);
    await Promise.all(upTo(40).map((n) => here.set(alarm(n), 0)));
    const heard = () => ears.flatMap((ear) => ear.heard);
    while (heard().length < 40) await new Promise((resolve) => setImmediate(resolve));
    await here.close();
    await there.close();
    expect(heard().sort()).toEqual(
      upTo(40)
        .map((n) => `fup_${n} 1`)
        .sort(),
    );
  });

  it('rings again when the worker failed', async () => {
    const ear = createEar({ fup_1: 1 });
    here.listen(ear.hear);
    await here.set(alarm(1), 0);
    await ear.until(1);
    expect(ear.heard).toEqual(['fup_1 1']);
  });

  it('does not ring early, and keeps what is not due for the next worker', async () => {
    const ear = createEar();
    await here.set(alarm(1), HOUR_MS);
    here.listen(ear.hear);
    await here.set(alarm(2), 0);
    await ear.until(1);
    expect(ear.heard).toEqual(['fup_2 1']);
    await here.close();
    const keys = await redis.connection.commands.keys('*fup_1-1');
    expect(keys).toHaveLength(1);
  });
});
