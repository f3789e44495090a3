/** Messages of one conversation as a client holds them: the record by `seq`, and what is still on its way. */
import type { Message } from '../../protocol/records.ts';

/** A message of one's own that the desk has not confirmed, or has confirmed but not yet sent back. */
export interface PendingMessage {
  /** Id of the command, the same at every repetition. */
  id: string;
  text: string;
  at: number;
  state: 'sending' | 'sent' | 'failed';
  /** Place in the record, once confirmed. */
  seq?: number;
}

/** The record and what is on its way. */
export interface MessageLog {
  /** By `seq`, without doubles. */
  messages: readonly Message[];
  pending: readonly PendingMessage[];
}

export const emptyLog: MessageLog = { messages: [], pending: [] };

/** Adds messages of the record; those already held are ignored, and own pending ones that came back are dropped. */
export function mergeMessages(log: MessageLog, incoming: readonly Message[]): MessageLog {
  const known = new Set(log.messages.map((message) => message.seq));
  const fresh = incoming.filter((message) => !known.has(message.seq) && known.add(message.seq));
  if (fresh.length === 0) return log;
  const messages = [...log.messages, ...fresh].sort((a, b) => a.seq - b.seq);
  return { messages, pending: log.pending.filter((entry) => entry.seq === undefined || !known.has(entry.seq)) };
}

/**
 * Drops the pending message that `message` is the record of. The desk may send the record before the answer to
 * the command, so the text decides as long as no `seq` is known.
 */
export function dropEchoed(log: MessageLog, message: Message): MessageLog {
  const echoed = log.pending.find(
    (entry) => entry.seq === message.seq || (entry.seq === undefined && entry.text === message.text),
  );
  return echoed ? { ...log, pending: log.pending.filter((entry) => entry !== echoed) } : log;
}

/** Changes one pending message; `undefined` removes it. */
export function updatePending(log: MessageLog, id: string, change: Partial<PendingMessage> | undefined): MessageLog {
  const pending = log.pending.flatMap((entry) => {
    if (entry.id !== id) return [entry];
    return change === undefined ? [] : [{ ...entry, ...change }];
  });
  return { ...log, pending };
}

/** The desk has confirmed a pending message; it leaves the list when its record is already there. */
export function confirmPending(log: MessageLog, id: string, seq: number | undefined): MessageLog {
  const recorded = seq !== undefined && log.messages.some((message) => message.seq === seq);
  if (recorded) return updatePending(log, id, undefined);
  return updatePending(log, id, seq === undefined ? { state: 'sent' } : { state: 'sent', seq });
}

/** `seq` after which messages are missing, or `undefined` when the held ones follow each other without a gap. */
export function firstGap(messages: readonly Message[]): number | undefined {
  for (let i = 1; i < messages.length; i++) {
    const before = messages[i - 1]!.seq;
    if (messages[i]!.seq !== before + 1) return before;
  }
  return undefined;
}

/** The last `seq` up to which nothing is missing; 0 when nothing is held. */
export function lastSafeSeq(messages: readonly Message[]): number {
  return firstGap(messages) ?? messages.at(-1)?.seq ?? 0;
}
