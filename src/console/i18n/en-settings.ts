/** Sentences of the settings, in English. */
import type { zhSettings } from './zh-settings.ts';

export const enSettings: Readonly<Record<keyof typeof zhSettings, string>> = {
  'settings.title': 'Settings',
  'settings.supervisorOnly': 'The settings are the supervisor’s.',
  'settings.saved': 'Saved; in force within seconds.',
  'settings.save': 'Save',
  'settings.hours': 'Hours',
  'settings.hoursLead': 'Times are of the shop’s zone, written “from-to”; they may pass midnight.',
  'settings.hours.hours': 'Online hours',
  'settings.hours.quiet': 'Quiet hours',
  'settings.hours.replyBy': 'Messages left are answered the next day by',
  'settings.hours.schedule': 'The shop also has a week and holidays of its own; they go before the hours above.',
  'prices.tab': 'Discounts',
  'prices.lead':
    'Up to this sum on one order agents decide by themselves; above it a supervisor does. Nobody goes below the floor.',
  'prices.authority': 'An agent may give on one order',
  'prices.answer': 'An answer is announced within',
  'prices.valid': 'A grant may be used for',
  'prices.yuan': 'yuan',
  'prices.minutes': 'minutes',
  'prices.legal': 'Legal is {from} to {to}.',
  'buyers.tab': 'Buyers',
  'buyers.lead':
    'From when a sign counts as a feature. Features change tone and technique, never the price, and no buyer sees them.',
  'buyers.usual': 'usually {value}',
  'buyers.unit.share': '%',
  'buyers.unit.spread': '%',
  'buyers.unit.count': 'times',
  'buyers.unit.minutes': 'minutes',
  'buyers.unit.hours': 'hours',
  'buyers.unit.days': 'days',
  'buyers.reset': 'All defaults',
};
