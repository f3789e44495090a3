/** Sending a reply: shown at once, confirmed by the record, given back to the composer when it was refused. */
import type { AgentCommand } from '../../../protocol/frames.ts';
import type { Verdict } from '../../../protocol/turn.ts';
import type { Store } from '../../client/create-store.ts';
import { type CommandData, CommandError, type DeskSocket } from '../../client/desk-socket.ts';
import { createRandomId } from '../../client/random-id.ts';
import type { DeskAction, DeskState } from './desk-state.ts';
import type { Draft, DraftStore } from './draft-store.ts';

/** How sending ended. `failed` stays in the thread, to be tried again with the same id; refused texts are drafts again. */
export type SendOutcome = 'sent' | 'failed' | 'blocked' | 'warned' | 'stale' | 'settled';

const refusals: Readonly<Record<string, 'blocked' | 'warned' | 'stale' | 'settled'>> = {
  gate_blocked: 'blocked',
  gate_warned: 'warned',
  suggestion_stale: 'stale',
  suggestion_settled: 'settled',
};

/** Creates the two ways a reply goes out. */
export function createSendReply(
  store: Store<DeskState, DeskAction>,
  drafts: DraftStore,
  socket: Pick<DeskSocket<AgentCommand>, 'command'>,
) {
  /** What was sent under an id, for the repetition. */
  const sent = new Map<string, CommandData<AgentCommand, 'message.send'>>();

  async function deliver(id: string): Promise<SendOutcome> {
    const data = sent.get(id)!;
    const { conversationId, text } = data;
    store.dispatch({ type: 'sending', conversationId, pending: { id, text, at: Date.now(), state: 'sending' } });
    try {
      const ack = await socket.command('message.send', data, id);
      sent.delete(id);
      store.dispatch({ type: 'confirmed', conversationId, id, seq: ack.seq });
      return 'sent';
    } catch (error) {
      const refusal = error instanceof CommandError ? refusals[error.code] : undefined;
      if (refusal === undefined) {
        store.dispatch({ type: 'sendingFailed', conversationId, id });
        return 'failed';
      }
      sent.delete(id);
      store.dispatch({ type: 'sendingTakenBack', conversationId, id });
      const verdict = readVerdict((error as CommandError).details);
      // A suggestion that is no longer valid must not be reported again: the text goes on as the agent's own.
      const suggestion = data.suggestion && !verdict ? {} : pickSuggestion(data);
      drafts.giveBack(conversationId, {
        text,
        ...suggestion,
        ...(verdict ? { refused: refusedBy(verdict, data) } : {}),
      });
      return refusal;
    }
  }

  return {
    /** Sends what stands in the composer. */
    send(conversationId: string, draft: Draft, warningsRead: boolean, approvalId?: string): Promise<SendOutcome> {
      const id = createRandomId();
      const text = draft.text.trim();
      sent.set(id, {
        conversationId,
        text,
        ...pickSuggestion(draft),
        ...(warningsRead ? { warningsRead } : {}),
        ...(approvalId === undefined ? {} : { approvalId }),
      });
      return deliver(id);
    },
    /** Sends a failed message again under its id. */
    async retry(pendingId: string): Promise<SendOutcome> {
      return sent.has(pendingId) ? deliver(pendingId) : 'failed';
    },
  };
}

function pickSuggestion({ suggestion }: { suggestion?: Draft['suggestion'] | undefined }): Pick<Draft, 'suggestion'> {
  return suggestion ? { suggestion } : {};
}

function refusedBy(
  verdict: Verdict,
  { approvalId }: { approvalId?: string | undefined },
): NonNullable<Draft['refused']> {
  return { verdict, ...(approvalId === undefined ? {} : { approvalId }) };
}

/** The verdict in an error's details: the details themselves, or their `verdict`. */
function readVerdict(details: unknown): Verdict | undefined {
  const body = (details as { verdict?: unknown } | undefined)?.verdict ?? details;
  return body && typeof body === 'object' && 'findings' in body ? (body as Verdict) : undefined;
}
