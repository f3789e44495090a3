import { describe, expect, it } from 'vitest';
import { createManualClock } from '../../src/lib/clock.ts';
import { DataFileError, DeskError } from '../../src/lib/errors.ts';
import { createId } from '../../src/lib/ids.ts';

describe('ids', () => {
  it('say what they belong to, and fit the protocol', () => {
    expect(createId('message', 1)).toMatch(/^msg_[0-9a-z]{23}$/);
    expect(createId('conversation', Date.UTC(2100, 0))).toMatch(/^cnv_[0-9a-z]{23}$/);
  });

  it('are all different and sort in the order they were made', () => {
    const ids = Array.from({ length: 5000 }, (_, i) => createId('message', 1_800_000_000_000 + Math.floor(i / 100)));
    expect(new Set(ids).size).toBe(ids.length);
    expect([...ids].sort()).toEqual(ids);
  });
});

describe('a manual clock', () => {
  it('stands still until it is told to move', () => {
    const clock = createManualClock(1000);
    expect(clock.now()).toBe(1000);
    clock.advance(50);
    expect(clock.now()).toBe(1050);
    clock.set(10);
    expect(clock.now()).toBe(10);
  });
});

describe('errors', () => {
  it('know their status and whether trying again may help', () => {
    expect(new DeskError('too_many', 'slow down')).toMatchObject({ status: 429, retryable: true, name: 'DeskError' });
    expect(new DeskError('suggestion_stale', 'x', { id: 1 })).toMatchObject({
      status: 409,
      retryable: false,
      details: { id: 1 },
    });
  });

  it('of a data file name the place', () => {
    expect(new DataFileError('price.yaml', 12, 'scripts[0].id', 'is empty').message).toBe(
      'price.yaml:12 scripts[0].id: is empty',
    );
    expect(new DataFileError('intents', undefined, '', 'holds no file').message).toBe('intents: holds no file');
  });
});
