import type { ConversationSummary, Message } from '../../../protocol/records.ts';
import { emptyCatalogue } from '../catalogue.ts';
import type { DeskAction, DeskState } from './desk-state.ts';
import { reduceAutomatic } from './reduce-automatic.ts';
import { openThread, reduceThread } from './reduce-thread.ts';

/** The page before anything was asked. */
export const initialDesk: DeskState = {
  self: undefined,
  socket: { phase: 'connecting' },
  epoch: undefined,
  conversations: {},
  listed: false,
  threads: {},
  activeId: undefined,
  correcting: undefined,
  list: 'waiting',
  owed: [],
  promises: undefined,
  clocks: undefined,
  tasks: [],
  moreTasks: 0,
  approvals: undefined,
  discounts: undefined,
  ordersOfBuyer: {},
  onDuty: [],
  presence: 'online',
  skewMs: 0,
  endedSends: {},
  typing: {},
  catalogue: emptyCatalogue,
  notices: [],
};

/** The desk's reducer. */
export function reduceDesk(state: DeskState, action: DeskAction): DeskState {
  switch (action.type) {
    case 'signedIn':
      return { ...state, self: action.self };
    case 'signedOut':
      return { ...initialDesk, self: null };
    case 'socket':
      return { ...state, socket: action.state };
    case 'welcome':
      return welcome(state, action);
    case 'conversationsLoaded':
      return loadConversations(state, action.conversations);
    case 'conversationChanged':
      return changeConversation(state, action.conversation);
    case 'opened':
      return openThread(state, action.conversationId);
    case 'closed':
      return { ...state, activeId: undefined, correcting: undefined };
    case 'correctingChanged':
      return { ...state, correcting: action.seq };
    case 'automaticChanged':
    case 'automaticStopped':
    case 'automaticStopFailed':
    case 'clockRead':
      return reduceAutomatic(state, action);
    case 'ordersChanged':
      return changeOrders(state, action);
    case 'typing':
      return changeTyping(state, action);
    case 'taskDone':
      return { ...state, tasks: state.tasks.filter((task) => task.id !== action.taskId) };
    case 'noticed':
      return {
        ...state,
        notices: [
          ...state.notices.filter(({ topic }) => topic === undefined || topic !== action.notice.topic).slice(-2),
          action.notice,
        ],
      };
    case 'noticeGone':
      return { ...state, notices: state.notices.filter((notice) => notice.id !== action.id) };
    case 'owedLoaded':
      return { ...state, owed: action.owed };
    case 'promisesLoaded':
      return { ...state, promises: action.promises };
    case 'clocksLoaded':
      return { ...state, clocks: action.clocks };
    case 'tasksLoaded':
      return { ...state, tasks: action.tasks, moreTasks: action.more ?? 0 };
    case 'discountsLoaded':
      return { ...state, discounts: action.discounts };
    case 'approvalsLoaded':
      return { ...state, approvals: action.approvals };
    case 'catalogueLoaded':
      return { ...state, catalogue: action.catalogue };
    case 'presenceChanged':
      return { ...state, onDuty: action.onDuty };
    case 'presenceSet':
      return { ...state, presence: action.presence };
    case 'listChosen':
      return { ...state, list: action.list };
    case 'messageAppended':
      return reduceThread(stopTyping(showLastMessage(state, action.message), action.message), action);
    default:
      return reduceThread(state, action);
  }
}

function welcome(state: DeskState, { epoch, resumed }: { epoch: string; resumed: boolean }): DeskState {
  if (resumed || state.epoch === undefined) return { ...state, epoch };
  // Another record: what is held is void. What the agent has not got confirmed is kept, for it still goes out.
  const threads = Object.fromEntries(
    Object.entries(state.threads)
      .filter(([id, thread]) => id === state.activeId || thread.log.pending.length > 0)
      .map(([id, thread]) => [
        id,
        { ...thread, log: { messages: [], pending: thread.log.pending }, analyses: {}, corrections: {} },
      ]),
  );
  return { ...state, epoch, threads };
}

function loadConversations(state: DeskState, listed: readonly ConversationSummary[]): DeskState {
  const conversations = Object.fromEntries(listed.map((conversation) => [conversation.id, conversation]));
  // The one that is open may be resolved and so not listed.
  const active = state.activeId === undefined ? undefined : state.conversations[state.activeId];
  if (active) conversations[active.id] ??= active;
  return { ...state, listed: true, conversations };
}

function changeConversation(state: DeskState, conversation: ConversationSummary): DeskState {
  const held = state.conversations[conversation.id];
  if (held && held.lastSeq > conversation.lastSeq) return state;
  return { ...state, conversations: { ...state.conversations, [conversation.id]: conversation } };
}

function changeOrders(state: DeskState, action: Extract<DeskAction, { type: 'ordersChanged' }>): DeskState {
  const threads = Object.fromEntries(
    Object.entries(state.threads).map(([id, thread]) => {
      const concerned = state.conversations[id]?.buyerId === action.buyerId;
      return [id, concerned ? { ...thread, orders: action.orders } : thread];
    }),
  );
  return { ...state, threads, ordersOfBuyer: { ...state.ordersOfBuyer, [action.buyerId]: action.orders } };
}

function changeTyping(state: DeskState, action: Extract<DeskAction, { type: 'typing' }>): DeskState {
  const { [action.conversationId]: _before, ...others } = state.typing;
  if (!action.on) return { ...state, typing: others };
  const { from, who, until } = action;
  return { ...state, typing: { ...others, [action.conversationId]: { from, who, until } } };
}

/** The list shows the newest line at once; unread and waiting come with the conversation's own change. */
function showLastMessage(state: DeskState, message: Message): DeskState {
  const held = state.conversations[message.conversationId];
  if (!held || held.lastSeq >= message.seq) return state;
  const conversation = { ...held, lastSeq: message.seq, lastMessage: message, changedAt: message.sentAt };
  return { ...state, conversations: { ...state.conversations, [held.id]: conversation } };
}

/** Who has just written no longer types. */
function stopTyping(state: DeskState, message: Message): DeskState {
  const typing = state.typing[message.conversationId];
  if (!typing || typing.from !== message.from) return state;
  const { [message.conversationId]: _gone, ...others } = state.typing;
  return { ...state, typing: others };
}
