/** Phrases of single agents on Postgres or PGlite. */
import { type Kysely, sql } from 'kysely';
import { DeskError } from '../lib/errors.ts';
import type { PersonalScriptStore } from '../scripts/ports.ts';
import type { Database } from './schema.ts';

/** Creates the store over a connection or inside a transaction. */
export function createPersonalScriptStore(db: Kysely<Database>): PersonalScriptStore {
  return {
    ofAgent: async (shopId, agentId) => {
      const rows = await db
        .selectFrom('personal_scripts')
        .selectAll()
        .where('shop_id', '=', shopId)
        .where('agent_id', '=', agentId)
        .orderBy('code')
        .execute();
      return rows.map(({ id, code, title, text, changed_ms }) => ({ id, code, title, text, changedAt: changed_ms }));
    },
    save: async (shopId, agentId, script) => {
      // A code that another phrase of the same agent has lets the statement write nothing.
      const rows = await sql`
        insert into personal_scripts (shop_id, agent_id, id, code, title, text, changed_ms)
        select ${shopId}, ${agentId}, ${script.id}, ${script.code}, ${script.title}, ${script.text}, ${script.changedAt}::bigint
        where not exists (
          select 1 from personal_scripts
          where shop_id = ${shopId} and agent_id = ${agentId} and code = ${script.code} and id <> ${script.id})
        on conflict (shop_id, agent_id, id) do update
          set code = excluded.code, title = excluded.title, text = excluded.text, changed_ms = excluded.changed_ms
        returning id`.execute(db);
      if (rows.rows.length === 0) {
        throw new DeskError('conflict', `code "${script.code}" belongs to another of your phrases: choose another one`);
      }
    },
    remove: async (shopId, agentId, id) => {
      const rows = await sql`
        delete from personal_scripts where shop_id = ${shopId} and agent_id = ${agentId} and id = ${id}
        returning id`.execute(db);
      return rows.rows.length === 1;
    },
  };
}
