/** Who is at the desk, and whose page is open: entries kept alive by the node that holds the socket. */
import type { RedisConnection } from './connect.ts';

/** Presence of agents over all nodes. Times are Redis's own, so that a node's wrong clock does no harm. */
export interface Presence {
  /** Says that the agent is here on this node for the next `ttlMs`. */
  keep(shopId: string, agentId: string, ttlMs: number): Promise<void>;
  /** Takes the agent's entry of this node away. */
  leave(shopId: string, agentId: string): Promise<void>;
  /** Agents with a live entry on any node. */
  list(shopId: string): Promise<string[]>;
  /** Says that these buyers' pages are open for the next `ttlMs`. */
  keepBuyers(shopId: string, buyerIds: readonly string[], ttlMs: number): Promise<void>;
  /** Whether a buyer's page is open on any node. */
  hasBuyer(shopId: string, buyerId: string): Promise<boolean>;
}

const KEEP = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
for i = 2, #ARGV do redis.call('ZADD', KEYS[1], now + tonumber(ARGV[1]), ARGV[i]) end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('PEXPIRE', KEYS[1], 86400000)
return 1`;

const LIST = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
return redis.call('ZRANGEBYSCORE', KEYS[1], now, '+inf')`;

const HAS_BUYER = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local untilMs = redis.call('ZSCORE', KEYS[1], ARGV[1])
return untilMs and tonumber(untilMs) >= now and 1 or 0`;

/** Buyers named in one call; a script may not take arguments without end. */
const BUYERS_AT_ONCE = 500;

/** Creates the presence of one node. */
export function createPresence(redis: RedisConnection, nodeId: string): Presence {
  const key = (shopId: string) => `huashu:presence:${shopId}`;
  const buyersKey = (shopId: string) => `huashu:buyers:${shopId}`;
  const member = (agentId: string) => `${agentId}@${nodeId}`;
  return {
    async keep(shopId, agentId, ttlMs) {
      await redis.commands.eval(KEEP, 1, key(shopId), ttlMs, member(agentId));
    },
    async leave(shopId, agentId) {
      await redis.commands.zrem(key(shopId), member(agentId));
    },
    async list(shopId) {
      const members = (await redis.commands.eval(LIST, 1, key(shopId))) as string[];
      return [...new Set(members.map((entry) => entry.slice(0, entry.lastIndexOf('@'))))];
    },
    async keepBuyers(shopId, buyerIds, ttlMs) {
      for (let at = 0; at < buyerIds.length; at += BUYERS_AT_ONCE) {
        const some = buyerIds.slice(at, at + BUYERS_AT_ONCE);
        await redis.commands.eval(KEEP, 1, buyersKey(shopId), ttlMs, ...some);
      }
    },
    async hasBuyer(shopId, buyerId) {
      return (await redis.commands.eval(HAS_BUYER, 1, buyersKey(shopId), buyerId)) === 1;
    },
  };
}
