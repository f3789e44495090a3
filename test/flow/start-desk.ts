/** A whole desk for tests: real sockets, a real record and Redis, and a clock that stands until it is told to move. */
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type App, createApp, type Overrides } from '../../src/app.ts';
import { askForToken, signIn } from '../../src/cli/desk-client.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { createMind, type Mind } from '../../src/create-mind.ts';
import { DEMO_AGENTS } from '../../src/demo/demo-people.ts';
import { createManualClock, type ManualClock } from '../../src/lib/clock.ts';
import { signWebhook } from '../../src/lib/sign-webhook.ts';
import type { ConversationDetail, FollowUpView } from '../../src/protocol/records.ts';
import { type RecordEngine, type RedisEngine, TEST_DATABASE_URL, TEST_REDIS_URL } from '../setup/engines.ts';
import { createTestRecord, POOL_WAIT_MS } from '../setup/open-record.ts';
import { openTestRedis } from '../setup/open-redis.ts';
import { openClient, type TestClient } from './test-client.ts';

/** Engines of one desk. */
export interface DeskEngines {
  record: RecordEngine;
  redis: RedisEngine;
}

const EMBEDDED: DeskEngines = { record: 'pglite', redis: 'valkey' };

/** What whole desks run on here: for `describe.each`. */
export const DESK_ENGINES: readonly DeskEngines[] =
  TEST_DATABASE_URL && TEST_REDIS_URL ? [EMBEDDED, { record: 'postgres', redis: 'redis' }] : [EMBEDDED];

/** Wednesday afternoon of a week without holidays, inside the demo shop's hours. */
export const AFTERNOON = Date.parse('2027-05-12T14:00:00+08:00');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** A shop's offer is read at most this often; see the shop window. */
export const WINDOW_MS = 4000;

/** Silence after which anything leaves by itself, as shops have it by default. */
export const QUIET_MS = 4000;

/** A running desk. */
export interface TestDesk {
  app: App;
  url: string;
  config: Config;
  clock: ManualClock;
  /** An agent's socket, online unless told otherwise. */
  agent(login?: string, state?: 'online' | 'away'): Promise<TestClient & { cookie: string }>;
  /** A buyer's socket: a demo buyer by id, or a new visitor. */
  buyer(id?: string): Promise<TestBuyer>;
  cookie(login?: string): Promise<string>;
  /** Reads JSON over HTTP. */
  read<T>(path: string, cookie: string): Promise<T>;
  /** Everything the console shows of a conversation. */
  detail(conversationId: string, cookie: string): Promise<ConversationDetail>;
  /** Delivers an order event, signed; `id` is the delivery's. */
  tell(type: string, data: object, options?: { id?: string; atMs?: number; shop?: string }): Promise<Response>;
  /** Delivers an event of the goods feed, signed. */
  pushGoods(type: string, data: object): Promise<void>;
  /** The buyer's follow-ups of a rule, oldest first. */
  followUps(buyerId: string, rule?: string): Promise<FollowUpView[]>;
  /** Resolves when everything received so far is understood and pushed. */
  settle(): Promise<void>;
  /** The buyers are quiet for as long as the desk waits; what may leave by itself has left. */
  quiet(): Promise<void>;
  close(): Promise<void>;
}

/** A buyer's socket. */
export type TestBuyer = TestClient & { token: string; buyerId: string; conversationId: string; epoch: string };

/** How a desk is started. */
export interface StartOptions {
  engines?: DeskEngines;
  startAt?: number;
  /** A clock that several desks share. */
  clock?: ManualClock;
  config?: Partial<Config>;
  overrides?: Overrides;
}

let mind: Promise<Mind> | undefined;

/** Kept models of all test files: the first one trains, the others read. */
export const MODEL_CACHE = join(tmpdir(), 'huashu-test-models');

/** The mind of a test file, made once. */
export function openMind(): Promise<Mind> {
  mind ??= createMind({ root: fileURLToPath(new URL('../..', import.meta.url)), cacheDir: MODEL_CACHE });
  return mind;
}

/** Starts a desk on an empty record, filled with the demo shop. */
export async function startTestDesk(options: StartOptions = {}): Promise<TestDesk> {
  const { record, redis } = options.engines ?? EMBEDDED;
  const dataDir = mkdtempSync(join(tmpdir(), 'huashu-desk-'));
  const address = await createTestRecord(record);
  if ('dataDir' in address.address) renameSync(address.address.dataDir, join(dataDir, 'postgres'));
  const server = redis === 'redis' ? await openTestRedis('redis') : undefined;
  const remove = async () => {
    await server?.close();
    await address.remove();
    rmSync(dataDir, { recursive: true, force: true });
  };
  const config: Config = {
    ...readConfig({}),
    PORT: 0,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'fatal',
    ...('url' in address.address ? { DATABASE_URL: address.address.url } : {}),
    ...(server ? { REDIS_URL: server.url } : {}),
    ...options.config,
  };
  try {
    return await startDeskAt(config, options, remove);
  } catch (error) {
    await remove();
    throw error;
  }
}

