import type { Store } from '../../client/create-store.ts';
import type { ServerEvent } from '../../client/desk-socket.ts';
import { firstGap } from '../../client/thread.ts';
import type { DeskAction, DeskState } from './desk-state.ts';

const TYPING_MS = 6000;

/** What an event may set off beside a change of the state. */
export interface EventParts {
  store: Store<DeskState, DeskAction>;
  load: {
    conversations(): Promise<boolean>;
    owed(): Promise<boolean>;
    tasks(): Promise<boolean>;
    clocks(): void;
    approvals(): Promise<boolean>;
    discounts(): Promise<boolean>;
    followUps(conversationId: string): Promise<boolean>;
    messagesAfter(conversationId: string, seq: number): Promise<boolean>;
  };
  onWelcome(): void;
  /** Reads again what no event brings of the open conversation: its step, the buyer, corrections. */
  refreshStanding(conversationId: string): void;
}

/** Takes in one frame of the desk that is not the answer to a command. */
export function receiveEvent(event: ServerEvent, { store, load, onWelcome, refreshStanding }: EventParts): void {
  const { activeId } = store.get();
  if (activeId !== undefined && changesStanding(event, activeId, store.get())) refreshStanding(activeId);
  switch (event.type) {
    case 'welcome':
      store.dispatch({ type: 'clockRead', skewMs: event.ts - Date.now() });
      store.dispatch({ type: 'welcome', epoch: event.data.epoch, resumed: event.data.resumed });
      onWelcome();
      return;
    case 'message.appended':
      store.dispatch({ type: 'messageAppended', message: event.data.message });
      fillGap(event.data.message.conversationId, store, load);
      return;
    case 'turn.analysed':
      store.dispatch({ type: 'turnAnalysed', ...event.data });
      return;
    case 'suggestions.withdrawn':
      store.dispatch({ type: 'suggestionsWithdrawn', ...event.data });
      return;
    case 'automatic.changed':
      store.dispatch({ type: 'clockRead', skewMs: event.ts - Date.now() });
      store.dispatch({ type: 'automaticChanged', ...event.data });
      return;
    case 'conversation.changed':
      store.dispatch({ type: 'conversationChanged', conversation: event.data.conversation });
      return;
    case 'orders.changed':
      store.dispatch({ type: 'ordersChanged', ...event.data });
      return;
    case 'presence.changed':
      store.dispatch({ type: 'presenceChanged', onDuty: event.data.onDuty });
      return;
    case 'typing':
      store.dispatch({ type: 'typing', ...event.data, until: Date.now() + TYPING_MS });
      return;
    case 'lists.changed':
      refreshLists(event.data.lists, store, load);
      return;
  }
}

function changesStanding(event: ServerEvent, activeId: string, state: DeskState): boolean {
  switch (event.type) {
    case 'turn.analysed':
      return event.data.conversationId === activeId;
    case 'conversation.changed':
      return event.data.conversation.id === activeId;
    case 'orders.changed':
      return event.data.buyerId === state.conversations[activeId]?.buyerId;
    case 'lists.changed':
      return event.data.lists.includes('teaching');
    default:
      return false;
  }
}

function fillGap(conversationId: string, store: EventParts['store'], load: EventParts['load']): void {
  const thread = store.get().threads[conversationId];
  const after = thread && thread.status === 'ready' ? firstGap(thread.log.messages) : undefined;
  if (after !== undefined) void load.messagesAfter(conversationId, after);
}

function refreshLists(lists: readonly string[], store: EventParts['store'], load: EventParts['load']): void {
  if (lists.includes('owed')) void load.owed();
  if (lists.includes('tasks')) void load.tasks();
  if (lists.includes('clocks')) load.clocks();
  if (lists.includes('approvals')) void load.approvals();
  if (lists.includes('discounts')) void load.discounts();
  const { activeId } = store.get();
  if (lists.includes('followUps') && activeId !== undefined) void load.followUps(activeId);
}
