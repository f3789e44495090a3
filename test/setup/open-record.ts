/** Records for tests: each empty, migrated, and gone afterwards. */
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type Connection, openPostgres, type PostgresAddress } from '../../src/postgres/connect.ts';
import { openLedger } from '../../src/postgres/open-ledger.ts';
import type { Ledger } from '../../src/turn/ports.ts';
import { type RecordEngine, TEST_DATABASE_URL } from './engines.ts';

/** One process's view of a record. */
export interface RecordNode {
  connection: Connection;
  ledger: Ledger;
}

/** An empty record with one node open on it. */
export interface TestRecord extends RecordNode {
  /** For `openPostgres` or, by URL or folder, for a whole app. */
  address: PostgresAddress;
  /**
   * A second node on the same record. On Postgres it has connections of its own; PGlite has only one, so there
   * the node shares it and groups its writes apart.
   */
  openNode(): Promise<RecordNode>;
  /** Closes every node and removes the record. */
  close(): Promise<void>;
}

/** Where a record lies, and how to remove it. */
export interface TestRecordAddress {
  address: PostgresAddress;
  remove(): Promise<void>;
}

const POOL_SIZE = 8;
/** Many calls at once wait for few connections, on a slow machine for long. */
export const POOL_WAIT_MS = 60_000;

/** Makes an empty, migrated record and opens a node on it. */
export async function openTestRecord(engine: RecordEngine): Promise<TestRecord> {
  const { address, remove } = await createTestRecord(engine);
  const connections: Connection[] = [];
  const open = async (): Promise<RecordNode> => {
    const shared = engine === 'pglite' ? connections[0] : undefined;
    const connection = shared ?? (await openPostgres(address));
    if (!shared) connections.push(connection);
    return { connection, ledger: openLedger(connection) };
  };
  const first = await open();
  return {
    ...first,
    address,
    openNode: open,
    async close() {
      for (const connection of connections) await connection.close();
      await remove();
    },
  };
}

/** Makes a record without rows for a test that opens it by itself; with `empty` it has no tables either. */
export async function createTestRecord(engine: RecordEngine, { empty = false } = {}): Promise<TestRecordAddress> {
  return engine === 'postgres' ? await createDatabase(empty) : await createDataFolder(empty);
}

/** What the templates are made of: when it changes, new templates are made. */
function hashOfRecord(): string {
  const folder = fileURLToPath(new URL('../../src/postgres/', import.meta.url));
  const hash = createHash('sha256');
  for (const name of readdirSync(join(folder, 'migrations')).sort()) {
    hash.update(name).update(readFileSync(join(folder, 'migrations', name)));
  }
  hash.update(readFileSync(join(folder, 'connect.ts')));
  const engine = fileURLToPath(new URL('../../node_modules/@electric-sql/pglite/package.json', import.meta.url));
  return hash.update(readFileSync(engine)).digest('hex').slice(0, 12);
}

/** A first boot of PGlite takes seconds, a copied folder a fraction of one. */
async function createDataFolder(empty: boolean): Promise<TestRecordAddress> {
  const template = join(tmpdir(), `huashu-test-record-${hashOfRecord()}`);
  if (!empty && !existsSync(template)) await makeTemplateFolder(template);
  const dataDir = mkdtempSync(join(tmpdir(), 'huashu-test-'));
  if (!empty) cpSync(template, dataDir, { recursive: true });
  return { address: { dataDir }, remove: async () => rmSync(dataDir, { recursive: true, force: true }) };
}

async function makeTemplateFolder(template: string): Promise<void> {
  const building = mkdtempSync(join(tmpdir(), 'huashu-test-'));
  await (await openPostgres({ dataDir: building })).close();
  try {
    renameSync(building, template);
  } catch (error) {
    // Another worker was faster: its folder is as good.
    rmSync(building, { recursive: true, force: true });
    if (!existsSync(template)) throw error;
  }
}

async function createDatabase(empty: boolean): Promise<TestRecordAddress> {
  if (!TEST_DATABASE_URL) throw new Error('TEST_DATABASE_URL is not set: use RECORD_ENGINES to choose engines');
  const template = `huashu_template_${hashOfRecord()}`;
  const name = `huashu_test_${randomBytes(6).toString('hex')}`;
  await administer(async (admin) => {
    // One worker at a time makes the template; the others wait and find it.
    await admin.query('select pg_advisory_lock(4711)');
    const found = await admin.query('select 1 from pg_database where datname = $1', [template]);
    if (found.rowCount === 0) await makeTemplateDatabase(admin, template);
    await admin.query(`create database ${name} template ${empty ? 'template0' : template}`);
  });
  return {
    address: { url: urlOf(name), poolSize: POOL_SIZE, waitMs: POOL_WAIT_MS },
    remove: () =>
      administer(async (admin) => {
        await admin.query(`drop database if exists ${name} with (force)`);
      }),
  };
}

async function makeTemplateDatabase(admin: pg.Client, template: string): Promise<void> {
  const building = `huashu_test_${randomBytes(6).toString('hex')}`;
  await admin.query(`create database ${building}`);
  await (await openPostgres({ url: urlOf(building), poolSize: 1 })).close();
  await admin.query(`alter database ${building} rename to ${template}`);
}

async function administer(work: (admin: pg.Client) => Promise<void>): Promise<void> {
  const admin = new pg.Client({ connectionString: TEST_DATABASE_URL });
  await admin.connect();
  try {
    await work(admin);
  } finally {
    await admin.end();
  }
}

function urlOf(database: string): string {
  const url = new URL(TEST_DATABASE_URL!);
  url.pathname = `/${database}`;
  return url.href;
}
