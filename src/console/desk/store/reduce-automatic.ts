/** Texts that leave by themselves: what waits stands in the conversation, what ended here. */
import type { PendingSend } from '../../../protocol/modes.ts';
import type { DeskAction, DeskState, EndedSend } from './desk-state.ts';

/** A clock that wanders by less is left as it is. */
const SKEW_STEP_MS = 250;

type AutomaticAction = Extract<
  DeskAction,
  { type: 'automaticChanged' } | { type: 'automaticStopped' } | { type: 'automaticStopFailed' } | { type: 'clockRead' }
>;

/** What waits to leave by itself in a conversation. */
export function pendingSend(state: DeskState, conversationId: string): PendingSend | undefined {
  const pending = state.conversations[conversationId]?.automatic;
  return pending && state.endedSends[conversationId]?.id !== pending.id ? pending : undefined;
}

/** Applies what happened to a pending send. */
export function reduceAutomatic(state: DeskState, action: AutomaticAction): DeskState {
  switch (action.type) {
    case 'clockRead':
      return Math.abs(action.skewMs - state.skewMs) < SKEW_STEP_MS ? state : { ...state, skewMs: action.skewMs };
    case 'automaticStopped': {
      const pending = pendingSend(state, action.conversationId);
      return pending ? noteEnd(state, action.conversationId, { id: pending.id, reason: 'stopped' }) : state;
    }
    case 'automaticStopFailed': {
      const { [action.conversationId]: _stopped, ...others } = state.endedSends;
      return { ...state, endedSends: others };
    }
    case 'automaticChanged': {
      const { conversationId, pending, ended } = action;
      const next = ended ? noteEnd(state, conversationId, ended) : state;
      return pending ? showPending(next, conversationId, pending) : next;
    }
  }
}

function showPending(state: DeskState, conversationId: string, pending: PendingSend): DeskState {
  const held = state.conversations[conversationId];
  if (!held) return state;
  return { ...state, conversations: { ...state.conversations, [conversationId]: { ...held, automatic: pending } } };
}

/** An end keeps which proposal it was about, so that its chip can say why. */
function noteEnd(state: DeskState, conversationId: string, { id, reason }: EndedSend): DeskState {
  const held = state.conversations[conversationId]?.automatic;
  const before = state.endedSends[conversationId];
  const known = held?.id === id ? held : before?.id === id ? before : undefined;
  const end: EndedSend = {
    id,
    reason,
    ...(known?.suggestionId === undefined ? {} : { suggestionId: known.suggestionId }),
    ...(known?.position === undefined ? {} : { position: known.position }),
  };
  return { ...state, endedSends: { ...state.endedSends, [conversationId]: end } };
}
