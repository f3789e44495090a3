/** Opens the record: PostgreSQL by URL, or PGlite in a folder. Same SQL, same migrations. */
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import { type Migration, Migrator } from 'kysely/migration';
import pg from 'pg';
import { DeskError } from '../lib/errors.ts';
import { up as firstDesk } from './migrations/0001-first-desk.ts';
import { up as library } from './migrations/0002-library.ts';
import { up as settings } from './migrations/0003-settings.ts';
import { up as learning } from './migrations/0004-learning.ts';
import { up as automatic } from './migrations/0005-automatic.ts';
import { up as tasks } from './migrations/0006-tasks.ts';
import { up as clocks } from './migrations/0007-clocks.ts';
import { up as discounts } from './migrations/0008-discounts.ts';
import { up as goods } from './migrations/0009-goods.ts';
import { up as records } from './migrations/0010-records.ts';
import { up as nextLine } from './migrations/0010b-next-line.ts';
import { up as oneClock } from './migrations/0010c-one-clock.ts';
import { up as spoken } from './migrations/0011-spoken.ts';
import type { Database } from './schema.ts';
import { watchAnswers } from './watch-answers.ts';

/** Type ids whose values Postgres sends as text and we want as numbers: bigint and numeric counts. */
const INT8 = 20;
const NUMERIC = 1700;
/** So long a statement waits for a connection, a new one or another's, unless told otherwise. */
const WAIT_MS = 5000;
/** After so long without a statement the server ends a transaction. */
const ABANDONED_MS = 10_000;

/** An open record. */
export interface Connection {
  db: Kysely<Database>;
  /** `pglite` allows one statement at a time, `postgres` a pool of them. */
  engine: 'postgres' | 'pglite';
  /** Writes a checkpoint, so that PGlite's write-ahead log stays small. */
  checkpoint(): Promise<void>;
  close(): Promise<void>;
}

/** Where the record lives. A statement waits `waitMs` for a connection, by default 5 s. */
export type PostgresAddress = { url: string; poolSize: number; waitMs?: number } | { dataDir: string };

/** Opens the record and brings it to the newest migration. */
export async function openPostgres(address: PostgresAddress): Promise<Connection> {
  let isMigrated = false;
  const connection = 'url' in address ? openServer(address, () => isMigrated) : await openEmbedded(address.dataDir);
  try {
    await migrate(connection.db);
  } catch (error) {
    await connection.close();
    throw error;
  }
  isMigrated = true;
  return connection;
}

function openServer(
  { url, poolSize, waitMs }: Extract<PostgresAddress, { url: string }>,
  isMigrated: () => boolean,
): Connection {
  const types = new pg.TypeOverrides();
  types.setTypeParser(INT8, Number);
  types.setTypeParser(NUMERIC, Number);
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    types,
    connectionTimeoutMillis: waitMs ?? WAIT_MS,
    // A node that is gone without a word leaves its locks to the others.
    idle_in_transaction_session_timeout: ABANDONED_MS,
  });
  // A connection that breaks is replaced at its next use, and who was using it gets a rejected promise. Without a
  // listener the error would also end the process, whether the connection lay idle or was handed out.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
    if (client instanceof pg.Client) watchAnswers(client.connection, isMigrated);
  });
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) });
  return { db, engine: 'postgres', checkpoint: async () => undefined, close: () => db.destroy() };
}

async function openEmbedded(dataDir: string): Promise<Connection> {
  const pglite = await PGlite.create(dataDir, {
    parsers: { [INT8]: Number, [NUMERIC]: Number },
    // 16 MB of buffers: 186 MB of memory in place of 330, at no cost that a desk would notice.
    startParams: [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'],
  });
  const db = new Kysely<Database>({ dialect: new PGliteDialect({ pglite }) });
  return {
    db,
    engine: 'pglite',
    checkpoint: async () => {
      await pglite.exec('checkpoint');
    },
    close: () => db.destroy(),
  };
}

const MIGRATIONS: Record<string, Migration> = {
  '0001-first-desk': { up: firstDesk },
  '0002-library': { up: library },
  '0003-settings': { up: settings },
  '0004-learning': { up: learning },
  '0005-automatic': { up: automatic },
  '0006-tasks': { up: tasks },
  '0007-clocks': { up: clocks },
  '0008-discounts': { up: discounts },
  '0009-goods': { up: goods },
  '0010-records': { up: records },
  '0010b-next-line': { up: nextLine },
  '0010c-one-clock': { up: oneClock },
  '0011-spoken': { up: spoken },
};

async function migrate(db: Kysely<Database>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  const { error, results } = await migrator.migrateToLatest();
  if (error) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
    throw new DeskError('unavailable', `database migration ${failed} failed: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
