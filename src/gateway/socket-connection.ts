/** One client's socket: what may be sent to it and how it ends. */
import { WebSocket } from 'ws';
import type { Agent } from '../desk/ports.ts';
import type { Clock } from '../lib/clock.ts';
import { CLOSE_CODES, LIMITS, type ServerFrame } from '../protocol/frames.ts';
import type { Message } from '../protocol/records.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

/** Who speaks over a socket. */
export type Identity =
  | { role: 'buyer'; shopId: string; buyerId: string; conversationId: string; name: string }
  | { role: 'agent'; shopId: string; agent: Agent };

/** Data of one kind of server frame. */
export type FrameData<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>['data'];

/** A frame already in its wire form, so that it is written once for many sockets. */
export function encodeFrame<T extends ServerFrame['type']>(
  type: T,
  data: FrameData<T>,
  nowMs: number,
  ref?: string,
): string {
  return JSON.stringify(ref === undefined ? { v: 1, type, ts: nowMs, data } : { v: 1, type, ref, ts: nowMs, data });
}

/** A client's socket. */
export class SocketConnection {
  identity: Identity | undefined;
  /** What the agent set: away agents are not on duty. */
  presence: 'online' | 'away' = 'away';
  alive = true;
  helloSeen = false;
  refusals = 0;
  readonly bucket: TokenBucket;
  readonly socket: WebSocket;
  readonly #clock: Clock;
  /** Last `seq` sent, by conversation: nothing is shown twice. */
  readonly #sent = new Map<string, number>();

  constructor(socket: WebSocket, clock: Clock, rate: { burst: number; perSecond: number }) {
    this.socket = socket;
    this.#clock = clock;
    this.bucket = createTokenBucket(rate.burst, rate.perSecond, clock.now());
  }

  /** Sends a frame. */
  send<T extends ServerFrame['type']>(type: T, data: FrameData<T>, ref?: string): void {
    this.write(encodeFrame(type, data, this.#clock.now(), ref));
  }

  /** Sends a message unless this socket has it. */
  sendMessage(message: Message, encoded: string): void {
    const known = this.#sent.get(message.conversationId) ?? 0;
    if (message.seq <= known) return;
    this.#sent.set(message.conversationId, message.seq);
    this.write(encoded);
  }

  /** Notes what a resuming client has. */
  startAfter(conversationId: string, seq: number): void {
    this.#sent.set(conversationId, Math.max(seq, this.#sent.get(conversationId) ?? 0));
  }

  /** Last `seq` sent of a conversation. */
  lastSent(conversationId: string): number | undefined {
    return this.#sent.get(conversationId);
  }

  /** Writes an encoded frame; a client that does not read is cut off before it fills the memory. */
  write(encoded: string): void {
    if (this.socket.readyState !== WebSocket.OPEN) return;
    if (this.socket.bufferedAmount > LIMITS.backlogBytes) {
      this.close(CLOSE_CODES.tooSlow, 'backlog');
      // The close frame cannot pass a full socket: do not wait for it.
      this.socket.terminate();
      return;
    }
    this.socket.send(encoded);
  }

  close(code: number, reason: string): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.close(code, reason);
  }
}
