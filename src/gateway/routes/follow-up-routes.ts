/** Follow-ups: the timers as they run, the ledger and its file, tasks with their script, refusals taken back. */
import { Readable } from 'node:stream';
import { z } from 'zod';
import { HttpErrorSchema, NameSchema } from '../../protocol/http.ts';
import {
  FollowUpViewSchema,
  LedgerQuerySchema,
  LedgerRowSchema,
  TaskDetailSchema,
  TaskViewSchema,
} from '../../protocol/records.ts';
import { TimerViewSchema } from '../../protocol/timers.ts';
import { exportLedger, LEDGER_FORMS } from '../../turn/export-ledger.ts';
import { startShopTask } from '../../turn/raise-shop-task.ts';
import { showFollowUps, showLedger } from '../../turn/show-follow-ups.ts';
import { showTaskDetail, showTasks } from '../../turn/show-tasks.ts';
import { showTimers } from '../../turn/show-timers.ts';
import { allowMarketing } from '../../turn/stop-marketing.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { refuseUnstorable } from '../refuse-unstorable.ts';

const refused = { 400: HttpErrorSchema, 401: HttpErrorSchema, 403: HttpErrorSchema, 404: HttpErrorSchema };
const tags = ['follow-ups'];
const Id = z.strictObject({ id: NameSchema });
const Ledger = LedgerQuerySchema.extend({
  orderId: NameSchema.min(1).optional(),
  buyerId: NameSchema.min(1).optional(),
});

/** Adds the routes. */
export function addFollowUpRoutes(app: GatewayApp, ports: RoutePorts): void {
  addLedger(app, ports);
  addTasks(app, ports);
  const { desk } = ports;
  app.get(
    '/api/timers',
    {
      schema: {
        tags,
        summary: 'The 49 timers as they run, and what may be changed about them',
        response: { 200: z.strictObject({ timers: z.array(TimerViewSchema) }), ...refused },
      },
    },
    async (request) => ({ timers: await showTimers(desk, (await ports.requireSupervisor(request)).shopId) }),
  );
  app.post(
    '/api/timers/:id/start',
    {
      preValidation: refuseUnstorable,
      schema: {
        tags,
        summary: 'Start a timer that people start (FU-27, FU-39, FU-40, FU-49): a task of the shop with a note',
        params: Id,
        body: z.strictObject({ note: z.string().trim().min(1).max(200) }),
        response: { 204: z.void(), ...refused },
      },
    },
    async (request, reply) => {
      const supervisor = await ports.requireSupervisor(request);
      await startShopTask(desk, supervisor, request.params.id, request.body.note);
      return reply.code(204).send();
    },
  );
  app.post(
    '/api/conversations/:id/opt-in',
    {
      preValidation: refuseUnstorable,
      schema: {
        tags,
        summary: 'Take back a buyer’s refusal of reminders, with the reason',
        params: Id,
        body: z.strictObject({ reason: z.string().trim().min(1).max(500) }),
        response: { 204: z.void(), ...refused },
      },
    },
    async (request, reply) => {
      await allowMarketing(desk, await ports.requireAgent(request), request.params.id, request.body.reason);
      return reply.code(204).send();
    },
  );
}

function addLedger(app: GatewayApp, ports: RoutePorts): void {
  const { desk } = ports;
  app.get(
    '/api/follow-ups',
    {
      schema: {
        tags,
        summary: 'Planned and ended touches of a buyer',
        querystring: z.strictObject({ buyerId: NameSchema }),
        response: { 200: z.strictObject({ followUps: z.array(FollowUpViewSchema) }), ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireAgent(request);
      return { followUps: await showFollowUps(desk, shopId, request.query.buyerId) };
    },
  );
  app.get(
    '/api/follow-ups/ledger',
    {
      schema: {
        tags,
        summary: 'The ledger of the shop, by due moment, the latest first',
        querystring: Ledger.extend({
          cursor: z.string().max(100).optional(),
          limit: z.coerce.number().int().min(1).max(200).default(50),
        }),
        response: {
          200: z.strictObject({ rows: z.array(LedgerRowSchema), next: z.string().optional() }),
          ...refused,
        },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireSupervisor(request);
      const { cursor, limit, ...query } = request.query;
      return await showLedger(desk, shopId, query, cursor, limit);
    },
  );
  app.get(
    '/api/follow-ups/export',
    {
      schema: {
        tags,
        summary: 'The ledger as a file; personal data is masked unless asked for',
        querystring: Ledger.extend({
          form: z.enum(LEDGER_FORMS).default('csv'),
          personal: z.stringbool().default(false),
        }),
        response: refused,
      },
    },
    async (request, reply) => {
      const { shopId, id } = await ports.requireSupervisor(request);
      const { form, personal, ...query } = request.query;
      await desk.ledger.desk.audit(shopId, id, 'ledger.exported', { form, personal, query }, desk.clock.now());
      return reply
        .type(form === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson; charset=utf-8')
        .header('content-disposition', `attachment; filename="follow-ups.${form}"`)
        .send(Readable.from(exportLedger(desk, { shopId, query, form, personal })) as never);
    },
  );
}

function addTasks(app: GatewayApp, ports: RoutePorts): void {
  const { desk } = ports;
  app.get(
    '/api/tasks',
    {
      schema: {
        tags,
        summary: 'Open tasks, the most urgent first; the supervisor’s own only for supervisors',
        response: { 200: z.strictObject({ tasks: z.array(TaskViewSchema), more: z.int().optional() }), ...refused },
      },
    },
    async (request) => await showTasks(desk, await ports.requireAgent(request)),
  );
  app.get(
    '/api/tasks/:id',
    {
      schema: {
        tags,
        summary: 'A task with the script it proposes, rendered for this moment',
        params: Id,
        response: { 200: TaskDetailSchema, ...refused },
      },
    },
    async (request) => showTaskDetail(desk, await ports.requireAgent(request), request.params.id),
  );
}
