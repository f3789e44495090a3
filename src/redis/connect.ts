/** Opens Redis by URL, or the embedded Valkey, and hands out connections with time-outs. */
import { Redis } from 'ioredis';
import { startEmbeddedValkey } from './start-embedded-valkey.ts';

/** An open Redis; everything in it can be rebuilt from Postgres. */
export interface RedisConnection {
  url: string;
  engine: 'redis' | 'valkey-embedded';
  /** For commands: fails after 2 s and does not queue while Redis is away. */
  commands: Redis;
  /** For a subscriber: reconnects for ever. Its owner subscribes again at each `ready`. */
  openSubscriber(): Redis;
  close(): Promise<void>;
}

/** A connection that does not answer for so long is opened anew. */
const SILENCE_MS = 5000;
const PING_EVERY_MS = 5000;

/** Called when Redis is lost or comes back. */
export type RedisProblem = (error: Error) => void;

/** Connects to the Redis at `url`, or starts the embedded Valkey when there is none. */
export async function openRedis(url: string | undefined, onProblem: RedisProblem): Promise<RedisConnection> {
  const embedded = url === undefined ? await startEmbeddedValkey() : undefined;
  const address = url ?? embedded!.url;
  const subscribers: Redis[] = [];
  const pings: NodeJS.Timeout[] = [];
  const commands = new Redis(address, {
    enableAutoPipelining: true,
    enableOfflineQueue: false,
    lazyConnect: true,
    commandTimeout: 2000,
    connectTimeout: 5000,
    socketTimeout: SILENCE_MS,
    maxRetriesPerRequest: 1,
    retryStrategy: reconnectDelayMs,
  });
  commands.on('error', onProblem);
  try {
    await commands.connect();
  } catch (error) {
    commands.disconnect();
    await embedded?.stop();
    throw error;
  }
  return {
    url: address,
    engine: embedded ? 'valkey-embedded' : 'redis',
    commands,
    openSubscriber() {
      const subscriber = new Redis(address, {
        maxRetriesPerRequest: null,
        retryStrategy: reconnectDelayMs,
        socketTimeout: SILENCE_MS,
        // The library's own attempt to subscribe again leaves its failure unhandled, which would end the process.
        autoResubscribe: false,
      });
      subscriber.on('error', onProblem);
      subscribers.push(subscriber);
      // Who only listens never learns that the route is gone.
      pings.push(setInterval(() => void subscriber.ping().catch(onProblem), PING_EVERY_MS).unref());
      return subscriber;
    },
    async close() {
      for (const ping of pings) clearInterval(ping);
      for (const connection of [commands, ...subscribers]) connection.disconnect();
      await embedded?.stop();
    },
  };
}

/** Tries again after 50 ms, then more slowly, at most every second. */
function reconnectDelayMs(attempt: number): number {
  return Math.min(1000, 50 * attempt);
}
