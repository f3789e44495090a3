import { describe, expect, it } from 'vitest';
import { ShopSettingsSchema } from '../../src/desk/shop-settings.ts';

const DAY = ['09:00-18:00'];
const WEEK = { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: DAY, sat: [], sun: [] };

/** Place and words of everything that is wrong. */
function problems(schedule: unknown): [string, string][] {
  const { error } = ShopSettingsSchema.safeParse({ schedule });
  return (error?.issues ?? []).map((issue) => [issue.path.join('.'), issue.message]);
}

describe('a schedule is refused, with the place, the value and what is legal', () => {
  it.each([
    ['a span that is none', { week: { ...WEEK, mon: ['9-18'] } }, 'schedule.week.mon.0', /"9-18".*HH:MM-HH:MM/],
    ['an hour of no day', { week: { ...WEEK, mon: ['09:00-24:30'] } }, 'schedule.week.mon.0', /24:30.*24:00/],
    ['a start at 24:00', { week: { ...WEEK, mon: ['24:00-02:00'] } }, 'schedule.week.mon.0', /24:00-02:00/],
    ['no list', { week: { ...WEEK, mon: '09:00-18:00' } }, 'schedule.week.mon', /"09:00-18:00".*list/],
    ['a day left out', { week: { ...WEEK, sun: undefined } }, 'schedule.week.sun', /missing.*\[\] for closed/],
    [
      'spans that overlap',
      { week: { ...WEEK, mon: ['09:00-13:00', '12:30-18:00'] } },
      'schedule.week.mon',
      /12:30-18:00 overlaps 09:00-13:00/,
    ],
    [
      'a night that runs into the next day',
      { week: { ...WEEK, mon: ['18:00-09:30'] } },
      'schedule.week.tue.0',
      /09:00-18:00 overlaps 18:00-09:30 of mon/,
    ],
    [
      'a Sunday night that runs into Monday',
      { week: { ...WEEK, sun: ['20:00-10:00'] } },
      'schedule.week.mon.0',
      /overlaps 20:00-10:00 of sun/,
    ],
    [
      'no day with hours',
      { week: { ...WEEK, mon: [], tue: [], wed: [], thu: [], fri: [] } },
      'schedule.week',
      /closed/,
    ],
    ['unknown holidays', { week: WEEK, holidays: 'us' }, 'schedule.holidays', /cn.*none/],
    ['a date that is none', { week: WEEK, dates: { '2027-02-30': [] } }, 'schedule.dates.2027-02-30', /./],
    [
      'an override that overlaps',
      { week: WEEK, dates: { '2027-02-03': ['09:00-13:00', '10:00-11:00'] } },
      'schedule.dates.2027-02-03',
      /overlaps/,
    ],
    [
      'a channel’s week with a hole',
      { week: WEEK, channels: { web: { week: { mon: DAY } } } },
      'schedule.channels.web.week.tue',
      /missing/,
    ],
    ['a channel that is no name', { week: WEEK, channels: { 'a b': { week: WEEK } } }, 'schedule.channels.a b', /./],
    ['a day nobody knows', { week: { ...WEEK, feiertag: DAY } }, 'schedule.week', /feiertag/],
  ])('%s', (_name, schedule, place, message) => {
    expect(problems(schedule)).toContainEqual([place, expect.stringMatching(message)]);
  });
});

it('a schedule may leave out everything but the week', () => {
  expect(problems({ week: WEEK })).toEqual([]);
  expect(ShopSettingsSchema.parse({ schedule: { week: WEEK } }).schedule).toEqual({
    week: WEEK,
    holidays: 'none',
    dates: {},
    enteredYears: [],
    channels: {},
  });
  expect(ShopSettingsSchema.parse({}).schedule).toBeUndefined();
});

it('a night that ends when the next day begins is legal', () => {
  expect(problems({ week: { ...WEEK, mon: ['20:00-09:00'], sun: ['22:00-24:00'] } })).toEqual([]);
});
