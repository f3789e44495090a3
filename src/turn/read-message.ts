/** Understands a text as it stands in its conversation. */
import type { MessageIntent, OrderState } from '../protocol/ids.ts';
import type { Analysis, Turn } from '../protocol/turn.ts';
import type { Understanding } from './ports.ts';

/** Turns before a message that decide how it is read. */
const TURNS_BEFORE = 2;
/** Turns of the last hour tell whether a buyer asks the same again, and how long they waited. */
const TURNS_OF_CHAT = 12;
const CHAT_MS = 60 * 60_000;
/** Messages of a buyer that follow one another this closely, with nothing said between, are one turn. */
const BURST_GAP_MS = 20_000;
const BURST_PARTS = 5;

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
  const burst = atMs === undefined ? [] : burstBefore(history, atMs);
  return understanding.analyse(text, {
    order: order && order.state !== 'closed' ? { state: order.state } : null,
    prev: history.slice(-TURNS_BEFORE),
    chat,
    ...(burst.length === 0 ? {} : { burst }),
    ...(meant === undefined ? {} : { meant: [...meant] }),
    ...(atMs === undefined ? {} : { at: new Date(atMs).toISOString() }),
  });
}

/** What the buyer typed in the same breath, oldest first. */
function burstBefore(history: readonly Turn[], atMs: number): string[] {
  const parts: string[] = [];
  let next = atMs;
  for (const { from, text, at } of history.toReversed()) {
    const saidMs = at === undefined ? Number.NaN : Date.parse(at);
    // What was said after this message belongs to another turn.
    if (saidMs > atMs) continue;
    if (from !== 'buyer' || parts.length === BURST_PARTS || !(next - saidMs <= BURST_GAP_MS)) break;
    parts.unshift(text);
    next = saidMs;
  }
  return parts;
}
