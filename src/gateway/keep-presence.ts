/** Keeps the agents and buyers of this node's sockets present; agents are forgotten a little after they left. */
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { DeskBus, DeskPresence } from '../turn/desk.ts';
import type { Hub } from './hub.ts';
import type { SocketConnection } from './socket-connection.ts';

/** Presence over all nodes. */
export interface PresencePort {
  keep(shopId: string, agentId: string, ttlMs: number): Promise<void>;
  leave(shopId: string, agentId: string): Promise<void>;
  list(shopId: string): Promise<string[]>;
  keepBuyers(shopId: string, buyerIds: readonly string[], ttlMs: number): Promise<void>;
  leaveBuyer(shopId: string, buyerId: string): Promise<void>;
  hasBuyer(shopId: string, buyerId: string): Promise<boolean>;
}

/** Keeps and tells presence. */
export interface PresenceKeeper extends DeskPresence {
  set(connection: SocketConnection, state: 'online' | 'away'): Promise<void>;
  /** A buyer's page has opened. */
  arrived(connection: SocketConnection): void;
  /** A socket closed: its agent stays on duty for a moment, in case the page was only reloaded; its buyer is gone. */
  left(connection: SocketConnection): void;
  close(): Promise<void>;
}

const KEEP_EVERY_MS = 5000;
const TTL_MS = 15_000;
const GRACE_MS = 4000;
/** Buyers are many, and nothing hangs on the second. */
const KEEP_BUYERS_EVERY_MS = 15_000;
const BUYERS_TTL_MS = 45_000;
/** What was heard of other nodes may be this old. */
const HEARD_MS = 2000;

/** Creates the keeper of one node. */
export function createPresenceKeeper(
  hub: Hub,
  port: PresencePort,
  bus: DeskBus,
  clock: Clock,
  log: Logger,
): PresenceKeeper {
  const heard = new Map<string, { at: number; agents: Promise<string[]> }>();
  const leaving = new Map<string, { shopId: string; later: NodeJS.Timeout }>();
  const unsubscribe = bus.subscribe((event) => {
    if (event.type === 'presence.changed') heard.delete(event.shopId);
  });
  const timer = setInterval(() => {
    for (const shopId of hub.shops()) {
      for (const agentId of hub.onlineAgents(shopId)) port.keep(shopId, agentId, TTL_MS).catch(report);
    }
  }, KEEP_EVERY_MS);
  timer.unref();
  const buyersTimer = setInterval(() => {
    for (const shopId of hub.shops()) {
      const buyers = hub.onlineBuyers(shopId);
      if (buyers.length > 0) port.keepBuyers(shopId, buyers, BUYERS_TTL_MS).catch(report);
    }
  }, KEEP_BUYERS_EVERY_MS);
  buyersTimer.unref();

  function report(error: unknown): void {
    log.warn({ err: error }, 'presence could not be kept');
  }

  async function onDuty(shopId: string): Promise<string[]> {
    const known = heard.get(shopId);
    if (known && Math.abs(clock.now() - known.at) < HEARD_MS) return known.agents;
    // Without Redis this node still knows its own agents.
    const agents = port
      .list(shopId)
      .catch((error: unknown) => {
        report(error);
        return [] as string[];
      })
      .then((others) => [...new Set([...others, ...hub.onlineAgents(shopId)])].sort());
    heard.set(shopId, { at: clock.now(), agents });
    return agents;
  }

  async function leave(shopId: string, agentId: string): Promise<void> {
    if (hub.onlineAgents(shopId).includes(agentId)) return;
    await port.leave(shopId, agentId);
    bus.publish({ type: 'presence.changed', shopId });
  }

  return {
    onDuty,
    async isBuyerHere(shopId, buyerId) {
      if (hub.buyers(shopId, buyerId).size > 0) return true;
      // Nobody is called on the phone because Redis is away.
      return await port.hasBuyer(shopId, buyerId).catch((error: unknown) => {
        report(error);
        return true;
      });
    },
    async set(connection, state) {
      const { identity } = connection;
      if (identity?.role !== 'agent') return;
      const { shopId, agent } = identity;
      connection.presence = state;
      clearTimeout(leaving.get(agent.id)?.later);
      leaving.delete(agent.id);
      if (state === 'online') await port.keep(shopId, agent.id, TTL_MS).catch(report);
      else await leave(shopId, agent.id).catch(report);
      bus.publish({ type: 'presence.changed', shopId });
    },
    arrived({ identity }) {
      if (identity?.role !== 'buyer') return;
      port.keepBuyers(identity.shopId, [identity.buyerId], BUYERS_TTL_MS).catch(report);
    },
    left(connection) {
      const { identity } = connection;
      if (identity?.role === 'buyer' && hub.buyers(identity.shopId, identity.buyerId).size === 0) {
        port.leaveBuyer(identity.shopId, identity.buyerId).catch(report);
      }
      if (identity?.role !== 'agent' || connection.presence === 'away') return;
      const { shopId, agent } = identity;
      clearTimeout(leaving.get(agent.id)?.later);
      const later = setTimeout(() => {
        leaving.delete(agent.id);
        leave(shopId, agent.id).catch(report);
      }, GRACE_MS);
      later.unref();
      leaving.set(agent.id, { shopId, later });
    },
    async close() {
      clearInterval(timer);
      clearInterval(buyersTimer);
      unsubscribe();
      const gone = [...leaving].map(([agentId, { shopId, later }]) => {
        clearTimeout(later);
        return { shopId, agentId };
      });
      for (const shopId of hub.shops()) {
        for (const agentId of hub.onlineAgents(shopId)) gone.push({ shopId, agentId });
      }
      for (const { shopId, agentId } of gone) await port.leave(shopId, agentId).catch(report);
      // The other nodes and their consoles hear it at once, not when the entries would have run out.
      for (const shopId of new Set(gone.map((one) => one.shopId))) bus.publish({ type: 'presence.changed', shopId });
    },
  };
}
