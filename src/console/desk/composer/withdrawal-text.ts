import type { Translate } from '../../i18n/language.tsx';
import { type MessageKey, zh } from '../../i18n/zh.ts';

/** Why suggestions are gone, in a sentence. */
export function withdrawalText(reason: string, t: Translate): string {
  const key = `withdrawn.${reason}`;
  return key in zh ? t(key as MessageKey) : reason;
}
