/** The WebSocket endpoint: opening, hello, commands, heartbeat, end. @see docs/PROTOCOL.md */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import type { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import { DeskError } from '../lib/errors.ts';
import type { Logger } from '../lib/logger.ts';
import {
  AgentCommandSchema,
  BuyerCommandSchema,
  CLOSE_CODES,
  type HelloFrame,
  HelloFrameSchema,
  LIMITS,
  SUBPROTOCOL,
} from '../protocol/frames.ts';
import type { Hub } from './hub.ts';
import type { GatewayMetrics } from './metrics.ts';
import type { CommandHandlers } from './socket-commands.ts';
import { type Identity, SocketConnection } from './socket-connection.ts';

/** What the endpoint needs. */
export interface SocketServerPorts {
  clock: Clock;
  log: Logger;
  hub: Hub;
  metrics: GatewayMetrics;
  commands: CommandHandlers;
  /** Commands a connection may send: a burst, then per second. */
  rate: { burst: number; perSecond: number };
  /** Finds out who says hello; none: unauthorised. */
  identify(hello: HelloFrame['data'], request: IncomingMessage): Promise<Identity | undefined>;
  /** Whether a page of this origin may open a socket. */
  originAllowed(request: IncomingMessage): boolean;
  timing: SocketTiming;
}

/** How long the endpoint waits, in ms. */
export type SocketTiming = Record<'helloWithinMs' | 'heartbeatMs' | 'pongWithinMs', number>;

/** The endpoint. */
export interface SocketServer {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes every socket with 1001 and ends the heartbeat. */
  close(): Promise<void>;
}

/** Refusals a connection may pile up before it is cut off. */
const MAX_REFUSALS = 100;

/** Creates the endpoint; `close` ends what it started. */
export function createSocketServer(ports: SocketServerPorts): SocketServer {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.frameBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  });
  const heartbeat = setInterval(() => beat(ports), ports.timing.heartbeatMs);
  heartbeat.unref();
  server.on('connection', (socket, request) => openConnection(ports, socket, request));
  return {
    upgrade(request, socket, head) {
      if (!ports.originAllowed(request)) return refuseUpgrade(socket, '403 Forbidden');
      server.handleUpgrade(request, socket, head, (opened) => server.emit('connection', opened, request));
    },
    async close() {
      clearInterval(heartbeat);
      for (const connection of ports.hub.all()) connection.close(1001, 'the node is going away');
      await new Promise<void>((resolve) => {
        const cut = setTimeout(() => {
          for (const socket of server.clients) socket.terminate();
        }, 2000);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
      });
    },
  };
}

/** Pings every socket; one that did not answer the last ping in time is cut off. */
function beat(ports: SocketServerPorts): void {
  const asked = ports.hub.all();
  for (const connection of asked) {
    connection.alive = false;
    connection.socket.ping();
  }
  const check = setTimeout(() => {
    for (const connection of asked) if (!connection.alive) connection.socket.terminate();
  }, ports.timing.pongWithinMs);
  check.unref();
}

