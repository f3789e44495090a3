/** Joins the socket, the HTTP routes and the store: every action an agent can take is a function here. */
import type { AgentCommand } from '../../../protocol/frames.ts';
import type { MessageIntent } from '../../../protocol/ids.ts';
import type { AgentSelf } from '../../../protocol/records.ts';
import type { Verdict } from '../../../protocol/turn.ts';
import { createStore, type Store } from '../../client/create-store.ts';
import {
  type CommandData,
  createDeskSocket,
  type DeskSocket,
  type DeskSocketOptions,
} from '../../client/desk-socket.ts';
import { HttpError } from '../../client/http.ts';
import { lastSafeSeq } from '../../client/thread.ts';
import { indexCatalogue } from '../catalogue.ts';
import type { DeskApi } from './desk-api.ts';
import type { DeskAction, DeskState, ListName, Notice, PinnedType } from './desk-state.ts';
import { createDraftStore, type Draft, type DraftStore } from './draft-store.ts';
import { receiveEvent } from './receive-event.ts';
import { initialDesk, reduceDesk } from './reduce-desk.ts';
import { createRefreshSoon } from './refresh-soon.ts';
import { createSendReply, type SendOutcome } from './send-reply.ts';
import { createStopAutomatic, type StopOutcome } from './stop-automatic.ts';

/** The desk as the components see it. */
export interface Desk {
  store: Store<DeskState, DeskAction>;
  drafts: DraftStore;
  /** Asks who is signed in; goes on with signing in where somebody is. */
  begin(): Promise<void>;
  signedIn(self: AgentSelf): void;
  signOut(): Promise<void>;
  open(conversationId: string): void;
  close(): void;
  chooseList(list: ListName): void;
  /**
   * Sends what stands in the composer.
   *
   * @param warningsRead the gate's warnings on exactly this text were seen
   * @param approvalId a supervisor's grant for exactly this text
   */
  send(conversationId: string, draft: Draft, warningsRead: boolean, approvalId?: string): Promise<SendOutcome>;
  /** Lays a blocked text before a supervisor; what is wrong with that is told in a notice. */
  askApproval(conversationId: string, text: string, reason: string): Promise<boolean>;
  retry(pendingId: string): Promise<SendOutcome>;
  dismiss(conversationId: string, positions: readonly number[]): void;
  /** Stops what would leave by itself in a conversation. */
  stopAutomatic(conversationId: string): Promise<StopOutcome>;
  takeOver(conversationId: string, on: boolean): Promise<boolean>;
  resolve(conversationId: string): Promise<boolean>;
  setPresence(presence: 'online' | 'away'): void;
  typing(conversationId: string, on: boolean): void;
  /** The gate's word on a text, or `undefined` while the desk cannot be asked. */
  checkText(conversationId: string, text: string): Promise<Verdict | undefined>;
  /** Says what a message means, most important first; nothing: none of the desk's business. */
  correctIntents(conversationId: string, seq: number, intents: readonly MessageIntent[]): Promise<boolean>;
  /** Sets the buyer's type right; null takes the correction back. */
  correctType(conversationId: string, type: PinnedType | null): Promise<boolean>;
  /** Says that a promised answer was given, or a logistics case solved. */
  settleClock(conversationId: string, kind: 'answer' | 'logisticsCase'): Promise<boolean>;
  finishTask(taskId: string): Promise<boolean>;
  loadEarlier(conversationId: string): Promise<void>;
  notify(kind: Notice['kind'], text: string, topic?: string): void;
  retryConnection(): void;
}

/** What a desk needs from its page. */
export interface DeskParts {
  api: DeskApi;
  socketUrl: string;
  /** Where the chosen presence and the drafts are remembered. */
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  createSocket?: NonNullable<DeskSocketOptions['createSocket']>;
}

const EARLIER_MESSAGES = 50;
const NOTICE_MS = 6000;
const presenceKey = 'huashu.presence';

