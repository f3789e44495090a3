/** When a shop is open, as its owner writes it down: a week, days that are different, channels with hours of their own. */
import { z } from 'zod';
import { DAY_MS, parseSpan, shiftDate } from '../lib/wall-time.ts';

/** Days of a week, in the order of a week. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

const MOST_SPANS = 8;
const SPAN = /^(?:[01]\d|2[0-3]):[0-5]\d-(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/;
const CHANNEL = /^[a-z][a-z0-9-]{0,30}$/;

const Span = z.string().regex(SPAN, {
  error: ({ input }) => `is ${JSON.stringify(input)}: a span is HH:MM-HH:MM, from 00:00 to 24:00; it may pass midnight`,
});

/** What is open on one day: several spans leave breaks between them, none: closed. */
const Spans = z
  .array(Span, {
    error: ({ input }) =>
      input === undefined
        ? 'is missing: every day takes a list of spans, [] for closed'
        : `is ${JSON.stringify(input)}: a day takes a list of HH:MM-HH:MM spans, [] for closed`,
  })
  .max(MOST_SPANS, { error: `has too many spans: a day takes at most ${MOST_SPANS}` })
  .transform((spans) => [...spans].sort((a, b) => parseSpan(a).startMs - parseSpan(b).startMs))
  .superRefine((spans, issues) => {
    for (const [earlier, later] of pairs(spans)) {
      if (parseSpan(later).startMs < parseSpan(earlier).endMs) {
        issues.addIssue(`${later} overlaps ${earlier}: the spans of a day must not overlap`);
      }
    }
  });

/** A week: every day is named, so that none is closed because it was forgotten. */
const Week = z
  .strictObject({ mon: Spans, tue: Spans, wed: Spans, thu: Spans, fri: Spans, sat: Spans, sun: Spans })
  .superRefine((week, issues) => {
    if (WEEKDAYS.every((day) => week[day].length === 0)) {
      issues.addIssue('is closed on every day: a week takes a span on one day at least');
    }
    WEEKDAYS.forEach((day, index) => {
      const last = week[day].at(-1);
      const next = WEEKDAYS[(index + 1) % WEEKDAYS.length]!;
      const first = week[next][0];
      if (last === undefined || first === undefined || parseSpan(first).startMs >= parseSpan(last).endMs - DAY_MS)
        return;
      issues.addIssue({
        code: 'custom',
        path: [next, 0],
        message: `${first} overlaps ${last} of ${day}: a span past midnight must end before the next day begins`,
      });
    });
  });

/** The schedule of a shop, in its own zone. @see POL-29 */
export const ShopScheduleSchema = z.strictObject({
  week: Week,
  /** `cn`: closed on public holidays of mainland China, and open on the weekends that are worked in their place. */
  holidays: z.enum(['cn', 'none']).default('none'),
  /** Days that are different, holidays and worked weekends among them; they go before everything else. */
  dates: z.record(z.iso.date(), Spans).default({}),
  /** Years whose public holidays the owner has put into `dates`: no warning that nobody knows them. */
  enteredYears: z.array(z.int().min(2000).max(2100)).default([]),
  /** Weeks of single channels; holidays and `dates` hold for them too. */
  channels: z
    .record(
      z.string().regex(CHANNEL, { error: 'must be a channel’s name: small letters, digits and hyphens' }),
      z.strictObject({ week: Week }),
    )
    .default({}),
});
export type ShopSchedule = z.infer<typeof ShopScheduleSchema>;

/** Day of the week of a date. */
export function weekdayOf(date: string): Weekday {
  return WEEKDAYS[(new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7]!;
}

/** The day whose hours a worked weekend follows: Friday for a Saturday, Monday for a Sunday. */
export function workdayBeside(date: string): Weekday {
  const day = weekdayOf(date);
  if (day === 'sat') return weekdayOf(shiftDate(date, -1));
  return day === 'sun' ? weekdayOf(shiftDate(date, 1)) : day;
}

function pairs<T>(items: readonly T[]): [T, T][] {
  return items.slice(1).map((item, index) => [items[index]!, item]);
}
