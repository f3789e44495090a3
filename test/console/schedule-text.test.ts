/** The week of a shop as people write it: read as it is written, and what cannot be read is named. */
import { describe, expect, it } from 'vitest';
import {
  readDays,
  readSchedule,
  type Schedule,
  type ScheduleForm,
  writeDays,
  writeSchedule,
} from '../../src/console/settings/hours/schedule-text.ts';

const SCHEDULE: Schedule = {
  week: {
    mon: ['09:00-12:00', '13:00-18:00'],
    tue: ['09:00-12:00', '13:00-18:00'],
    wed: ['09:00-18:00'],
    thu: ['09:00-18:00'],
    fri: ['18:00-02:00'],
    sat: ['10:00-24:00'],
    sun: [],
  },
  holidays: 'cn',
  dates: { '2027-02-06': ['10:00-14:00'], '2027-02-07': [], '2027-02-08': [], '2028-02-29': [] },
  enteredYears: [2027, 2028],
  channels: {
    web: { week: { mon: ['08:00-24:00'], tue: ['08:00-24:00'], wed: [], thu: [], fri: [], sat: [], sun: [] } },
  },
};
const form = (part: Partial<ScheduleForm> = {}): ScheduleForm => ({
  ...writeSchedule(undefined, '09:00-18:00'),
  ...part,
});

describe('a schedule as text', () => {
  it('is read as it is written', () => {
    const written = writeSchedule(SCHEDULE, '');
    expect(written.week.mon).toBe('09:00-12:00 13:00-18:00');
    expect(written.week.sun).toBe('休息');
    expect(written.dates).toBe('2027-02-06 10:00-14:00\n2027-02-07 至 2027-02-08 休息\n2028-02-29 休息');
    expect(written.channels).toBe('web 一二 08:00-24:00\nweb 三四五六日 休息');
    expect(readSchedule(written)).toEqual({ schedule: SCHEDULE });
  });

  it('begins with the hours of every day', () => {
    const read = readSchedule(form());
    expect(read).toMatchObject({ schedule: { week: { mon: ['09:00-18:00'], sun: ['09:00-18:00'] }, dates: {} } });
  });

  it.each([
    ['9:00—12:00，13：00至18:00', ['09:00-12:00', '13:00-18:00']],
    ['22:00 - 2:00', ['22:00-02:00']],
    ['', []],
    ['休', []],
  ])('takes %j for a day', (text, spans) => {
    const read = readSchedule(form({ week: { ...form().week, wed: text } }));
    expect(read).toMatchObject({ schedule: { week: { wed: spans } } });
  });

  it.each([
    ['2027/2/6 休息', { '2027-02-06': [] }],
    ['2028年2月28日至2028年3月1日 休息', { '2028-02-28': [], '2028-02-29': [], '2028-03-01': [] }],
    ['2027-12-31 ~ 2028-01-01 10:00-14:00', { '2027-12-31': ['10:00-14:00'], '2028-01-01': ['10:00-14:00'] }],
  ])('takes %j for special days', (dates, expected) => {
    expect(readSchedule(form({ dates }))).toMatchObject({ schedule: { dates: expected } });
  });

  it.each([
    [{ week: { ...form().week, fri: '九点到六点' } }, { field: 'week', day: 'fri' }],
    [{ dates: '2027-02-06 休息\n2027-02-30 休息' }, { field: 'dates', line: 2 }],
    [{ dates: '2027-02-08 至 2027-02-06 休息' }, { field: 'dates', line: 1 }],
    [{ dates: '除夕 休息' }, { field: 'dates', line: 1 }],
    [{ years: '27' }, { field: 'years' }],
    [{ channels: 'web 八 09:00-18:00' }, { field: 'channels', line: 1 }],
    [{ channels: '网页 一 09:00-18:00' }, { field: 'channels', line: 1 }],
  ])('names what cannot be read in %j', (part, problem) => {
    expect(readSchedule(form(part))).toEqual({ problem });
  });
});

describe('closed days as text', () => {
  it('are read as they are written', () => {
    const days = ['2027-02-06', '2027-02-07', '2027-02-08', '2027-05-01'];
    expect(writeDays(days)).toBe('2027-02-06 至 2027-02-08\n2027-05-01');
    expect(readDays(writeDays(days))).toEqual(days);
    expect(readDays('')).toEqual([]);
    expect(readDays('2027-05-01 09:00-18:00')).toEqual({ line: 1 });
  });
});
