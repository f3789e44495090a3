/** Nobody there: the away reply once an absence, beside or in place of an answer that the rules let go. @see SCR-04 */
import type { Message } from '../protocol/records.ts';
import type { Proposal } from '../protocol/turn.ts';
import { AWAY_CARD, isAwayDue } from './answer-offline.ts';
import { judgeAutomatic, situationOf } from './automatic-moment.ts';
import { appendAutomatic, type DueSend, prepareAgain, type SendOutcome } from './automatic-row.ts';
import { noteStopped, type StoppedScript, stoppedBefore, stoppedByGate } from './note-stopped.ts';

/** The gate's warning of a text that was said in this chat before. */
const SAID_BEFORE = 'TAB-07';

/** Sends what holds at this moment; texts are filled now, for nobody saw them before. */
export async function sendOffline(due: DueSend): Promise<SendOutcome> {
  const { stores, send, moment } = due;
  const { shopId, conversationId } = send;
  const prepared = send.mode === 'auto' ? prepareAgain(due, 'O') : { end: 'not_allowed' as const };
  const answer = 'proposal' in prepared ? prepared : undefined;
  const { withAway } = moment.surroundings.view.shop.settings.modes;
  const messages: Message[] = [];
  let tasks = false;
  if (!(answer && withAway === 'instead') && isAwayDue(moment.context.conversation, moment.nowMs)) {
    const away = await sendAway(due);
    if (away.message) messages.push(away.message);
    tasks = away.tasks;
  }
  if (answer) {
    messages.push(await appendAutomatic(due, answer.proposal, send.id, {}));
    if (answer.decision.settlesOwed) {
      await stores.desk.settleOwed(shopId, conversationId, moment.nowMs);
      await stores.conversations.update(shopId, conversationId, { waitingSince: null }, moment.nowMs);
    }
  }
  if (messages.length > 0) return { messages, tasks };
  return { messages, tasks, end: 'end' in prepared ? (tasks ? 'gate' : prepared.end) : 'not_allowed' };
}

async function sendAway(due: DueSend): Promise<{ message?: Message; tasks: boolean }> {
  const { stores, send, moment } = due;
  const { shopId, conversationId, buyerId } = send;
  const { library } = moment.surroundings;
  const { proposal, stopped } = readAway(due);
  if (proposal) {
    const { replyByAt } = situationOf(moment, 'O').facts.shop;
    const how = replyByAt === undefined ? {} : { replyByAt };
    const message = await appendAutomatic(due, proposal, `${send.id}:away`, how);
    await stores.conversations.update(shopId, conversationId, { awayAckAt: moment.nowMs }, moment.nowMs);
    return { message, tasks: false };
  }
  if (!stopped) return { tasks: false };
  const what = { shopId, conversationId, buyerId, what: '自动回复', scripts: library.scripts };
  await noteStopped(stores, what, stopped, moment.nowMs);
  return { tasks: true };
}

/** The away reply that may go out, or the one that the gate or a missing fact holds back. */
function readAway({ desk, moment }: DueSend): { proposal?: Proposal; stopped?: StoppedScript | undefined } {
  const { engine } = moment.surroundings.library;
  const result = engine.suggest(situationOf(moment, 'O'));
  const isAway = ({ card }: { card: string }) => card === AWAY_CARD;
  const proposal = result.proposals.find(isAway);
  if (!proposal) {
    const hidden = result.hidden.filter(isAway).map(stoppedBefore);
    return { stopped: hidden.find((stopped) => stopped !== undefined) };
  }
  const verdict = judgeAutomatic(desk, moment, proposal.text);
  // The notice says the same in every absence, and is told once in each.
  const isFine = verdict.findings.every(({ rule, severity }) => severity === 'W' && rule === SAID_BEFORE);
  return isFine ? { proposal } : { stopped: stoppedByGate(proposal, verdict) };
}
