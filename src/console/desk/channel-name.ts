import type { Translate } from '../i18n/language.tsx';
import { type MessageKey, zh } from '../i18n/zh.ts';

/** Name of a channel; a channel the dictionary does not know keeps the name it came with. */
export function channelName(channel: string, t: Translate): string {
  const key = `channel.${channel}`;
  return key in zh ? t(key as MessageKey) : channel;
}
