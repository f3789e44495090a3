/** Changes to one opened conversation. */
import type { ConversationDetail } from '../../../protocol/records.ts';
import { confirmPending, dropEchoed, emptyLog, mergeMessages, updatePending } from '../../client/thread.ts';
import type { DeskAction, DeskState, Thread } from './desk-state.ts';

const emptyThread: Thread = {
  status: 'loading',
  log: emptyLog,
  orders: [],
  followUps: [],
  analyses: {},
  corrections: {},
  pushed: false,
  dismissed: [],
};

/** Replaces a thread by what `change` makes of it; threads that were never opened stay unknown. */
function changeThread(state: DeskState, id: string, change: (thread: Thread) => Thread): DeskState {
  const thread = state.threads[id];
  if (!thread) return state;
  const next = change(thread);
  return next === thread ? state : { ...state, threads: { ...state.threads, [id]: next } };
}

/** Begins to hold a conversation, or to ask for it again; what is held is shown meanwhile. */
export function openThread(state: DeskState, id: string): DeskState {
  const held = state.threads[id] ?? emptyThread;
  const thread: Thread = { ...held, status: held.status === 'failed' ? 'loading' : held.status, pushed: false };
  const correcting = id === state.activeId ? state.correcting : undefined;
  return { ...state, activeId: id, correcting, threads: { ...state.threads, [id]: thread } };
}

type ThreadAction = Extract<
  DeskAction,
  | { type: 'detailLoaded' }
  | { type: 'detailFailed' }
  | { type: 'standingLoaded' }
  | { type: 'intentsCorrected' }
  | { type: 'typeCorrected' }
  | { type: 'messagesLoaded' }
  | { type: 'messageAppended' }
  | { type: 'turnAnalysed' }
  | { type: 'suggestionsWithdrawn' }
  | { type: 'suggestionDismissed' }
  | { type: 'sending' }
  | { type: 'confirmed' }
  | { type: 'sendingFailed' }
  | { type: 'sendingTakenBack' }
  | { type: 'followUpsLoaded' }
>;

/** Applies an action that concerns one thread. */
export function reduceThread(state: DeskState, action: ThreadAction): DeskState {
  switch (action.type) {
    case 'detailLoaded':
      return loadDetail(state, action.detail);
    case 'detailFailed':
      return changeThread(state, action.conversationId, (thread) => ({
        ...thread,
        status: thread.status === 'ready' ? 'ready' : 'failed',
      }));
    case 'standingLoaded':
      return changeThread(state, action.detail.conversation.id, (thread) => takeStanding(thread, action.detail));
    case 'intentsCorrected':
      return changeThread(state, action.conversationId, (thread) => ({
        ...thread,
        corrections: { ...thread.corrections, [action.correction.seq]: action.correction },
      }));
    case 'typeCorrected':
      return correctType(state, action);
    case 'messagesLoaded':
      return changeLog(state, action.conversationId, (log) => mergeMessages(log, action.messages));
    case 'messageAppended':
      return changeLog(state, action.message.conversationId, (log) => {
        const own = action.message.from === 'agent' && action.message.agentId === state.self?.id;
        return mergeMessages(own ? dropEchoed(log, action.message) : log, [action.message]);
      });
    case 'turnAnalysed':
      return analyseTurn(state, action);
    case 'suggestionsWithdrawn':
      return withdraw(state, action);
    case 'suggestionDismissed':
      return changeThread(state, action.conversationId, (thread) =>
        thread.dismissed.includes(action.position)
          ? thread
          : { ...thread, dismissed: [...thread.dismissed, action.position] },
      );
    case 'sending':
      return changeLog(state, action.conversationId, (log) => ({
        ...log,
        pending: [...log.pending.filter((entry) => entry.id !== action.pending.id), action.pending],
      }));
    case 'confirmed':
      return changeLog(state, action.conversationId, (log) => confirmPending(log, action.id, action.seq));
    case 'sendingFailed':
      return changeLog(state, action.conversationId, (log) => updatePending(log, action.id, { state: 'failed' }));
    case 'sendingTakenBack':
      return changeLog(state, action.conversationId, (log) => updatePending(log, action.id, undefined));
    case 'followUpsLoaded':
      return changeThread(state, action.conversationId, (thread) => ({ ...thread, followUps: action.followUps }));
  }
}

