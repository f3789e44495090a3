/** The typed client of `huashu.v1` for agents and buyers. @see docs/PROTOCOL.md */
import type { AgentCommand, BuyerCommand, HelloFrame, ServerFrame } from '../../protocol/frames.ts';
import { createRandomId } from './random-id.ts';
import { judgeClose, reconnectDelayMs, type SocketState } from './socket-state.ts';

const SUBPROTOCOL: typeof import('../../protocol/frames.ts').SUBPROTOCOL = 'huashu.v1';
const ANSWER_WITHIN_MS = 10_000;
const RETRY_AFTER_MS = 1000;
const MOST_RETRIES = 6;

type AnyCommand = AgentCommand | BuyerCommand;
/** Data of a command of one side. */
export type CommandData<C extends AnyCommand, T extends C['type']> = Extract<C, { type: T }>['data'];
/** What an `ack` carries. */
export type Ack = Extract<ServerFrame, { type: 'ack' }>['data'];
/** Frames that are not answers to a command. */
export type ServerEvent = Exclude<ServerFrame, { type: 'ack' } | { type: 'error' }>;

/** A command that was refused, or that could not be delivered (`unavailable`). */
export class CommandError extends Error {
  readonly code: string;
  readonly details: unknown;

  constructor(code: string, message: string, details?: unknown) {
    super(message);
    this.name = 'CommandError';
    this.code = code;
    this.details = details;
  }
}

/** The part of the browser's WebSocket the client needs. */
export type SocketLike = Pick<WebSocket, 'send' | 'close' | 'onopen' | 'onmessage' | 'onclose'>;

/** What the client needs from its page. */
export interface DeskSocketOptions {
  url: string;
  /** Data of the opening frame, asked for at every opening so that `resume` is up to date. */
  hello(): HelloFrame['data'];
  onEvent(event: ServerEvent): void;
  onState(state: SocketState): void;
  /** Default: the browser's own. */
  createSocket?(url: string, protocol: string): SocketLike;
  /** 0 to 1. Default: Math.random. */
  chance?(): number;
}

/** A connection that comes back by itself. */
export interface DeskSocket<C extends AnyCommand> {
  /** Opens the connection; does nothing when it is open. */
  start(): void;
  /** Closes it for good; everything unanswered is refused as `unavailable`. */
  stop(): void;
  /** Cuts a waiting time short: the network is back. */
  retryNow(): void;
  /**
   * Sends a command and waits for its answer. `message.send` survives a lost connection: it goes out again with
   * the same `id`, which the desk records once. Every other command is refused when the connection is lost.
   *
   * @throws CommandError
   */
  command<T extends C['type']>(type: T, data: CommandData<C, T>, id?: string): Promise<Ack>;
}

interface Outstanding {
  frame: string;
  survives: boolean;
  tries: number;
  timer: ReturnType<typeof setTimeout> | undefined;
  resolve(ack: Ack): void;
  reject(error: CommandError): void;
}

/** Creates a client; nothing is opened before `start`. */
export function createDeskSocket<C extends AnyCommand>(options: DeskSocketOptions): DeskSocket<C> {
  const createSocket = options.createSocket ?? ((url, protocol) => new WebSocket(url, protocol));
  const chance = options.chance ?? Math.random;
  const outstanding = new Map<string, Outstanding>();
  let socket: SocketLike | undefined;
  let online = false;
  let attempt = 0;
  let reconnectTimer: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    clearTimeout(reconnectTimer);
    options.onState({ phase: 'connecting' });
    const current = createSocket(options.url, SUBPROTOCOL);
    socket = current;
    current.onopen = () => {
      if (socket === current) current.send(JSON.stringify({ v: 1, type: 'hello', data: options.hello() }));
    };
    current.onmessage = (message) => {
      if (socket === current) receive(JSON.parse(String(message.data)) as ServerFrame);
    };
    current.onclose = (close) => {
      if (socket === current) lose(close.code);
    };
  }

  function receive(frame: ServerFrame): void {
    if (frame.type === 'ack') settle(frame.ref, (entry) => entry.resolve(frame.data));
    else if (frame.type === 'error') refuse(frame);
    else if (frame.type === 'welcome') begin(frame);
    else options.onEvent(frame);
  }

  function begin(welcome: Extract<ServerFrame, { type: 'welcome' }>): void {
    online = true;
    attempt = 0;
    options.onState({ phase: 'online' });
    options.onEvent(welcome);
    for (const entry of outstanding.values()) transmit(entry);
  }

  function refuse(frame: Extract<ServerFrame, { type: 'error' }>): void {
    const entry = frame.ref === undefined ? undefined : outstanding.get(frame.ref);
    if (!entry) return;
    if (frame.data.retryable && entry.survives && entry.tries < MOST_RETRIES) {
      clearTimeout(entry.timer);
      entry.timer = setTimeout(() => transmit(entry), RETRY_AFTER_MS * entry.tries);
      return;
    }
    const { code, message, details } = frame.data;
    settle(frame.ref, (it) => it.reject(new CommandError(code, message, details)));
  }

  function settle(ref: string | undefined, done: (entry: Outstanding) => void): void {
    const entry = ref === undefined ? undefined : outstanding.get(ref);
    if (!entry || ref === undefined) return;
    outstanding.delete(ref);
    clearTimeout(entry.timer);
    done(entry);
  }

  function transmit(entry: Outstanding): void {
    if (!online || !socket) return;
    clearTimeout(entry.timer);
    entry.tries += 1;
    socket.send(entry.frame);
    // A browser cannot see pings, so a dead line shows itself by an answer that does not come.
    entry.timer = setTimeout(() => lose(1006), ANSWER_WITHIN_MS);
  }

  function drop(): void {
    const dropped = socket;
    socket = undefined;
    online = false;
    clearTimeout(reconnectTimer);
    dropped?.close();
    for (const [id, entry] of outstanding) {
      clearTimeout(entry.timer);
      if (!entry.survives) settle(id, (it) => it.reject(new CommandError('unavailable', 'the connection was lost')));
    }
  }

  function lose(code: number): void {
    drop();
    const verdict = judgeClose(code);
    if (verdict === 'signed_out' || verdict === 'forbidden' || verdict === 'protocol') {
      end(verdict);
      return;
    }
    const delayMs = reconnectDelayMs(code, attempt, chance());
    attempt += 1;
    options.onState({ phase: 'waiting', retryAt: Date.now() + delayMs });
    reconnectTimer = setTimeout(open, delayMs);
  }

  function end(because: 'stopped' | 'signed_out' | 'forbidden' | 'protocol'): void {
    drop();
    for (const id of [...outstanding.keys()]) {
      settle(id, (entry) => entry.reject(new CommandError('unavailable', 'the connection has ended')));
    }
    options.onState({ phase: 'ended', because });
  }

  return {
    start() {
      if (!socket) open();
    },
    stop: () => end('stopped'),
    retryNow() {
      if (!socket) open();
    },
    command(type, data, id = createRandomId()) {
      const survives = type === 'message.send';
      if (!online && !survives) return Promise.reject(new CommandError('unavailable', 'there is no connection'));
      return new Promise<Ack>((resolve, reject) => {
        const frame = JSON.stringify({ v: 1, type, id, data });
        const entry: Outstanding = { frame, survives, tries: 0, timer: undefined, resolve, reject };
        outstanding.set(id, entry);
        transmit(entry);
      });
    },
  };
}

/** Address of the desk's socket as seen from a page. */
export function socketUrl(location: { protocol: string; host: string }): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws`;
}
