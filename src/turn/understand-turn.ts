/** Everything that follows a recorded buyer message: understand, answer when nobody is there, tell the timers. */

import type { EventOf } from '../followups/events.ts';
import { analyseTurn } from './analyse-turn.ts';
import { answerOffline } from './answer-offline.ts';
import { planCountdown } from './automatic-plan.ts';
import { noteEmergency } from './call-on-duty.ts';
import type { Desk } from './desk.ts';
import type { PendingTurn } from './handle-message.ts';
import { isProspect } from './note-prospect.ts';
import { tellTimers } from './plan-follow-ups.ts';
import type { TurnContext } from './ports.ts';
import { readPromise, readRefusalIn, saysNoIn } from './read-wishes.ts';
import { stopMarketing } from './stop-marketing.ts';
import { startClocks } from './watch-clocks.ts';

/** Understands one message; returns how many scripts were proposed. */
export async function understandTurn(desk: Desk, turn: PendingTurn): Promise<number> {
  const analysed = await analyseTurn(desk, turn);
  if (!analysed) return 0;
  const message = analysed.context.messages.find((candidate) => candidate.seq === turn.seq)!;
  await startClocks(desk, analysed.context, message, analysed.analysis.held);
  await noteEmergency(desk, turn, analysed);
  if (analysed.onDuty.length === 0) await answerOffline(desk, turn, analysed);
  else await planCountdown(desk, turn, analysed);
  const refusal = readRefusalIn(analysed.context, message);
  const promisedAtMs = readPromise(analysed.analysis, desk.clock.now());
  const shop = await desk.shop(turn.shopId);
  const said: EventOf<'message.buyer'> = {
    type: 'message.buyer',
    atMs: message.sentAt,
    data: {
      buyerId: analysed.context.buyer.id,
      conversationId: turn.conversationId,
      text: message.text,
      intents: analysed.analysis.held,
      ...(refusal
        ? { declined: true }
        : saysNoIn(analysed.context, message, analysed.analysis)
          ? { saidNo: true }
          : {}),
      ...(isProspect(analysed.analysis.held, analysed.context.orders) && !refusal ? { prospect: true } : {}),
      ...(promisedAtMs === undefined ? {} : { promisedAt: new Date(promisedAtMs).toISOString() }),
    },
  };
  await tellTimers(desk.ledger, desk, shop, said, undefined, analysed.context.conversation.channel);
  if (refusal) {
    const { buyerId } = said.data;
    await stopMarketing(desk, { shopId: turn.shopId, buyerId, scope: refusal, atMs: message.sentAt });
  }
  for (const missed of missedBefore(analysed.context, turn)) await understandTurn(desk, missed);
  return analysed.suggestions.proposals.length;
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
