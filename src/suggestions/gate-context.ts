import type { GateContext, Situation } from '../protocol/turn.ts';
import type { Context } from './context.ts';

/** Conversation state the gate may ask for, as it stands after the message was read. */
function convoFacts(context: Context): GateContext['convo'] {
  const { convo } = context;
  return {
    signals: [...convo.signals],
    techniquesUsed: [...convo.techniquesUsed],
    openDoubts: [...convo.openDoubts],
    openQuestions: [...convo.openQuestions],
    priceTurns: convo.priceTurns,
    saidThinkAgain: convo.saidThinkAgain,
    saidNo: convo.saidNo,
    leaveAlone: convo.leaveAlone,
    noMoreFollowup: convo.noMoreFollowup,
    ...context.facts.convo,
  };
}

/** What the gate is told about a proposal: the facts of the situation with what the conversation adds to them. */
export function gateContextOf(context: Context, mode: Situation['mode']): GateContext {
  const { facts, convo, history, message } = context;
  const measured = Object.keys(convo.measurements).length > 0;
  return {
    ...facts,
    buyer: { ...facts.buyer, ...(measured ? { measurements: { ...convo.measurements } } : {}) },
    convo: convoFacts(context),
    mode,
    intents: [...context.held],
    // A proposal answers the message; what a job says answers nothing.
    history: mode === 'S' || message === '' ? [...history] : [...history, { from: 'buyer', text: message }],
  };
}
