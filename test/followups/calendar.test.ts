import { describe, expect, it } from 'vitest';
import { createShopCalendar } from '../../src/followups/calendar.ts';
import { fromWallTime, isTimeZone, parseSpan, toWallTime } from '../../src/lib/wall-time.ts';

const HOUR = 3_600_000;
const ms = (iso: string): number => Date.parse(iso);
const iso = (value: number | null): string | null => (value === null ? null : new Date(value).toISOString());

function shanghai(fields: Partial<Parameters<typeof createShopCalendar>[0]> = {}) {
  return createShopCalendar({
    timeZone: 'Asia/Shanghai',
    hours: '08:30-21:30',
    quietHours: '22:00-09:00',
    closedDays: [],
    ...fields,
  });
}
const cn = (day: string, clock: string): number => ms(`2027-${day}T${clock}+08:00`);

describe('wall time', () => {
  it.each([
    ['2027-03-14T06:59:59Z', '2027-03-14', 1.999722],
    ['2027-03-14T07:00:00Z', '2027-03-14', 3],
    ['2027-11-07T05:30:00Z', '2027-11-07', 1.5],
    ['2027-11-07T06:30:00Z', '2027-11-07', 1.5],
  ])('New York shows %s as %s, hour %s', (moment, date, hour) => {
    const wall = toWallTime(ms(moment), 'America/New_York');
    expect(wall.date).toBe(date);
    expect(wall.timeMs / HOUR).toBeCloseTo(hour, 4);
  });

  it.each([
    ['a time that comes twice: the first', '2027-11-07', 1.5, '2027-11-07T05:30:00.000Z'],
    ['a time that never comes: behind the gap', '2027-03-14', 2.5, '2027-03-14T07:30:00.000Z'],
    ['an ordinary time', '2027-07-01', 9, '2027-07-01T13:00:00.000Z'],
  ])('%s', (_name, date, hour, expected) => {
    expect(iso(fromWallTime({ date, timeMs: hour * HOUR }, 'America/New_York'))).toBe(expected);
  });

  it('gives every hour of a year back unchanged, but the one that comes twice', () => {
    let wrong = 0;
    for (let moment = ms('2027-01-01T00:00:00Z'); moment < ms('2028-01-01T00:00:00Z'); moment += HOUR) {
      if (fromWallTime(toWallTime(moment, 'Europe/London'), 'Europe/London') !== moment) wrong += 1;
    }
    expect(wrong).toBe(1);
  });

  it('knows zones', () => {
    expect(isTimeZone('Asia/Urumqi')).toBe(true);
    expect(isTimeZone('Asia/Nowhere')).toBe(false);
  });

  it.each([
    ['08:30-21:30', 8.5, 21.5],
    ['22:00-09:00', 22, 33],
    ['00:00-24:00', 0, 24],
    ['09:00-09:00', 9, 33],
  ])('reads %s', (span, start, end) => {
    expect(parseSpan(span)).toEqual({ startMs: start * HOUR, endMs: end * HOUR });
  });
});

describe('shifts', () => {
  it.each([
    ['before', '08:29:59', false],
    ['first second', '08:30:00', true],
    ['last second', '21:29:59', true],
    ['end', '21:30:00', false],
  ])('%s of the shift: %s is in it: %s', (_name, clock, expected) => {
    expect(shanghai().isInShift(cn('06-08', clock))).toBe(expected);
  });

  it('passes midnight and belongs to the day it began', () => {
    const night = shanghai({ hours: '18:00-02:00', closedDays: ['2027-06-09'] });
    expect(night.isInShift(cn('06-09', '01:30:00'))).toBe(true);
    expect(night.businessDate(cn('06-09', '01:30:00'))).toBe('2027-06-08');
    expect(night.isInShift(cn('06-09', '20:00:00'))).toBe(false);
    expect(night.isInShift(cn('06-10', '01:30:00'))).toBe(false);
    expect(iso(night.nextShiftStart(cn('06-09', '02:00:00')))).toBe(iso(cn('06-10', '18:00:00')));
    expect(iso(night.shiftEnd(cn('06-08', '23:00:00')))).toBe(iso(cn('06-09', '02:00:00')));
  });

  it('skips closed days, over the end of a year', () => {
    const calendar = shanghai({ closedDays: ['2027-12-31', '2028-01-01', '2028-01-02'] });
    expect(iso(calendar.nextShiftStart(cn('12-30', '21:30:00')))).toBe('2028-01-03T00:30:00.000Z');
  });

  it('has no next shift when every day is closed', () => {
    const all = Array.from({ length: 500 }, (_, i) => iso(ms('2027-06-01T00:00:00Z') + i * 24 * HOUR)!.slice(0, 10));
    expect(shanghai({ closedDays: all }).nextShiftStart(cn('06-08', '10:00:00'))).toBeNull();
  });
});

