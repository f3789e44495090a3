/** The HTTP side: fastify with zod schemas, errors of one table, pages, and the upgrade to sockets. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import fastifyHelmet from '@fastify/helmet';
import fastifyStatic from '@fastify/static';
import fastifySwagger from '@fastify/swagger';
import Fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyRequest,
  type RawServerDefault,
} from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { ConversationRow } from '../conversations/ports.ts';
import type { Agent } from '../desk/ports.ts';
import { DeskError } from '../lib/errors.ts';
import type { AgentSelf } from '../protocol/records.ts';
import type { Desk } from '../turn/desk.ts';
import type { GateWith } from '../turn/keep-gate-rules.ts';
import type { Lessons } from '../turn/schedule-lessons.ts';
import type { GatewayMetrics } from './metrics.ts';
import { addApprovalRoutes } from './routes/approval-routes.ts';
import { addClockRoutes } from './routes/clock-routes.ts';
import { addDemoRoutes } from './routes/demo-routes.ts';
import { addDeskRoutes } from './routes/desk-routes.ts';
import { addDeskToolsRoutes } from './routes/desk-tools-routes.ts';
import { addDiscountRoutes } from './routes/discount-routes.ts';
import { addFollowUpRoutes } from './routes/follow-up-routes.ts';
import { addGateRulesRoutes } from './routes/gate-rules-routes.ts';
import { addGoodsRoutes } from './routes/goods-routes.ts';
import { addGoodsWebhookRoutes } from './routes/goods-webhook-routes.ts';
import { addHealthRoutes } from './routes/health-routes.ts';
import { addLearningRoutes } from './routes/learning-routes.ts';
import { addLibraryRoutes } from './routes/library-routes.ts';
import { addModesRoutes } from './routes/modes-routes.ts';
import { addOrderRoutes } from './routes/order-routes.ts';
import { addRecordRoutes } from './routes/record-routes.ts';
import { addSessionRoutes } from './routes/session-routes.ts';
import { addSettingsRoutes } from './routes/settings-routes.ts';
import { addTeachingRoutes } from './routes/teaching-routes.ts';
import { addTransferRoutes } from './routes/transfer-routes.ts';
import type { Sessions } from './sessions.ts';
import type { Visitor, VisitorTokens } from './visitor-tokens.ts';

/** fastify as this server uses it. */
export type GatewayApp = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What the routes need. */
export interface RoutePorts {
  desk: Desk;
  sessions: Sessions;
  visitorTokens: VisitorTokens;
  webhookSecret: string;
  metrics: GatewayMetrics;
  /** The shop a bare login or an anonymous visitor belongs to. */
  defaultShop(): Promise<string>;
  self(agent: Agent): Promise<AgentSelf>;
  /** @throws DeskError `unauthorised` */
  requireAgent(request: FastifyRequest): Promise<Agent>;
  /** @throws DeskError `unauthorised`, `forbidden` */
  requireSupervisor(request: FastifyRequest): Promise<Agent>;
  /** The visitor of an `Authorization: Bearer` header. @throws DeskError `unauthorised` */
  requireVisitor(request: FastifyRequest): Visitor;
  /** @throws DeskError `unauthorised` */
  readVisitor(token: string): Visitor;
  conversationOf(visitor: Visitor): Promise<ConversationRow>;
  /** Whether an address may ask for another visitor token. */
  visitorLimit(address: string): boolean;
  lessons: Lessons;
  /** Makes a gate with a shop's own rules. */
  gateWith: GateWith;
  /** Chinese titles of the library's files, by group. */
  groupTitles(): ReadonlyMap<string, string>;
  /** Why changed files of the script library cannot be read. */
  fileProblem(): string | undefined;
  intentNames(): { id: string; name: { zh: string; en: string } }[];
  demoAbout(buyerId: string): string;
  demoAgents(): { login: string; password: string; role: string; name: string }[];
  /** Answers when the node can work. @throws when it cannot */
  ready(): Promise<void>;
}

/** How the server is set up. */
export interface HttpServerOptions {
  trustProxy: boolean;
  /** Folder of the built pages; none: no pages are served. */
  pagesDir: string | undefined;
  originAllowed(request: IncomingMessage): boolean;
}

