/** Response clocks, today's promises, and the call to the person on call. */
import { z } from 'zod';
import { startOfDay } from '../../lib/zoned-time.ts';
import { ClockTallySchema, ClockViewSchema, PromiseTallySchema, SettleClockSchema } from '../../protocol/clocks.ts';
import { HttpErrorSchema, NameSchema } from '../../protocol/http.ts';
import { CallViewSchema, TestCallSchema } from '../../protocol/on-call.ts';
import { testCall } from '../../turn/call-on-duty.ts';
import { settleClock } from '../../turn/watch-clocks.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';

const refused = { 401: HttpErrorSchema, 403: HttpErrorSchema, 404: HttpErrorSchema };
const tags = ['clocks'];
const MOST_CLOCKS = 1000;
const LATEST_CALLS = 20;

/** Adds the routes. */
export function addClockRoutes(app: GatewayApp, ports: RoutePorts): void {
  const { desk } = ports;
  app.get(
    '/api/clocks',
    {
      schema: {
        tags,
        summary: 'Clocks that run, the first due first',
        response: { 200: z.strictObject({ clocks: z.array(ClockViewSchema) }), ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireAgent(request);
      return { clocks: await desk.ledger.clocks.open(shopId, desk.clock.now(), MOST_CLOCKS) };
    },
  );
  app.get(
    '/api/clocks/today',
    {
      schema: {
        tags,
        summary: 'Limits and promises kept and missed since midnight, and the latest calls',
        response: {
          200: z.strictObject({
            clocks: z.array(ClockTallySchema),
            promises: PromiseTallySchema,
            calls: z.array(CallViewSchema),
          }),
          ...refused,
        },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireSupervisor(request);
      const { tz } = await desk.shop(shopId);
      const nowMs = desk.clock.now();
      const sinceMs = startOfDay(nowMs, tz);
      const [clocks, promises, calls] = await Promise.all([
        desk.ledger.clocks.tally(shopId, sinceMs, nowMs),
        desk.ledger.clocks.promises(shopId, sinceMs, nowMs),
        desk.ledger.calls.latest(shopId, LATEST_CALLS),
      ]);
      return { clocks, promises, calls };
    },
  );
  app.get(
    '/api/owed/today',
    {
      schema: {
        tags,
        summary: 'Promised answers kept and missed since midnight',
        response: { 200: PromiseTallySchema, ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireAgent(request);
      const { tz } = await desk.shop(shopId);
      const nowMs = desk.clock.now();
      return await desk.ledger.clocks.promises(shopId, startOfDay(nowMs, tz), nowMs);
    },
  );
  app.post(
    '/api/conversations/:id/clocks/settle',
    {
      schema: {
        tags,
        summary: 'Say that a promised answer was given or a logistics case solved',
        params: z.strictObject({ id: NameSchema }),
        body: SettleClockSchema,
        response: { 204: z.null(), ...refused },
      },
    },
    async (request, reply) => {
      await settleClock(desk, await ports.requireAgent(request), request.params.id, request.body.kind);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/on-call/test',
    {
      schema: {
        tags,
        summary: 'Call the person on call once, as a test',
        response: { 200: TestCallSchema, ...refused },
      },
    },
    async (request) => testCall(desk, await ports.requireSupervisor(request)),
  );
}
