import type { zhHours } from './zh-hours.ts';

/** The week, holidays and closed days of a shop, in English. */
export const enHours: Record<keyof typeof zhHours, string> = {
  'schedule.title': 'Week and holidays',
  'schedule.lead':
    'Without it the shop is open at the hours above every day. With it, away replies, limits and follow-ups go by it.',
  'schedule.begin': 'Set a week',
  'schedule.week': 'Every week',
  'schedule.weekHint':
    'Several spans leave breaks, such as 09:00-12:00 13:00-18:00; a span may pass midnight; “closed” for none.',
  'schedule.mon': 'Mon',
  'schedule.tue': 'Tue',
  'schedule.wed': 'Wed',
  'schedule.thu': 'Thu',
  'schedule.fri': 'Fri',
  'schedule.sat': 'Sat',
  'schedule.sun': 'Sun',
  'schedule.holidays': 'Closed on public holidays of mainland China, open on the weekends worked in their place',
  'schedule.dates': 'Special days',
  'schedule.datesHint':
    'A day or a stretch a line, with its hours: “2027-02-06 ~ 2027-02-12 closed”, “2027-02-13 10:00-14:00”. They go first.',
  'schedule.years': 'Years whose holidays stand above',
  'schedule.yearsHint':
    'The desk warns of a year whose holidays nobody has announced; once they stand among the special days, write the year here.',
  'schedule.channels': 'Hours of single channels',
  'schedule.channelsHint': 'Channel, days and hours a line: “web 一二三四五 08:00-24:00”; days not named are closed.',
  'schedule.remove': 'Same hours every day',
  'schedule.removeConfirm': 'Remove',
  'schedule.removeWhat': 'The week, the special days and the hours of channels go; every day has the online hours.',
  'schedule.closedDays': 'Closed days',
  'schedule.closedDaysWhich': 'Days on which nobody works',
  'schedule.closedDaysHint': 'A day or a stretch a line: 2027-02-06, or 2027-02-06 ~ 2027-02-12.',
  'schedule.badDay': '{day}: write from-to, with a space between spans, or “closed”.',
  'schedule.badLine': '{field}: line {line} cannot be read; see the examples below the field.',
  'schedule.badYears': 'Write years in four figures, with a space between them.',
  'refusal.overlap': 'two spans overlap (one past midnight counts into the next day).',
  'refusal.allClosed': 'at least one day must be open.',
};
