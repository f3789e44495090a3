import { useCallback, useEffect, useRef, useState } from 'react';
import type { AgentCommand, HelloFrame } from '../../protocol/frames.ts';
import type { Approval } from '../../protocol/library.ts';
import type { ConversationSummary, Counters } from '../../protocol/records.ts';
import { createDeskSocket, type DeskSocket, type ServerEvent } from '../client/desk-socket.ts';
import { HttpError } from '../client/http.ts';
import type { SocketState } from '../client/socket-state.ts';
import { deskApi } from '../desk/store/desk-api.ts';
import type { Decide } from './approval-queue.tsx';

const EVERY_MS = 5000;
/** Changes that come in a burst are asked for once. */
const PAUSE_MS = 1000;
/** A watching supervisor is nobody's agent, so nothing is resumed. */
const hello: HelloFrame['data'] = { role: 'agent' };

/** What the supervisor's page shows. */
export interface Watched {
  counters: Counters | undefined;
  conversations: readonly ConversationSummary[];
  problem: 'forbidden' | 'signed_out' | 'unreachable' | undefined;
  socket: SocketState;
  /** When the figures were read, in Unix ms. */
  readAt: number | undefined;
  retry(): void;
  /** Requests that were laid before the supervisor. */
  approvals: readonly Approval[];
  /** Grants or refuses one. @throws CommandError */
  decide: Decide;
}

/** Reads the counters every five seconds, and at once when the desk says that they have changed. */
export function useCounters(socketUrl: string): Watched {
  const [counters, setCounters] = useState<Counters>();
  const [conversations, setConversations] = useState<readonly ConversationSummary[]>([]);
  const [problem, setProblem] = useState<Watched['problem']>();
  const [socket, setSocket] = useState<SocketState>({ phase: 'connecting' });
  const [readAt, setReadAt] = useState<number>();
  const [approvals, setApprovals] = useState<readonly Approval[]>([]);
  const connected = useRef<DeskSocket<AgentCommand>>(undefined);
  const [retry, setRetry] = useState<() => void>(() => () => undefined);

  useEffect(() => {
    let stopped = false;
    let soon: ReturnType<typeof setTimeout> | undefined;
    async function read(): Promise<void> {
      try {
        const [figures, open] = await Promise.all([deskApi.counters(), deskApi.conversations('open')]);
        if (stopped) return;
        setCounters(figures);
        setConversations(open.conversations);
        setReadAt(Date.now());
        setProblem(undefined);
      } catch (error) {
        if (!stopped) setProblem(problemOf(error));
      }
    }
    async function readApprovals(): Promise<void> {
      try {
        const answer = await deskApi.approvals();
        if (!stopped) setApprovals(answer.approvals);
      } catch (error) {
        if (!stopped) setProblem(problemOf(error));
      }
    }
    const connection = createDeskSocket<AgentCommand>({
      url: socketUrl,
      hello: () => hello,
      onState: setSocket,
      onEvent(event) {
        if (changesApprovals(event)) void readApprovals();
        if (!changesFigures(event)) return;
        soon ??= setTimeout(() => {
          soon = undefined;
          void read();
        }, PAUSE_MS);
      },
    });
    setRetry(() => connection.retryNow);
    connected.current = connection;
    const timer = setInterval(read, EVERY_MS);
    void read();
    connection.start();
    return () => {
      stopped = true;
      clearInterval(timer);
      clearTimeout(soon);
      connection.stop();
    };
  }, [socketUrl]);

  const decide = useCallback<Decide>(async (approvalId, grant, note) => {
    await connected.current?.command('approval.decide', { approvalId, grant, note });
    setApprovals((waiting) => waiting.filter(({ id }) => id !== approvalId));
  }, []);
  return { counters, conversations, problem, socket, readAt, retry, approvals, decide };
}

/** A welcome too: what came while there was no connection is read then. */
function changesApprovals(event: ServerEvent): boolean {
  return event.type === 'welcome' || (event.type === 'lists.changed' && event.data.lists.includes('approvals'));
}

function changesFigures(event: ServerEvent): boolean {
  if (event.type === 'lists.changed') return event.data.lists.includes('counters');
  return event.type === 'presence.changed' || event.type === 'conversation.changed';
}

function problemOf(error: unknown): NonNullable<Watched['problem']> {
  const status = error instanceof HttpError ? error.status : 0;
  if (status === 401) return 'signed_out';
  return status === 403 ? 'forbidden' : 'unreachable';
}
