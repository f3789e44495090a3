/** The scripts of a timer, filled with the facts of this very moment. @see FR-01, SR-01 */
import type { Agent } from '../desk/ports.ts';
import { formatTime } from '../lib/zoned-time.ts';
import type { HiddenScript, Proposal, Situation } from '../protocol/turn.ts';
import { buildFacts, historyBefore } from './build-facts.ts';
import type { Surroundings } from './gate-surroundings.ts';
import { ratedStyles } from './goods-facts.ts';
import type { TurnContext } from './ports.ts';

/** For whom and about what a timer's script is rendered. */
export interface RuleMoment {
  context: TurnContext;
  surroundings: Surroundings;
  /** The order it is about; `null`: none. */
  orderId: string | null;
  mode: Situation['mode'];
  agent?: Agent;
  nowMs: number;
}

/** The first of the scripts whose facts hold now, or what hides each of them. */
export function renderRuleScript(
  cards: readonly string[],
  moment: RuleMoment,
): { proposal: Proposal } | { hidden: HiddenScript[] } {
  const { engine } = moment.surroundings.library;
  const situation = situationOf(moment);
  const hidden: HiddenScript[] = [];
  for (const card of cards) {
    const outcome = engine.prepare(card, situation);
    if (!('because' in outcome)) return { proposal: outcome };
    hidden.push(outcome);
  }
  return { hidden };
}

/** The context with the order a timer speaks of as that of the chat: another one says nothing about its text. */
export function contextAbout(context: TurnContext, orderId: string | null): TurnContext {
  const isOfRow = ({ id }: { id: string }) => id === orderId;
  return {
    ...context,
    orders: [...context.orders.filter(isOfRow), ...context.orders.filter((order) => !isOfRow(order))],
  };
}

function situationOf({ context, surroundings, orderId, mode, agent, nowMs }: RuleMoment): Situation {
  const { view, onDuty, library } = surroundings;
  const message = context.messages.findLast(({ from }) => from === 'buyer')?.text ?? '';
  const { profile } = context.conversation.state;
  const { facts } = buildFacts({
    context: contextAbout(context, orderId),
    view,
    // Who asks for the text is there, whatever their presence says.
    onDuty: agent ? [...new Set([...onDuty, agent.id])] : onDuty,
    message,
    nowMs,
    ...(agent ? { agent } : {}),
    ...(profile ? { profile } : {}),
  });
  // What was weighed in a chat is not what the order holds.
  const time = (ms: number) => formatTime(ms, view.shop.tz);
  const styles = orderId === null ? [] : ratedStyles(facts.order?.items ?? [], { view, nowMs, time });
  if (styles.length > 0) Object.assign(facts, { choice: styles, asOf: { ...facts.asOf, choice: time(nowMs) } });
  return {
    facts,
    history: historyBefore(context, Number.MAX_SAFE_INTEGER, view.shop.tz),
    message,
    analysis: library.understanding.analyse(message, { order: null, prev: [] }),
    mode,
  };
}
