import { describe, expect, it } from 'vitest';
import type { Shop } from '../../src/desk/ports.ts';
import { CHINESE_HOLIDAYS, createPublicHolidays } from '../../src/desk/public-holidays.ts';
import { createShopHours, hoursOf, promisedReplyAt, toldSpans } from '../../src/desk/shop-hours.ts';
import { ShopSettingsSchema } from '../../src/desk/shop-settings.ts';
import { warningsOf } from '../../src/desk/warn-of-settings.ts';
import { formatTime } from '../../src/lib/zoned-time.ts';

const DAY = ['09:00-12:00', '13:00-18:00'];
const WEEK = { mon: DAY, tue: DAY, wed: DAY, thu: DAY, fri: ['09:00-20:00'], sat: ['10:00-16:00'], sun: [] };
const SHANGHAI = 'Asia/Shanghai';
/** A year of its own: 4–6 October 2027 off (Mon–Wed), Saturday 9 and Sunday 10 worked. */
const PLANTED = createPublicHolidays(['2027-10-04', '2027-10-05', '2027-10-06'], ['2027-10-09', '2027-10-10']);

function scheduled(schedule: object, { tz = SHANGHAI, channel, ...rest }: { tz?: string; channel?: string } = {}) {
  const settings = ShopSettingsSchema.parse({ schedule: { week: WEEK, ...schedule }, ...rest });
  return createShopHours(tz, settings, channel, PLANTED);
}
const everyDay = (settings: object = {}) => createShopHours(SHANGHAI, ShopSettingsSchema.parse(settings));
const cn = (time: string): number => Date.parse(`2027-${time}:00+08:00`);
const shown = (ms: number | null, tz = SHANGHAI) => (ms === null ? null : formatTime(ms, tz).slice(5, 16));

describe('a week with breaks', () => {
  const hours = scheduled({});
  it.each([
    // 6 May 2027 is a Thursday.
    ['before the day begins', '05-06T08:50', false, '05-06T09:00', null, '05-05T18:00'],
    ['at the first moment', '05-06T09:00', true, '05-06T13:00', '05-06T12:00', null],
    ['in the break', '05-06T12:30', false, '05-06T13:00', null, '05-06T12:00'],
    ['at the moment of closing', '05-06T18:00', false, '05-07T09:00', null, '05-06T18:00'],
    ['on a Friday evening', '05-07T20:30', false, '05-08T10:00', null, '05-07T20:00'],
    ['on the day off', '05-09T11:00', false, '05-10T09:00', null, '05-08T16:00'],
  ])('%s', (_name, at, isOpen, opens, closes, since) => {
    const ms = cn(at);
    expect(hours.isOpen(ms)).toBe(isOpen);
    expect(shown(hours.nextOpening(ms))).toBe(opens);
    expect(shown(hours.closesAt(ms))).toBe(closes);
    expect(shown(hours.closedSince(ms))).toBe(since);
  });

  it('tells the hours of the day, or of the next day with any', () => {
    expect(toldSpans(hours, cn('05-07T21:00'))).toEqual(['09:00-20:00']);
    expect(toldSpans(hours, cn('05-09T11:00'))).toEqual(DAY);
  });

  it('takes the spans of a day in any order', () => {
    const turned = scheduled({ dates: { '2027-05-09': ['18:00-20:00', '08:00-09:00'] } });
    expect(turned.spansOn('2027-05-09')).toEqual(['08:00-09:00', '18:00-20:00']);
  });
});

