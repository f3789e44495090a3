import { describe, expect, it } from 'vitest';
import { groupCalls } from '../../src/lib/group-calls.ts';

/** A writer that doubles numbers and notes the batches it was given. */
function doubling(maxBatch: number, lanes: number, refuse: (n: number) => boolean = () => false) {
  const batches: number[][] = [];
  let underWay = 0;
  let most = 0;
  const write = groupCalls<number, number>(
    async (numbers) => {
      batches.push(numbers);
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setImmediate(resolve));
      underWay--;
      if (numbers.some(refuse)) throw new Error(`refused in ${numbers.join(',')}`);
      return numbers.map((n) => n * 2);
    },
    maxBatch,
    lanes,
  );
  return { write, batches, mostAtOnce: () => most };
}

describe('grouped writes', () => {
  it('puts the calls of one turn into one batch and answers each', async () => {
    const { write, batches } = doubling(100, 1);
    expect(await Promise.all([1, 2, 3].map(write))).toEqual([2, 4, 6]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('splits at the size of a batch and keeps the order', async () => {
    const { write, batches } = doubling(2, 1);
    expect(await Promise.all([1, 2, 3, 4, 5].map(write))).toEqual([2, 4, 6, 8, 10]);
    expect(batches).toEqual([[1, 2], [3, 4], [5]]);
  });

  it.each([1, 3])('has at most %i batches on their way', async (lanes) => {
    const { write, mostAtOnce } = doubling(1, lanes);
    await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(write));
    expect(mostAtOnce()).toBe(lanes);
  });

  it('gathers what comes while a batch is on its way', async () => {
    const { write, batches } = doubling(100, 1);
    const first = write(1);
    await new Promise((resolve) => setImmediate(resolve));
    const later = [write(2), write(3)];
    await Promise.all([first, ...later]);
    expect(batches).toEqual([[1], [2, 3]]);
  });

  it('fails one bad row alone', async () => {
    const { write } = doubling(100, 1, (n) => n === 2);
    const results = await Promise.allSettled([1, 2, 3].map(write));
    expect(results.map((r) => r.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { message: 'refused in 2' } });
  });

  it('does not try a single row twice', async () => {
    const { write, batches } = doubling(100, 1, () => true);
    await expect(write(7)).rejects.toThrow('refused in 7');
    expect(batches).toEqual([[7]]);
  });

  it('fails the call whose answer is an error, and writes the others once', async () => {
    const batches: number[][] = [];
    const write = groupCalls<number, string>(
      async (numbers) => {
        batches.push(numbers);
        return numbers.map((n) => (n === 2 ? new Error('no home') : `${n} written`));
      },
      10,
      1,
    );
    const results = await Promise.allSettled([1, 2, 3].map(write));
    expect(results).toEqual([
      { status: 'fulfilled', value: '1 written' },
      { status: 'rejected', reason: new Error('no home') },
      { status: 'fulfilled', value: '3 written' },
    ]);
    expect(batches).toEqual([[1, 2, 3]]);
  });

  it('goes on after a failure', async () => {
    const { write } = doubling(100, 1, (n) => n < 0);
    await expect(write(-1)).rejects.toThrow();
    expect(await write(4)).toBe(8);
  });
});
