/** A record of an older desk, with its rows: it is migrated, the desk starts on it, and what was under way goes on. */
import { mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import pg from 'pg';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { hashPassword } from '../../src/gateway/passwords.ts';
import { up as firstDesk } from '../../src/postgres/migrations/0001-first-desk.ts';
import { up as library } from '../../src/postgres/migrations/0002-library.ts';
import { createTestRecord } from '../setup/open-record.ts';
import { openTestRedis } from '../setup/open-redis.ts';
import { DESK_ENGINES, HOUR, openMind, startDeskAt } from './start-desk.ts';

/** Rows as a desk of two migrations wrote them: `{table, row}` a line, what is referred to first. */
const ROWS = new URL('./record-0002.jsonl', import.meta.url);
const MIGRATIONS = { '0001-first-desk': { up: firstDesk }, '0002-library': { up: library } };
/** Columns that hold a JSON null where nothing is known. */
const JSON_NULLS = [
  ['buyers', 'profile'],
  ['orders', 'refund'],
] as const;

async function fill(db: Kysely<unknown>): Promise<number> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } });
  expect((await migrator.migrateToLatest()).error).toBeUndefined();
  const passwordHash = await hashPassword('huashu-agent1');
  // A JSON null in a column comes out of the file as none at all.
  for (const [table, column] of JSON_NULLS) {
    await sql`alter table ${sql.table(table)} alter ${sql.ref(column)} drop not null`.execute(db);
  }
  let newestMs = 0;
  for (const line of readFileSync(ROWS, 'utf8').trimEnd().split('\n')) {
    const { table, row } = JSON.parse(line) as { table: string; row: Record<string, unknown> };
    if (table === 'agents') row['password_hash'] = passwordHash;
    if (table === 'messages') newestMs = Math.max(newestMs, Number(row['sent_ms']));
    const values = JSON.stringify([row]);
    await sql`insert into ${sql.table(table)}
      select * from jsonb_populate_recordset(null::${sql.table(table)}, ${values}::jsonb)`.execute(db);
  }
  for (const [table, column] of JSON_NULLS) {
    await sql`update ${sql.table(table)} set ${sql.ref(column)} = 'null' where ${sql.ref(column)} is null`.execute(db);
    await sql`alter table ${sql.table(table)} alter ${sql.ref(column)} set not null`.execute(db);
  }
  return newestMs;
}

describe.each(DESK_ENGINES)('a record of two migrations on $record', ({ record, redis }) => {
  test('is brought up to date, and its desk goes on', async () => {
    await openMind();
    const dataDir = mkdtempSync(join(tmpdir(), 'huashu-upgrade-'));
    const { address, remove } = await createTestRecord(record, { empty: true });
    const server = redis === 'redis' ? await openTestRedis('redis') : undefined;
    const dialect =
      'url' in address
        ? new PostgresDialect({ pool: new pg.Pool({ connectionString: address.url }) })
        : new PGliteDialect({ pglite: await PGlite.create(address.dataDir) });
    const old = new Kysely<unknown>({ dialect });
    const newestMs = await fill(old);
    await old.destroy();
    if ('dataDir' in address) renameSync(address.dataDir, join(dataDir, 'postgres'));
    const desk = await startDeskAt(
      {
        ...readConfig({}),
        PORT: 0,
        DATA_DIR: dataDir,
        LOG_LEVEL: 'fatal',
        ...('url' in address ? { DATABASE_URL: address.url } : {}),
        ...(server ? { REDIS_URL: server.url } : {}),
      },
      { startAt: newestMs + HOUR },
      async () => {
        await server?.close();
        await remove();
        rmSync(dataDir, { recursive: true, force: true });
      },
    );
    try {
      await desk.app.workers.sweep();
      await desk.settle();
      const agent = await desk.agent('agent1');
      const { conversations } = await desk.read<{ conversations: { id: string }[] }>(
        '/api/conversations',
        agent.cookie,
      );
      expect(conversations.length).toBeGreaterThan(2);
      const details = await Promise.all(conversations.map(({ id }) => desk.detail(id, agent.cookie)));
      expect(details.flatMap(({ messages }) => messages).length).toBeGreaterThan(5);
      const open = details.find(({ orders }) => orders.some(({ state }) => state === 'unpaid'))!;
      const order = open.orders.find(({ state }) => state === 'unpaid')!;
      // An order without a feed of its own is told on as if it had always had one.
      expect(await (await desk.tell('order.paid', { orderId: order.id })).json()).toEqual({ effect: 'applied' });
      const paid = await desk.detail(open.conversation.id, agent.cookie);
      expect(paid.orders.find(({ id }) => id === order.id)?.state).toBe('paid');
      for (const path of ['/api/clocks', '/api/tasks', '/api/discounts', '/api/owed/today', '/api/catalogue']) {
        await desk.read(path, agent.cookie);
      }
      const buyer = await desk.buyer('demo-09');
      await buyer.command('message.send', { text: '可以开发票吗' }, 'after-the-upgrade');
      const { suggestions } = await agent.next('turn.analysed', (data) => data.conversationId === buyer.conversationId);
      expect(suggestions.proposals.length).toBeGreaterThan(0);
    } finally {
      await desk.close();
    }
  });
});
