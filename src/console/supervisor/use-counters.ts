import { useCallback, useEffect, useRef, useState } from 'react';
import type { Discount } from '../../protocol/discounts.ts';
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

/** Asks to be called back when teaching changes; returns how to stop that. */
export type WatchTeaching = (listener: () => void) => () => void;

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
  /** Discounts that were asked for. */
  discounts: readonly Discount[];
  /** Leaves a request that was decided out. */
  dropDiscount(id: string): void;
  /** Calls back whenever corrections, lessons or the live model may have changed; returns how to stop that. */
  watchTeaching: WatchTeaching;
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
  const [discounts, setDiscounts] = useState<readonly Discount[]>([]);
  const teachingListeners = useRef(new Set<() => void>());
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
    async function readDiscounts(): Promise<void> {
      try {
        const answer = await deskApi.discounts();
        if (!stopped) setDiscounts(answer.discounts);
      } catch (error) {
        if (!stopped) setProblem(problemOf(error));
      }
    }
    const connection = createDeskSocket<AgentCommand>({
      url: socketUrl,
      hello: () => hello,
      onState: setSocket,
      onEvent(event) {
        if (changesList(event, 'approvals')) void readApprovals();
        if (changesList(event, 'discounts')) void readDiscounts();
        if (changesList(event, 'teaching')) for (const listener of teachingListeners.current) listener();
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

  const watchTeaching = useCallback<WatchTeaching>((listener) => {
    const listeners = teachingListeners.current;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  }, []);
  const decide = useCallback<Decide>(async (approvalId, grant, note) => {
    await connected.current?.command('approval.decide', { approvalId, grant, note });
    setApprovals((waiting) => waiting.filter(({ id }) => id !== approvalId));
  }, []);
  const dropDiscount = useCallback((id: string) => {
    setDiscounts((waiting) => waiting.filter((discount) => discount.id !== id));
  }, []);
  return {
    discounts,
    dropDiscount,
    counters,
    conversations,
    problem,
    socket,
    readAt,
    retry,
    approvals,
    watchTeaching,
    decide,
  };
}

/** A welcome too: what came while there was no connection is read then. */
function changesList(event: ServerEvent, list: 'approvals' | 'teaching' | 'discounts'): boolean {
  return event.type === 'welcome' || (event.type === 'lists.changed' && event.data.lists.includes(list));
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
