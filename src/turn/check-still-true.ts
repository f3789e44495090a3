/** The last look at a proposal before a person sends it: what it says must hold at this moment. @see SR-01 */
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import type { SuggestionSet } from '../protocol/records.ts';
import type { HiddenScript, Proposal, Situation } from '../protocol/turn.ts';
import { buildFacts, contextUpTo, historyBefore, historyWithout } from './build-facts.ts';
import type { Desk } from './desk.ts';
import { withNamedOrder } from './find-order.ts';
import { readMessage } from './read-message.ts';
import { suggestAgain, withOwedAnswer } from './suggest-again.ts';

/** Why what was proposed may not be said any more. */
interface Problem {
  reason: 'fact_changed' | 'script_changed';
  detail: string;
  details?: unknown;
}

/**
 * Guards and slots hold at proposal and again at sending: what has changed withdraws the suggestions, and others that
 * say what is true by now take their place.
 *
 * @throws DeskError `suggestion_stale`
 */
export async function checkStillTrue(desk: Desk, set: SuggestionSet, proposal: Proposal, agent: Agent): Promise<void> {
  const problem = await findProblem(desk, set, proposal, agent);
  if (problem === undefined) return;
  const { shopId } = agent;
  const { conversationId } = set;
  const { reason } = problem;
  for (const suggestionId of await desk.ledger.suggestions.withdraw(shopId, conversationId, reason, desk.clock.now())) {
    desk.bus.publish({ type: 'suggestions.withdrawn', shopId, conversationId, suggestionId, reason });
  }
  const context = await desk.ledger.context({ shopId, conversationId });
  const place = set.afterSeq === undefined ? 'fitting' : 'alone';
  if (context) await suggestAgain(desk, context, undefined, agent, place);
  throw new DeskError('suggestion_stale', `${proposal.scriptId} no longer holds: ${problem.detail}`, problem.details);
}

async function findProblem(
  desk: Desk,
  set: SuggestionSet,
  proposal: Proposal,
  agent: Agent,
): Promise<Problem | undefined> {
  const { shopId } = agent;
  const { conversationId } = set;
  const seq = proposal.answers ?? set.seq;
  const now = await desk.ledger.context({ shopId, conversationId });
  const message = now?.messages.find((candidate) => candidate.seq === seq);
  if (!now || !message) return undefined;
  const [view, onDuty] = await Promise.all([desk.window.view(shopId), desk.presence.onDuty(shopId)]);
  const context = proposal.answers === undefined ? now : withNamedOrder(contextUpTo(now, seq), message, view.goods);
  const { tz } = view.shop;
  const { profile } = context.conversation.state;
  const isOwed = proposal.card === 'SCR-03';
  const history = isOwed ? historyWithout(now, seq, tz) : historyBefore(now, seq, tz);
  const { facts } = buildFacts({
    context,
    view,
    onDuty,
    message: message.text,
    nowMs: desk.clock.now(),
    agent,
    ...(profile ? { profile } : {}),
  });
  const { engine, understanding, scripts } = await desk.libraries.of(shopId);
  const inForce = scripts.find(({ id }) => id === proposal.scriptId)?.version;
  if (inForce !== undefined && inForce !== proposal.version) {
    const detail = `version ${inForce} is in force, this is version ${proposal.version}`;
    return { reason: 'script_changed', detail };
  }
  const situation: Situation = {
    facts,
    history,
    message: message.text,
    analysis: readMessage(understanding, message.text, facts.order, history),
    mode: 'A',
    ...(profile ? { profile } : {}),
  };
  const { learnt } = await desk.learning.rank(view.shop, conversationId, situation);
  const answered = isOwed ? withOwedAnswer(engine, situation, learnt) : situation;
  return noLongerHolds(proposal, engine.prepare(proposal.scriptId, answered, proposal.variant));
}

/** A fact has changed, or the shop has changed the script. */
function noLongerHolds(proposal: Proposal, again: Proposal | HiddenScript): Problem | undefined {
  if ('because' in again) {
    if (again.because !== 'guard' && again.because !== 'slot') return undefined;
    const reason = again.name === proposal.scriptId ? 'script_changed' : 'fact_changed';
    return { reason, detail: again.detail, details: { hidden: again } };
  }
  for (const { name, value, source } of proposal.slots) {
    const by = again.slots.find((slot) => slot.name === name);
    if (by && isOfFacts(source) && by.value !== value) {
      return { reason: 'fact_changed', detail: `${name} is “${by.value}” by now, not “${value}”` };
    }
  }
  return undefined;
}

/** What the buyer said and how it was read stays what it was when the proposal was made. */
function isOfFacts(source: string): boolean {
  return !/^(analysis|message|convo)\b/.test(source);
}
