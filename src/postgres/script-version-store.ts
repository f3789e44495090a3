/** Versions of scripts on Postgres or PGlite. */
import { type Kysely, type Selectable, sql } from 'kysely';
import type { ScriptVersionStore, StoredVersion } from '../scripts/ports.ts';
import type { Database } from './schema.ts';
import { toJsonb } from './to-jsonb.ts';

type Row = Selectable<Database['script_versions']>;

/** Rows written by one statement. */
const ROWS_A_STATEMENT = 500;
/** A superseded version makes room before the next one is approved: each script has one of either at most. */
const ORDER = { retired: 0, approved: 1, draft: 2, in_review: 2 } as const;

/** Creates the store over a connection or inside a transaction. */
export function createScriptVersionStore(db: Kysely<Database>): ScriptVersionStore {
  return {
    begin: async (shopId) => {
      const rows = await sql<{ state: number }>`
        insert into library_states (shop_id, state, changed_ms) values (${shopId}, 1, 0)
        on conflict (shop_id) do update set state = library_states.state + 1
        returning state`.execute(db);
      return rows.rows[0]!.state;
    },
    state: async (shopId) => {
      const row = await db
        .selectFrom('library_states')
        .select('state')
        .where('shop_id', '=', shopId)
        .executeTakeFirst();
      return row?.state ?? 0;
    },
    versions: async (shopId, scriptId) => {
      const rows = await db
        .selectFrom('script_versions')
        .selectAll()
        .where('shop_id', '=', shopId)
        .where('script_id', '=', scriptId)
        .orderBy('version', 'desc')
        .execute();
      return rows.map(readVersion);
    },
    save: async (shopId, state, versions) => {
      const sorted = versions.toSorted((a, b) => ORDER[a.script.status] - ORDER[b.script.status]);
      for (let from = 0; from < sorted.length; from += ROWS_A_STATEMENT) {
        await write(db, shopId, state, sorted.slice(from, from + ROWS_A_STATEMENT));
      }
    },
    changedSince: async (shopId, state) => {
      const rows = await sql<Row>`
        select * from script_versions v where shop_id = ${shopId} and state > ${state}
          and (${state}::bigint > 0 or status <> 'retired' or not exists (
            select 1 from script_versions n
            where n.shop_id = v.shop_id and n.script_id = v.script_id and n.version > v.version))
        order by script_id, version`.execute(db);
      return rows.rows.map(readVersion);
    },
    hashes: async (shopId) => {
      const rows = await db
        .selectFrom('script_versions')
        .select(['script_id', 'body_hash'])
        .where('shop_id', '=', shopId)
        .execute();
      const byScript = new Map<string, Set<string>>();
      for (const { script_id, body_hash } of rows) {
        byScript.set(script_id, (byScript.get(script_id) ?? new Set()).add(body_hash));
      }
      return byScript;
    },
  };
}

async function write(
  db: Kysely<Database>,
  shopId: string,
  state: number,
  versions: readonly StoredVersion[],
): Promise<void> {
  await db
    .insertInto('script_versions')
    .values(
      versions.map(({ bodyHash, ...entry }) => ({
        shop_id: shopId,
        script_id: entry.script.id,
        version: entry.script.version,
        status: entry.script.status,
        state,
        body_hash: bodyHash,
        entry: toJsonb(entry),
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['shop_id', 'script_id', 'version']).doUpdateSet((eb) => ({
        status: eb.ref('excluded.status'),
        state: eb.ref('excluded.state'),
        body_hash: eb.ref('excluded.body_hash'),
        entry: eb.ref('excluded.entry'),
      })),
    )
    .execute();
}

function readVersion(row: Row): StoredVersion {
  return { ...(row.entry as Omit<StoredVersion, 'bodyHash'>), bodyHash: row.body_hash };
}
