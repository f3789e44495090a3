/** Sign-in of agents and tokens of visitors. */

import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { DeskError } from '../../lib/errors.ts';
import { createId } from '../../lib/ids.ts';
import { isTimeZone } from '../../lib/wall-time.ts';
import { HttpErrorSchema, SignInSchema, VisitorRequestSchema, VisitorSchema } from '../../protocol/http.ts';
import { AgentSelfSchema } from '../../protocol/records.ts';
import { tellTimers } from '../../turn/plan-follow-ups.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { SESSION_COOKIE, SESSION_MS } from '../sessions.ts';

/** Adds the routes. */
export function addSessionRoutes(app: GatewayApp, ports: RoutePorts): void {
  app.post(
    '/api/session',
    {
      schema: {
        tags: ['desk'],
        summary: 'Sign in an agent or supervisor',
        body: SignInSchema,
        response: { 200: AgentSelfSchema, 401: HttpErrorSchema, 429: HttpErrorSchema },
      },
    },
    async (request, reply) => {
      const { login, password } = request.body;
      const [shopId, name] = login.includes('/')
        ? (login.split('/', 2) as [string, string])
        : [await ports.defaultShop(), login];
      const { token, agent } = await ports.sessions.signIn(shopId, name, password);
      setCookie(reply, token, SESSION_MS / 1000, request.protocol === 'https');
      return await ports.self(agent);
    },
  );
  app.get(
    '/api/session',
    {
      schema: { tags: ['desk'], summary: 'Who is signed in', response: { 200: AgentSelfSchema, 401: HttpErrorSchema } },
    },
    async (request) => await ports.self(await ports.requireAgent(request)),
  );
  app.delete(
    '/api/session',
    {
      schema: { tags: ['desk'], summary: 'Sign out', response: { 204: z.null() } },
    },
    async (request, reply) => {
      const token = request.cookies[SESSION_COOKIE];
      if (token) await ports.sessions.signOut(token);
      setCookie(reply, '', 0, request.protocol === 'https');
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/visitor',
    {
      schema: {
        tags: ['buyer'],
        summary: 'A token for a buyer’s page',
        body: VisitorRequestSchema,
        response: { 200: VisitorSchema, 404: HttpErrorSchema, 429: HttpErrorSchema },
      },
    },
    async (request) => {
      if (!ports.visitorLimit(request.ip))
        throw new DeskError('too_many', 'too many new visitors from this address: wait a minute');
      const { desk } = ports;
      const shopId = await ports.defaultShop();
      const shop = await desk.shop(shopId);
      const nowMs = desk.clock.now();
      const asked = request.body.buyer;
      if (asked !== undefined) {
        const buyer = shop.settings.demo ? await desk.ledger.people.buyer(shopId, asked) : undefined;
        if (!buyer) throw new DeskError('not_found', `buyer ${asked} is not a demo buyer of this shop`);
        return {
          token: ports.visitorTokens.sign({ shopId, buyerId: buyer.id }, nowMs),
          buyerId: buyer.id,
          name: buyer.name,
          shopName: shop.name,
        };
      }
      const id = createId('buyer', nowMs);
      const { timeZone } = request.body;
      const tz = timeZone !== undefined && isTimeZone(timeZone) ? timeZone : null;
      const buyer = await desk.ledger.people.saveBuyer(
        {
          shopId,
          id,
          channel: 'web',
          externalId: id,
          name: `访客${id.slice(-4)}`,
          tz,
          facts: { isReturning: false },
          profile: null,
          consent: {},
          optedOut: 'none',
          readAt: nowMs,
        },
        nowMs,
      );
      if (tz !== null && tz !== shop.tz) {
        const located = { type: 'buyer.located', atMs: nowMs, data: { buyerId: buyer.id, timeZone: tz } } as const;
        await tellTimers(desk.ledger, desk, shop, located);
      }
      return {
        token: ports.visitorTokens.sign({ shopId, buyerId: buyer.id }, nowMs),
        buyerId: buyer.id,
        name: buyer.name,
        shopName: shop.name,
      };
    },
  );
}

function setCookie(reply: FastifyReply, value: string, maxAgeS: number, secure: boolean): void {
  void reply.setCookie(SESSION_COOKIE, value, { path: '/', httpOnly: true, sameSite: 'lax', secure, maxAge: maxAgeS });
}
