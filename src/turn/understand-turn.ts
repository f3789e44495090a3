/** Everything that follows a recorded buyer message: understand, answer when nobody is there, tell the timers. */

import type { Shop } from '../desk/ports.ts';
import type { FollowUpEvent } from '../followups/events.ts';
import { analyseTurn } from './analyse-turn.ts';
import { answerOffline } from './answer-offline.ts';
import type { Desk } from './desk.ts';
import type { PendingTurn } from './handle-message.ts';
import { tellTimers } from './plan-follow-ups.ts';
import type { TurnContext } from './ports.ts';
import { readPromise, readRefusal } from './read-wishes.ts';

/** Understands one message; returns how many scripts were proposed. */
export async function understandTurn(desk: Desk, turn: PendingTurn): Promise<number> {
  const analysed = await analyseTurn(desk, turn);
  if (!analysed) return 0;
  const message = analysed.context.messages.find((candidate) => candidate.seq === turn.seq)!;
  await answerOffline(desk, turn, analysed);
  const refusal = readRefusal(message.text);
  const promisedAtMs = readPromise(analysed.analysis, desk.clock.now());
  const shop = await desk.shop(turn.shopId);
  const said: FollowUpEvent = {
    type: 'message.buyer',
    atMs: message.sentAt,
    data: {
      buyerId: analysed.context.buyer.id,
      conversationId: turn.conversationId,
      text: message.text,
      intents: analysed.analysis.held,
      ...(refusal ? { declined: true } : {}),
      ...(promisedAtMs === undefined ? {} : { promisedAt: new Date(promisedAtMs).toISOString() }),
    },
  };
  if (refusal) await refuse(desk, shop, said, analysed.context.buyer.id, refusal);
  else await tellTimers(desk.ledger, desk, shop, said);
  for (const missed of missedBefore(analysed.context, turn)) await understandTurn(desk, missed);
  return analysed.suggestions.proposals.length;
}

/** A refusal is kept with the buyer and stops the timers in one commit. @see FR-07 */
async function refuse(
  desk: Desk,
  shop: Shop,
  said: FollowUpEvent,
  buyerId: string,
  scope: 'reminders' | 'all',
): Promise<void> {
  await desk.ledger.transaction(async (stores) => {
    await tellTimers(stores, desk, shop, said);
    await stores.people.setOptOut(shop.id, buyerId, scope);
    await tellTimers(stores, desk, shop, { type: 'buyer.optout', atMs: said.atMs, data: { buyerId, scope } });
  });
}

/**
 * Messages before this one that nobody understood: the node that recorded them died, and the buyer went on elsewhere.
 * The sweep looks behind the newest analysis only and would pass them over.
 */
function missedBefore({ conversation, messages }: TurnContext, turn: PendingTurn): PendingTurn[] {
  return messages
    .filter(({ from, seq }) => from === 'buyer' && seq > conversation.analysedSeq && seq < turn.seq)
    .map(({ seq }) => ({ ...turn, seq }));
}