/** Answers an upgrade that leads nowhere. */
export function refuseUpgrade(socket: Duplex, status: string): void {
  // After an upgrade nobody else listens, and the error of a client that is gone would end the process.
  socket.on('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

function openConnection(ports: SocketServerPorts, socket: WebSocket, request: IncomingMessage): void {
  const connection = new SocketConnection(socket, ports.clock, ports.rate);
  // First of all: without a listener a frame of rubbish would end the process.
  socket.on('error', (error) => ports.log.debug({ err: error }, 'socket error'));
  if (socket.protocol !== SUBPROTOCOL) {
    connection.close(CLOSE_CODES.wrongSubprotocol, `offer the subprotocol ${SUBPROTOCOL}`);
    return;
  }
  ports.hub.add(connection);
  ports.metrics.opened();
  const helloTimer = setTimeout(() => {
    if (!connection.identity) connection.close(CLOSE_CODES.helloTimeout, 'no hello within 5 s');
  }, ports.timing.helloWithinMs);
  helloTimer.unref();
  socket.on('pong', () => {
    connection.alive = true;
  });
  socket.on('message', (data, isBinary) => receive(ports, connection, request, data, isBinary));
  socket.on('close', (code) => {
    clearTimeout(helloTimer);
    ports.hub.remove(connection);
    ports.metrics.closed(code);
    if (connection.identity) ports.commands.left(connection);
  });
}

function receive(
  ports: SocketServerPorts,
  connection: SocketConnection,
  request: IncomingMessage,
  data: RawData,
  isBinary: boolean,
): void {
  connection.alive = true;
  if (isBinary) return connection.close(CLOSE_CODES.badFrame, 'binary frames are not part of the protocol');
  let frame: unknown;
  try {
    frame = JSON.parse(String(data));
  } catch {
    return connection.close(CLOSE_CODES.badFrame, 'not JSON');
  }
  if (connection.helloSeen && isHello(frame)) return connection.close(CLOSE_CODES.duplicateHello, 'hello was said');
  if (!connection.identity) return greet(ports, connection, request, frame);
  // Before the frame is looked at: what is refused costs as much as what is not.
  if (!connection.bucket.take(ports.clock.now())) return refuseTooMany(connection, idOf(frame));
  const schema = connection.identity.role === 'buyer' ? BuyerCommandSchema : AgentCommandSchema;
  const command = schema.safeParse(frame);
  if (!command.success) return refuseFrame(ports, connection, frame, command.error);
  ports.metrics.command(command.data.type);
  ports.commands
    .run(connection, command.data)
    .catch((error: unknown) => answerError(ports, connection, command.data.id, error));
}

function greet(ports: SocketServerPorts, connection: SocketConnection, request: IncomingMessage, frame: unknown): void {
  if (connection.helloSeen) return connection.close(CLOSE_CODES.badFrame, 'wait for welcome');
  connection.helloSeen = true;
  const hello = HelloFrameSchema.safeParse(frame);
  if (!hello.success) return connection.close(CLOSE_CODES.badFrame, describe(hello.error));
  ports
    .identify(hello.data.data, request)
    .then(async (identity) => {
      if (!identity) return connection.close(CLOSE_CODES.unauthorised, 'token or session invalid or expired');
      ports.hub.remove(connection);
      connection.identity = identity;
      ports.hub.add(connection);
      await ports.commands.welcome(connection, hello.data.data, hello.data.id);
      connection.release();
    })
    .catch((error: unknown) => {
      ports.log.warn({ err: error }, 'hello failed');
      connection.close(1011, 'try again');
    });
}

function isHello(frame: unknown): boolean {
  return typeof frame === 'object' && frame !== null && 'type' in frame && frame.type === 'hello';
}

function idOf(frame: unknown): string | undefined {
  return typeof frame === 'object' && frame !== null && 'id' in frame && typeof frame.id === 'string'
    ? frame.id
    : undefined;
}

const BUYER_COMMANDS = new Set<unknown>(BuyerCommandSchema.options.flatMap((option) => [...option.shape.type.values]));
const AGENT_COMMANDS = new Set<unknown>(AgentCommandSchema.options.flatMap((option) => [...option.shape.type.values]));

/**
 * A frame whose data goes beyond a limit (an empty or too long text) is answered; anything else is a client that
 * does not speak the protocol, or not in its own role.
 */
function refuseFrame(ports: SocketServerPorts, connection: SocketConnection, frame: unknown, error: z.ZodError): void {
  const onlyLimits = error.issues.every(
    (issue) => issue.path[0] === 'data' && (issue.code === 'too_small' || issue.code === 'too_big'),
  );
  const id = idOf(frame);
  if (onlyLimits && id !== undefined) {
    return answerError(ports, connection, id, new DeskError('bad_request', describe(error)));
  }
  const { type } = (frame ?? {}) as { type?: unknown };
  if (connection.identity?.role === 'buyer' && AGENT_COMMANDS.has(type) && !BUYER_COMMANDS.has(type)) {
    return connection.close(CLOSE_CODES.forbidden, `${type} is an agent’s`);
  }
  connection.close(CLOSE_CODES.badFrame, describe(error));
}

function refuseTooMany(connection: SocketConnection, ref: string | undefined): void {
  connection.refusals++;
  if (connection.refusals > MAX_REFUSALS) return connection.close(CLOSE_CODES.tooMany, 'too many commands');
  const message = `at most ${LIMITS.perSecond} commands a second after a burst of ${LIMITS.burst}`;
  connection.send('error', { code: 'too_many', message, retryable: true }, ref);
}

function answerError(ports: SocketServerPorts, connection: SocketConnection, ref: string, error: unknown): void {
  if (error instanceof DeskError) {
    const { code, message, retryable, details } = error;
    return connection.send('error', { code, message, retryable, ...(details === undefined ? {} : { details }) }, ref);
  }
  ports.log.error({ err: error }, 'command failed');
  connection.send(
    'error',
    { code: 'unavailable', message: 'the desk cannot do that now: try again', retryable: true },
    ref,
  );
}

/** First fault of a frame, short enough for a close frame (123 bytes). */
function describe(error: z.ZodError): string {
  const issue = error.issues[0]!;
  const text = `${issue.path.join('.') || 'frame'}: ${issue.message}`;
  return Buffer.from(text, 'utf8')
    .subarray(0, 120)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
}
