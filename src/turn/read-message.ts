/** Understands a text as it stands in its conversation. */
import type { OrderState } from '../protocol/ids.ts';
import type { Analysis, Turn } from '../protocol/turn.ts';
import type { Understanding } from './ports.ts';

/** Turns before a message that decide how it is read. */
const TURNS_BEFORE = 2;

/** Analyses a buyer's text beside the order of the chat (a closed one counts as none) and the turns before it. */
export function readMessage(
  understanding: Understanding,
  text: string,
  order: { state: OrderState } | null | undefined,
  history: readonly Turn[],
): Analysis {
  return understanding.analyse(text, {
    order: order && order.state !== 'closed' ? { state: order.state } : null,
    prev: history.slice(-TURNS_BEFORE),
  });
}
