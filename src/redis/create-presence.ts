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
  /** Says that these buyers' pages are open on this node for the next `ttlMs`. */
  keepBuyers(shopId: string, buyerIds: readonly string[], ttlMs: number): Promise<void>;
  /** Takes the buyer's entry of this node away; calls take effect in the order in which they were made. */
  leaveBuyer(shopId: string, buyerId: string): Promise<void>;
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

const KEEP_BUYERS = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
for i = 1, #KEYS do
  redis.call('ZADD', KEYS[i], now + tonumber(ARGV[1]), ARGV[2])
  redis.call('PEXPIRE', KEYS[i], 86400000)
end
return 1`;

const HAS_BUYER = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
return redis.call('ZCOUNT', KEYS[1], now, '+inf')`;

/** Buyers named in one call; a script may not take arguments without end. */
const BUYERS_AT_ONCE = 500;

/** Creates the presence of one node. */
export function createPresence(redis: RedisConnection, nodeId: string): Presence {
  const key = (shopId: string) => `huashu:presence:${shopId}`;
  // A key a buyer: the nodes that hold a page of theirs.
  const buyerKey = (shopId: string, buyerId: string) => `huashu:buyer:${shopId}:${buyerId}`;
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
      // Sent at once: whoever leaves meanwhile leaves after the last of them.
      const calls: Promise<unknown>[] = [];
      for (let at = 0; at < buyerIds.length; at += BUYERS_AT_ONCE) {
        const keys = buyerIds.slice(at, at + BUYERS_AT_ONCE).map((buyerId) => buyerKey(shopId, buyerId));
        calls.push(redis.commands.eval(KEEP_BUYERS, keys.length, ...keys, ttlMs, nodeId));
      }
      await Promise.all(calls);
    },
    async leaveBuyer(shopId, buyerId) {
      await redis.commands.zrem(buyerKey(shopId, buyerId), nodeId);
    },
    async hasBuyer(shopId, buyerId) {
      return Number(await redis.commands.eval(HAS_BUYER, 1, buyerKey(shopId, buyerId))) > 0;
    },
  };
}
