import { describe, expect, it } from 'vitest';
import { formatTime, offsetMinutes, startOfDay, wallClockAt } from '../../src/lib/zoned-time.ts';

const at = (iso: string) => Date.parse(iso);

describe('wall-clock time in a zone', () => {
  it('is read off the zone, not the machine', () => {
    expect(wallClockAt(at('2026-12-31T23:59:58Z'), 'Asia/Shanghai')).toEqual({
      year: 2027,
      month: 1,
      day: 1,
      hour: 7,
      minute: 59,
      second: 58,
    });
  });

  it.each([
    ['2027-05-03T01:30:00Z', 'Asia/Shanghai', 480, '2027-05-03T09:30:00+08:00'],
    ['2027-01-15T12:00:00Z', 'America/New_York', -300, '2027-01-15T07:00:00-05:00'],
    ['2027-07-15T12:00:00Z', 'America/New_York', -240, '2027-07-15T08:00:00-04:00'],
    ['2027-07-15T12:00:00Z', 'Asia/Kathmandu', 345, '2027-07-15T17:45:00+05:45'],
    ['2027-07-15T12:00:00Z', 'America/St_Johns', -150, '2027-07-15T09:30:00-02:30'],
    ['2027-07-15T12:00:00.999Z', 'UTC', 0, '2027-07-15T12:00:00+00:00'],
  ])('%s in %s is %i minutes ahead', (utc, tz, minutes, text) => {
    expect(offsetMinutes(at(utc), tz)).toBe(minutes);
    expect(formatTime(at(utc), tz)).toBe(text);
  });

  it.each([
    ['2027-05-03T01:30:00Z', 'Asia/Shanghai', '2027-05-02T16:00:00Z'],
    ['2027-05-02T15:59:59Z', 'Asia/Shanghai', '2027-05-01T16:00:00Z'],
    ['2027-03-14T20:00:00Z', 'America/New_York', '2027-03-14T05:00:00Z'],
    ['2027-11-07T20:00:00Z', 'America/New_York', '2027-11-07T04:00:00Z'],
  ])('the day of %s in %s began at %s', (utc, tz, midnight) => {
    expect(startOfDay(at(utc), tz)).toBe(at(midnight));
  });
});
