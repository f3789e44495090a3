/**
 * Nobody there: the answer is owed, and when the buyer has been quiet for a moment the approved away reply goes out,
 * and an answer by itself where the shop's rules allow one. @see SCR-04, SR-10
 */
import type { Proposal } from '../protocol/turn.ts';
import { HUMAN_ACTIVE_MS } from '../suggestions/decide-mode.ts';
import type { AnalysedResult } from './analyse-turn.ts';
import { decideFirst, makeSend, momentOf } from './automatic-plan.ts';
import type { AutomaticSend } from './automatic-sends.ts';
import { announceEnded } from './automatic-stop.ts';
import type { Desk } from './desk.ts';
import type { PendingTurn } from './handle-message.ts';
import type { TurnContext } from './ports.ts';

/** Never twice to one buyer within this time. @see SCR-04 */
const ONCE_MS = 8 * 3_600_000;
/** The card of the away reply. */
export const AWAY_CARD = 'SCR-04';
/** Its text is filled when it leaves: nobody is there to see it before. */
const AWAY: Pick<Proposal, 'scriptId' | 'version' | 'text'> = { scriptId: AWAY_CARD, version: 1, text: '' };

/** Notes the owed answer and plans what may leave. */
export async function answerOffline(desk: Desk, turn: PendingTurn, analysed: AnalysedResult): Promise<void> {
  // The promise is the one the reply tells, so that timers, owed answers and buyer hold the same.
  const { replyByAt } = analysed.situation.facts.shop;
  const promisedAt = replyByAt === undefined ? null : Date.parse(replyByAt);
  const asked = analysed.context.messages.find((message) => message.seq === turn.seq)!;
  const send = await chooseSend(desk, turn, analysed);
  const ended = await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(turn.shopId, turn.conversationId);
    if (!row) return undefined;
    await stores.desk.owe(turn.shopId, turn.conversationId, turn.seq, asked.sentAt, promisedAt);
    if (!send || row.lastSeq !== turn.seq || row.takenOverAt !== null) return undefined;
    if (send.mode === 'away' && !isAwayDue(row, desk.clock.now())) return undefined;
    return await stores.automatic.plan(send, 'newer_message', desk.clock.now());
  });
  if (ended) announceEnded(desk, turn.shopId, ended, 'newer_message');
  desk.bus.publish({ type: 'lists.changed', shopId: turn.shopId, lists: ['owed', 'counters'] });
}

/** True when the away reply was not told lately and no person was active. @see SR-10 */
export function isAwayDue(
  { awayAckAt, lastAgentAt }: Pick<TurnContext['conversation'], 'awayAckAt' | 'lastAgentAt'>,
  nowMs: number,
): boolean {
  const answeredLately = awayAckAt !== null && nowMs - awayAckAt < ONCE_MS;
  const humanActive = lastAgentAt !== null && nowMs - lastAgentAt < HUMAN_ACTIVE_MS;
  return !answeredLately && !humanActive;
}

/** The answer that the rules let go, else the away reply alone. */
async function chooseSend(desk: Desk, turn: PendingTurn, analysed: AnalysedResult): Promise<AutomaticSend> {
  const { modes } = (await desk.shop(turn.shopId)).settings;
  const { proposals, id: suggestionId } = analysed.suggestions;
  const asked = analysed.context.messages.find((message) => message.seq === turn.seq)!;
  const dueAt = asked.sentAt + modes.debounceSec * 1000;
  const position = proposals.findIndex(({ card }) => card !== AWAY_CARD);
  const answer = proposals[position];
  const moment = answer && modes.rules.length > 0 ? await momentOf(desk, turn) : undefined;
  const isAllowed = answer && moment && decideFirst(desk, moment, answer, 'O').mode === 'auto';
  return makeSend(turn, desk.clock.now(), {
    ...(isAllowed ? { mode: 'auto', position, proposal: answer } : { mode: 'away', position: 0, proposal: AWAY }),
    suggestionId,
    dueAt,
  });
}
