/** Versions of the shop's own gate rules on Postgres or PGlite; the newest is in force. */
import { type Kysely, sql } from 'kysely';
import type { GateRulesStore } from '../desk/ports.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

/** Creates the store over a connection or inside a transaction. */
export function createGateRulesStore(db: Kysely<Database>): GateRulesStore {
  return {
    versions: async (shopId, limit) => {
      const rows = await db
        .selectFrom('gate_rules')
        .selectAll()
        .where('shop_id', '=', shopId)
        .orderBy('version', 'desc')
        .limit(limit)
        .execute();
      return rows.map((row) => ({
        version: row.version,
        rules: row.rules,
        author: { id: row.author_id, name: row.author_name },
        at: row.at_ms,
        note: row.note,
      }));
    },
    add: async (shopId, entry) => {
      const rows = await sql`
        insert into gate_rules (shop_id, version, rules, author_id, author_name, at_ms, note)
        select ${shopId}, ${entry.version}::int, ${toJsonb(entry.rules)}::jsonb, ${entry.author.id}, ${entry.author.name},
          ${entry.at}::bigint, ${entry.note}
        where coalesce((select max(version) from gate_rules where shop_id = ${shopId}), 0) = ${entry.version - 1}::int
        on conflict do nothing returning version`.execute(db);
      return rows.rows.length === 1;
    },
  };
}
