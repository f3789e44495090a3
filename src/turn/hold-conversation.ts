/** What an agent does with a conversation: open it, take it over, resolve it. */
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import type { Situation, SuggestionResult } from '../protocol/turn.ts';
import { toSet } from './analyse-turn.ts';
import { buildFacts, historyWithout, orderOfChat } from './build-facts.ts';
import type { Desk } from './desk.ts';
import { tellTimers } from './plan-follow-ups.ts';

/**
 * An agent looks at a conversation: it is read, and a question left while nobody was there gets its proposals
 * anew, the first line of the answer first. @see SCR-03
 */
export async function openConversation(
  desk: Desk,
  shopId: string,
  conversationId: string,
  agent: Agent,
): Promise<void> {
  const context = await desk.ledger.context({ shopId, conversationId });
  if (!context) throw new DeskError('not_found', `conversation ${conversationId} is not of this shop`);
  const nowMs = desk.clock.now();
  await desk.ledger.conversations.update(shopId, conversationId, { unread: 0 }, nowMs);
  desk.bus.publish({ type: 'conversation.changed', shopId, conversationId });
  const asked = context.messages.findLast((message) => message.from === 'buyer');
  const onDuty = await desk.presence.onDuty(shopId);
  if (!asked || context.owed.length === 0 || onDuty.length === 0) return;
  const live = await desk.ledger.suggestions.live(shopId, conversationId);
  if (live?.proposals.some((proposal) => proposal.card === 'SCR-03')) return;
  const view = await desk.window.view(shopId);
  // The away reply that followed belongs to what was said: it is why an answer is owed.
  const history = historyWithout(context, asked.seq, view.shop.tz);
  const order = orderOfChat(context.orders);
  const analysis = desk.understanding.analyse(asked.text, {
    order: order && order.state !== 'closed' ? { state: order.state } : null,
    prev: history.slice(-2),
  });
  const { profile } = context.conversation.state;
  const { facts } = buildFacts({
    context,
    view,
    onDuty,
    agent,
    message: asked.text,
    nowMs,
    ...(profile ? { profile } : {}),
  });
  const situation: Situation = {
    facts,
    history,
    message: asked.text,
    analysis,
    mode: 'A',
    ...(profile ? { profile } : {}),
  };
  const result = answerOwed(desk, situation);
  const set = toSet(result, { conversationId, seq: asked.seq }, createId('suggestion', nowMs));
  const replaced = await desk.ledger.suggestions.replace(shopId, set, context.conversation.lastSeq, nowMs);
  if (!replaced) return;
  if (live) {
    desk.bus.publish({
      type: 'suggestions.withdrawn',
      shopId,
      conversationId,
      suggestionId: live.id,
      reason: 'fact_changed',
    });
  }
  desk.bus.publish({
    type: 'turn.analysed',
    shopId,
    conversationId,
    data: {
      conversationId,
      seq: asked.seq,
      analysis,
      suggestions: set,
      profile: profile ?? { types: {}, top: 'unknown', segments: [], evidence: [] },
    },
  });
}

/** Cards that greet, hold or ask back: none of them answers a question. */
const NO_ANSWERS = new Set(['SCR-01', 'SCR-02', 'SCR-03', 'SCR-04', 'SCR-05', 'SCR-06', 'SCR-07', 'SCR-08', 'SCR-09']);

/**
 * Proposals for a question left offline: the first line introduces the agent, repeats the question and gives the
 * answer that the desk would give now. Without facts that answer it, the engine's own proposals stand. @see SCR-03
 */
function answerOwed(desk: Desk, situation: Situation): SuggestionResult {
  const { question, ...others } = situation.facts;
  if (!question) return desk.engine().suggest(situation);
  const now = desk.engine().suggest({ ...situation, facts: others });
  const answer = now.proposals.find((proposal) => !NO_ANSWERS.has(proposal.card));
  const answered = answer ? { ...question, verifiedAnswer: answer.text } : question;
  const result = desk.engine().suggest({ ...situation, facts: { ...others, question: answered } });
  const first = result.proposals.filter((proposal) => proposal.card === 'SCR-03');
  return { ...result, proposals: [...first, ...result.proposals.filter((proposal) => proposal.card !== 'SCR-03')] };
}

/** A person takes the chat over, or gives it back: pending automatic sends are void, atomically. */
export async function takeOver(
  desk: Desk,
  shopId: string,
  conversationId: string,
  agent: Agent,
  on: boolean,
): Promise<void> {
  const shop = await desk.shop(shopId);
  const nowMs = desk.clock.now();
  await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(shopId, conversationId);
    if (!row) throw new DeskError('not_found', `conversation ${conversationId} is not of this shop`);
    await stores.conversations.update(
      shopId,
      conversationId,
      { takenOverAt: on ? nowMs : null, ...(on ? { assignedAgentId: agent.id } : {}) },
      nowMs,
    );
    await stores.desk.audit(
      shopId,
      agent.id,
      on ? 'conversation.taken_over' : 'conversation.given_back',
      { conversationId },
      nowMs,
    );
    if (on) {
      await tellTimers(
        stores,
        desk,
        shop,
        { type: 'agent.takeover', atMs: nowMs, data: { conversationId, agentId: agent.id } },
        row.buyerId,
      );
    }
  });
  desk.bus.publish({ type: 'conversation.changed', shopId, conversationId });
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['followUps'] });
}

/** A person ends a conversation: its suggestions are withdrawn. The buyer's next message opens it again. */
export async function resolveConversation(
  desk: Desk,
  shopId: string,
  conversationId: string,
  agent: Agent,
): Promise<void> {
  const nowMs = desk.clock.now();
  const withdrawn = await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(shopId, conversationId);
    if (!row) throw new DeskError('not_found', `conversation ${conversationId} is not of this shop`);
    await stores.conversations.update(
      shopId,
      conversationId,
      // "Once per chat" starts anew with the next talk.
      { unread: 0, waitingSince: null, status: 'resolved', state: { ...row.state, scriptsUsed: [] } },
      nowMs,
    );
    await stores.desk.audit(shopId, agent.id, 'conversation.resolved', { conversationId }, nowMs);
    return await stores.suggestions.withdraw(shopId, conversationId, 'resolved', nowMs);
  });
  for (const suggestionId of withdrawn) {
    desk.bus.publish({ type: 'suggestions.withdrawn', shopId, conversationId, suggestionId, reason: 'resolved' });
  }
  desk.bus.publish({ type: 'conversation.changed', shopId, conversationId });
}
