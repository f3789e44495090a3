/** Nobody there: one approved reply with the hour of return, never stacked, never over a human. @see SCR-04, SR-10 */

import type { Shop } from '../desk/ports.ts';
import { createId } from '../lib/ids.ts';
import { startOfDay } from '../lib/zoned-time.ts';
import type { Message } from '../protocol/records.ts';
import type { AnalysedResult } from './analyse-turn.ts';
import type { Desk } from './desk.ts';
import { deliverNow } from './dispatch-outbox.ts';
import type { PendingTurn } from './handle-message.ts';
import { tellTimers } from './plan-follow-ups.ts';
import { announce, gateContextOf, rememberScript } from './send-reply.ts';

/** Never twice to one buyer within this time. @see SCR-04 */
const ONCE_MS = 8 * 3_600_000;
/** No machine speaks while a person was active this lately. @see SR-10 */
const HUMAN_ACTIVE_MS = 10 * 60_000;
const AWAY_CARD = 'SCR-04';
const HALF_DAY_MS = 12 * 3_600_000;

/** Notes the owed answer and, where the rules allow it, sends the approved away reply. */
export async function answerOffline(desk: Desk, turn: PendingTurn, analysed: AnalysedResult): Promise<void> {
  if (analysed.onDuty.length > 0) return;
  const { shop } = await desk.window.view(turn.shopId);
  const nowMs = desk.clock.now();
  const promisedAt = promisedReplyAt(shop, nowMs);
  const asked = analysed.context.messages.find((message) => message.seq === turn.seq)!;
  const proposal =
    analysed.situation.mode === 'O'
      ? analysed.suggestions.proposals.find((candidate) => candidate.card === AWAY_CARD)
      : undefined;
  const gateContext = proposal ? await gateContextOf(desk, analysed.context, undefined, 'O') : undefined;
  const { gate } = await desk.libraries.of(turn.shopId);
  const verdict = proposal && gateContext ? gate.judge(proposal.text, gateContext) : undefined;
  const mayPass = verdict !== undefined && verdict.decision !== 'block';
  const sent = await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(turn.shopId, turn.conversationId);
    if (!row) return undefined;
    await stores.desk.owe(turn.shopId, turn.conversationId, turn.seq, asked.sentAt, promisedAt);
    const answeredLately = row.awayAckAt !== null && nowMs - row.awayAckAt < ONCE_MS;
    const humanActive = row.lastAgentAt !== null && nowMs - row.lastAgentAt < HUMAN_ACTIVE_MS;
    const newer = row.lastSeq !== turn.seq;
    if (!proposal || !mayPass || answeredLately || humanActive || newer || row.takenOverAt !== null) return undefined;
    const appended = await stores.conversations.appendReply({
      shopId: turn.shopId,
      conversationId: turn.conversationId,
      scope: 'auto',
      key: `away:${turn.conversationId}:${turn.seq}`,
      messageId: createId('message', nowMs),
      from: 'auto',
      text: proposal.text,
      sentAt: nowMs,
      script: { id: proposal.scriptId, version: proposal.version },
      suggestionId: analysed.suggestions.id,
    });
    if (appended.duplicate) return undefined;
    await stores.conversations.update(turn.shopId, turn.conversationId, { awayAckAt: nowMs }, nowMs);
    await rememberScript(stores, row, proposal.card, nowMs);
    await tellTimers(stores, desk, shop, {
      type: 'message.auto',
      atMs: nowMs,
      data: {
        buyerId: row.buyerId,
        conversationId: row.id,
        script: proposal.card,
        replyByHour: shop.settings.replyByHour,
      },
    });
    const message: Message = {
      id: appended.messageId,
      conversationId: turn.conversationId,
      seq: appended.seq,
      from: 'auto',
      text: proposal.text,
      sentAt: nowMs,
      script: { id: proposal.scriptId, version: proposal.version },
    };
    return { message, withdrawn: appended.withdrawn };
  });
  desk.bus.publish({ type: 'lists.changed', shopId: turn.shopId, lists: ['owed', 'counters'] });
  if (!sent) return;
  announce(desk, turn.shopId, turn.buyerId, sent.message, sent.withdrawn);
  await deliverNow(desk, turn.shopId, turn.buyerId, sent.message);
}

/** By when an offline message is answered: at the posted hour of the next open day, as SCR-04 tells it. @see POL-29 */
export function promisedReplyAt(shop: Shop, nowMs: number): number {
  const { replyByHour, closedDays } = shop.settings;
  const minutes = Number(replyByHour.slice(0, 2)) * 60 + Number(replyByHour.slice(3));
  const today = startOfDay(nowMs, shop.tz);
  for (let days = 1; days <= 31; days++) {
    // From noon to noon: a day on which clocks change is not 24 h long.
    const noon = today + HALF_DAY_MS + days * 2 * HALF_DAY_MS;
    const date = new Intl.DateTimeFormat('en-CA', { timeZone: shop.tz }).format(noon);
    if (!closedDays.includes(date)) return startOfDay(noon, shop.tz) + minutes * 60_000;
  }
  return nowMs + 2 * HALF_DAY_MS;
}
