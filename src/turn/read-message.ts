/** Understands a text as it stands in its conversation. */
import type { MessageIntent, OrderState } from '../protocol/ids.ts';
import type { Analysis, Turn } from '../protocol/turn.ts';
import type { Understanding } from './ports.ts';

/** Turns before a message that decide how it is read. */
const TURNS_BEFORE = 2;
/** Turns of the last hour tell whether a buyer asks the same again, and how long they waited. */
const TURNS_OF_CHAT = 12;
const CHAT_MS = 60 * 60_000;

/**
 * Analyses a buyer's text beside the order of the chat (a closed one counts as none) and the turns before it.
 *
 * @param about.atMs when it was said; without it nobody knows how long the buyer waited
 * @param about.meant what an agent said the buyer's last message before means
 */
export function readMessage(
  understanding: Understanding,
  text: string,
  order: { state: OrderState } | null | undefined,
  history: readonly Turn[],
  { atMs, meant }: { atMs?: number; meant?: readonly MessageIntent[] } = {},
): Analysis {
  const chat = history
    .slice(-TURNS_OF_CHAT)
    .filter(({ at }) => atMs === undefined || at === undefined || atMs - Date.parse(at) <= CHAT_MS);
  return understanding.analyse(text, {
    order: order && order.state !== 'closed' ? { state: order.state } : null,
    prev: history.slice(-TURNS_BEFORE),
    chat,
    ...(meant === undefined ? {} : { meant: [...meant] }),
    ...(atMs === undefined ? {} : { at: new Date(atMs).toISOString() }),
  });
}
