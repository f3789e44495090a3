/** What the desk knows of a conversation has changed: suggestions that rested on it give way to others. */
import type { Agent } from '../desk/ports.ts';
import type { Desk } from './desk.ts';
import { suggestAgain } from './suggest-again.ts';

/** Renews live suggestions; where everything is answered, only the next line of a procedure is put forward. */
export async function renewAfterChange(
  desk: Desk,
  shopId: string,
  conversationId: string,
  agent?: Agent,
): Promise<void> {
  const live = await desk.ledger.suggestions.live(shopId, conversationId);
  const context = await desk.ledger.context({ shopId, conversationId });
  if (context) await suggestAgain(desk, context, live, agent, live ? (agent ? 'first' : 'fitting') : 'alone');
}
