/** When lessons are given: once after a run of corrections, one at a time, and none after the end. */
import { describe, expect, it } from 'vitest';
import type { TeachingResult } from '../../src/nlu/train-candidate.ts';
import type { Desk } from '../../src/turn/desk.ts';
import { createLessons } from '../../src/turn/schedule-lessons.ts';
import type { Teacher } from '../../src/turn/teach-desk.ts';

const RESULT: TeachingResult = {
  verdict: 'worse',
  model: new Uint8Array(),
  hash: '0123456789abcdef',
  figures: [],
  changed: [],
  trainMs: 1,
};

/** Lessons over a record that holds nothing; each training ends when the test says so. */
function openLessons(afterMs = 0) {
  const trainings: { end(): void; signal: AbortSignal | undefined }[] = [];
  const errors: unknown[] = [];
  let given = 0;
  const teaching = {
    corrections: async () => [],
    live: async () => [],
    addLesson: async () => {
      given++;
    },
  };
  const stores = { scripts: { begin: async () => 1 }, teaching };
  const desk = {
    clock: { now: () => 0 },
    log: { error: (problem: unknown) => errors.push(problem) },
    bus: { publish: () => undefined },
    ledger: { teaching, transaction: (work: (inside: typeof stores) => unknown) => work(stores) },
  } as unknown as Desk;
  const teacher: Teacher = {
    shippedHash: 'shipped',
    train: (_corrections, _live, signal) =>
      new Promise((resolve, reject) => {
        trainings.push({ end: () => resolve(RESULT), signal });
        signal?.addEventListener('abort', () => reject(new Error('ended')));
      }),
  };
  return { lessons: createLessons(desk, teacher, afterMs), trainings, errors, given: () => given };
}

describe('lessons', () => {
  it('that are asked for during one are one', async () => {
    const { lessons, trainings, given } = openLessons();
    const first = lessons.now('s');
    await expect.poll(() => trainings.length).toBe(1);
    const others = [lessons.now('s'), lessons.now('s'), lessons.now('s')];
    trainings[0]!.end();
    await first;
    await expect.poll(() => trainings.length).toBe(2);
    trainings[1]!.end();
    await Promise.all(others);
    expect([trainings.length, given(), lessons.busy('s')]).toEqual([2, 2, false]);
  });

  it('of two shops do not wait for each other', async () => {
    const { lessons, trainings } = openLessons();
    const both = [lessons.now('a'), lessons.now('b')];
    await expect.poll(() => trainings.length).toBe(2);
    for (const training of trainings) training.end();
    await Promise.all(both);
  });

  it('follow a run of corrections once', async () => {
    const { lessons, trainings, given } = openLessons(5);
    for (const _ of [1, 2, 3]) lessons.soon('s');
    await expect.poll(() => trainings.length).toBe(1);
    trainings[0]!.end();
    await expect.poll(given).toBe(1);
    expect(trainings.length).toBe(1);
  });

  it('end with the desk, the one under way and those that wait, and nothing is told of it', async () => {
    const { lessons, trainings, errors, given } = openLessons();
    lessons.soon('s');
    await expect.poll(() => trainings.length).toBe(1);
    const next = lessons.now('s').catch(() => 'ended');
    lessons.soon('t');
    await lessons.close();
    expect(await next).toBe('ended');
    expect(trainings[0]!.signal?.aborted).toBe(true);
    expect([given(), errors]).toEqual([0, []]);
  });
});
