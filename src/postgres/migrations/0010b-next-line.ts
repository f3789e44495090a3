import { type Kysely, sql } from 'kysely';

/** A line that a procedure asks for after the desk has answered belongs to the place it was made at. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table suggestions add column after_seq bigint').execute(db);
}