describe('holidays', () => {
  const hours = scheduled({ holidays: 'cn' });
  it.each([
    ['a holiday', '2027-10-04', []],
    ['a worked Saturday follows Friday', '2027-10-09', ['09:00-20:00']],
    ['a worked Sunday follows Monday', '2027-10-10', DAY],
    ['an ordinary Saturday', '2027-10-16', ['10:00-16:00']],
    ['an ordinary Thursday', '2027-10-07', DAY],
  ])('%s', (_name, date, spans) => {
    expect(hours.spansOn(date)).toEqual(spans);
  });

  it('count for nothing where the shop does not ask for them', () => {
    expect(scheduled({ holidays: 'none' }).spansOn('2027-10-04')).toEqual(DAY);
  });

  it('give way to what the owner wrote for the date, and closed days are closed', () => {
    const own = scheduled(
      { holidays: 'cn', dates: { '2027-10-04': ['10:00-12:00'], '2027-10-09': [], '2027-10-12': ['09:00-10:00'] } },
      { closedDays: ['2027-10-11', '2027-10-12'] } as object,
    );
    expect(own.spansOn('2027-10-04')).toEqual(['10:00-12:00']);
    expect(own.spansOn('2027-10-09')).toEqual([]);
    expect(own.spansOn('2027-10-11')).toEqual([]);
    expect(own.spansOn('2027-10-12')).toEqual(['09:00-10:00']);
    expect(shown(own.nextOpening(cn('10-03T12:00')))).toBe('10-04T10:00');
  });

  it.each([
    ['2026-10-01', 'holiday'],
    ['2026-02-14', 'workday'],
    ['2026-02-13', undefined],
    ['2026-02-22', 'holiday'],
    ['2026-05-09', 'workday'],
  ])('of China as announced: %s is %s', (date, kind) => {
    expect(CHINESE_HOLIDAYS.kindOf(date)).toBe(kind);
  });
});

describe('years nobody knows', () => {
  const DAYS = 60;
  it.each([
    ['the year under way is not', { holidays: 'cn' }, '2026-12-01', [2026]],
    ['the year is there', { holidays: 'cn' }, '2027-06-01', []],
    ['the year after is not', { holidays: 'cn' }, '2027-11-20', [2028]],
    ['its holidays are written down', { holidays: 'cn', enteredYears: [2028] }, '2027-11-20', []],
    ['no holidays are asked for', { holidays: 'none' }, '2027-11-20', []],
  ])('%s', (_name, schedule, from, years) => {
    expect(scheduled(schedule).unknownYears(Date.parse(`${from}T12:00:00+08:00`), DAYS)).toEqual(years);
  });

  it('are ordinary days, not a fault', () => {
    expect(scheduled({ holidays: 'cn' }).spansOn('2028-10-02')).toEqual(DAY);
  });

  it('become a warning about the shop two months before', () => {
    const shop = shopWith({ schedule: { week: WEEK, holidays: 'cn' } });
    expect(warningsOf(shop, Date.parse('2090-12-24T12:00:00+08:00'))).toEqual([
      { kind: 'holidays_unknown', years: [2090, 2091] },
    ]);
    expect(warningsOf(shop, Date.parse('2026-03-01T12:00:00+08:00'))).toEqual([]);
    expect(warningsOf(shopWith({}), Date.parse('2090-12-24T12:00:00+08:00'))).toEqual([]);
  });
});

describe('spans past midnight', () => {
  const night = scheduled({ week: { ...WEEK, fri: ['18:00-02:00'], sat: ['18:00-24:00'], sun: ['00:00-01:00'] } });
  it.each([
    ['in the small hours', '05-08T01:00', true, '05-08T18:00', '05-08T02:00'],
    ['after them', '05-08T02:00', false, '05-08T18:00', null],
    ['two spans that meet at midnight are one opening', '05-08T23:00', true, '05-10T09:00', '05-09T01:00'],
  ])('%s', (_name, at, isOpen, opens, closes) => {
    const ms = cn(at);
    expect([night.isOpen(ms), shown(night.nextOpening(ms)), shown(night.closesAt(ms))]).toEqual([
      isOpen,
      opens,
      closes,
    ]);
  });

  it('the small hours belong to the day before', () => {
    expect(night.dateAt(cn('05-08T01:00'))).toBe('2027-05-07');
    expect(night.dateAt(cn('05-08T03:00'))).toBe('2027-05-08');
  });
});

describe('a zone whose clocks change', () => {
  const tz = 'America/New_York';
  const hours = scheduled({ week: { ...WEEK, sat: ['22:00-04:00'], sun: ['09:00-17:00'] } }, { tz });
  it.each([
    ['clocks go forward: the night is five hours', '2027-03-14T02:30:00Z', '2027-03-14T08:00:00.000Z'],
    ['clocks go back: the night is seven hours', '2027-11-07T02:30:00Z', '2027-11-07T09:00:00.000Z'],
  ])('%s', (_name, at, closes) => {
    // Both are late on a Saturday evening there.
    const ms = Date.parse(at) + 3_600_000;
    expect(new Date(hours.closesAt(ms)!).toISOString()).toBe(closes);
  });

  it('opens at the hour of the wall on either side', () => {
    expect(shown(hours.nextOpening(Date.parse('2027-03-14T12:00:00Z')), tz)).toBe('03-14T09:00');
    expect(shown(hours.nextOpening(Date.parse('2027-11-07T12:00:00Z')), tz)).toBe('11-07T09:00');
  });
});

