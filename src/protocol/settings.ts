/** A shop's settings as a supervisor reads and changes them, part by part. */
import { z } from 'zod';

/** Parts of the settings that the settings page changes. */
export const SETTINGS_PARTS = [
  'hours',
  'replyByHour',
  'closedDays',
  'schedule',
  'quietHours',
  'queueLimit',
  'discounts',
  'shop',
  'timers',
  'profiling',
  'modes',
  'learning',
  'clocks',
  'onCall',
  'goods',
] as const;
export const SettingsPartSchema = z.enum(SETTINGS_PARTS);
export type SettingsPart = z.infer<typeof SettingsPartSchema>;

/** What the record counts to. */
const MOST_CHANGES = 2_147_483_647;

/** The settings and the number of their last change. */
export const SettingsViewSchema = z.strictObject({
  /** Grows by one with each change. */
  revision: z.int().min(0),
  /** What each part is; a part that nobody set holds its default or is absent. */
  parts: z.partialRecord(SettingsPartSchema, z.unknown()),
});
export type SettingsView = z.infer<typeof SettingsViewSchema>;

/** Puts a value in the place of one part. */
export const SaveSettingsSchema = z.strictObject({
  /** The revision the editor has read; another one in force is a conflict. */
  basedOn: z.int().min(0).max(MOST_CHANGES),
  /** The whole part; absent: back to the default. */
  value: z.unknown().optional(),
});
