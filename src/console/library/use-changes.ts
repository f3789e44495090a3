import { useCallback, useEffect, useMemo, useState } from 'react';
import type { AgentCommand, HelloFrame } from '../../protocol/frames.ts';
import { createDeskSocket, type ServerEvent } from '../client/desk-socket.ts';
import type { SocketState } from '../client/socket-state.ts';

/** Whoever reads the library is on nobody's duty, so nothing is resumed. */
const hello: HelloFrame['data'] = { role: 'agent' };
/** Changes that come in a burst are read once. */
const PAUSE_MS = 120;
const LISTS = ['library', 'gateRules', 'settings', 'learning', 'goods', 'followUps', 'clocks'] as const;

/** What can change under a reader's eyes. */
export type ChangingList = (typeof LISTS)[number];

/** Tells of changes, and how the connection stands. */
export interface Changes {
  socket: SocketState;
  retry(): void;
  /** Calls the listener after every change; the answer ends that. The function stays the same. */
  listen(list: ChangingList, listener: () => void): () => void;
  /** Says at once what this page itself has changed; the function stays the same. */
  tell(list: ChangingList): void;
}

/** Hears what the desk tells of the library; after a lost connection everything may have changed. */
export function useChanges(socketUrl: string): Changes {
  const [socket, setSocket] = useState<SocketState>({ phase: 'connecting' });
  const [retry, setRetry] = useState<() => void>(() => () => undefined);
  const [listeners] = useState(() => new Map<ChangingList, Set<() => void>>(LISTS.map((list) => [list, new Set()])));

  useEffect(() => {
    const pending = new Set<ChangingList>();
    let soon: ReturnType<typeof setTimeout> | undefined;
    let welcomed = false;
    function tell(): void {
      soon = undefined;
      const told = [...pending];
      pending.clear();
      for (const list of told) for (const listener of listeners.get(list) ?? []) listener();
    }
    function hear(event: ServerEvent): void {
      const changed = changedLists(event, welcomed);
      if (event.type === 'welcome') welcomed = true;
      for (const list of changed) pending.add(list);
      if (pending.size > 0) soon ??= setTimeout(tell, PAUSE_MS);
    }
    const connection = createDeskSocket<AgentCommand>({
      url: socketUrl,
      hello: () => hello,
      onState: setSocket,
      onEvent: hear,
    });
    setRetry(() => connection.retryNow);
    connection.start();
    addEventListener('online', connection.retryNow);
    return () => {
      clearTimeout(soon);
      removeEventListener('online', connection.retryNow);
      connection.stop();
    };
  }, [socketUrl, listeners]);

  const listen = useCallback<Changes['listen']>(
    (list, listener) => {
      listeners.get(list)?.add(listener);
      return () => void listeners.get(list)?.delete(listener);
    },
    [listeners],
  );
  const tell = useCallback<Changes['tell']>(
    (list) => {
      for (const listener of listeners.get(list) ?? []) listener();
    },
    [listeners],
  );
  return useMemo(() => ({ socket, retry, listen, tell }), [socket, retry, listen, tell]);
}

function changedLists(event: ServerEvent, again: boolean): readonly ChangingList[] {
  if (event.type === 'welcome') return again ? LISTS : [];
  if (event.type !== 'lists.changed') return [];
  const { lists } = event.data;
  return LISTS.filter((list) => lists.includes(list));
}
