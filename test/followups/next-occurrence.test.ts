import { describe, expect, it } from 'vitest';
import { createShopCalendar } from '../../src/followups/calendar.ts';
import { nextOccurrence } from '../../src/followups/next-occurrence.ts';
import type { Schedule } from '../../src/followups/rules.ts';

const calendar = createShopCalendar({
  timeZone: 'Asia/Shanghai',
  hours: '08:30-21:30',
  quietHours: '22:00-09:00',
  closedDays: ['2027-06-14', '2027-06-20', '2027-06-30'],
});
const at = (day: string, clock: string): number => Date.parse(`2027-${day}T${clock}:00+08:00`);

describe('clocks of the shop', () => {
  it.each<[string, Schedule, string, string, string, string]>([
    ['daily, later today', { kind: 'daily', at: '11:00' }, '06-08', '10:00', '06-08', '11:00'],
    ['daily, at the moment itself: tomorrow', { kind: 'daily', at: '11:00' }, '06-08', '11:00', '06-09', '11:00'],
    ['daily, closed tomorrow', { kind: 'daily', at: 'shift_start' }, '06-13', '09:00', '06-15', '08:30'],
    ['end of the shift', { kind: 'daily', at: 'shift_end' }, '06-08', '10:00', '06-08', '21:30'],
    ['Wednesday', { kind: 'weekly', weekday: 3, at: 'shift_start' }, '06-08', '10:00', '06-09', '08:30'],
    [
      'a closed Monday moves to Tuesday',
      { kind: 'weekly', weekday: 1, at: 'shift_start' },
      '06-08',
      '10:00',
      '06-15',
      '08:30',
    ],
    [
      'a closed Sunday is left out, not moved into the next week',
      { kind: 'weekly', weekday: 7, at: 'shift_start' },
      '06-14',
      '10:00',
      '06-27',
      '08:30',
    ],
    [
      'month end is closed: the last open day',
      { kind: 'monthEnd', at: 'shift_start' },
      '06-08',
      '10:00',
      '06-29',
      '08:30',
    ],
    ['month end in a longer month', { kind: 'monthEnd', at: 'shift_start' }, '07-01', '10:00', '07-31', '08:30'],
    ['every third day', { kind: 'everyDays', days: 3, at: 'shift_start' }, '06-08', '10:00', '06-11', '08:30'],
    [
      'every third day, closed then',
      { kind: 'everyDays', days: 3, at: 'shift_start' },
      '06-11',
      '10:00',
      '06-15',
      '08:30',
    ],
  ])('%s', (_name, schedule, day, clock, expectedDay, expectedClock) => {
    const found = nextOccurrence(schedule, calendar, at(day, clock));
    expect(new Date(found ?? 0).toISOString()).toBe(new Date(at(expectedDay, expectedClock)).toISOString());
  });

  it('counts days from the last time, also when that is long ago', () => {
    const schedule: Schedule = { kind: 'everyDays', days: 3, at: 'shift_start' };
    expect(nextOccurrence(schedule, calendar, at('06-08', '10:00'), at('06-06', '08:30'))).toBe(at('06-09', '08:30'));
    expect(nextOccurrence(schedule, calendar, at('06-08', '10:00'), at('05-06', '08:30'))).toBe(at('06-09', '08:30'));
  });

  it('leaves to people what people decide', () => {
    expect(nextOccurrence({ kind: 'byPeople' }, calendar, at('06-08', '10:00'))).toBeNull();
  });
});
