/** The composition root: the one place where the desk is put together. */
import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createWebhookPoster } from './channels/post-webhook.ts';
import { createGoodsUrlSource } from './channels/read-goods-url.ts';
import { createWebChannel } from './channels/web-channel.ts';
import type { Config } from './config.ts';
import { buildConsole, consoleIsFresh } from './console/build.ts';
import { createMind, type Mind } from './create-mind.ts';
import { DEMO_SHOP_ID } from './demo/demo-shop.ts';
import { keepDemoFresh } from './demo/keep-demo-fresh.ts';
import { planDemoTimers } from './demo/plan-demo-timers.ts';
import { seedDemo } from './demo/seed-demo.ts';
import { warningsOf } from './desk/warn-of-settings.ts';
import { createGateway, type Gateway } from './gateway/create-gateway.ts';
import { hashPassword } from './gateway/passwords.ts';
import type { SocketTiming } from './gateway/socket-server.ts';
import { type Clock, systemClock } from './lib/clock.ts';
import { createPacer } from './lib/create-pacer.ts';
import { holdFolder } from './lib/hold-folder.ts';
import { keepSecret } from './lib/keep-secret.ts';
import { createLogger, type Logger } from './lib/logger.ts';
import { createEndpointRewriter } from './model/openai-endpoint.ts';
import { loadTokenizer } from './nlu/tokenize-text.ts';
import { openLibraries } from './open-libraries.ts';
import { type Connection, openPostgres } from './postgres/connect.ts';
import { openDatabaseClock } from './postgres/database-clock.ts';
import { openLedger } from './postgres/open-ledger.ts';
import { LIMITS } from './protocol/frames.ts';
import { openRedis, type RedisConnection } from './redis/connect.ts';
import { createAlarmClock } from './redis/create-alarm-clock.ts';
import { createBus } from './redis/create-bus.ts';
import { createPresence } from './redis/create-presence.ts';
import type { Channel, Desk, DeskBus } from './turn/desk.ts';
import { createLearningKeeper } from './turn/learn-ranking.ts';
import { tellTimers } from './turn/plan-follow-ups.ts';
import type { Ledger } from './turn/ports.ts';
import { createGoodsRenewal } from './turn/renew-for-goods.ts';
import { createLessons } from './turn/schedule-lessons.ts';
import { createShopWindow } from './turn/shop-window.ts';
import { createWorkers, type Workers } from './turn/workers.ts';

/** What a test or a command may put in place of the real thing. */
export interface Overrides {
  /** Default: the clock of the database server, or of the machine where the record is embedded. */
  clock?: Clock;
  log?: Logger;
  channels?: Channel[];
  /** Reads a shop's goods from its own system. Default: a JSON file over HTTPS, where the settings name one. */
  goodsSource?: Desk['goodsSource'];
  /** A mind that was made before: training and loading are skipped. */
  mind?: Mind;
  /** Commands a connection may send: a burst, then per second. */
  rate?: { burst: number; perSecond: number };
  /** How long sockets wait for hello, between two pings, and for a pong, in ms. */
  timing?: SocketTiming;
  /** Leaves the web pages out. */
  withoutPages?: boolean;
  /** Milliseconds between sweeps; `null`: the caller sweeps by itself. */
  sweepEveryMs?: number | null;
  /** Milliseconds a statement waits for a connection to the database server. */
  poolWaitMs?: number;
}

/** A running desk. */
export interface App {
  desk: Desk;
  ledger: Ledger;
  workers: Workers;
  gateway: Gateway | undefined;
  /** Where it listens, such as `http://127.0.0.1:8787`; empty when the role opens no port. */
  url: string;
  /** The key of the order webhook. */
  webhookSecret: string;
  engines: { record: string; redis: string };
  /** Stops taking, finishes what is under way, closes everything. Calling it again waits for the same end. */
  close(): Promise<void>;
}

/** An approval whose notice was lost is in force on every node within this time. */
const COMPARE_LIBRARY_MS = 1000;

/** What the log says of a shop's settings. */
const WARNINGS = {
  holidays_unknown:
    'public holidays of these years are not known and count as ordinary days: put them into schedule.dates, and the years into schedule.enteredYears',
} as const;

