/** The buyer's page is open again: what waited there unread is read, and nobody is called about it. @see FU-42 */
import type { Desk } from './desk.ts';
import { tellTimers } from './plan-follow-ups.ts';

/** Tells the timers, where one of them waits for it. */
export async function noteRead(desk: Desk, shopId: string, buyerId: string, conversationId: string): Promise<void> {
  const waiting = { rule: 'FU-42', status: 'planned', buyerId } as const;
  if ((await desk.ledger.followUpLedger(shopId).page(waiting, undefined, 1)).length === 0) return;
  const read = { type: 'message.read', atMs: desk.clock.now(), data: { conversationId, buyerId } } as const;
  await tellTimers(desk.ledger, desk, await desk.shop(shopId), read);
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['followUps', 'counters'] });
}
