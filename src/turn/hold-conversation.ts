/** What an agent does with a conversation: open it, take it over, resolve it. */
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import type { SuggestionSet } from '../protocol/records.ts';
import { pickServing } from './analyse-turn.ts';
import { announceEnded } from './automatic-stop.ts';
import type { Desk } from './desk.ts';
import { tellTimers } from './plan-follow-ups.ts';
import { suggestAgain } from './suggest-again.ts';

/**
 * An agent looks at a conversation: it is read, and a question left while nobody was there gets its proposals
 * anew, the first line of the answer first. While nobody else has the chat, its lines name who looks. @see SCR-03
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
  const onDuty = await desk.presence.onDuty(shopId);
  const isTheirs = await desk.ledger.transaction(async ({ conversations }) => {
    const row = await conversations.lock(shopId, conversationId);
    if (!row) return false;
    // Who oversees the desk looks at the chats of others.
    const state = agent.role === 'agent' ? { ...row.state, openedBy: agent.id } : row.state;
    await conversations.update(shopId, conversationId, { unread: 0, state }, nowMs);
    return pickServing([agent], { ...row, state }, onDuty) !== undefined;
  });
  desk.bus.publish({ type: 'conversation.changed', shopId, conversationId });
  const live = await desk.ledger.suggestions.live(shopId, conversationId);
  const isOwed = context.owed.length > 0 && !live?.proposals.some((proposal) => proposal.card === 'SCR-03');
  if (isOwed || (isTheirs && live && namesAnother(live, agent))) await suggestAgain(desk, context, live, agent);
}

/** A line is filled with the name or title of somebody else. */
function namesAnother({ proposals }: SuggestionSet, agent: Agent): boolean {
  const isOther = ({ name, source, value }: SuggestionSet['proposals'][number]['slots'][number]) =>
    source.startsWith('agent.') && (name === 'agent.title' ? value !== agent.title : !value.includes(agent.name));
  return proposals.some(({ slots }) => slots.some(isOther));
}

/**
 * A person takes the chat over, or gives it back: pending automatic sends are void, atomically. The lines name who has
 * it from here on.
 */
export async function takeOver(
  desk: Desk,
  shopId: string,
  conversationId: string,
  agent: Agent,
  on: boolean,
): Promise<void> {
  const shop = await desk.shop(shopId);
  const nowMs = desk.clock.now();
  const ended = await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(shopId, conversationId);
    if (!row) throw new DeskError('not_found', `conversation ${conversationId} is not of this shop`);
    const stopped = on ? await stores.automatic.end(shopId, { conversationId }, 'taken_over', nowMs) : [];
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
        row.channel,
      );
    }
    return stopped;
  });
  announceEnded(desk, shopId, ended, 'taken_over');
  desk.bus.publish({ type: 'conversation.changed', shopId, conversationId });
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['followUps'] });
  const live = on ? await desk.ledger.suggestions.live(shopId, conversationId) : undefined;
  if (!live || !namesAnother(live, agent)) return;
  const context = await desk.ledger.context({ shopId, conversationId });
  if (context) await suggestAgain(desk, context, live, agent);
}

/** A person ends a conversation: its suggestions are withdrawn. The buyer's next message opens it again. */
export async function resolveConversation(
  desk: Desk,
  shopId: string,
  conversationId: string,
  agent: Agent,
): Promise<void> {
  const nowMs = desk.clock.now();
  const { withdrawn, ended } = await desk.ledger.transaction(async (stores) => {
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
    return {
      ended: await stores.automatic.end(shopId, { conversationId }, 'resolved', nowMs),
      withdrawn: await stores.suggestions.withdraw(shopId, conversationId, 'resolved', nowMs),
    };
  });
  announceEnded(desk, shopId, ended, 'resolved');
  for (const suggestionId of withdrawn) {
    desk.bus.publish({ type: 'suggestions.withdrawn', shopId, conversationId, suggestionId, reason: 'resolved' });
  }
  desk.bus.publish({ type: 'conversation.changed', shopId, conversationId });
  desk.bus.publish({ type: 'lists.changed', shopId, lists: ['clocks'] });
}
