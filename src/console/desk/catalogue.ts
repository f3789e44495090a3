/** Names behind the ids that records carry: scripts, intents, people of the desk. */
import type { z } from 'zod';
import type { CatalogueSchema } from '../../protocol/http.ts';
import type { Language } from '../i18n/language.tsx';

/** What `GET /api/catalogue` answers. */
export type CatalogueBody = z.infer<typeof CatalogueSchema>;

/** The same, by id. */
export interface Catalogue {
  scripts: ReadonlyMap<string, CatalogueBody['scripts'][number]>;
  intents: ReadonlyMap<string, CatalogueBody['intents'][number]['name']>;
  agents: ReadonlyMap<string, string>;
}

export const emptyCatalogue: Catalogue = { scripts: new Map(), intents: new Map(), agents: new Map() };

/** Orders the catalogue by id. */
export function indexCatalogue(body: CatalogueBody): Catalogue {
  return {
    scripts: new Map(body.scripts.map((script) => [script.scriptId, script])),
    intents: new Map(body.intents.map((intent) => [intent.id, intent.name])),
    agents: new Map(body.agents.map((agent) => [agent.id, agent.name])),
  };
}

/** Title of a script; its id when the catalogue does not know it. */
export function scriptTitle(catalogue: Catalogue, scriptId: string, language: Language): string {
  return catalogue.scripts.get(scriptId)?.title[language] ?? scriptId;
}

/** Name of an intent; its id when the catalogue does not know it, and a pause while the catalogue is on its way. */
export function intentName(catalogue: Catalogue, intent: string, language: Language): string {
  return catalogue.intents.get(intent)?.[language] ?? (catalogue.intents.size === 0 ? '…' : intent);
}
