/** The facts of a conversation as the suggestions would see them at this moment. */
import type { Facts } from '../../src/protocol/facts.ts';
import { buildFacts } from '../../src/turn/build-facts.ts';
import type { TestDesk } from './start-desk.ts';

/** Reads them. */
export async function factsOf({ app: { desk } }: TestDesk, conversationId: string): Promise<Facts> {
  const context = await desk.ledger.context({ shopId: 'demo', conversationId });
  desk.window.forget('demo');
  const view = await desk.window.view('demo');
  return buildFacts({ context: context!, view, onDuty: [], message: '', nowMs: desk.clock.now() }).facts;
}
