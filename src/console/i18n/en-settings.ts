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
};
