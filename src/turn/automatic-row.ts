/** One pending send at its moment: what it is decided by, its text filled anew, its message. */
import { createId } from '../lib/ids.ts';
import type { ModeDecision, ModeObjection, SendEnd } from '../protocol/modes.ts';
import type { Message } from '../protocol/records.ts';
import type { HiddenScript, Proposal } from '../protocol/turn.ts';
import { decideAt, judgeAutomatic, type Moment, situationOf } from './automatic-moment.ts';
import type { AutomaticSend } from './automatic-sends.ts';
import type { Desk } from './desk.ts';
import { tellTimers } from './plan-follow-ups.ts';
import type { Stores } from './ports.ts';
import { rememberScript } from './send-reply.ts';

/** A claimed row with everything it is decided by. */
export interface DueSend {
  desk: Desk;
  stores: Stores;
  send: AutomaticSend;
  moment: Moment;
}

/** What a due row came to. */
export interface SendOutcome {
  messages: Message[];
  /** Absent: it was sent. */
  end?: SendEnd;
  /** The suggestions that the message took. */
  settled?: string;
  /** Something was stopped: a task tells of it. */
  tasks?: boolean;
}

/** The script filled anew, if the rules let it go at this moment. */
export function prepareAgain(
  { desk, send, moment }: DueSend,
  mode: 'A' | 'O',
  variant?: number,
): { proposal: Proposal; decision: ModeDecision } | { end: SendEnd; hidden?: HiddenScript } {
  const situation = situationOf(moment, mode);
  const proposal = moment.surroundings.library.engine.prepare(send.scriptId, situation, variant);
  if ('because' in proposal) {
    const end = proposal.because === 'gate' ? 'gate' : proposal.because === 'mode' ? 'not_allowed' : 'fact_changed';
    return { end, hidden: proposal };
  }
  const verdict = judgeAutomatic(desk, moment, proposal.text).decision;
  const decision = decideAt(moment, situation, proposal, verdict);
  return decision.mode === send.mode ? { proposal, decision } : { end: endOf(decision.objections[0]?.code) };
}

function endOf(objection: ModeObjection | undefined): SendEnd {
  if (objection === 'gate' || objection === 'taken_over') return objection;
  return 'not_allowed';
}

/** Records the message and what follows from it; the same key is recorded once. */
export async function appendAutomatic(
  { desk, stores, send, moment }: DueSend,
  proposal: Proposal,
  key: string,
  how: { claims?: boolean; replyByAt?: string },
): Promise<Message> {
  const { shopId, conversationId, buyerId, suggestionId } = send;
  const { nowMs } = moment;
  const script = { id: proposal.scriptId, version: proposal.version };
  const appended = await stores.conversations.appendReply({
    shopId,
    conversationId,
    scope: 'automatic',
    key,
    messageId: createId('message', nowMs),
    from: 'auto',
    text: proposal.text,
    sentAt: nowMs,
    script,
    suggestionId,
    claimSuggestion: how.claims ? suggestionId : undefined,
  });
  const row = await stores.conversations.find(shopId, conversationId);
  if (row) await rememberScript(stores, row, proposal.card, nowMs);
  await tellTimers(stores, desk, moment.surroundings.view.shop, {
    type: 'message.auto',
    atMs: nowMs,
    data: {
      buyerId,
      conversationId,
      script: proposal.card,
      ...(how.claims ? { answers: true } : {}),
      ...(how.replyByAt === undefined ? {} : { replyByAt: how.replyByAt }),
    },
  });
  const { messageId: id, seq } = appended;
  return { id, conversationId, seq, from: 'auto', text: proposal.text, sentAt: nowMs, script };
}
