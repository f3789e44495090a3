/** Values handed to a statement as the rows of a table. */
import { type RawBuilder, sql } from 'kysely';
import { toJsonb } from './to-jsonb.ts';

/**
 * Rows for `from` and `join`; give them an alias. The limit takes none away: it tells the planner how few they are, so
 * that it looks each up by an index and reads no table through.
 *
 * @param columns names and types, as after `jsonb_to_recordset(…) as k`
 */
export function rowsOf(rows: readonly object[], columns: string): RawBuilder<unknown> {
  return sql`(select * from jsonb_to_recordset(${toJsonb(rows)}::jsonb) as k(${sql.raw(columns)}) limit ${rows.length})`;
}
