import { type Kysely, sql } from 'kysely';

/** The catalogue has a number that grows with each change: a desk that knows it reads only what is newer. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
}

const STATEMENTS = [
  'create table goods_versions (shop_id text primary key references shops, version bigint not null)',
  `alter table products add column details jsonb not null default '{}', add column version bigint not null default 0`,
  'alter table promos add column version bigint not null default 0',
  'create index products_of_version on products (shop_id, version)',
];
