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
  /** What is pushed before the welcome is through waits here, or it would overtake what the client missed. */
  #held: (() => void)[] | undefined = [];

  constructor(socket: WebSocket, clock: Clock, rate: { burst: number; perSecond: number }) {
    this.socket = socket;
    this.#clock = clock;
    this.bucket = createTokenBucket(rate.burst, rate.perSecond, clock.now());
  }

  /** Sends a frame of this client's own: the welcome or an answer. */
  send<T extends ServerFrame['type']>(type: T, data: FrameData<T>, ref?: string): void {
    this.#write(encodeFrame(type, data, this.#clock.now(), ref));
  }

  /** Pushes an encoded event. */
  push(encoded: string): void {
    if (this.#held) this.#held.push(() => this.#write(encoded));
    else this.#write(encoded);
  }

  /** Pushes a message unless this socket has it. */
  pushMessage(message: Message, encoded: string): void {
    if (this.#held) this.#held.push(() => this.sendMissed(message, encoded));
    else this.sendMissed(message, encoded);
  }

  /** The welcome is through: what waited goes out, and everything after it at once. */
  release(): void {
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const push of held) push();
  }

  /** Sends a message that a resuming client missed, unless this socket has it. */
  sendMissed(message: Message, encoded: string): void {
    const known = this.#sent.get(message.conversationId) ?? 0;
    if (message.seq <= known) return;
    this.#sent.set(message.conversationId, message.seq);
    this.#write(encoded);
  }

  /** Notes what a resuming client has. */
  startAfter(conversationId: string, seq: number): void {
    this.#sent.set(conversationId, Math.max(seq, this.#sent.get(conversationId) ?? 0));
  }

  /** A client that does not read is cut off before it fills the memory. */
  #write(encoded: string): void {
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
