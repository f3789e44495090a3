/** A socket that keeps every frame it got: tests wait for frames and never for time. */
import { setTimeout } from 'node:timers/promises';
import WebSocket from 'ws';
import { CommandRefused } from '../../src/cli/desk-client.ts';
import { type ServerFrame, ServerFrameSchema, SUBPROTOCOL } from '../../src/protocol/frames.ts';
import type { Message } from '../../src/protocol/records.ts';

type FrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;
type DataOf<T extends ServerFrame['type']> = FrameOf<T>['data'];

/** How a socket ended. */
export interface SocketEnd {
  code: number;
  reason: string;
}

/** One socket of a buyer or an agent. */
export interface TestClient {
  socket: WebSocket;
  /** Every frame so far, oldest first. */
  frames: ServerFrame[];
  /** Waits for the end of the socket. */
  ended(): Promise<SocketEnd>;
  /** Takes the first frame of a type that was not taken before and fits, waiting for it if need be. */
  next<T extends ServerFrame['type']>(type: T, fits?: (data: DataOf<T>) => boolean): Promise<DataOf<T>>;
  /** Data of every frame of a type so far. */
  all<T extends ServerFrame['type']>(type: T): DataOf<T>[];
  /** Messages shown so far. */
  messages(): Message[];
  /** Sends a command and waits for its ack. @throws CommandRefused */
  command(type: string, data: object, id?: string): Promise<DataOf<'ack'>>;
  /** Sends a command that must be refused, and gives the refusal. */
  refused(type: string, data: object, id?: string): Promise<CommandRefused>;
  send(frame: unknown): void;
  close(): Promise<void>;
}

/** How a socket is opened. */
export interface OpenOptions {
  headers?: Record<string, string>;
  protocols?: string[];
}

/** What a hello says. */
export type Hello =
  | { role: 'buyer'; token: string; resume?: object }
  | { role: 'agent'; cookie: string; resume?: object };

/** A frame that does not come within this time does not come at all. */
const PATIENCE_MS = 40_000;

/** How often a condition that no frame tells of is looked at. */
const LOOK_EVERY_MS = 50;

let counter = 0;

/** Looks until there is something to see, for `patienceMs` at most. */
export async function until<T>(look: () => Promise<T | undefined>, what: string, patienceMs = PATIENCE_MS): Promise<T> {
  const patience = AbortSignal.timeout(patienceMs);
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (patience.aborted) throw new Error(`no ${what} within ${patienceMs} ms`);
    await setTimeout(LOOK_EVERY_MS);
  }
}

/** Opens a socket and says nothing yet. */
export async function openSocket(url: string, options: OpenOptions = {}): Promise<TestClient> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, options.protocols ?? [SUBPROTOCOL], {
    headers: options.headers ?? {},
    perMessageDeflate: false,
  });
  const client = createClient(socket);
  await new Promise<void>((resolve, reject) => {
    socket.once('open', () => resolve());
    socket.once('error', reject);
  });
  return client;
}

/** Opens a socket, says hello and waits for the welcome. */
export async function openClient(url: string, hello: Hello): Promise<TestClient & { welcome: DataOf<'welcome'> }> {
  const client = await openSocket(url, hello.role === 'agent' ? { headers: { cookie: hello.cookie } } : {});
  client.send(helloFrame(hello));
  const welcome = await client.next('welcome');
  return Object.assign(client, { welcome });
}

/** The hello frame of a client. */
export function helloFrame(hello: Hello): object {
  const { role, resume } = hello;
  const token = hello.role === 'buyer' ? { token: hello.token } : {};
  return { v: 1, type: 'hello', data: { role, ...token, ...(resume ? { resume } : {}) } };
}

function createClient(socket: WebSocket): TestClient {
  const frames: ServerFrame[] = [];
  const taken = new Set<ServerFrame>();
  const waiting = new Set<() => void>();
  let end: SocketEnd | undefined;
  socket.once('close', (code, reason) => {
    end = { code, reason: String(reason) };
    for (const look of [...waiting]) look();
  });
  socket.on('error', () => undefined);
  socket.on('message', (data) => {
    // A frame that is not of the protocol fails the test that waits for it.
    frames.push(ServerFrameSchema.parse(JSON.parse(String(data))));
    for (const look of [...waiting]) look();
  });

  function wait<T>(what: string, find: () => T | undefined): Promise<T> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void) => {
        clearTimeout(timer);
        waiting.delete(look);
        act();
      };
      const look = () => {
        const found = find();
        if (found !== undefined) settle(() => resolve(found));
        else if (end) settle(() => reject(new Error(`closed with ${end?.code} before ${what}`)));
      };
      const timer = globalThis.setTimeout(() => {
        const got = frames.map((frame) => frame.type).join(', ');
        settle(() => reject(new Error(`no ${what} within ${PATIENCE_MS} ms; got ${got || 'nothing'}`)));
      }, PATIENCE_MS);
      waiting.add(look);
      look();
    });
  }

  async function answer(type: string, data: object, id: string): Promise<FrameOf<'ack'> | FrameOf<'error'>> {
    const from = frames.length;
    socket.send(JSON.stringify({ v: 1, type, id, data }));
    return await wait(`answer to ${type}`, () => {
      for (const frame of frames.slice(from)) {
        if ((frame.type === 'ack' || frame.type === 'error') && frame.ref === id) return frame;
      }
      return undefined;
    });
  }

  return {
    socket,
    frames,
    ended: () => wait('close', () => end),
    next: <T extends ServerFrame['type']>(type: T, fits: (data: DataOf<T>) => boolean = () => true) =>
      wait<DataOf<T>>(`${type} that fits`, () => {
        for (const frame of frames) {
          const data = frame.data as DataOf<T>;
          if (frame.type !== type || taken.has(frame) || !fits(data)) continue;
          taken.add(frame);
          return data;
        }
        return undefined;
      }),
    all: <T extends ServerFrame['type']>(type: T) =>
      frames.filter((frame) => frame.type === type).map((frame) => frame.data as DataOf<T>),
    messages: () => frames.flatMap((frame) => (frame.type === 'message.appended' ? [frame.data.message] : [])),
    async command(type, data, id = `t${++counter}`) {
      const frame = await answer(type, data, id);
      if (frame.type === 'ack') return frame.data;
      throw new CommandRefused(frame.data.code, frame.data.message, frame.data.retryable);
    },
    async refused(type, data, id = `t${++counter}`) {
      const frame = await answer(type, data, id);
      if (frame.type === 'ack') throw new Error(`${type} was not refused`);
      return new CommandRefused(frame.data.code, frame.data.message, frame.data.retryable);
    },
    send: (frame) => socket.send(typeof frame === 'string' || Buffer.isBuffer(frame) ? frame : JSON.stringify(frame)),
    async close() {
      if (socket.readyState !== WebSocket.CLOSED) socket.close(1000);
      await wait('close', () => end);
    },
  };
}
