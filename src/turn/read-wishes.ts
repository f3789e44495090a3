/** What a buyer's message asks of the timers: to be left alone, or to be reminded at a time of their own. */
import { type Refusal, readRefusal } from '../nlu/read-refusal.ts';
import type { Message } from '../protocol/records.ts';
import type { Analysis } from '../protocol/turn.ts';
import { orderOfChat } from './build-facts.ts';
import type { TurnContext } from './ports.ts';

/** Messages before one among which the desk's last still counts as what it answers. */
const ANSWERED_WITHIN = 4;

/** What a message refuses where it stands: after what the desk sent, and beside the order. @see FR-07, TRAP-14 */
export function readRefusalIn({ messages, orders }: TurnContext, { seq, text }: Message): Refusal | undefined {
  const before = messages.filter((message) => message.seq < seq).slice(-ANSWERED_WITHIN);
  const prev = before.findLast(({ from }) => from !== 'buyer')?.text;
  return readRefusal(text, { prev, order: orderOfChat(orders)?.state });
}

/** The moment the buyer promises to pay, Unix ms: only when they say that they pay later. @see FU-03, INT-IN-06 */
export function readPromise(analysis: Analysis, nowMs: number): number | undefined {
  if (!analysis.held.includes('INT-IN-06')) return undefined;
  for (const entity of analysis.entities) {
    if (entity.kind !== 'time' && entity.kind !== 'date') continue;
    const atMs = typeof entity.value === 'string' && entity.value.includes('T') ? Date.parse(entity.value) : Number.NaN;
    if (atMs > nowMs) return atMs;
  }
  return undefined;
}
