/** Pictures of a chat, by the mark that stands for them in a message's text. @see RP-1 */
import type { Message } from '../protocol/records.ts';

const PICTURE = /[[【](?:图片?|照片|image|picture|photo)[\]】]/i;
/** A picture this old may show something else. */
const RECENT_MS = 24 * 3_600_000;

/** Whether the text stands for a picture, or holds one. */
export function holdsPicture(text: string): boolean {
  return PICTURE.test(text);
}

/** The name a picture is archived under: the message that brought it. */
export function pictureName({ seq }: Pick<Message, 'seq'>): string {
  return `消息${seq}的图片`;
}

/** Names of the buyer's pictures of the last day, oldest first. */
export function recentPictures(messages: readonly Message[], nowMs: number): string[] {
  return messages
    .filter(({ from, text, sentAt }) => from === 'buyer' && nowMs - sentAt <= RECENT_MS && holdsPicture(text))
    .map(pictureName);
}