describe('without a schedule', () => {
  it('the hours hold every day but closed ones', () => {
    const hours = everyDay({ hours: '09:00-22:00', closedDays: ['2027-05-06'] });
    expect(shown(hours.nextOpening(cn('05-05T22:30')))).toBe('05-07T09:00');
    expect(shown(hours.closedSince(cn('05-06T12:00')))).toBe('05-05T22:00');
  });

  it('a shop round the clock never opens again, for it never closes', () => {
    const hours = everyDay({ hours: '00:00-24:00' });
    const ms = cn('05-06T03:00');
    expect([hours.isOpen(ms), hours.nextOpening(ms), hours.closesAt(ms), hours.closedSince(ms)]).toEqual([
      true,
      null,
      null,
      null,
    ]);
  });
});

describe('channels', () => {
  const late = { week: { ...WEEK, thu: ['09:00-23:00'] } };
  const settings = { schedule: { week: WEEK, holidays: 'cn', channels: { web: late } } };

  it('may have a week of their own, under the same holidays', () => {
    const hours = createShopHours(SHANGHAI, ShopSettingsSchema.parse(settings), 'web', PLANTED);
    expect(hours.isOpen(cn('05-06T21:00'))).toBe(true);
    expect(hours.spansOn('2027-10-04')).toEqual([]);
  });

  it('without one share the shop’s', () => {
    const shop = shopWith(settings);
    expect(hoursOf(shop, 'web').isOpen(cn('05-06T21:00'))).toBe(true);
    expect(hoursOf(shop, 'phone').isOpen(cn('05-06T21:00'))).toBe(false);
    expect(hoursOf(shop, 'phone')).toBe(hoursOf(shop));
    expect(hoursOf(shop, 'constructor')).toBe(hoursOf(shop));
  });
});

describe('the promise', () => {
  const hours = scheduled({ holidays: 'cn' });
  it.each([
    ['just before opening: the same day', '05-06T08:50', '05-06T10:00'],
    ['in the small hours: the same day', '05-06T02:00', '05-06T10:00'],
    ['in the break: the posted hour of today is over, so by its closing', '05-06T12:30', '05-06T18:00'],
    ['in the evening: the next day', '05-06T19:00', '05-07T10:00'],
    ['before the day off: the day after it', '05-08T19:00', '05-10T10:00'],
    ['before holidays: the day after them', '10-03T12:00', '10-07T10:00'],
    ['in the hours with nobody there: by the closing of the day', '05-08T12:00', '05-08T16:00'],
    ['in the hours before the posted hour: by that', '05-06T09:15', '05-06T10:00'],
    ['too near to the closing: the next open day', '05-08T15:40', '05-10T10:00'],
    ['too near to the posted hour: not that one', '10-02T09:45', '10-07T10:00'],
  ])('%s', (_name, at, promised) => {
    expect(shown(promisedReplyAt(hours, '10:00', cn(at)))).toBe(promised);
  });

  it('never lies before the opening it waits for', () => {
    const afternoons = everyDay({ hours: '13:00-22:00' });
    expect(shown(promisedReplyAt(afternoons, '10:00', cn('05-05T23:00')))).toBe('05-07T10:00');
  });

  it('is not given where the shop never opens again', () => {
    const dates: Record<string, never[]> = {};
    for (let ms = cn('01-01T12:00'); ms < cn('01-01T12:00') + 900 * 86_400_000; ms += 86_400_000) {
      dates[formatTime(ms, SHANGHAI).slice(0, 10)] = [];
    }
    const closed = scheduled({ dates });
    expect(closed.nextOpening(cn('03-01T12:00'))).toBeNull();
    expect(promisedReplyAt(closed, '10:00', cn('03-01T12:00'))).toBeNull();
    expect(toldSpans(closed, cn('03-01T12:00'))).toEqual([]);
  });
});

function shopWith(settings: object): Shop {
  return { id: 's', name: '店', tz: SHANGHAI, epoch: 'e', settings: ShopSettingsSchema.parse(settings) };
}
