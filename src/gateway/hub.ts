/** Which sockets this node holds, and what of the bus goes to which of them. */
import type { Clock } from '../lib/clock.ts';
import type { Message } from '../protocol/records.ts';
import { encodeFrame, type SocketConnection } from './socket-connection.ts';

/** The sockets of one node. */
export interface Hub {
  add(connection: SocketConnection): void;
  remove(connection: SocketConnection): void;
  agents(shopId: string): ReadonlySet<SocketConnection>;
  buyers(shopId: string, buyerId: string): ReadonlySet<SocketConnection>;
  /** Shops with a socket here. */
  shops(): string[];
  all(): SocketConnection[];
  /** Agents online on this node, away ones not counted. */
  onlineAgents(shopId: string): string[];
  /** Buyers with a page open on this node. */
  onlineBuyers(shopId: string): string[];
  /** Pushes a durable message to both sides of its conversation. */
  pushMessage(shopId: string, buyerId: string, message: Message): void;
}

const NONE: ReadonlySet<SocketConnection> = new Set();

/** Creates an empty hub. */
export function createHub(clock: Clock): Hub {
  const byShop = new Map<string, Set<SocketConnection>>();
  const byBuyer = new Map<string, Set<SocketConnection>>();
  const buyerKey = (shopId: string, buyerId: string) => `${shopId}\n${buyerId}`;
  const everything = new Set<SocketConnection>();

  function place(connection: SocketConnection): { map: Map<string, Set<SocketConnection>>; key: string } | undefined {
    const { identity } = connection;
    if (!identity) return undefined;
    return identity.role === 'agent'
      ? { map: byShop, key: identity.shopId }
      : { map: byBuyer, key: buyerKey(identity.shopId, identity.buyerId) };
  }

  return {
    add(connection) {
      everything.add(connection);
      const spot = place(connection);
      if (!spot) return;
      const set = spot.map.get(spot.key) ?? new Set();
      set.add(connection);
      spot.map.set(spot.key, set);
    },
    remove(connection) {
      everything.delete(connection);
      const spot = place(connection);
      const set = spot?.map.get(spot.key);
      set?.delete(connection);
      if (spot && set?.size === 0) spot.map.delete(spot.key);
    },
    agents: (shopId) => byShop.get(shopId) ?? NONE,
    buyers: (shopId, buyerId) => byBuyer.get(buyerKey(shopId, buyerId)) ?? NONE,
    shops: () => [
      ...new Set([
        ...byShop.keys(),
        ...[...everything].map((c) => c.identity?.shopId).filter((id) => id !== undefined),
      ]),
    ],
    all: () => [...everything],
    onlineAgents: (shopId) => [
      ...new Set(
        [...(byShop.get(shopId) ?? NONE)]
          .filter((connection) => connection.presence === 'online')
          .map((connection) => (connection.identity?.role === 'agent' ? connection.identity.agent.id : ''))
          .filter(Boolean),
      ),
    ],
    onlineBuyers: (shopId) => [
      ...new Set(
        [...byBuyer.values()].flatMap((set) => {
          const identity = [...set][0]?.identity;
          return identity?.role === 'buyer' && identity.shopId === shopId ? [identity.buyerId] : [];
        }),
      ),
    ],
    pushMessage(shopId, buyerId, message) {
      const agents = byShop.get(shopId);
      const buyers = byBuyer.get(buyerKey(shopId, buyerId));
      const nowMs = clock.now();
      if (agents?.size) {
        const encoded = encodeFrame('message.appended', { message }, nowMs);
        for (const connection of agents) connection.pushMessage(message, encoded);
      }
      if (buyers?.size) {
        const encoded = encodeFrame('message.appended', { message: forBuyer(message) }, nowMs);
        for (const connection of buyers) {
          if (connection.identity?.role === 'buyer' && connection.identity.conversationId === message.conversationId) {
            connection.pushMessage(message, encoded);
          }
        }
      }
    },
  };
}

/** What a buyer may see of a message: not which script or person is behind it. */
export function forBuyer(message: Message): Message {
  const { agentId: _agent, script: _script, ...rest } = message;
  return rest;
}
