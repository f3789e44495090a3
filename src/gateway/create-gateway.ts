/** Puts the gateway together: pages and HTTP, sockets, presence, and what of the bus goes to which socket. */
import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { DEMO_AGENTS, DEMO_BUYERS } from '../demo/demo-people.ts';
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import { createId } from '../lib/ids.ts';
import type { HelloFrame } from '../protocol/frames.ts';
import type { AgentSelf } from '../protocol/records.ts';
import type { Desk } from '../turn/desk.ts';
import type { GateWith } from '../turn/keep-gate-rules.ts';
import type { Lessons } from '../turn/schedule-lessons.ts';
import type { Workers } from '../turn/workers.ts';
import { createHttpServer, type GatewayApp, type RoutePorts } from './http-server.ts';
import { createHub } from './hub.ts';
import { createPresenceKeeper, type PresenceKeeper, type PresencePort } from './keep-presence.ts';
import { createMessageFeed } from './message-feed.ts';
import { createGatewayMetrics } from './metrics.ts';
import { pushEvents } from './push-events.ts';
import { createSessions, SESSION_COOKIE } from './sessions.ts';
import { createCommandHandlers } from './socket-commands.ts';
import type { Identity } from './socket-connection.ts';
import { createSocketServer, refuseUpgrade, type SocketTiming } from './socket-server.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';
import { createVisitorTokens, type Visitor } from './visitor-tokens.ts';

/** What the gateway is set up with. */
export interface GatewayOptions {
  presence: PresencePort;
  /** Key of the visitor tokens. */
  secret: string;
  webhookSecret: string;
  allowedOrigins: string[];
  trustProxy: boolean;
  pagesDir: string | undefined;
  /** Commands a connection may send: a burst, then per second. */
  rate: { burst: number; perSecond: number };
  timing: SocketTiming;
  lessons: Lessons;
  /** Makes a gate with a shop's own rules. */
  gateWith: GateWith;
  /** Chinese titles of the library's files, by group. */
  groupTitles(): ReadonlyMap<string, string>;
  /** Why changed files of the script library cannot be read. */
  fileProblem(): string | undefined;
  intentNames(): { id: string; name: { zh: string; en: string } }[];
  ready(): Promise<void>;
}

/** The gateway of one node. */
export interface Gateway {
  app: GatewayApp;
  presence: PresenceKeeper;
  close(): Promise<void>;
}

/** How often the record is compared with what was pushed. */
const HEAL_EVERY_MS = 2000;
/** How far back a comparison looks. */
const HEAL_BACK_MS = 15_000;
/** New visitor tokens an address may ask for: a burst, then per second. */
const VISITORS = { burst: 60, perSecond: 2 };
const REMEMBERED_ADDRESSES = 10_000;

