/**
 * Keeps the order of each conversation towards this node's sockets: what the bus brings early, twice or not at all
 * is put right from the record by `seq`.
 */
import type { Logger } from '../lib/logger.ts';
import type { Message } from '../protocol/records.ts';

/** Where missing messages are read, and where messages go. */
export interface FeedPorts {
  read(shopId: string, conversationId: string, afterSeq: number, limit: number): Promise<Message[]>;
  changedSince(shopId: string, sinceMs: number): Promise<{ id: string; lastSeq: number; changedAt: number }[]>;
  buyerOf(shopId: string, conversationId: string): Promise<string | undefined>;
  deliver(shopId: string, buyerId: string, message: Message): void;
}

/** The feed of one node. */
export interface MessageFeed {
  /** Takes a message from the bus. */
  take(shopId: string, buyerId: string, message: Message): void;
  /** Compares with the record: whatever changed lately and was not delivered is delivered now. */
  heal(shopId: string, sinceMs: number): Promise<void>;
}

interface Track {
  buyerId: string;
  delivered: number;
  healing: Promise<void> | undefined;
}

/** Conversations whose place is remembered; older ones start anew at their next message. */
const REMEMBERED = 50_000;
const PAGE = 200;

/** Creates the feed. */
export function createMessageFeed(ports: FeedPorts, log: Logger): MessageFeed {
  const tracks = new Map<string, Track>();
  const keyOf = (shopId: string, conversationId: string) => `${shopId}\n${conversationId}`;

  function remember(key: string, track: Track): Track {
    tracks.delete(key);
    tracks.set(key, track);
    if (tracks.size > REMEMBERED) tracks.delete(tracks.keys().next().value!);
    return track;
  }

  async function readOn(shopId: string, conversationId: string, track: Track): Promise<void> {
    for (;;) {
      const messages = await ports.read(shopId, conversationId, track.delivered, PAGE);
      for (const message of messages) {
        if (message.seq <= track.delivered) continue;
        track.delivered = message.seq;
        ports.deliver(shopId, track.buyerId, message);
      }
      if (messages.length < PAGE) return;
    }
  }

  function healTrack(shopId: string, conversationId: string, track: Track): Promise<void> {
    track.healing ??= readOn(shopId, conversationId, track)
      .catch((error: unknown) => log.warn({ err: error }, 'reading missed messages failed; the next sweep tries again'))
      .finally(() => {
        track.healing = undefined;
      });
    return track.healing;
  }

  return {
    take(shopId, buyerId, message) {
      const key = keyOf(shopId, message.conversationId);
      const track = tracks.get(key) ?? remember(key, { buyerId, delivered: message.seq - 1, healing: undefined });
      if (message.seq <= track.delivered) return;
      if (message.seq === track.delivered + 1 && !track.healing) {
        track.delivered = message.seq;
        ports.deliver(shopId, buyerId, message);
      } else void healTrack(shopId, message.conversationId, track);
    },
    async heal(shopId, sinceMs) {
      for (const changed of await ports.changedSince(shopId, sinceMs)) {
        const key = keyOf(shopId, changed.id);
        let track = tracks.get(key);
        if (!track) {
          const buyerId = await ports.buyerOf(shopId, changed.id);
          if (buyerId === undefined || changed.lastSeq === 0) continue;
          // Never seen here: what came before this node looked is fetched by the clients themselves.
          track = remember(key, { buyerId, delivered: changed.lastSeq - 1, healing: undefined });
        }
        if (track.delivered < changed.lastSeq) await healTrack(shopId, changed.id, track);
      }
    },
  };
}
