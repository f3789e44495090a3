/** Reads the settings an owner hands in as JSON. */
import { DataFileError } from '../lib/errors.ts';
import { formatPath } from '../lib/read-text-file.ts';
import { type ShopSettings, ShopSettingsSchema } from './shop-settings.ts';

/**
 * Reads the text of a settings file; what it leaves out gets its default.
 *
 * @throws DataFileError naming file, field, value and what is legal
 */
export function readShopSettings(file: string, text: string): ShopSettings {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DataFileError(file, undefined, '', `is not JSON: ${(error as Error).message}`);
  }
  const { data, error } = ShopSettingsSchema.safeParse(value);
  if (data) return data;
  const [issue] = error.issues;
  throw new DataFileError(file, undefined, formatPath(issue!.path), issue!.message);
}
