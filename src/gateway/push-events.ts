/** Takes events from the bus to this node's sockets. */
import type { ServerFrame } from '../protocol/frames.ts';
import type { Desk, DeskEvent } from '../turn/desk.ts';
import { showOrder } from '../turn/show-conversation.ts';
import type { Hub } from './hub.ts';
import type { PresenceKeeper } from './keep-presence.ts';
import type { MessageFeed } from './message-feed.ts';
import { encodeFrame, type FrameData, type SocketConnection } from './socket-connection.ts';

/** Summaries of conversations that change often are pushed at most this often. */
const SUMMARY_EVERY_MS = 150;
const ORDERS = 10;

/** Starts pushing; the returned function ends it. */
export function pushEvents(desk: Desk, hub: Hub, feed: MessageFeed, presence: PresenceKeeper): () => void {
  const changed = new Map<string, Set<string>>();
  let scheduled: NodeJS.Timeout | undefined;

  async function pushSummaries(): Promise<void> {
    scheduled = undefined;
    const batch = [...changed];
    changed.clear();
    for (const [shopId, ids] of batch) {
      const agents = hub.agents(shopId);
      if (agents.size === 0) continue;
      const rows = await desk.ledger.conversations.summaries(shopId, { ids: [...ids], limit: ids.size });
      for (const conversation of rows) toAll(agents, 'conversation.changed', { conversation });
    }
  }

  function noteChange(shopId: string, conversationId: string): void {
    if (hub.agents(shopId).size === 0) return;
    const ids = changed.get(shopId) ?? new Set();
    ids.add(conversationId);
    changed.set(shopId, ids);
    scheduled ??= setTimeout(() => void pushSummaries().catch(report), SUMMARY_EVERY_MS);
  }

  function report(error: unknown): void {
    desk.log.warn({ err: error }, 'a push failed; consoles catch up by themselves');
  }

  function toAll<T extends ServerFrame['type']>(
    connections: Iterable<SocketConnection>,
    type: T,
    data: FrameData<T>,
  ): void {
    const encoded = encodeFrame<T>(type, data, desk.clock.now());
    for (const connection of connections) connection.push(encoded);
  }

  async function pushOrders(shopId: string, buyerId: string): Promise<void> {
    const agents = hub.agents(shopId);
    const buyers = hub.buyers(shopId, buyerId);
    if (agents.size + buyers.size === 0) return;
    const orders = (await desk.ledger.orders.ofBuyer(shopId, buyerId, ORDERS)).map(showOrder);
    toAll([...agents, ...buyers], 'orders.changed', { buyerId, orders });
  }

  const unsubscribe = desk.bus.subscribe((event: DeskEvent) => {
    const agents = hub.agents(event.shopId);
    switch (event.type) {
      case 'message.appended':
        feed.take(event.shopId, event.buyerId, event.message);
        return noteChange(event.shopId, event.message.conversationId);
      case 'turn.analysed':
        if (agents.size > 0) toAll(agents, 'turn.analysed', event.data as FrameData<'turn.analysed'>);
        return;
      case 'suggestions.withdrawn': {
        const { conversationId, suggestionId, reason } = event;
        return toAll(agents, 'suggestions.withdrawn', { conversationId, suggestionId, reason });
      }
      case 'automatic.changed':
        toAll(agents, 'automatic.changed', event.data);
        return noteChange(event.shopId, event.data.conversationId);
      case 'conversation.changed':
        return noteChange(event.shopId, event.conversationId);
      case 'orders.changed':
        return void pushOrders(event.shopId, event.buyerId).catch(report);
      case 'presence.changed':
        return void presence
          .onDuty(event.shopId)
          .then((onDuty) => toAll(agents, 'presence.changed', { onDuty }))
          .catch(report);
      case 'lists.changed':
        return toAll(agents, 'lists.changed', { lists: event.lists });
      case 'typing': {
        const { conversationId, from, who, on } = event;
        const others = [...agents].filter(
          (c) => !(c.identity?.role === 'agent' && c.identity.agent.id === event.agentId),
        );
        const buyers = from === 'agent' ? hub.buyers(event.shopId, event.buyerId) : [];
        return toAll([...others, ...buyers], 'typing', { conversationId, from, who, on });
      }
      case 'library.changed':
        // Consoles are told by the keeper, once this node says what they will read.
        return;
      case 'shop.changed':
        return desk.window.forget(event.shopId);
    }
  });
  const forgetLibraries = desk.libraries.onChanged((shopId) =>
    toAll(hub.agents(shopId), 'lists.changed', { lists: ['library', 'gateRules'] }),
  );
  return () => {
    clearTimeout(scheduled);
    forgetLibraries();
    unsubscribe();
  };
}
