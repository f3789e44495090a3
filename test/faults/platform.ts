/** The platform that reminders go to: it writes down every message it takes, and drops those whose key it knows. */
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RunLogs, SendLine } from './logs.ts';

/** A running platform. */
export interface Platform {
  url: string;
  /** The logs it writes into from here on. */
  logs: RunLogs;
  /** Hears of every message. */
  onSend: (line: SendLine) => void;
  close(): Promise<void>;
}

/** The reminder of the runs, of FU-04. */
export const REMINDER = 'SCR-72';

/** A message as it comes to the platform. */
interface PlatformMessage {
  buyerId: string;
  key: string;
  card: string;
}

/** Buyers of a run are named after their only order. */
export function buyerOf(orderId: string): string {
  return `buyer-${orderId}`;
}

/** Starts the platform on a free port. */
export async function startPlatform(logs: RunLogs): Promise<Platform> {
  const keys = new Set<string>();
  const server = createServer(async (request, response) => {
    const { buyerId, key, card } = JSON.parse(await readBody(request)) as PlatformMessage;
    const orderId = buyerId.replace(/^buyer-/, '');
    const line: SendLine = { log: 'sends', orderId, key, card, atMs: Date.now(), repeated: keys.has(key) };
    keys.add(key);
    platform.logs.add(line);
    platform.onSend(line);
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const platform: Platform = {
    url,
    logs,
    onSend: () => undefined,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return platform;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** Hands a message to the platform. @throws when it did not answer that it took it */
export async function sendToPlatform(url: string, message: PlatformMessage): Promise<void> {
  const response = await fetch(url, {
    method: 'POST',
    body: JSON.stringify(message),
    signal: AbortSignal.timeout(5000),
  });
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`the platform answered ${response.status}`);
}