describe('shifts day by day', () => {
  const spans: Record<string, string[]> = {
    '2027-06-08': ['09:00-12:00', '13:00-21:00'],
    '2027-06-09': ['18:00-02:00'],
    '2027-06-10': [],
    '2027-06-11': ['10:00-16:00'],
  };
  const calendar = shanghai({ spansOn: (date) => spans[date] ?? [], closedDays: ['2027-06-08'] });

  it.each([
    ['before a break', '06-08', '11:59:59', true, '06-08', '13:00:00'],
    ['in a break', '06-08', '12:30:00', false, '06-08', '13:00:00'],
    ['after it', '06-08', '13:00:00', true, '06-08', '13:00:00'],
    ['past midnight', '06-10', '01:00:00', true, '06-11', '10:00:00'],
    ['on a day off', '06-10', '12:00:00', false, '06-11', '10:00:00'],
  ])('%s', (_name, day, clock, inShift, nextDay, nextClock) => {
    expect(calendar.isInShift(cn(day, clock))).toBe(inShift);
    expect(iso(calendar.nextShiftStart(cn(day, clock)))).toBe(iso(cn(nextDay, nextClock)));
  });

  it('the day ends with its last shift', () => {
    expect(iso(calendar.shiftEnd(cn('06-08', '10:00:00')))).toBe(iso(cn('06-08', '21:00:00')));
    expect(calendar.shiftEnd(cn('06-08', '12:30:00'))).toBeNull();
  });

  it('work goes on after the break, and after days off', () => {
    expect(iso(calendar.nextWorkingMoment(cn('06-08', '12:10:00'), null))).toBe(iso(cn('06-08', '13:00:00')));
    expect(iso(calendar.nextWorkingMoment(cn('06-09', '23:00:00'), null))).toBe(iso(cn('06-11', '10:00:00')));
    expect(iso(calendar.addWorkingDays(cn('06-09', '09:00:00'), 1))).toBe(iso(cn('06-11', '09:00:00')));
  });

  it('none of them: no shift ever', () => {
    expect(shanghai({ spansOn: () => [] }).nextShiftStart(cn('06-08', '10:00:00'))).toBeNull();
  });
});

describe('quiet hours', () => {
  it.each([
    ['21:59:59', false],
    ['22:00:00', true],
    ['00:00:00', true],
    ['08:59:59', true],
    ['09:00:00', false],
  ])('%s: %s', (clock, expected) => {
    expect(shanghai().quietAround(cn('06-08', clock), null) !== null).toBe(expected);
  });

  it('are those of the buyer where the zone is known', () => {
    const noon = cn('06-08', '12:00:00');
    expect(shanghai().quietAround(noon, 'America/New_York')).toMatchObject({
      startMs: ms('2027-06-07T22:00:00-04:00'),
      endMs: ms('2027-06-08T09:00:00-04:00'),
    });
  });

  it('end at nine by the new clock in the night it springs forward', () => {
    const calendar = shanghai({ timeZone: 'America/New_York' });
    expect(iso(calendar.quietAround(ms('2027-03-14T01:30:00-05:00'), null)!.endMs)).toBe('2027-03-14T13:00:00.000Z');
  });

  it('do not exist when both ends are equal', () => {
    expect(shanghai({ quietHours: '00:00-00:00' }).quietAround(cn('06-08', '03:00:00'), null)).toBeNull();
  });
});

describe('working moments and days', () => {
  it.each([
    ['inside both', '08:30-21:30', '06-08', '10:00:00', '06-08', '10:00:00'],
    ['shift runs, buyers sleep', '08:30-21:30', '06-08', '08:40:00', '06-08', '09:00:00'],
    ['after the shift', '08:30-21:30', '06-08', '21:30:00', '06-09', '09:00:00'],
    ['evening shift', '18:00-02:00', '06-08', '22:30:00', '06-09', '18:00:00'],
    ['night shift only: quiet hours decide', '23:00-05:00', '06-08', '23:30:00', '06-09', '09:00:00'],
  ])('%s', (_name, hours, day, clock, expectedDay, expectedClock) => {
    expect(iso(shanghai({ hours }).nextWorkingMoment(cn(day, clock), null))).toBe(iso(cn(expectedDay, expectedClock)));
  });

  it.each([
    ['no closed day', [], 2, '06-13'],
    ['over a closed day', ['2027-06-12'], 2, '06-14'],
    ['ending on one', ['2027-06-13'], 2, '06-14'],
    ['starting on one', ['2027-06-11'], 1, '06-12'],
  ])('%s', (_name, closedDays, days, expected) => {
    const calendar = shanghai({ closedDays });
    expect(iso(calendar.addWorkingDays(cn('06-11', '10:15:00'), days))).toBe(iso(cn(expected, '10:15:00')));
  });

  it.each([
    ['2027-01-31', 1, '2027-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2027-12-31', 2, '2028-02-29'],
    ['2027-06-15', 1, '2027-07-15'],
  ])('%s and %s months is %s', (from, months, expected) => {
    const moment = ms(`${from}T10:00:00+08:00`);
    expect(iso(shanghai().addMonths(moment, months))).toBe(iso(ms(`${expected}T10:00:00+08:00`)));
  });

  it('keeps the wall clock over a change of the clock', () => {
    const calendar = shanghai({ timeZone: 'America/New_York' });
    expect(iso(calendar.addDays(ms('2027-03-13T10:00:00-05:00'), 1))).toBe('2027-03-14T14:00:00.000Z');
  });
});
