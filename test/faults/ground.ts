/** Where the scenarios take place: engines of their own, a gateway that stays, and workers that come and go. */
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { DEMO_SETTINGS } from '../../src/demo/demo-shop.ts';
import { ShopSettingsSchema } from '../../src/desk/shop-settings.ts';
import { FEEDS } from '../../src/orders/ports.ts';
import { openPostgres } from '../../src/postgres/connect.ts';
import { openLedger } from '../../src/postgres/open-ledger.ts';
import { MODEL_CACHE, openMind } from '../flow/start-desk.ts';
import { type Engine, startPostgres, startRedis } from './engines.ts';
import { openLogs, type RunLogs } from './logs.ts';
import { type FaultNode, type NodeOptions, type NodeProgram, startNode } from './nodes.ts';
import { type Platform, startPlatform } from './platform.ts';
import { startTcpProxy, type TcpProxy } from './tcp-proxy.ts';

export const SHOP = 'faults';

/** What a scenario plays on. */
export interface Ground {
  postgres: Engine;
  redis: Engine;
  /** Wires between the workers and the engines; the gateway has its own. */
  wires: { postgres: TcpProxy; redis: TcpProxy };
  gatewayUrl: string;
  webhookSecret: string;
  platform: Platform;
  /** Begins the names of this run's orders. */
  runName: string;
  /** Starts workers, which end with the run. */
  startWorkers(count: number, program?: NodeProgram, options?: Partial<NodeOptions>): Promise<FaultNode[]>;
  /** One value of the record, asked until Postgres answers. */
  ask(query: string): Promise<number>;
  /** Begins a run: fresh logs, no workers, no rows that wait, an empty Redis. */
  beginRun(): Promise<RunLogs>;
  /** Adds to the logs in which order Postgres committed payments and sends. */
  logCommits(): Promise<void>;
  close(): Promise<void>;
}

/** Starts everything that all runs share. */
export async function openGround(): Promise<Ground> {
  await openMind();
  const dir = mkdtempSync(join(tmpdir(), 'huashu-faults-'));
  mkdirSync(MODEL_CACHE, { recursive: true });
  symlinkSync(MODEL_CACHE, join(dir, 'models'));
  const [postgres, redis] = await Promise.all([startPostgres(), startRedis()]);
  await makeShop(postgres.url);
  const wires = { postgres: await startTcpProxy(postgres.port), redis: await startTcpProxy(redis.port) };
  const platform = await startPlatform(openLogs(mkdtempSync(join(dir, 'run-'))));
  const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`;
  const environment = (role: string, postgresPort: number, redisPort: number) => ({
    ROLE: role,
    PORT: '0',
    DATA_DIR: dir,
    DEMO: 'false',
    LOG_LEVEL: process.env['FAULT_DEBUG'] ? 'warn' : 'silent',
    DATABASE_URL: postgres.url.replace(`:${postgres.port}`, `:${postgresPort}`),
    REDIS_URL: redis.url.replace(`:${redis.port}`, `:${redisPort}`),
    ORDER_WEBHOOK_SECRET: webhookSecret,
  });
  const gateway = await startNode('desk-process', environment('gateway', postgres.port, redis.port), {
    platformUrl: platform.url,
  });
  // Asked while Postgres is away too: each question has a connection of its own.
  const query = async <T extends object>(text: string): Promise<T[]> => {
    for (;;) {
      const client = new pg.Client({ connectionString: postgres.url, connectionTimeoutMillis: 2000 });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return (await client.query<T>(text)).rows;
      } catch (error) {
        if (!isAway(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100));
      } finally {
        await client.end().catch(() => undefined);
      }
    }
  };
  let workers: FaultNode[] = [];
  const stopWorkers = async () => {
    await Promise.all(workers.map((worker) => worker.kill()));
    workers = [];
  };
  let runs = 0;
  const ground: Ground = {
    runName: '',
    postgres,
    redis,
    wires,
    gatewayUrl: gateway.url,
    webhookSecret,
    platform,
    async startWorkers(count, program = 'desk-process', options = {}) {
      const started = await Promise.all(
        Array.from({ length: count }, () =>
          startNode(program, environment('worker', wires.postgres.port, wires.redis.port), {
            platformUrl: platform.url,
            ...options,
          }),
        ),
      );
      workers.push(...started);
      return started;
    },
    ask: async (text) => Number(Object.values((await query<Record<string, unknown>>(text))[0] ?? {})[0] ?? 0),
    async beginRun() {
      await stopWorkers();
      for (const wire of Object.values(wires)) wire.set('open');
      await query(`
        update follow_ups set status = 'cancelled' where status in ('planned', 'claimed');
        update outbox set state = 'voided' where state in ('pending', 'sending');
        truncate fault_sends, webhook_deliveries, messages, message_keys`);
      const admin = new Redis(redis.url);
      await admin.flushall();
      admin.disconnect();
      ground.runName = `r${++runs}`;
      platform.logs = openLogs(mkdtempSync(join(dir, 'run-')));
      return platform.logs;
    },
    async logCommits() {
      for (const line of await query<{ what: 'paid' | 'send decided'; order_id: string; key: string; at: number }>(
        COMMITS,
      )) {
        const { what, order_id: orderId, key, at: atMs } = line;
        platform.logs.add({ log: 'commits', what, orderId, atMs, ...(what === 'paid' ? {} : { key }) });
      }
    },
    async close() {
      await stopWorkers();
      await gateway.kill();
      for (const wire of Object.values(wires)) await wire.close();
      await platform.close();
      await Promise.all([postgres.stop(), redis.stop()]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
  return ground;
}

/** Payments, and messages decided on by whichever worker; rows that are written once and never changed. */
const COMMITS = `
  select 'paid' as what, substr(id, 6) as order_id, '' as key,
    (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000)::float8 as at
  from webhook_deliveries where id like 'paid-%'
  union all
  select 'send decided', substr(c.buyer_id, 7), m.id, (extract(epoch from pg_xact_commit_timestamp(m.xmin)) * 1000)::float8
  from messages m join conversations c on c.shop_id = m.shop_id and c.id = m.conversation_id where m.sender = 'auto'
  union all
  select 'send decided', order_id, key, (extract(epoch from pg_xact_commit_timestamp(xmin)) * 1000)::float8
  from fault_sends`;

/** A shop that never sleeps, so that a run may take place at any hour. */
async function makeShop(url: string): Promise<void> {
  const connection = await openPostgres({ url, poolSize: 1 });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('create table fault_sends (key text primary key, order_id text not null)');
  await client.end();
  const ledger = openLedger(connection);
  const allDay = '00:00-00:00';
  const settings = ShopSettingsSchema.parse({ ...DEMO_SETTINGS, demo: false, hours: allDay, quietHours: allDay });
  await ledger.people.saveShop(
    { id: SHOP, name: '故障测试店', tz: 'Asia/Shanghai', epoch: 'e1', settings },
    Date.now(),
  );
  for (const feed of FEEDS) await ledger.orders.touchFeed(SHOP, feed, Date.now());
  await connection.close();
}

function isAway(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code.startsWith('57P') || code.startsWith('08') || /ECONN|EPIPE|terminated|timeout/i.test(`${code} ${error}`);
}
