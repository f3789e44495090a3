/** Phrases of one agent: kept apart from the shop's scripts, found in the `/` menu, sent through the gate as typed. */
import type { z } from 'zod';
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import type { PersonalScript, SavePersonalScriptSchema } from '../protocol/library.ts';
import type { Script } from '../protocol/script.ts';
import { createScriptSearch } from '../scripts/search-scripts.ts';
import type { Desk } from './desk.ts';

/** Phrases an agent may keep. */
export const MOST_PHRASES = 500;

/**
 * Keeps a phrase.
 *
 * @param id of the phrase to write over; absent: a new one
 * @throws DeskError `not_found`, `conflict` (the code is taken), `bad_request` (too many)
 */
export async function keepPersonalScript(
  desk: Desk,
  agent: Agent,
  id: string | undefined,
  phrase: z.infer<typeof SavePersonalScriptSchema>,
): Promise<PersonalScript> {
  const nowMs = desk.clock.now();
  const kept = await desk.ledger.personalScripts.ofAgent(agent.shopId, agent.id);
  if (id !== undefined && !kept.some((one) => one.id === id)) {
    throw new DeskError('not_found', `phrase ${id} is not one of yours`);
  }
  if (id === undefined && kept.length >= MOST_PHRASES) {
    throw new DeskError('bad_request', `you keep ${kept.length} phrases: ${MOST_PHRASES} is the most`);
  }
  const script: PersonalScript = { id: id ?? createId('script', nowMs), ...phrase, changedAt: nowMs };
  await desk.ledger.personalScripts.save(agent.shopId, agent.id, script);
  desk.bus.publish({ type: 'lists.changed', shopId: agent.shopId, lists: ['library'] });
  return script;
}

/** Removes a phrase. @throws DeskError `not_found` */
export async function removePersonalScript(desk: Desk, agent: Agent, id: string): Promise<void> {
  if (!(await desk.ledger.personalScripts.remove(agent.shopId, agent.id, id))) {
    throw new DeskError('not_found', `phrase ${id} is not one of yours`);
  }
  desk.bus.publish({ type: 'lists.changed', shopId: agent.shopId, lists: ['library'] });
}

/** The agent's own phrases that fit the words, best first, in the form of scripts. */
export async function findPersonalScripts(desk: Desk, agent: Agent, words: string, limit: number): Promise<Script[]> {
  const phrases = await desk.ledger.personalScripts.ofAgent(agent.shopId, agent.id);
  if (phrases.length === 0) return [];
  return createScriptSearch(phrases.map(asScript))
    .search(words, { limit })
    .map((hit) => hit.script);
}

/** Prepared phrases of lately, by what they say: a menu searches at every key. */
const prepared = new Map<string, Script>();
const REMEMBERED = 5000;

function asScript({ id, code, title, text, changedAt }: PersonalScript): Script {
  const key = `${id} ${changedAt}`;
  const known = prepared.get(key);
  if (known) return known;
  const script: Script = {
    id,
    card: 'SHOP',
    code,
    title: { zh: title, en: title },
    modes: ['A'],
    intents: [],
    stages: [],
    buyerTypes: [],
    slots: [],
    guards: [],
    length: 'L3',
    variants: [{ text, language: 'zh-Hans' }],
    setsOff: [],
    sources: [],
    status: 'approved',
    version: 1,
  };
  prepared.set(key, script);
  if (prepared.size > REMEMBERED) prepared.delete(prepared.keys().next().value!);
  return script;
}