/** Creates a desk; nothing is asked before `begin`. */
export function createDesk({ api, socketUrl, storage, createSocket }: DeskParts): Desk {
  const store = createStore(reduceDesk, initialDesk);
  const drafts = createDraftStore(storage, () => store.get().self?.id ?? '');
  let noticeId = 0;

  const socket: DeskSocket<AgentCommand> = createDeskSocket<AgentCommand>({
    url: socketUrl,
    hello: () => ({ role: 'agent', ...resumeOf(store.get()) }),
    onState(state) {
      store.dispatch({ type: 'socket', state });
      if (state.phase === 'ended' && state.because === 'signed_out') store.dispatch({ type: 'signedOut' });
    },
    onEvent: (event) => receiveEvent(event, { store, load, onWelcome, refreshStanding }),
    ...(createSocket ? { createSocket } : {}),
  });

  /** Fetches something and passes it on; a session that has ended shows the sign-in page. */
  async function fetchInto<T>(
    answer: Promise<T>,
    use: (body: T) => void,
    onTrouble?: (error: Error) => void,
  ): Promise<boolean> {
    try {
      use(await answer);
      return true;
    } catch (error) {
      if (error instanceof HttpError && error.status === 401) {
        socket.stop();
        store.dispatch({ type: 'signedOut' });
      } else onTrouble?.(error as Error);
      return false;
    }
  }

  const tell = (error: Error) => notify('trouble', error.message);

  const load = {
    conversations: () =>
      fetchInto(api.conversations('open'), (it) =>
        store.dispatch({ type: 'conversationsLoaded', conversations: it.conversations }),
      ),
    async owed() {
      void fetchInto(api.promisesToday(), (promises) => store.dispatch({ type: 'promisesLoaded', promises }));
      return await fetchInto(api.owed(), ({ owed }) => store.dispatch({ type: 'owedLoaded', owed }));
    },
    clocks: () => readClocks(''),
    tasks: () => fetchInto(api.tasks(), ({ tasks, more }) => store.dispatch({ type: 'tasksLoaded', tasks, more })),
    approvals: () =>
      fetchInto(api.approvals(), ({ approvals }) => store.dispatch({ type: 'approvalsLoaded', approvals })),
    discounts: () =>
      fetchInto(api.discounts(), ({ discounts }) => store.dispatch({ type: 'discountsLoaded', discounts })),
    presence: () => fetchInto(api.presence(), ({ onDuty }) => store.dispatch({ type: 'presenceChanged', onDuty })),
    catalogue: () =>
      fetchInto(api.catalogue(), (body) => {
        if (body) store.dispatch({ type: 'catalogueLoaded', catalogue: indexCatalogue(body) });
      }),
    async detail(conversationId: string) {
      const loaded = await fetchInto(api.conversation(conversationId), (detail) =>
        store.dispatch({ type: 'detailLoaded', detail }),
      );
      if (!loaded) store.dispatch({ type: 'detailFailed', conversationId });
    },
    followUps(conversationId: string) {
      const buyerId = store.get().conversations[conversationId]?.buyerId;
      if (buyerId === undefined) return Promise.resolve(false);
      return fetchInto(api.followUps(buyerId), ({ followUps }) =>
        store.dispatch({ type: 'followUpsLoaded', conversationId, followUps }),
      );
    },
    messagesAfter: (conversationId: string, seq: number) =>
      fetchInto(api.messages(conversationId, seq, 200), ({ messages }) =>
        store.dispatch({ type: 'messagesLoaded', conversationId, messages }),
      ),
  };

  const readClocks = createRefreshSoon(() => {
    void fetchInto(api.clocks(), ({ clocks }) => store.dispatch({ type: 'clocksLoaded', clocks }));
  });

  const refreshStanding = createRefreshSoon((conversationId) => {
    if (store.get().activeId !== conversationId) return;
    void fetchInto(api.conversation(conversationId), (detail) => store.dispatch({ type: 'standingLoaded', detail }));
  });

  function onWelcome(): void {
    setPresence(store.get().presence);
    void load.conversations();
    void load.owed();
    void load.tasks();
    load.clocks();
    void load.approvals();
    void load.discounts();
    void load.presence();
    void load.catalogue();
    const { activeId } = store.get();
    if (activeId !== undefined) refresh(activeId);
  }

  /** Sends a command whose refusal is told in a notice. */
  async function order<T extends AgentCommand['type']>(type: T, data: CommandData<AgentCommand, T>): Promise<boolean> {
    try {
      await socket.command(type, data);
      return true;
    } catch (error) {
      notify('trouble', (error as Error).message);
      return false;
    }
  }

  /** Sends a command nobody waits for: when it is lost, the next one or the next welcome makes up for it. */
  function hint<T extends AgentCommand['type']>(type: T, data: CommandData<AgentCommand, T>): void {
    socket.command(type, data).catch((error: Error) => console.debug(type, error.message));
  }

  function refresh(conversationId: string): void {
    store.dispatch({ type: 'opened', conversationId });
    hint('conversation.open', { conversationId });
    void load.detail(conversationId);
  }

  function setPresence(presence: 'online' | 'away'): void {
    storage.setItem(presenceKey, presence);
    store.dispatch({ type: 'presenceSet', presence });
    hint('presence.set', { state: presence });
  }

  function notify(kind: Notice['kind'], text: string, topic?: string): void {
    noticeId += 1;
    const id = noticeId;
    store.dispatch({ type: 'noticed', notice: { id, kind, text, ...(topic === undefined ? {} : { topic }) } });
    setTimeout(() => store.dispatch({ type: 'noticeGone', id }), NOTICE_MS);
  }

  function signedIn(self: AgentSelf): void {
    store.dispatch({ type: 'signedIn', self });
    store.dispatch({ type: 'presenceSet', presence: storage.getItem(presenceKey) === 'away' ? 'away' : 'online' });
    socket.start();
  }

  const { send, retry } = createSendReply(store, drafts, socket);

  return {
    store,
    drafts,
    signedIn,
    send,
    retry,
    setPresence,
    notify,
    async begin() {
      try {
        signedIn(await api.session());
      } catch {
        store.dispatch({ type: 'signedOut' });
      }
    },
    async signOut() {
      socket.stop();
      await fetchInto(api.signOut(), () => undefined);
      store.dispatch({ type: 'signedOut' });
    },
    open: refresh,
    close: () => store.dispatch({ type: 'closed' }),
    chooseList: (list) => store.dispatch({ type: 'listChosen', list }),
    dismiss(conversationId, positions) {
      const suggestionId = store.get().threads[conversationId]?.suggestions?.id;
      if (suggestionId === undefined) return;
      for (const position of positions) {
        store.dispatch({ type: 'suggestionDismissed', conversationId, position });
        hint('suggestion.dismiss', { suggestionId, position });
      }
    },
    stopAutomatic: createStopAutomatic(store, socket),
    takeOver: (conversationId, on) => order('conversation.takeOver', { conversationId, on }),
    resolve: (conversationId) => order('conversation.resolve', { conversationId }),
    typing: (conversationId, on) => hint('typing', { conversationId, on }),
    async checkText(conversationId, text) {
      try {
        return (await socket.command('gate.check', { conversationId, text })).verdict;
      } catch {
        return undefined;
      }
    },
    async askApproval(conversationId, text, reason) {
      const asked = await order('approval.ask', { conversationId, text, reason });
      if (asked) await load.approvals();
      return asked;
    },
    correctIntents: (conversationId, seq, intents) =>
      fetchInto(
        api.correctIntents(conversationId, seq, intents),
        (correction) => store.dispatch({ type: 'intentsCorrected', conversationId, correction }),
        tell,
      ),
    correctType: (conversationId, type) =>
      fetchInto(
        api.correctType(conversationId, type),
        (profile) => store.dispatch({ type: 'typeCorrected', conversationId, profile, pinnedType: type }),
        tell,
      ),
    settleClock: (conversationId, kind) => fetchInto(api.settleClock(conversationId, kind), load.clocks, tell),
    async finishTask(taskId) {
      const done = await order('task.done', { taskId });
      if (done) store.dispatch({ type: 'taskDone', taskId });
      return done;
    },
    async loadEarlier(conversationId) {
      const first = store.get().threads[conversationId]?.log.messages[0]?.seq ?? 1;
      await fetchInto(
        api.messages(conversationId, Math.max(0, first - 1 - EARLIER_MESSAGES), EARLIER_MESSAGES),
        ({ messages }) => store.dispatch({ type: 'messagesLoaded', conversationId, messages }),
      );
    },
    retryConnection: () => socket.retryNow(),
  };
}

/** Where a reconnecting console stands. Only opened conversations count: the rest is fetched when it is opened. */
function resumeOf(state: DeskState): { resume?: { epoch: string; seqs: Record<string, number> } } {
  if (state.epoch === undefined) return {};
  const held = Object.entries(state.threads).slice(-50);
  const seqs = Object.fromEntries(held.map(([id, thread]) => [id, lastSafeSeq(thread.log.messages)]));
  return { resume: { epoch: state.epoch, seqs } };
}