/** Where the project's own data files are, whatever the folder the command was started in. */
const ROOT = new URL('..', import.meta.url).pathname;

/** Puts a desk together and opens its port. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const closers: (() => Promise<void> | void)[] = [];
  const closeAll = async () => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    return await assemble(config, overrides, closers, closeAll);
  } catch (error) {
    await closeAll();
    throw error;
  }
}

async function assemble(
  config: Config,
  overrides: Overrides,
  closers: (() => Promise<void> | void)[],
  closeAll: () => Promise<void>,
): Promise<App> {
  let time = overrides.clock ?? systemClock;
  const clock: Clock = { now: () => time.now() };
  const log = overrides.log ?? createLogger(config.LOG_LEVEL);
  const embedded = config.DATABASE_URL === undefined;
  const release = holdFolder(config.DATA_DIR, embedded);
  closers.push(release);
  // What has opened is closed again, even when one of the others fails.
  const keep = async <T>(opening: Promise<T>, close: (opened: T) => Promise<void> | void): Promise<T> => {
    const opened = await opening;
    closers.push(() => close(opened));
    return opened;
  };
  const opening = await Promise.allSettled([
    keep(
      openPostgres(
        config.DATABASE_URL === undefined
          ? { dataDir: join(config.DATA_DIR, 'postgres') }
          : {
              url: config.DATABASE_URL,
              poolSize: config.POOL_SIZE,
              ...(overrides.poolWaitMs === undefined ? {} : { waitMs: overrides.poolWaitMs }),
            },
      ),
      (connection) => connection.close(),
    ),
    keep(
      openRedis(config.REDIS_URL, (error) => log.warn({ reason: error.message }, 'redis')),
      (redis) => redis.close(),
    ),
    overrides.mind ??
      keep(createMind({ root: ROOT, cacheDir: join(config.DATA_DIR, 'models'), log, clock, watch: true }), (mind) =>
        mind.close(),
      ),
    overrides.withoutPages === true || config.ROLE === 'worker' ? undefined : pages(),
  ]);
  const failed = opening.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  const [connection, redis, mind] = opening.map((one) => (one as PromiseFulfilledResult<unknown>).value) as [
    Connection,
    RedisConnection,
    Mind,
  ];
  if (!overrides.clock && connection.engine === 'postgres') {
    const databaseClock = await openDatabaseClock(connection.db, (error) =>
      log.warn({ reason: error.message }, 'the clock of the database'),
    );
    closers.push(() => databaseClock.close());
    time = databaseClock;
  }
  const ledger = openLedger(connection);
  const nodeId = randomUUID();
  const problem = (error: Error) => log.warn({ reason: error.message }, 'redis');
  const bus = await createBus(redis, nodeId, problem);
  const alarms = createAlarmClock(redis, problem);
  const presence = createPresence(redis, nodeId);
  closers.push(
    () => bus.close(),
    () => alarms.close(),
  );
  const filled = await fillEmptyRecord(config, ledger, clock);
  const libraries = await openLibraries({
    ledger,
    clock,
    log,
    bus: bus as unknown as DeskBus,
    mind,
    compareEveryMs: overrides.sweepEveryMs === null ? null : COMPARE_LIBRARY_MS,
  });
  closers.push(() => libraries.close());
  const learning = createLearningKeeper({ store: ledger.learning, clock, log, bus: bus as unknown as DeskBus });
  closers.push(() => learning.close());
  const window = createShopWindow(ledger, clock);
  const channels = overrides.channels ?? [createWebChannel()];
  const desk: Desk = {
    clock,
    log,
    ledger,
    bus: bus as unknown as DeskBus,
    alarms,
    // A worker has no sockets of its own and hears of those of the others; without Redis it takes nobody for there.
    presence: {
      onDuty: (shopId) =>
        presence.list(shopId).catch((error: Error) => {
          problem(error);
          return [];
        }),
      isBuyerHere: (shopId, buyerId) => presence.hasBuyer(shopId, buyerId),
    },
    postWebhook: createWebhookPoster({ allowPrivate: config.WEBHOOK_ALLOW_PRIVATE }),
    channels: new Map(channels.map((channel) => [channel.name, channel])),
    profiler: mind.profiler,
    libraries,
    learning,
    window,
    goodsRenewal: createGoodsRenewal(),
    goodsSource:
      overrides.goodsSource ??
      ((settings) => createGoodsUrlSource(settings, { allowPrivate: config.WEBHOOK_ALLOW_PRIVATE })),
    ...polisherOf(config),
    shop: async (shopId) => (await window.view(shopId)).shop,
    pace: createPacer(),
  };
  if (config.DEMO) closers.push(await keepDemoFresh(ledger, clock, log));
  if (filled) {
    const shop = await desk.shop(DEMO_SHOP_ID);
    await planDemoTimers(ledger, (event) => ledger.transaction((stores) => tellTimers(stores, desk, shop, event)));
  }
  for (const shop of await ledger.people.shops()) {
    for (const warning of warningsOf(shop, clock.now()))
      log.warn({ shopId: shop.id, ...warning }, WARNINGS[warning.kind]);
  }
  const workers = createWorkers(desk, {
    alarms,
    runsFollowUps: config.ROLE !== 'gateway',
    sweepEveryMs: overrides.sweepEveryMs === undefined ? 5000 : overrides.sweepEveryMs,
    checkpoint: () => connection.checkpoint(),
  });
  const lessons = createLessons(desk, mind.teacher);
  closers.push(() => lessons.close());
  if (config.ROLE !== 'worker') await lessons.renew();
  const webhookSecret = config.ORDER_WEBHOOK_SECRET ?? keepSecret(config.DATA_DIR, 'webhook-secret', 'whsec_');
  const gateway =
    config.ROLE === 'worker'
      ? undefined
      : await createGateway(desk, workers, {
          presence,
          secret: config.SECRET ?? keepSecret(config.DATA_DIR, 'visitor-secret'),
          webhookSecret,
          allowedOrigins: config.ALLOWED_ORIGINS,
          trustProxy: config.TRUST_PROXY,
          pagesDir: overrides.withoutPages === true ? undefined : pagesDir(),
          rate: overrides.rate ?? LIMITS,
          timing: overrides.timing ?? LIMITS,
          lessons,
          gateWith: mind.gateWith,
          groupTitles: () =>
            new Map([...mind.shipped.current.files.values()].map(({ group, title }) => [group, title.zh])),
          fileProblem: () => mind.shipped.problem,
          intentNames: mind.intentNames,
          ready: async () => {
            await ledger.ping();
            await redis.commands.ping();
          },
        });
  if (gateway) desk.presence = gateway.presence;
  await workers.start();
  closers.push(() => workers.stop());
  if (gateway) closers.push(() => gateway.close());
  const url = gateway ? await listen(gateway, config) : '';
  let closing: Promise<void> | undefined;
  return {
    desk,
    ledger,
    workers,
    gateway,
    url,
    webhookSecret,
    engines: { record: connection.engine, redis: redis.engine },
    close: () => {
      closing ??= closeAll();
      return closing;
    },
  };
}

async function listen(gateway: Gateway, config: Config): Promise<string> {
  await gateway.app.listen({ host: config.HOST, port: config.PORT });
  const { port } = gateway.app.server.address() as AddressInfo;
  const host = config.HOST === '0.0.0.0' || config.HOST === '::' ? '127.0.0.1' : config.HOST;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The model of the owner's choice; none unless one is set up. */
function polisherOf({ MODEL_URL: url, MODEL_KEY: key, MODEL_NAME: model }: Config): Pick<Desk, 'polisher'> {
  if (url === undefined) return {};
  return {
    polisher: { rewriter: createEndpointRewriter({ url, key, model }), cut: (text) => loadTokenizer().cut(text) },
  };
}

async function fillEmptyRecord(config: Config, ledger: Ledger, clock: Clock): Promise<boolean> {
  if (!config.DEMO || (await ledger.people.shops()).length > 0) return false;
  await seedDemo(ledger, clock.now(), hashPassword);
  return true;
}

function pagesDir(): string {
  return join(ROOT, 'dist', 'console');
}

async function pages(): Promise<void> {
  if (!consoleIsFresh(pagesDir())) await buildConsole(pagesDir());
}
