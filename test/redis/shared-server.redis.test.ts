import { expect, it } from 'vitest';
import { type BusEvent, createBus } from '../../src/redis/create-bus.ts';
import { createPresence } from '../../src/redis/create-presence.ts';
import { openTestRedis } from '../setup/open-redis.ts';

it('desks in two databases of one Redis do not hear or see each other', async () => {
  const [one, two] = [await openTestRedis('redis'), await openTestRedis('redis')];
  const sender = await createBus(one.connection, 'node-1', () => undefined);
  const neighbour = await createBus(await one.openNode(), 'node-2', () => undefined);
  const stranger = await createBus(two.connection, 'node-3', () => undefined);
  const overheard: BusEvent[] = [];
  stranger.subscribe((event) => overheard.push(event));
  const arrived = new Promise((resolve) => {
    neighbour.subscribe(resolve);
  });
  sender.publish({ type: 'test.happened', shopId: 'shp_1' });
  await arrived;
  await createPresence(one.connection, 'node-1').keep('shp_1', 'agt_1', 60_000);
  await stranger.close();
  expect(overheard).toEqual([]);
  expect(await createPresence(two.connection, 'node-3').list('shp_1')).toEqual([]);
  for (const bus of [sender, neighbour]) await bus.close();
  for (const redis of [one, two]) await redis.close();
});
