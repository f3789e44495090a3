/** A small client of the desk's own protocol, for replays, benches and tests. */
import WebSocket from 'ws';
import { type ServerFrame, SUBPROTOCOL } from '../protocol/frames.ts';

/** One socket of a buyer or an agent. */
export interface DeskClient {
  /** Sends a command and waits for its ack. @throws Error with the code when it is refused */
  command(type: string, data: object, id?: string): Promise<Extract<ServerFrame, { type: 'ack' }>['data']>;
  /** Hears every frame. */
  onFrame(listener: (frame: ServerFrame) => void): () => void;
  welcome: Extract<ServerFrame, { type: 'welcome' }>['data'];
  close(): Promise<void>;
}

/** How to sign in. */
export type ClientIdentity =
  | { role: 'buyer'; token: string; resume?: object }
  | { role: 'agent'; cookie: string; resume?: object };

let counter = 0;

/** Opens a socket, says hello and waits for the welcome. */
export async function openDeskClient(url: string, identity: ClientIdentity): Promise<DeskClient> {
  const headers = identity.role === 'agent' ? { cookie: identity.cookie } : {};
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws`, SUBPROTOCOL, { headers, perMessageDeflate: false });
  const listeners = new Set<(frame: ServerFrame) => void>();
  const pending = new Map<string, { resolve: (data: never) => void; reject: (error: Error) => void }>();
  let ended: Error | undefined;
  const welcome = await new Promise<DeskClient['welcome']>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => {
      const { role, resume } = identity;
      const token = identity.role === 'buyer' ? { token: identity.token } : {};
      socket.send(JSON.stringify({ v: 1, type: 'hello', data: { role, ...token, ...(resume ? { resume } : {}) } }));
    });
    socket.on('message', (data) => {
      const frame = JSON.parse(String(data)) as ServerFrame;
      if (frame.type === 'welcome') resolve(frame.data);
      const call = frame.ref === undefined ? undefined : pending.get(frame.ref);
      if (call && frame.ref !== undefined) {
        pending.delete(frame.ref);
        if (frame.type === 'ack') call.resolve(frame.data as never);
        else if (frame.type === 'error')
          call.reject(new CommandRefused(frame.data.code, frame.data.message, frame.data.retryable));
      }
      for (const listener of listeners) listener(frame);
    });
    socket.once('close', (code, reason) => {
      ended = new Error(`socket closed with ${code} ${String(reason)}`);
      reject(ended);
      for (const call of pending.values()) call.reject(ended);
      pending.clear();
    });
  });
  return {
    welcome,
    command(type, data, id = `c${++counter}-${process.pid}`) {
      return new Promise((resolve, reject) => {
        if (ended) return reject(ended);
        pending.set(id, { resolve, reject });
        socket.send(JSON.stringify({ v: 1, type, id, data }));
      });
    },
    onFrame(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      if (socket.readyState === WebSocket.CLOSED) return;
      await new Promise<void>((resolve) => {
        socket.once('close', () => resolve());
        socket.close(1000);
      });
    },
  };
}

/** A command the desk refused. */
export class CommandRefused extends Error {
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, retryable: boolean) {
    super(`${code}: ${message}`);
    this.name = 'CommandRefused';
    this.code = code;
    this.retryable = retryable;
  }
}

/** Signs an agent in and returns the cookie. @throws Error when the desk refuses */
export async function signIn(url: string, login: string, password: string): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login, password }),
  });
  if (!response.ok) throw new Error(`sign-in of ${login} at ${url} failed: ${await response.text()}`);
  return (response.headers.get('set-cookie') ?? '').split(';')[0]!;
}

/** Time between two tries when the desk says that too many visitors come from here. */
const PAUSE_MS = 500;

/** Asks for a visitor token, and waits while too many visitors come from this address; `buyer` names a demo buyer. */
export async function askForToken(url: string, buyer?: string): Promise<{ token: string; buyerId: string }> {
  for (;;) {
    const response = await fetch(`${url}/api/visitor`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(buyer === undefined ? {} : { buyer }),
    });
    if (response.ok) return (await response.json()) as { token: string; buyerId: string };
    const refusal = await response.text();
    if (response.status !== 429) throw new Error(`a visitor token was refused: ${refusal}`);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}
