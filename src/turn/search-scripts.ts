/** The `/` menu: scripts found by words, filled with the facts of the conversation. */
import type { Agent } from '../desk/ports.ts';
import type { Facts } from '../protocol/facts.ts';
import type { FoundScript } from '../protocol/http.ts';
import type { Script } from '../protocol/script.ts';
import type { HiddenScript, Proposal } from '../protocol/turn.ts';
import { slotNames } from '../scripts/template.ts';
import { fillScript } from '../suggestions/fill-script.ts';
import { buildFacts, historyBefore } from './build-facts.ts';
import type { Desk } from './desk.ts';
import { findPersonalScripts } from './keep-personal-scripts.ts';

/** Finds scripts by code, words or pinyin, best first. */
export type ScriptSearch = (query: string, limit: number) => readonly Script[];

const LIMIT = 12;
/** Phrases of the agent's own among them. */
const MOST_OWN = 6;

/** Finds and fills; what a fact does not fill stays named in `missing`. */
export async function searchScripts(
  desk: Desk,
  agent: Agent,
  query: string,
  conversationId: string | undefined,
): Promise<FoundScript[]> {
  const { search, engine, understanding } = await desk.libraries.of(agent.shopId);
  const own = await findPersonalScripts(desk, agent, query, MOST_OWN);
  const context =
    conversationId === undefined ? undefined : await desk.ledger.context({ shopId: agent.shopId, conversationId });
  const view = await desk.window.view(agent.shopId);
  // Whoever searches is there, whatever their presence says.
  const onDuty = [...new Set([...(await desk.presence.onDuty(agent.shopId)), agent.id])];
  const message = context?.messages.findLast((candidate) => candidate.from === 'buyer')?.text ?? '';
  const situation = context && {
    facts: buildFacts({ context, view, onDuty, agent, message, nowMs: desk.clock.now() }).facts,
    history: historyBefore(context, Number.MAX_SAFE_INTEGER, view.shop.tz),
    message,
    analysis: understanding.analyse(message, { order: null, prev: [] }),
    mode: 'A' as const,
  };
  const shops = search(query, LIMIT - own.length).map((script) => {
    const filled = situation && engine.prepare(script.id, situation);
    const open = filled === undefined || 'because' in filled;
    return {
      scriptId: script.id,
      code: script.code,
      title: script.title.zh,
      text: open ? script.variants[0]!.text : filled.text,
      missing: open ? [filled === undefined ? 'conversation' : missingOf(filled)] : [],
    };
  });
  return [...own.map((script) => fillOwn(script, situation?.facts, message)), ...shops];
}

/** A phrase of the agent's own asks no guard: it is typed text, filled as far as the facts go. */
function fillOwn(script: Script, facts: Facts | undefined, message: string): FoundScript {
  const { text, missing } = facts
    ? fillScript(script, facts, message)
    : { text: script.variants[0]!.text, missing: slotNames(script.variants[0]!.text) };
  return {
    scriptId: script.id,
    code: script.code,
    title: script.title.zh,
    text,
    missing: [...missing],
    personal: true,
  };
}

/** The fact that hides a script, or the rule where it is no fact. */
function missingOf(outcome: Proposal | HiddenScript): string {
  return 'because' in outcome ? (outcome.fact ?? outcome.name) : '';
}
