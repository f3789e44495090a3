/** Nobody there: one approved reply with the hour of return, never stacked, never over a human. @see SCR-04, SR-10 */

import { createId } from '../lib/ids.ts';
import type { Message } from '../protocol/records.ts';
import type { Proposal } from '../protocol/turn.ts';
import type { AnalysedResult } from './analyse-turn.ts';
import type { Desk, DeskList } from './desk.ts';
import { deliverNow } from './dispatch-outbox.ts';
import type { PendingTurn } from './handle-message.ts';
import { noteStopped, type StoppedScript, stoppedBefore, stoppedByGate } from './note-stopped.ts';
import { tellTimers } from './plan-follow-ups.ts';
import type { Gate } from './ports.ts';
import { announce, gateContextOf, rememberScript } from './send-reply.ts';

/** Never twice to one buyer within this time. @see SCR-04 */
const ONCE_MS = 8 * 3_600_000;
/** No machine speaks while a person was active this lately. @see SR-10 */
const HUMAN_ACTIVE_MS = 10 * 60_000;
const AWAY_CARD = 'SCR-04';

/** Notes the owed answer and, where the rules allow it, sends the approved away reply. */
export async function answerOffline(desk: Desk, turn: PendingTurn, analysed: AnalysedResult): Promise<void> {
  if (analysed.onDuty.length > 0) return;
  const { shop } = await desk.window.view(turn.shopId);
  const nowMs = desk.clock.now();
  // The promise is the one the reply tells, so that timers, owed answers and buyer hold the same.
  const { replyByAt } = analysed.situation.facts.shop;
  const promisedAt = replyByAt === undefined ? null : Date.parse(replyByAt);
  const asked = analysed.context.messages.find((message) => message.seq === turn.seq)!;
  const library = await desk.libraries.of(turn.shopId);
  const { proposal, stopped } = await readAway(desk, analysed, library.gate);
  const outcome = await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(turn.shopId, turn.conversationId);
    if (!row) return undefined;
    await stores.desk.owe(turn.shopId, turn.conversationId, turn.seq, asked.sentAt, promisedAt);
    const answeredLately = row.awayAckAt !== null && nowMs - row.awayAckAt < ONCE_MS;
    const humanActive = row.lastAgentAt !== null && nowMs - row.lastAgentAt < HUMAN_ACTIVE_MS;
    const newer = row.lastSeq !== turn.seq;
    if (answeredLately || humanActive || newer || row.takenOverAt !== null) return undefined;
    if (stopped) {
      const { shopId, conversationId, buyerId } = turn;
      const send = { shopId, conversationId, buyerId, what: '自动回复', scripts: library.scripts };
      await noteStopped(stores, send, stopped, nowMs);
      return { stopped };
    }
    if (!proposal) return undefined;
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
        ...(replyByAt === undefined ? {} : { replyByAt }),
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
  const lists: DeskList[] = outcome?.stopped ? ['owed', 'counters', 'tasks'] : ['owed', 'counters'];
  desk.bus.publish({ type: 'lists.changed', shopId: turn.shopId, lists });
  if (!outcome?.message) return;
  announce(desk, turn.shopId, turn.buyerId, outcome.message, outcome.withdrawn);
  await deliverNow(desk, turn.shopId, turn.buyerId, outcome.message);
}

/** The away reply that may go out, or the one that the gate or a missing fact holds back. */
async function readAway(
  desk: Desk,
  { context, situation, suggestions }: AnalysedResult,
  gate: Gate,
): Promise<{ proposal?: Proposal; stopped?: StoppedScript | undefined }> {
  if (situation.mode !== 'O') return {};
  const isAway = ({ card }: { card: string }) => card === AWAY_CARD;
  const proposal = suggestions.proposals.find(isAway);
  if (!proposal) {
    const hidden = suggestions.hidden.filter(isAway).map(stoppedBefore);
    return { stopped: hidden.find((stopped) => stopped !== undefined) };
  }
  const verdict = gate.judge(proposal.text, await gateContextOf(desk, context, undefined, 'O'));
  return verdict.decision === 'block' ? { stopped: stoppedByGate(proposal, verdict) } : { proposal };
}
