/** An agent knows the buyer better than the profiler: their word wins until it is taken back. @see BT-P2 */
import type { z } from 'zod';
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import type { PinnedTypeSchema } from '../protocol/ids.ts';
import type { Profile } from '../protocol/turn.ts';
import { endSends } from './automatic-stop.ts';
import type { Desk } from './desk.ts';
import { suggestAgain } from './suggest-again.ts';

/**
 * Notes the agent's word on the type of a conversation's buyer, and proposes anew in the tone that fits.
 *
 * @param type null takes the correction back
 * @throws DeskError `not_found`
 */
export async function correctType(
  desk: Desk,
  agent: Agent,
  conversationId: string,
  type: z.infer<typeof PinnedTypeSchema> | null,
): Promise<Profile> {
  const { shopId } = agent;
  const context = await desk.ledger.context({ shopId, conversationId });
  if (!context) throw new DeskError('not_found', `conversation ${conversationId} is not of this shop`);
  const nowMs = desk.clock.now();
  const { buyer } = context;
  const { settings } = await desk.shop(shopId);
  const profile = desk.profiler.profileOf(buyer.profile, type, nowMs, settings.profiling);
  await endSends(desk, shopId, { conversationId }, 'corrected');
  await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(shopId, conversationId);
    if (!row) throw new DeskError('not_found', `conversation ${conversationId} is not of this shop`);
    await stores.people.pinType(shopId, buyer.id, type);
    await stores.conversations.update(shopId, conversationId, { state: { ...row.state, profile } }, nowMs);
    await stores.desk.audit(shopId, agent.id, 'buyer.type', { buyerId: buyer.id, type }, nowMs);
  });
  desk.bus.publish({ type: 'conversation.changed', shopId, conversationId });
  const again = await desk.ledger.context({ shopId, conversationId });
  const live = await desk.ledger.suggestions.live(shopId, conversationId);
  if (again && live) await suggestAgain(desk, again, live, agent);
  return profile;
}
