/** An agent waves a proposal away. @see SR-14 */
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import { endSends } from './automatic-stop.ts';
import type { Desk } from './desk.ts';
import { learnFromActs } from './learn-outcomes.ts';

/** A proposal that an agent does not want. */
export interface Dismissal {
  shopId: string;
  agent: Agent;
  suggestionId: string;
  position: number;
}

/** Notes the dismissal; repeating it changes nothing. @throws DeskError `not_found`, `bad_request` */
export async function dismissSuggestion(desk: Desk, dismissal: Dismissal): Promise<void> {
  const set = await desk.ledger.suggestions.find(dismissal.shopId, dismissal.suggestionId);
  if (!set) throw new DeskError('not_found', `suggestion ${dismissal.suggestionId} is not of this shop`);
  const proposal = set.proposals[dismissal.position];
  if (!proposal) {
    throw new DeskError(
      'bad_request',
      `data.position is ${dismissal.position}: this suggestion has ${set.proposals.length} proposals`,
    );
  }
  await endSends(desk, dismissal.shopId, { suggestionId: set.id }, 'dismissed');
  const { shopId, position, agent } = dismissal;
  const row = await desk.ledger.conversations.find(shopId, set.conversationId);
  const at = desk.clock.now();
  await desk.ledger.transaction(async (stores) => {
    const isNoted = await stores.suggestions.note({
      shopId,
      suggestionId: set.id,
      position,
      scriptId: proposal.scriptId,
      scriptVersion: proposal.version,
      outcome: 'dismissed',
      agentId: agent.id,
      text: '',
      at,
    });
    if (!isNoted || !row) return;
    await learnFromActs(stores, { shopId, buyerId: row.buyerId, at }, [[set.id, { kind: 'dismissed', position }]]);
  });
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['counters'] });
}
