/** A buyer's wish not to be written to: kept and obeyed at once, and taken back only by a person with a reason. */
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import type { Refusal } from '../nlu/read-refusal.ts';
import type { Desk } from './desk.ts';
import { tellTimers } from './plan-follow-ups.ts';
import type { Stores } from './ports.ts';

/** A wish as it is noted. */
interface Wish {
  shopId: string;
  buyerId: string;
  scope: Refusal;
  /** When the buyer said so, Unix ms. */
  atMs: number;
}

/** Keeps the wish with the buyer and stops the timers, in one commit. Said twice, it changes nothing. @see FR-07 */
export async function stopMarketing(desk: Desk, wish: Wish): Promise<void> {
  const shop = await desk.shop(wish.shopId);
  await desk.ledger.transaction(async (stores) => {
    await noteWish(stores, wish);
    const { buyerId, scope, atMs } = wish;
    await tellTimers(stores, desk, shop, { type: 'buyer.optout', atMs, data: { buyerId, scope } });
  });
  desk.bus.publish({ type: 'lists.changed', shopId: wish.shopId, lists: ['followUps', 'tasks'] });
}

/** The wider of two wishes stays. */
async function noteWish({ people }: Stores, { shopId, buyerId, scope }: Wish): Promise<void> {
  const buyer = await people.buyer(shopId, buyerId);
  if (buyer?.optedOut !== 'all') await people.setOptOut(shopId, buyerId, scope);
}

/**
 * Takes a wish back that was misheard or that the buyer changed; the reason stays in the audit trail.
 *
 * @throws DeskError `not_found` for a conversation of another shop, `bad_request` where nothing was refused
 */
export async function allowMarketing(
  desk: Desk,
  { shopId, id }: Agent,
  conversationId: string,
  reason: string,
): Promise<void> {
  const shop = await desk.shop(shopId);
  const atMs = desk.clock.now();
  await desk.ledger.transaction(async (stores) => {
    const conversation = await stores.conversations.find(shopId, conversationId);
    const buyer = conversation && (await stores.people.buyer(shopId, conversation.buyerId));
    if (!buyer) throw new DeskError('not_found', `conversation ${conversationId} is not of this shop`);
    if (buyer.optedOut === 'none') {
      throw new DeskError('bad_request', `conversation ${conversationId}: this buyer has refused nothing`);
    }
    await stores.people.setOptOut(shopId, buyer.id, 'none');
    await tellTimers(stores, desk, shop, { type: 'buyer.optin', atMs, data: { buyerId: buyer.id } });
    const data = { conversationId, buyerId: buyer.id, refused: buyer.optedOut, reason };
    await stores.desk.audit(shopId, id, 'optout.undo', data, atMs);
  });
  desk.bus.publish({ type: 'conversation.changed', shopId, conversationId });
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['followUps'] });
}
