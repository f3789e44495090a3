/**
 * The service flow as a state machine: where a conversation stands on the seven steps, fed by intents and by what the
 * trade system says of the order. A state is plain data; folding the same events gives the same state, so it is kept
 * with the conversation and can be made again from the record. @see FLOW-T01 … FLOW-T20
 */

/** The seven steps, and `idle` before the first message. @see FLOW-1 … FLOW-7 */
export const FLOW_STEPS = ['idle', 'FLOW-1', 'FLOW-2', 'FLOW-3', 'FLOW-4', 'FLOW-5', 'FLOW-6', 'FLOW-7'] as const;
export type FlowStep = (typeof FLOW_STEPS)[number];

/** What a step is interrupted by, or ends as. */
export type FlowAside =
  /** Nobody was on duty: an answer is owed. */
  | 'offline'
  /** A fact or a supervisor's word is awaited. */
  | 'pending'
  /** One of the six doubts; the step goes on after it. */
  | 'doubt'
  /** Signals to buy without a decision: a closing technique fits. */
  | 'closing'
  /** Address or style is changed, by the state of the order. @see FLOW-O1 */
  | 'change'
  | 'after-sale'
  /** Asked again, still only looking: nobody follows up any more. */
  | 'stopped';

/** Where a conversation stands. */
export interface FlowState {
  step: FlowStep;
  aside?: FlowAside;
  /** Of a farewell: bought, not bought, wants to think. @see FLOW-F1, FLOW-F2, FLOW-F3 */
  farewell?: 1 | 2 | 3;
  /** The last transition taken, such as `FLOW-T08`. */
  by?: string;
  /** Signals to buy since the last decision. */
  signals: number;
  /** The buyer was asked again after wanting to think. @see FU-06 */
  askedAgain: boolean;
  /** The order as last seen. */
  order?: { id: string; state: string };
  /** The after-sale case was open when last seen. */
  caseOpen: boolean;
}

/** Something that happened in the talk. Trade events are seen with `followOrder`. */
export type FlowEvent =
  | {
      type: 'message';
      /** The intents that hold. */
      intents: readonly string[];
      onDuty: boolean;
      /** Signals to buy that this message gave. @see domain 05, 5.3 */
      signals?: number;
      /** The variant asked for is sold out. */
      soldOut?: boolean;
      /** What was asked off the price is more than the agent may give. */
      aboveAuthority?: boolean;
    }
  /** The desk asked again after a pause. */
  | { type: 'asked-again' };

/** A conversation before its first message. */
export const START_OF_FLOW: FlowState = { step: 'idle', signals: 0, askedAgain: false, caseOpen: false };

/** Signals without a decision from which a closing technique fits. */
export const REPEATED_SIGNALS = 2;

const NEED = /^INT-PRE-(0[1-9]|10|1[89]|2[0189])$/;
const ADVICE = /^INT-PRE-(03|04|05|06|09)$/;
const NOT_IN_LISTING = 'INT-PRE-02';
const DOUBT = /^INT-PRE-(1[12]|2[2-7])$/;
const PRICE = /^INT-PRE-1[3-7]$|^INT-IN-07$/;
const CHANGE = /^INT-IN-(09|1[0-3])$/;
const AFTER_SALE = /^INT-(AS|LOG)-|^INT-REV-0[1267]$|^INT-GEN-07$|^INT-IN-18$|^INT-REL-03$/;
const ORDER_TALK = /^INT-IN-(01|0[3-68]|1[4-7]|20)$/;

/** Where the conversation stands after an event. */
export function followFlow(state: FlowState, event: FlowEvent): FlowState {
  return event.type === 'asked-again' ? { ...state, askedAgain: true } : followMessage(state, event);
}

type MessageEvent = Extract<FlowEvent, { type: 'message' }>;

function followMessage(before: FlowState, event: MessageEvent): FlowState {
  const { intents, onDuty } = event;
  const has = (pattern: RegExp) => intents.some((intent) => pattern.test(intent));
  const state: FlowState = { ...before, signals: before.signals + (event.signals ?? 0) };
  if (!onDuty) return go(state, 'FLOW-T02', state.step === 'idle' ? 'FLOW-1' : state.step, 'offline');
  if (has(AFTER_SALE)) return go(state, 'FLOW-T19', 'FLOW-7', 'after-sale');
  if (has(CHANGE)) return go(state, 'FLOW-T13', 'FLOW-5', 'change');
  if (intents.includes('INT-GEN-06')) return farewell(state, 'FLOW-T15', 2);
  if (intents.includes('INT-GEN-05')) {
    if (state.askedAgain) return { ...farewell(state, 'FLOW-T17', 3), aside: 'stopped' };
    return farewell(state, 'FLOW-T16', 3);
  }
  if (has(ORDER_TALK) && isOrdered(state)) return go(state, undefined, 'FLOW-5');
  if (has(DOUBT)) return go(state, 'FLOW-T07', beforeOrder(state), 'doubt');
  if (has(PRICE)) return followPrice(state, event);
  if (has(NEED)) return followNeed(state, event);
  if (state.signals >= REPEATED_SIGNALS && isSelling(state)) return go(state, 'FLOW-T09', state.step, 'closing');
  if (state.step === 'idle') return go(state, 'FLOW-T01', 'FLOW-1');
  if (intents.includes('INT-GEN-04')) return followThanks(state);
  return state.aside === 'offline' ? go(state, undefined, state.step) : state;
}