function changeLog(state: DeskState, id: string, change: (log: Thread['log']) => Thread['log']): DeskState {
  return changeThread(state, id, (thread) => {
    const log = change(thread.log);
    return log === thread.log ? thread : { ...thread, log };
  });
}

function loadDetail(state: DeskState, detail: ConversationDetail): DeskState {
  const { conversation, suggestions } = detail;
  const next = changeThread(state, conversation.id, (thread) => {
    const log = mergeMessages(thread.log, detail.messages);
    const { suggestions: held, ...rest } = thread;
    const kept = thread.pushed ? held : suggestions;
    const loaded: Thread = {
      ...takeStanding(rest, detail),
      status: 'ready',
      log,
      orders: detail.orders,
      followUps: detail.followUps,
    };
    if (kept) loaded.suggestions = kept;
    loaded.dismissed = kept && kept.id === held?.id ? thread.dismissed : [];
    return loaded;
  });
  return {
    ...next,
    conversations: { ...next.conversations, [conversation.id]: conversation },
    ordersOfBuyer: { ...next.ordersOfBuyer, [detail.buyer.id]: detail.orders },
  };
}

/**
 * The part of a detail that events do not bring: buyer, step, corrections. Messages, suggestions and orders are pushed,
 * and what was pushed is newer than an answer under way.
 */
function takeStanding(thread: Thread, detail: ConversationDetail): Thread {
  const { flow: _before, ...rest } = thread;
  return {
    ...rest,
    buyer: detail.buyer,
    ...(detail.flow ? { flow: detail.flow } : {}),
    corrections: Object.fromEntries(detail.corrections.map((correction) => [correction.seq, correction])),
    analyses: { ...thread.analyses, ...detail.analyses },
  };
}

function correctType(state: DeskState, action: Extract<DeskAction, { type: 'typeCorrected' }>): DeskState {
  const { conversationId, profile, pinnedType } = action;
  return changeThread(state, conversationId, (thread) => {
    if (!thread.buyer) return thread;
    const { pinnedType: _before, ...buyer } = thread.buyer;
    return { ...thread, buyer: { ...buyer, profile, ...(pinnedType === null ? {} : { pinnedType }) } };
  });
}

function analyseTurn(state: DeskState, action: Extract<DeskAction, { type: 'turnAnalysed' }>): DeskState {
  return changeThread(state, action.conversationId, (thread) => {
    const analyses = { ...thread.analyses, [action.seq]: action.analysis };
    const buyer = thread.buyer ? { buyer: { ...thread.buyer, profile: action.profile } } : {};
    // Two nodes may answer out of turn: the suggestions of the newest message stay.
    if (thread.suggestions && thread.suggestions.seq > action.seq) return { ...thread, ...buyer, analyses };
    const { withdrawn: _old, ...rest } = thread;
    return { ...rest, ...buyer, analyses, suggestions: action.suggestions, pushed: true, dismissed: [] };
  });
}

function withdraw(state: DeskState, action: Extract<DeskAction, { type: 'suggestionsWithdrawn' }>): DeskState {
  return changeThread(state, action.conversationId, (thread) => {
    const withdrawn = { suggestionId: action.suggestionId, reason: action.reason };
    const { suggestions } = thread;
    if (!suggestions || suggestions.id !== action.suggestionId) return { ...thread, withdrawn };
    return { ...thread, withdrawn, suggestions: { ...suggestions, state: 'withdrawn' } };
  });
}
