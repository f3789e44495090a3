/** Everything that follows a recorded buyer message: understand, answer when nobody is there, tell the timers. */

import { analyseTurn } from './analyse-turn.ts';
import { answerOffline } from './answer-offline.ts';
import type { Desk } from './desk.ts';
import type { PendingTurn } from './handle-message.ts';
import { tellTimers } from './plan-follow-ups.ts';
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
  await desk.ledger.transaction(async (stores) => {
    await tellTimers(stores, desk, shop, {
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
    });
    if (!refusal) return;
    await stores.people.setOptOut(turn.shopId, analysed.context.buyer.id, refusal);
    await tellTimers(stores, desk, shop, {
      type: 'buyer.optout',
      atMs: message.sentAt,
      data: { buyerId: analysed.context.buyer.id, scope: refusal },
    });
  });
  return analysed.suggestions.proposals.length;
}
