/** An agent's word on the newest message moves the talk, is read with the next message, and brings other proposals. */
import type { Agent } from '../desk/ports.ts';
import type { MessageIntent } from '../protocol/ids.ts';
import { flowAfter } from './analyse-turn.ts';
import { buildFacts } from './build-facts.ts';
import type { Desk } from './desk.ts';
import type { TurnContext } from './ports.ts';
import { suggestAgain } from './suggest-again.ts';

/** What a message means by now. */
export interface Meaning {
  seq: number;
  /** By an agent; `null`: what was said is taken back. */
  said: MessageIntent[] | null;
  /** By the desk. */
  read: MessageIntent[];
}

/** Applies a meaning to the conversation; of an older message than the buyer's newest nothing changes. */
export async function applyMeaning(desk: Desk, agent: Agent, context: TurnContext, meaning: Meaning): Promise<void> {
  const { shopId, id: conversationId } = context.conversation;
  const newest = context.messages.findLast(({ from }) => from === 'buyer');
  if (newest?.seq !== meaning.seq) return;
  const live = await desk.ledger.suggestions.live(shopId, conversationId);
  if (live) await suggestAgain(desk, context, live, agent);
  await moveFlow(desk, context, newest.text, meaning);
  desk.bus.publish({ type: 'conversation.changed', shopId, conversationId });
}

/** The message takes the talk from where it stood before to where its meaning leads. @see FLOW-T01 */
async function moveFlow(
  desk: Desk,
  context: TurnContext,
  message: string,
  { seq, said, read }: Meaning,
): Promise<void> {
  const { shopId, id: conversationId } = context.conversation;
  const view = await desk.window.view(shopId);
  const onDuty = await desk.presence.onDuty(shopId);
  const nowMs = desk.clock.now();
  const { facts } = buildFacts({ context, view, onDuty, message, nowMs });
  await desk.ledger.transaction(async (stores) => {
    const row = await stores.conversations.lock(shopId, conversationId);
    const before = row?.state.flowBefore;
    // A message that came meanwhile has moved the talk on.
    if (!row || before?.seq !== seq) return;
    const proposals = (await stores.suggestions.live(shopId, conversationId))?.proposals ?? [];
    const flow = flowAfter(before.flow, { facts, intents: said ?? read, onDuty: before.onDuty }, proposals);
    const state = { ...row.state, flow, meant: said && { seq, intents: said } };
    await stores.conversations.update(shopId, conversationId, { state }, nowMs);
  });
}
