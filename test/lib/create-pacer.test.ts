import { expect, test } from 'vitest';
import { createPacer } from '../../src/lib/create-pacer.ts';

test('work that is ready at once begins in order, one piece a round of the event loop', async () => {
  const pace = createPacer();
  const log: string[] = [];
  let rounds = 0;
  const count = (): void => {
    rounds++;
    if (log.length < 3) setImmediate(count);
  };
  setImmediate(count);
  await Promise.all(
    ['a', 'b', 'c'].map(async (name) => {
      await pace();
      log.push(`${name}${rounds}`);
    }),
  );
  expect(log.map((entry) => entry[0])).toEqual(['a', 'b', 'c']);
  expect(new Set(log.map((entry) => entry.slice(1))).size).toBe(3);
});
