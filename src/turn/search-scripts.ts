/** The `/` menu: scripts found by words, filled with the facts of the conversation. */
import type { Agent } from '../desk/ports.ts';
import type { FoundScript } from '../protocol/http.ts';
import type { Script } from '../protocol/script.ts';
import { buildFacts } from './build-facts.ts';
import type { Desk } from './desk.ts';

/** Finds scripts by code, words or pinyin, best first. */
export type ScriptSearch = (query: string, limit: number) => readonly Script[];

const LIMIT = 12;

/** Finds and fills; what a fact does not fill stays named in `missing`. */
export async function searchScripts(
  desk: Desk, search: ScriptSearch, agent: Agent, query: string, conversationId: string | undefined,
): Promise<FoundScript[]> {
  const found = search(query, LIMIT);
  const context = conversationId === undefined ? undefined : await desk.ledger.context({ shopId: agent.shopId, conversationId });
  const view = await desk.window.view(agent.shopId);
  const onDuty = await desk.presence.onDuty(agent.shopId);
  const message = context?.messages.findLast((candidate) => candidate.from === 'buyer')?.text ?? '';
  const facts = context ? buildFacts({ context, view, onDuty, agent, message, nowMs: desk.clock.now() }).facts : undefined;
  return found.map((script) => {
    const filled = facts ? desk.fill(script, facts, message) : undefined;
    return {
      scriptId: script.id,
      code: script.code,
      title: script.title.zh,
      text: filled?.text ?? script.variants[0]!.text,
      missing: filled?.missing ?? [...script.slots],
    };
  });
}