/** Creates the server; it does not listen yet. */
export async function createHttpServer(ports: RoutePorts, options: HttpServerOptions): Promise<GatewayApp> {
  const app: GatewayApp = Fastify({
    trustProxy: options.trustProxy,
    bodyLimit: 64 * 1024,
    forceCloseConnections: true,
    // A request that hangs holds nothing for ever.
    requestTimeout: 15_000,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'huashu desk',
        version: '1',
        description: 'The HTTP interface of the desk; sockets are described by asyncapi.json.',
      },
    },
    transform: jsonSchemaTransform,
  });
  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: { useDefaults: false, directives: CSP },
    hsts: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
  app.addHook('onRequest', async (request) => {
    // A form or script of another site would send its Origin along; a program sends none.
    const changes = request.method !== 'GET' && request.method !== 'HEAD';
    if (changes && !options.originAllowed(request.raw))
      throw new DeskError('forbidden', 'this origin may not use the desk');
  });
  setErrorHandler(app, ports);
  addHealthRoutes(app, ports);
  addSessionRoutes(app, ports);
  addDeskRoutes(app, ports);
  addDeskToolsRoutes(app, ports);
  addLibraryRoutes(app, ports);
  addGateRulesRoutes(app, ports);
  await addTransferRoutes(app, ports);
  addTeachingRoutes(app, ports);
  addLearningRoutes(app, ports);
  addApprovalRoutes(app, ports);
  addClockRoutes(app, ports);
  addSettingsRoutes(app, ports);
  addFollowUpRoutes(app, ports);
  addModesRoutes(app, ports);
  addDiscountRoutes(app, ports);
  addRecordRoutes(app, ports);
  addDemoRoutes(app, ports);
  await addGoodsRoutes(app, ports);
  addGoodsWebhookRoutes(app, ports);
  addOrderRoutes(app, ports);
  if (options.pagesDir !== undefined) await addPages(app, options.pagesDir);
  return app;
}

const CSP = {
  'default-src': ["'self'"],
  'script-src': ["'self'"],
  // react-aria-components adds one style element.
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'", 'ws:', 'wss:'],
  'frame-ancestors': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'self'"],
  'object-src': ["'none'"],
};

function setErrorHandler(app: GatewayApp, ports: RoutePorts): void {
  app.setErrorHandler((error: FastifyError | DeskError, request, reply) => {
    if (error instanceof DeskError) {
      const { code, message, retryable, details } = error;
      return reply.code(error.status).send({ code, message, retryable, ...(details === undefined ? {} : { details }) });
    }
    if (hasZodFastifySchemaValidationErrors(error)) {
      const first = error.validation[0]!;
      const place = `${error.validationContext}${first.instancePath.replaceAll('/', '.')}`;
      return reply.code(400).send({ code: 'bad_request', message: `${place}: ${first.message}`, retryable: false });
    }
    const status = error.statusCode ?? 500;
    if (status >= 500) {
      ports.desk.log.error({ err: error, method: request.method, route: request.routeOptions.url }, 'request failed');
      ports.metrics.failed('request');
      return reply
        .code(503)
        .send({ code: 'unavailable', message: 'the desk cannot do that now: try again', retryable: true });
    }
    const code = status === 413 ? 'too_large' : status === 404 ? 'not_found' : 'bad_request';
    return reply.code(status).send({ code, message: error.message, retryable: false });
  });
  app.setNotFoundHandler((request, reply) =>
    reply.code(404).send({
      code: 'not_found',
      message: `${request.method} ${request.url.split('?')[0]} is not here`,
      retryable: false,
    }),
  );
}

async function addPages(app: GatewayApp, dir: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: dir,
    wildcard: false,
    index: false,
    setHeaders(reply, path) {
      reply.header('cache-control', path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  for (const page of ['console', 'supervisor', 'library', 'settings', 'shop']) {
    app.get(`/${page}`, { schema: { hide: true } }, (_request, reply) => reply.sendFile(`${page}.html`));
  }
  app.get('/', { schema: { hide: true } }, (_request, reply) => reply.redirect('/console'));
}