/** Creates the gateway; it does not listen yet. */
export async function createGateway(desk: Desk, workers: Workers, options: GatewayOptions): Promise<Gateway> {
  const hub = createHub(desk.clock);
  const metrics = createGatewayMetrics(
    () => hub.all().length,
    () => workers.waiting(),
  );
  workers.onTurn((durationMs, proposals) => metrics.turn(durationMs, proposals));
  const presence = createPresenceKeeper(hub, options.presence, desk.bus, desk.clock, desk.log);
  const sessions = createSessions(desk.ledger.people, desk.clock);
  const visitorTokens = createVisitorTokens(options.secret);
  const originAllowed = (request: IncomingMessage) => isOriginAllowed(request, options.allowedOrigins);
  const conversationOf = (visitor: Visitor) =>
    desk.ledger.conversations.open(
      visitor.shopId,
      visitor.buyerId,
      'web',
      createId('conversation', desk.clock.now()),
      desk.clock.now(),
    );
  const ports: RoutePorts = {
    desk,
    sessions,
    visitorTokens,
    metrics,
    conversationOf,
    webhookSecret: options.webhookSecret,
    defaultShop: () => defaultShop(desk),
    self: (agent) => selfOf(desk, agent),
    async requireAgent(request) {
      const agent = await sessions.read(request.cookies[SESSION_COOKIE]);
      if (!agent) throw new DeskError('unauthorised', 'sign in first');
      return agent;
    },
    async requireSupervisor(request) {
      const agent = await ports.requireAgent(request);
      if (agent.role !== 'supervisor') throw new DeskError('forbidden', 'this is the supervisor’s');
      return agent;
    },
    requireVisitor: (request) => ports.readVisitor(bearerOf(request)),
    readVisitor(token) {
      const visitor = visitorTokens.read(token, desk.clock.now());
      if (!visitor) throw new DeskError('unauthorised', 'the visitor token is invalid or expired');
      return visitor;
    },
    visitorLimit: limitByAddress(desk),
    lessons: options.lessons,
    gateWith: options.gateWith,
    groupTitles: options.groupTitles,
    fileProblem: options.fileProblem,
    intentNames: options.intentNames,
    demoAbout: (id) => DEMO_BUYERS.find((buyer) => buyer.id === id)?.about ?? '',
    demoAgents: () => DEMO_AGENTS.map(({ login, password, role, name }) => ({ login, password, role, name })),
    ready: options.ready,
  };
  const app = await createHttpServer(ports, {
    trustProxy: options.trustProxy,
    pagesDir: options.pagesDir,
    originAllowed,
  });
  const sockets = createSocketServer({
    clock: desk.clock,
    log: desk.log,
    hub,
    metrics,
    originAllowed,
    rate: options.rate,
    timing: options.timing,
    commands: createCommandHandlers(desk, presence, (turn) => workers.understand(turn)),
    identify: (hello, request) => identify(hello, request, ports),
  });
  app.server.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?')[0] === '/ws') sockets.upgrade(request, socket, head);
    else refuseUpgrade(socket, '404 Not Found');
  });
  const feed = createMessageFeed(
    {
      read: (shopId, id, after, limit) => desk.ledger.conversations.messages(shopId, id, after, limit),
      changedSince: (shopId, since) => desk.ledger.conversations.changedSince(shopId, since),
      buyerOf: async (shopId, id) => (await desk.ledger.conversations.find(shopId, id))?.buyerId,
      deliver: (shopId, buyerId, message) => hub.pushMessage(shopId, buyerId, message),
    },
    desk.log,
  );
  const unsubscribe = pushEvents(desk, hub, feed, presence);
  const healing = setInterval(() => {
    for (const shopId of hub.shops()) {
      feed
        .heal(shopId, desk.clock.now() - HEAL_BACK_MS)
        .catch((error: unknown) => desk.log.warn({ err: error }, 'comparing with the record failed'));
    }
  }, HEAL_EVERY_MS);
  healing.unref();
  return {
    app,
    presence,
    async close() {
      clearInterval(healing);
      await presence.close();
      await sockets.close();
      unsubscribe();
      await app.close();
    },
  };
}

async function defaultShop(desk: Desk): Promise<string> {
  const [first] = await desk.ledger.people.shops();
  if (!first) throw new DeskError('not_found', 'no shop is set up on this desk yet');
  return first.id;
}

async function selfOf(desk: Desk, agent: Agent): Promise<AgentSelf> {
  const { id, name, title, role, shopId } = agent;
  return { id, name, title, role, shopId, shopName: (await desk.shop(shopId)).name };
}

function bearerOf(request: FastifyRequest): string {
  const [kind, token] = (request.headers.authorization ?? '').split(' ');
  if (kind !== 'Bearer' || !token)
    throw new DeskError('unauthorised', 'send the visitor token as Authorization: Bearer');
  return token;
}

async function identify(
  hello: HelloFrame['data'],
  request: IncomingMessage,
  ports: RoutePorts,
): Promise<Identity | undefined> {
  const { desk } = ports;
  if (hello.role === 'agent') {
    const agent = await ports.sessions.read(hello.token ?? cookieOf(request));
    return agent && { role: 'agent', shopId: agent.shopId, agent };
  }
  const visitor = hello.token === undefined ? undefined : ports.visitorTokens.read(hello.token, desk.clock.now());
  if (!visitor) return undefined;
  const buyer = await desk.ledger.people.buyer(visitor.shopId, visitor.buyerId);
  if (!buyer) return undefined;
  const row = await ports.conversationOf(visitor);
  return { role: 'buyer', shopId: visitor.shopId, buyerId: buyer.id, conversationId: row.id, name: buyer.name };
}

function cookieOf(request: IncomingMessage): string | undefined {
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2);
    if (name === SESSION_COOKIE && value) return decodeURIComponent(value);
  }
  return undefined;
}

/** A browser's page must be of the desk's own host or of an allowed origin; a program sends no Origin. */
function isOriginAllowed(request: IncomingMessage, allowed: string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return true;
  if (allowed.includes(origin)) return true;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}

function limitByAddress(desk: Desk): (address: string) => boolean {
  const buckets = new Map<string, TokenBucket>();
  return (address) => {
    const nowMs = desk.clock.now();
    const bucket = buckets.get(address) ?? createTokenBucket(VISITORS.burst, VISITORS.perSecond, nowMs);
    buckets.set(address, bucket);
    if (buckets.size > REMEMBERED_ADDRESSES) buckets.delete(buckets.keys().next().value!);
    return bucket.take(nowMs);
  };
}
