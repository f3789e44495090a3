/** Limits that count open time only: breaks, nights, closed days, clock changes. */
import { describe, expect, it } from 'vitest';
import { addOpenTime, stateOf, timesOf } from '../../src/desk/response-clocks.ts';
import { createShopHours } from '../../src/desk/shop-hours.ts';
import { ShopSettingsSchema } from '../../src/desk/shop-settings.ts';
import { ClockSettingsSchema } from '../../src/protocol/clocks.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const day = ['09:00-12:00', '13:00-18:00'];
const week = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: [], sun: [] };
const always = ['00:00-24:00'];
const settings = ShopSettingsSchema.parse({
  schedule: {
    week,
    dates: { '2027-05-13': ['10:00-11:00'] },
    channels: {
      web: { week: { mon: always, tue: always, wed: always, thu: always, fri: always, sat: always, sun: always } },
    },
  },
});
const shop = createShopHours('Asia/Shanghai', settings);
const web = createShopHours('Asia/Shanghai', settings, 'web');
const at = (text: string) => Date.parse(`${text}+08:00`);

describe('open time', () => {
  it.each([
    ['inside a span', '2027-05-12T09:30', 5, '2027-05-12T09:35'],
    ['to the very end of a span', '2027-05-12T11:55', 5, '2027-05-12T12:00'],
    ['over the break', '2027-05-12T11:58', 5, '2027-05-12T13:03'],
    ['from the break', '2027-05-12T12:30', 5, '2027-05-12T13:05'],
    ['over the night into a short day', '2027-05-12T17:58', 5, '2027-05-13T10:03'],
    ['from the night', '2027-05-12T02:00', 5, '2027-05-12T09:05'],
    ['over a short day', '2027-05-12T17:00', 180, '2027-05-14T10:00'],
    ['over the weekend', '2027-05-14T17:59', 5, '2027-05-17T09:04'],
  ])('%s', (_name, from, minutes, due) => {
    expect(addOpenTime(shop, at(from), minutes * MINUTE)).toBe(at(due));
  });

  it('a channel of its own counts by its own hours', () => {
    const rule = ClockSettingsSchema.parse({}).afterSale;
    expect(timesOf(rule, web, at('2027-05-12T02:00'))?.dueAt).toBe(at('2027-05-12T02:05'));
    expect(timesOf(rule, shop, at('2027-05-12T02:00'))).toEqual({
      countsFrom: at('2027-05-12T09:00'),
      warnAt: at('2027-05-12T09:03'),
      dueAt: at('2027-05-12T09:05'),
    });
  });

  it('a promise of a day runs round the clock', () => {
    const rule = ClockSettingsSchema.parse({}).answer;
    const asked = at('2027-05-14T17:00');
    expect(timesOf(rule, shop, asked)).toEqual({
      countsFrom: asked,
      warnAt: asked + 20 * HOUR,
      dueAt: asked + 24 * HOUR,
    });
  });

  it('a shop that never opens owes nothing', () => {
    const dates = Object.fromEntries(
      Array.from({ length: 420 }, (_, index) => [
        new Date(Date.UTC(2027, 4, 10 + index)).toISOString().slice(0, 10),
        [] as string[],
      ]),
    );
    const closed = createShopHours('Asia/Shanghai', ShopSettingsSchema.parse({ schedule: { week, dates } }));
    expect(timesOf(ClockSettingsSchema.parse({}).platform, closed, at('2027-05-12T10:00'))).toBeNull();
  });

  it('a night in which clocks are put forward or back keeps its minutes', () => {
    const berlin = createShopHours('Europe/Berlin', ShopSettingsSchema.parse({ hours: '00:00-06:00' }));
    // From 01:30 to 03:30 on the wall lies one hour in spring.
    expect(addOpenTime(berlin, Date.parse('2027-03-28T01:30:00+01:00'), HOUR)).toBe(
      Date.parse('2027-03-28T03:30:00+02:00'),
    );
    expect(addOpenTime(berlin, Date.parse('2027-10-31T01:30:00+02:00'), 2 * HOUR)).toBe(
      Date.parse('2027-10-31T02:30:00+01:00'),
    );
  });
});

describe('the state of a clock', () => {
  const clock = { warnAt: 100, dueAt: 200 };
  it.each([
    [99, undefined, 'running'],
    [100, undefined, 'warned'],
    [200, undefined, 'warned'],
    [201, undefined, 'breached'],
    [500, 150, 'stopped'],
  ] as const)('at %i is as it should be', (nowMs, stoppedAt, state) => {
    expect(stateOf({ ...clock, stoppedAt }, nowMs)).toBe(state);
  });
});