/** Starts a desk where a configuration says; `remove` runs after its end. */
export async function startDeskAt(
  config: Config,
  options: Pick<StartOptions, 'startAt' | 'clock' | 'overrides'> = {},
  remove: () => Promise<void> = async () => undefined,
): Promise<TestDesk> {
  const clock = options.clock ?? createManualClock(options.startAt ?? AFTERNOON);
  const app = await createApp(config, {
    clock,
    mind: await openMind(),
    withoutPages: true,
    // The clock stands still, and so would the bucket that lets commands through.
    rate: { burst: 100_000, perSecond: 1 },
    sweepEveryMs: null,
    poolWaitMs: POOL_WAIT_MS,
    ...options.overrides,
  });
  const clients: TestClient[] = [];
  const desk: TestDesk = {
    app,
    url: app.url,
    config,
    clock,
    async agent(login = 'agent1', state = 'online') {
      const cookie = await desk.cookie(login);
      const client = await openClient(app.url, { role: 'agent', cookie });
      clients.push(client);
      await client.command('presence.set', { state });
      await client.next('presence.changed');
      return Object.assign(client, { cookie });
    },
    async buyer(id) {
      const { token, buyerId } = await askForToken(app.url, id);
      const client = await openClient(app.url, { role: 'buyer', token });
      clients.push(client);
      const { self, epoch } = client.welcome;
      if (self.role !== 'buyer') throw new Error('the desk took a buyer for an agent');
      return Object.assign(client, { token, buyerId, conversationId: self.conversationId, epoch });
    },
    cookie(login = 'agent1') {
      return signIn(app.url, login, DEMO_AGENTS.find((agent) => agent.login === login)!.password);
    },
    async read<T>(path: string, cookie: string) {
      const response = await fetch(`${app.url}${path}`, { headers: { cookie } });
      if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
      return (await response.json()) as T;
    },
    detail(conversationId, cookie) {
      return desk.read<ConversationDetail>(`/api/conversations/${conversationId}`, cookie);
    },
    tell: (type, data, { id = `dlv-${crypto.randomUUID()}`, atMs = clock.now(), shop = 'demo' } = {}) =>
      deliver(app, clock, JSON.stringify({ type, at: new Date(atMs).toISOString(), data }), { id, shop }),
    async pushGoods(type, data) {
      const body = JSON.stringify({ type, at: new Date(clock.now()).toISOString(), data });
      const response = await deliver(app, clock, body, { id: `goods-${crypto.randomUUID()}`, feed: 'goods' });
      if (!response.ok) throw new Error(`the goods webhook answered ${response.status}: ${await response.text()}`);
    },
    async followUps(buyerId, rule) {
      const cookie = await desk.cookie('supervisor');
      const { followUps } = await desk.read<{ followUps: FollowUpView[] }>(
        `/api/follow-ups?buyerId=${buyerId}`,
        cookie,
      );
      return followUps.toReversed().filter((row) => rule === undefined || row.rule === rule);
    },
    async settle() {
      await app.workers.idle();
    },
    async quiet() {
      await app.workers.idle();
      clock.advance(QUIET_MS);
      await app.workers.sendDue();
    },
    async close() {
      await Promise.all(clients.map((client) => client.close()));
      await app.close();
      await remove();
    },
  };
  return desk;
}

/** Delivers a body to the webhook of orders or goods, signed now unless told otherwise. */
export function deliver(
  app: App,
  clock: { now(): number },
  body: string | Buffer,
  options: { id: string; shop?: string; feed?: 'orders' | 'goods'; timestampS?: number; signature?: string },
): Promise<Response> {
  const timestampS = options.timestampS ?? Math.floor(clock.now() / 1000);
  const bytes = Buffer.from(body);
  return fetch(`${app.url}/api/webhooks/${options.feed ?? 'orders'}/${options.shop ?? 'demo'}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': options.id,
      'webhook-timestamp': String(timestampS),
      'webhook-signature': options.signature ?? signWebhook(app.webhookSecret, options.id, timestampS, bytes),
    },
    body: bytes,
  });
}