function followPrice(state: FlowState, { aboveAuthority }: MessageEvent): FlowState {
  if (aboveAuthority === true) return go(state, 'FLOW-T10', 'FLOW-4', 'pending');
  if (state.signals >= REPEATED_SIGNALS && isSelling(state)) return go(state, 'FLOW-T09', 'FLOW-4', 'closing');
  return go(state, 'FLOW-T08', 'FLOW-4');
}

function followNeed(state: FlowState, { intents, soldOut }: MessageEvent): FlowState {
  if (intents.includes(NOT_IN_LISTING)) return go(state, 'FLOW-T04', 'FLOW-2', 'pending');
  if (soldOut === true) return go(state, 'FLOW-T05', 'FLOW-3');
  if (intents.some((intent) => ADVICE.test(intent))) return go(state, 'FLOW-T06', 'FLOW-3');
  if (state.signals >= REPEATED_SIGNALS && isSelling(state)) return go(state, 'FLOW-T09', state.step, 'closing');
  return go(state, 'FLOW-T03', isSelling(state) && state.step !== 'FLOW-2' ? state.step : 'FLOW-2');
}

/** Thanks end a talk that came to something; before that they are only polite. */
function followThanks(state: FlowState): FlowState {
  if (state.aside === 'after-sale') return state;
  if (isPaid(state)) return farewell(state, 'FLOW-T12', 1);
  return isOrdered(state) ? state : farewell(state, 'FLOW-T15', 2);
}

/** Where the conversation stands once the trade system's word on its newest order and its case is seen. */
export function followOrder(
  state: FlowState,
  order: { id: string; state: string } | null | undefined,
  caseOpen: boolean,
): FlowState {
  let next = state;
  const seen = state.order;
  if (order && (order.id !== seen?.id || order.state !== seen.state)) {
    next = { ...followState(state, order), order: { id: order.id, state: order.state } };
  }
  if (state.caseOpen && !caseOpen && next.aside === 'after-sale') next = farewell(next, 'FLOW-T20', 1);
  return next.caseOpen === caseOpen ? next : { ...next, caseOpen };
}

function followState(state: FlowState, order: { id: string; state: string }): FlowState {
  // An order that is there from the start was placed before the talk: it is known, it did not happen in it.
  if (state.step === 'idle') return state;
  switch (order.state) {
    case 'unpaid':
      return state.aside === 'after-sale' ? state : { ...go(state, 'FLOW-T11', 'FLOW-5'), signals: 0 };
    case 'paid':
      return farewell({ ...state, signals: 0 }, 'FLOW-T12', 1);
    case 'shipped':
      return state.aside === 'after-sale' ? state : go(state, 'FLOW-T18', 'FLOW-7');
    default:
      return state;
  }
}

/** The desk's side of an unpaid order that stays unpaid: following up. @see FU-01, FU-02 */
export function followUnpaid(state: FlowState): FlowState {
  return state.step === 'FLOW-5' && state.order?.state === 'unpaid' ? go(state, 'FLOW-T14', 'FLOW-7') : state;
}

function go(state: FlowState, by: string | undefined, step: FlowStep, aside?: FlowAside): FlowState {
  const { aside: _aside, farewell: _farewell, by: before, ...rest } = state;
  const taken = by ?? before;
  return { ...rest, step, ...(aside ? { aside } : {}), ...(taken ? { by: taken } : {}) };
}

function farewell(state: FlowState, by: string, which: 1 | 2 | 3): FlowState {
  return { ...go(state, by, 'FLOW-6'), farewell: which };
}

/** A doubt of somebody who has said nothing else yet is part of asking. */
function beforeOrder({ step }: FlowState): FlowStep {
  return step === 'idle' || step === 'FLOW-1' ? 'FLOW-2' : step;
}

function isSelling({ step }: FlowState): boolean {
  return step === 'FLOW-2' || step === 'FLOW-3' || step === 'FLOW-4';
}

function isOrdered({ order }: FlowState): boolean {
  return order !== undefined && order.state !== 'closed';
}

function isPaid({ order }: FlowState): boolean {
  return order !== undefined && ['paid', 'printed', 'shipped', 'signed', 'completed'].includes(order.state);
}
