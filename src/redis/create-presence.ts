/** Who is at the desk: one entry per agent and node, kept alive by the node that holds the socket. */
import type { RedisConnection } from './connect.ts';

/** Presence of agents over all nodes. Times are Redis's own, so that a node's wrong clock does no harm. */
export interface Presence {
  /** Says that the agent is here on this node for the next `ttlMs`. */
  keep(shopId: string, agentId: string, ttlMs: number): Promise<void>;
  /** Takes the agent's entry of this node away. */
  leave(shopId: string, agentId: string): Promise<void>;
  /** Agents with a live entry on any node. */
  list(shopId: string): Promise<string[]>;
}

const KEEP = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ARGV[1])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('PEXPIRE', KEYS[1], 86400000)
return 1`;

const LIST = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
return redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')`;

/** Creates the presence of one node. */
export function createPresence(redis: RedisConnection, nodeId: string): Presence {
  const key = (shopId: string) => `huashu:presence:${shopId}`;
  const member = (agentId: string) => `${agentId}@${nodeId}`;
  return {
    async keep(shopId, agentId, ttlMs) {
      await redis.commands.eval(KEEP, 1, key(shopId), member(agentId), ttlMs);
    },
    async leave(shopId, agentId) {
      await redis.commands.zrem(key(shopId), member(agentId));
    },
    async list(shopId) {
      const members = (await redis.commands.eval(LIST, 1, key(shopId))) as string[];
      return [...new Set(members.map((entry) => entry.slice(0, entry.lastIndexOf('@'))))];
    },
  };
}
