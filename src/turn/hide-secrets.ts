/** Secrets among a shop's settings: taken in, and never shown again. */
import type { ShopSettings } from '../desk/shop-settings.ts';
import { HIDDEN_SECRET } from '../protocol/on-call.ts';
import type { SettingsPart } from '../protocol/settings.ts';

/** A part as it may be shown and written down: a mark stands where a secret is. */
export function hideSecrets(part: SettingsPart, value: unknown): unknown {
  return part === 'onCall' && isRecord(value) && 'secret' in value ? { ...value, secret: HIDDEN_SECRET } : value;
}

/** A part as it is saved: the mark, or nothing, in the place of a secret leaves the one that is there. */
export function restoreSecrets(part: SettingsPart, value: unknown, before: ShopSettings): unknown {
  if (part !== 'onCall' || !isRecord(value) || before.onCall === undefined) return value;
  const { secret } = value;
  return secret === undefined || secret === HIDDEN_SECRET ? { ...value, secret: before.onCall.secret } : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
