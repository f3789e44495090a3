/** On duty: a first proposal that the shop's rules let go starts its countdown. @see SR-10, SR-11 */
import { createId } from '../lib/ids.ts';
import type { ModeDecision } from '../protocol/modes.ts';
import type { Proposal } from '../protocol/turn.ts';
import type { AnalysedResult } from './analyse-turn.ts';
import { decideAt, judgeAutomatic, type Moment, readMoment, situationOf } from './automatic-moment.ts';
import type { AutomaticMode, AutomaticSend } from './automatic-sends.ts';
import { announceEnded, announcePending } from './automatic-stop.ts';
import type { Desk } from './desk.ts';
import { readSurroundings } from './gate-surroundings.ts';
import type { PendingTurn } from './handle-message.ts';

const SECOND = 1000;

/** Plans the send of the first proposal, if the rules let it go; everything is asked again when its moment comes. */
export async function planCountdown(desk: Desk, turn: PendingTurn, { suggestions }: AnalysedResult): Promise<void> {
  const [first] = suggestions.proposals;
  if (!first || suggestions.state !== 'live') return;
  if ((await desk.shop(turn.shopId)).settings.modes.rules.length === 0) return;
  const moment = await momentOf(desk, turn);
  if (!moment) return;
  const decision = decideFirst(desk, moment, first, 'A');
  if (decision.mode === 'suggest') return;
  const { debounceSec } = moment.surroundings.view.shop.settings.modes;
  const quietAt = moment.asked.sentAt + debounceSec * SECOND;
  const send = makeSend(turn, moment.nowMs, {
    mode: decision.mode,
    suggestionId: suggestions.id,
    position: 0,
    proposal: first,
    dueAt: Math.max(quietAt, moment.nowMs + (decision.delaySec ?? 0) * SECOND),
  });
  const ended = await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(turn.shopId, turn.conversationId);
    if (!row || row.lastSeq !== turn.seq || row.takenOverAt !== null) return undefined;
    const live = await stores.suggestions.live(turn.shopId, turn.conversationId);
    if (live?.id !== suggestions.id) return undefined;
    return await stores.automatic.plan(send, 'newer_message', moment.nowMs);
  });
  if (!ended) return;
  announceEnded(desk, turn.shopId, ended, 'newer_message');
  announcePending(desk, send);
}

/** The moment of a turn, if its message is still the newest. */
export async function momentOf(desk: Desk, turn: PendingTurn): Promise<Moment | undefined> {
  const surroundings = await readSurroundings(desk, turn.shopId);
  const moment = await readMoment(desk, desk.ledger, turn, surroundings);
  return moment?.asked.seq === turn.seq ? moment : undefined;
}

/** What the rules say of a proposal, and of its text's way through the gate. */
export function decideFirst(desk: Desk, moment: Moment, proposal: Proposal | undefined, mode: 'A' | 'O'): ModeDecision {
  const situation = situationOf(moment, mode);
  const before = decideAt(moment, situation, proposal, undefined);
  if (!proposal || before.mode === 'suggest') return before;
  return decideAt(moment, situation, proposal, judgeAutomatic(desk, moment, proposal.text).decision);
}

/** A row for the record. */
export function makeSend(
  turn: PendingTurn,
  nowMs: number,
  what: {
    mode: AutomaticMode;
    suggestionId: string;
    position: number;
    proposal: Pick<Proposal, 'scriptId' | 'version' | 'text'>;
    dueAt: number;
  },
): AutomaticSend {
  const { scriptId, version, text } = what.proposal;
  return {
    ...turn,
    id: createId('automaticSend', nowMs),
    mode: what.mode,
    suggestionId: what.suggestionId,
    position: what.position,
    scriptId,
    scriptVersion: version,
    text,
    dueAt: what.dueAt,
  };
}
