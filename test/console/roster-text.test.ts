import { describe, expect, it } from 'vitest';
import { readRoster, writeRoster } from '../../src/console/settings/clocks/roster-text.ts';

describe('a roster as text', () => {
  it('is read as it is written', () => {
    const text = '小禾 | 一二三 | 22:00-09:00\n小满 | 每天 | 12:00-13:00';
    const roster = readRoster(text);
    expect(roster).toEqual([
      { person: '小禾', days: ['mon', 'tue', 'wed'], hours: '22:00-09:00' },
      { person: '小满', days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], hours: '12:00-13:00' },
    ]);
    expect(writeRoster(roster as Exclude<typeof roster, { line: number }>)).toBe(text);
  });

  it('takes a single name for all times, and the bar of a Chinese keyboard', () => {
    expect(readRoster(' 小禾 \n')).toEqual({ always: '小禾' });
    expect(writeRoster({ always: '小禾' })).toBe('小禾');
    expect(readRoster('小禾｜六天｜09:00-18:00')).toEqual([
      { person: '小禾', days: ['sat', 'sun'], hours: '09:00-18:00' },
    ]);
  });

  it.each([
    ['', 1],
    ['小禾 | 一二 | 9-18', 1],
    ['小禾 | 一 | 09:00-18:00\n小满 | 八 | 09:00-18:00', 2],
    ['小禾 | 一 | 09:00-18:00\n小满', 2],
    [' | 一 | 09:00-18:00', 1],
  ])('names the line of %j that cannot be read', (text, line) => {
    expect(readRoster(text)).toEqual({ line });
  });
});
