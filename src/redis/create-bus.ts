/** The bus between nodes: fire and forget. What is lost on it is healed from Postgres by `seq`. */
import type { RedisConnection } from './connect.ts';

/** Something that happened, told to every node; the shape is the publisher's. */
export interface BusEvent {
  type: string;
  shopId: string;
  [key: string]: unknown;
}

/** Publishes to every node, this one included; this one hears it at once and without Redis. */
export interface Bus {
  publish(event: BusEvent): void;
  subscribe(listener: (event: BusEvent) => void): () => void;
  close(): Promise<void>;
}

/** Channels know no database numbers, keys do: with the number in its name, desks that share a Redis stay apart. */
const channelOf = (redis: RedisConnection) => `huashu:bus:${redis.commands.options.db ?? 0}`;

/** Creates the bus of one node. `onProblem` hears of a publish that did not reach Redis. */
export async function createBus(
  redis: RedisConnection,
  nodeId: string,
  onProblem: (error: Error) => void,
): Promise<Bus> {
  const listeners = new Set<(event: BusEvent) => void>();
  const channel = channelOf(redis);
  const subscriber = redis.openSubscriber();
  subscriber.on('message', (_channel: string, payload: string) => {
    try {
      const { node, event } = JSON.parse(payload) as { node: string; event: BusEvent };
      if (node !== nodeId) for (const listener of listeners) listener(event);
    } catch (error) {
      // Somebody else's message on our channel, or of another version: it must not end the desk.
      onProblem(error instanceof Error ? error : new Error(String(error)));
    }
  });
  await subscriber.subscribe(channel);
  subscriber.on('ready', () => {
    subscriber.subscribe(channel).catch(onProblem);
  });
  return {
    publish(event) {
      for (const listener of listeners) listener(event);
      redis.commands.publish(channel, JSON.stringify({ node: nodeId, event })).catch(onProblem);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      listeners.clear();
      subscriber.disconnect();
    },
  };
}
