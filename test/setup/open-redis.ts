/** Redis for tests: empty when it is opened. */
import { Redis } from 'ioredis';
import { openRedis, type RedisConnection } from '../../src/redis/connect.ts';
import { type RedisEngine, TEST_REDIS_URL } from './engines.ts';

/** An empty Redis with one node's connection open. */
export interface TestRedis {
  /** For a whole app: a database of the server that nobody else uses meanwhile. */
  url: string;
  connection: RedisConnection;
  /** A second node's connection. */
  openNode(): Promise<RedisConnection>;
  close(): Promise<void>;
}

/** Redis has 16 databases; 0 is left alone, the workers share out the others. */
const DATABASES = 15;
const WORKERS = 2;
const taken = new Set<number>();

/** Opens an empty Redis: the embedded Valkey, or a database of the server behind TEST_REDIS_URL. */
export async function openTestRedis(engine: RedisEngine): Promise<TestRedis> {
  const database = engine === 'redis' ? takeDatabase() : undefined;
  const first = await openRedis(database === undefined ? undefined : await emptied(database), failLoudly);
  const nodes = [first];
  return {
    url: first.url,
    connection: first,
    async openNode() {
      const node = await openRedis(first.url, failLoudly);
      nodes.push(node);
      return node;
    },
    async close() {
      for (const node of nodes.reverse()) await node.close();
      if (database !== undefined) taken.delete(database);
    },
  };
}

function takeDatabase(): number {
  const worker = (Number(process.env['VITEST_POOL_ID'] ?? 1) - 1) % WORKERS;
  for (let database = 1 + worker; database <= DATABASES; database += WORKERS) {
    if (taken.has(database)) continue;
    taken.add(database);
    return database;
  }
  throw new Error(`this worker's databases of the test Redis are all taken: close what is open`);
}

async function emptied(database: number): Promise<string> {
  if (!TEST_REDIS_URL) throw new Error('TEST_REDIS_URL is not set: use REDIS_ENGINES to choose engines');
  const url = new URL(TEST_REDIS_URL);
  url.pathname = `/${database}`;
  const redis = new Redis(url.href, { maxRetriesPerRequest: 1 });
  try {
    await redis.flushdb();
  } finally {
    redis.disconnect();
  }
  return url.href;
}

function failLoudly(error: Error): never {
  throw error;
}
