import { type Kysely, sql } from 'kysely';

/** Settings change while the desk runs: each change has a number, so that no editor writes over another. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table shops add column revision int not null default 0').execute(db);
}
