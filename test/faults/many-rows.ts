/**
 * `node test/faults/many-rows.ts [ROWS]`: a worker beside so many planned rows (default 1,000,000, due over 30 days):
 * its start, its sweeps, its memory and what it puts into Redis, beside the same with a thousand rows.
 */
import { Redis } from 'ioredis';
import pg from 'pg';
import { openPostgres } from '../../src/postgres/connect.ts';
import { openLedger } from '../../src/postgres/open-ledger.ts';
import { type Ground, openGround, SHOP } from './ground.ts';
import { waitUntil } from './load.ts';

const FEW = 1000;
const SWEEP_MS = 1000;
const SETTLED_MS = 10_000;

/** Plans rows by SQL: of buyers and orders nobody knows, the first of them due in ten minutes. */
async function plan(ground: Ground, from: number, to: number): Promise<void> {
  const client = new pg.Client({ connectionString: ground.postgres.url });
  await client.connect();
  await client.query(
    `insert into follow_ups (shop_id, id, rule, subject_id, buyer_id, order_id, revision, status, due_ms, entry)
     select $1, 'fup_' || i, 'FU-46', 'o' || i, 'b' || i, 'o' || i, 1, 'planned', $2::bigint + (i % 43200) * 60000::bigint,
       jsonb_build_object('id', 'fup_' || i, 'rule', 'FU-46', 'subjectKind', 'order', 'subjectId', 'o' || i,
         'buyerId', 'b' || i, 'orderId', 'o' || i, 'conversationId', null, 'touch', 1, 'revision', 1, 'status', 'planned',
         'plannedAtMs', $2::bigint, 'scheduledAtMs', $2::bigint + (i % 43200) * 60000::bigint,
         'dueAtMs', $2::bigint + (i % 43200) * 60000::bigint, 'claimedAtMs', null, 'mode', null, 'reason', null,
         'endedAtMs', null, 'story', '[]'::jsonb)
     from generate_series($3::int, $4::int) i`,
    [SHOP, Date.now() + 600_000, from, to],
  );
  await client.query('analyze follow_ups');
  await client.end();
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return Math.round((performance.now() - startedAt) * 10) / 10;
}

async function measure(ground: Ground, rows: number): Promise<void> {
  const redis = new Redis(ground.redis.url);
  await redis.flushall();
  const startedAt = performance.now();
  const [worker] = await ground.startWorkers(1, 'desk-process', { sweepEveryMs: SWEEP_MS });
  const startMs = Math.round(performance.now() - startedAt);
  await waitUntil(Date.now() + SETTLED_MS);
  const alarms = await redis.zcard('huashu:follow-ups:delayed');
  const memoryMb = await worker!.memoryMb();
  const connection = await openPostgres({ url: ground.postgres.url, poolSize: 1 });
  const store = openLedger(connection).followUps(SHOP);
  const nowMs = Date.now();
  const looks = {
    dueNow: await time(() => store.listDue(nowMs, 100)),
    dueInTheHour: await time(() => store.listDue(nowMs + 3_600_000, 1000)),
    next: await time(() => store.nextDueAt()),
  };
  await connection.close();
  await worker!.kill();
  redis.disconnect();
  process.stdout.write(`${JSON.stringify({ rows, startMs, memoryMb, alarms, looks })}\n`);
}

const rows = Number(process.argv[2] ?? 1_000_000);
const ground = await openGround();
try {
  await plan(ground, 1, FEW);
  await measure(ground, FEW);
  await plan(ground, FEW + 1, rows);
  await measure(ground, rows);
  await measure(ground, rows);
} finally {
  await ground.close();
}
