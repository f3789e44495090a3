/** A buyer's side of one conversation: the log, the connection, what can be done. */
import type { BuyerCommand } from '../../protocol/frames.ts';
import { createStore, type Store } from '../client/create-store.ts';
import { createDeskSocket, type DeskSocketOptions, type ServerEvent } from '../client/desk-socket.ts';
import { createRandomId } from '../client/random-id.ts';
import type { SocketState } from '../client/socket-state.ts';
import {
  confirmPending,
  dropEchoed,
  emptyLog,
  firstGap,
  lastSafeSeq,
  type MessageLog,
  mergeMessages,
  updatePending,
} from '../client/thread.ts';
import type { shopApi } from './shop-api.ts';

const TYPING_MS = 6000;

/** What the widget shows. */
export interface ChatState {
  socket: SocketState;
  log: MessageLog;
  /** Until when the agent counts as typing, in Unix ms. */
  typingUntil: number;
}

/** A chat of the widget. */
export interface Chat {
  store: Store<ChatState, (state: ChatState) => ChatState>;
  start(): void;
  stop(): void;
  send(text: string): void;
  retry(id: string): void;
  typing(on: boolean): void;
  retryNow(): void;
}

/** What a chat needs from its page. */
export interface ChatParts {
  token: string;
  socketUrl: string;
  api: Pick<typeof shopApi, 'messages'>;
  /** The token is no longer taken: another one is needed. */
  onExpired(): void;
  createSocket?: NonNullable<DeskSocketOptions['createSocket']>;
}

/** Creates a chat; nothing is opened before `start`. */
export function createChat({ token, socketUrl, api, onExpired, createSocket }: ChatParts): Chat {
  const store: Chat['store'] = createStore<ChatState, (state: ChatState) => ChatState>(
    (state, change) => change(state),
    {
      socket: { phase: 'connecting' },
      log: emptyLog,
      typingUntil: 0,
    },
  );
  let place: { epoch: string; conversationId: string } | undefined;
  const changeLog = (change: (log: MessageLog) => MessageLog) =>
    store.dispatch((state) => ({ ...state, log: change(state.log) }));

  const socket = createDeskSocket<BuyerCommand>({
    url: socketUrl,
    hello: () => {
      const last = lastSafeSeq(store.get().log.messages);
      const resume = place && { epoch: place.epoch, seqs: { [place.conversationId]: last } };
      return { role: 'buyer', token, ...(resume ? { resume } : {}) };
    },
    onState(state) {
      store.dispatch((before) => ({ ...before, socket: state }));
      if (state.phase === 'ended' && state.because === 'signed_out') onExpired();
    },
    onEvent: receive,
    ...(createSocket ? { createSocket } : {}),
  });

  async function fetchAfter(seq: number): Promise<void> {
    try {
      const { messages } = await api.messages(token, seq);
      changeLog((log) => mergeMessages(log, messages));
    } catch (error) {
      // The next message or the next connection asks again.
      console.debug('messages', (error as Error).message);
    }
  }

  function receive(event: ServerEvent): void {
    if (event.type === 'welcome' && event.data.self.role === 'buyer') {
      const { epoch, resumed, self } = event.data;
      if (place !== undefined && !resumed) changeLog((log) => ({ ...log, messages: [] }));
      place = { epoch, conversationId: self.conversationId };
      if (!resumed) void fetchAfter(0);
    } else if (event.type === 'message.appended') {
      const { message } = event.data;
      changeLog((log) => mergeMessages(message.from === 'buyer' ? dropEchoed(log, message) : log, [message]));
      if (message.from !== 'buyer') store.dispatch((state) => ({ ...state, typingUntil: 0 }));
      const gap = firstGap(store.get().log.messages);
      if (gap !== undefined) void fetchAfter(gap);
    } else if (event.type === 'typing' && event.data.from === 'agent') {
      const typingUntil = event.data.on ? Date.now() + TYPING_MS : 0;
      store.dispatch((state) => ({ ...state, typingUntil }));
    }
  }

  async function deliver(id: string, text: string): Promise<void> {
    try {
      const { seq } = await socket.command('message.send', { text }, id);
      changeLog((log) => confirmPending(log, id, seq));
    } catch {
      changeLog((log) => updatePending(log, id, { state: 'failed' }));
    }
  }

  return {
    store,
    start: () => socket.start(),
    stop: () => socket.stop(),
    retryNow: () => socket.retryNow(),
    send(text) {
      const id = createRandomId();
      changeLog((log) => ({ ...log, pending: [...log.pending, { id, text, at: Date.now(), state: 'sending' }] }));
      void deliver(id, text);
    },
    retry(id) {
      const entry = store.get().log.pending.find((pending) => pending.id === id);
      if (!entry) return;
      changeLog((log) => updatePending(log, id, { state: 'sending' }));
      void deliver(id, entry.text);
    },
    typing(on) {
      socket.command('typing', { on }).catch((error: Error) => console.debug('typing', error.message));
    },
  };
}
