/** Supervisors' tools: the live desk judged on evaluation files, and old dialogues replayed. */
import { z } from 'zod';
import { DeskError } from '../../lib/errors.ts';
import {
  AnalyseAnswerSchema,
  AnalyseRequestSchema,
  HttpErrorSchema,
  NameSchema,
  RecordedTurnSchema,
} from '../../protocol/http.ts';
import { GateContextSchema, VerdictSchema } from '../../protocol/turn.ts';
import { recordTurn } from '../../turn/record-turn.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';

const refused = { 401: HttpErrorSchema, 403: HttpErrorSchema, 404: HttpErrorSchema };
/** Batches of evaluation lines are larger than anything a console sends. */
const bodyLimit = 4 * 1024 * 1024;

/** Adds the routes. */
export function addDeskToolsRoutes(app: GatewayApp, ports: RoutePorts): void {
  const tags = ['supervisor'];
  app.post(
    '/api/evaluate/intents',
    {
      bodyLimit,
      schema: {
        tags,
        summary: 'Analyse texts as the live desk does',
        body: AnalyseRequestSchema,
        response: { 200: AnalyseAnswerSchema, ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireSupervisor(request);
      const { understanding } = await ports.desk.libraries.of(shopId);
      return {
        analyses: request.body.lines.map((line) =>
          understanding.analyse(line.text, { order: line.order, prev: line.prev }),
        ),
      };
    },
  );
  app.post(
    '/api/evaluate/gate',
    {
      bodyLimit,
      schema: {
        tags,
        summary: 'Judge texts as the live gate does',
        body: z.strictObject({
          lines: z.array(z.strictObject({ text: z.string(), context: GateContextSchema })).max(500),
        }),
        response: { 200: z.strictObject({ verdicts: z.array(VerdictSchema) }), ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireSupervisor(request);
      const { gate } = await ports.desk.libraries.of(shopId);
      return { verdicts: request.body.lines.map((line) => gate.judge(line.text, line.context)) };
    },
  );
  app.post(
    '/api/conversations/:id/recorded',
    {
      schema: {
        tags,
        summary: 'Append a turn that was said elsewhere, as it stands; it is not delivered',
        params: z.strictObject({ id: NameSchema }),
        body: RecordedTurnSchema,
        response: { 200: z.strictObject({ seq: z.int() }), ...refused },
      },
    },
    async (request) => {
      const agent = await ports.requireAgent(request);
      if (agent.role !== 'supervisor') throw new DeskError('forbidden', 'recorded turns are appended by a supervisor');
      const { text, key } = request.body;
      return {
        seq: await recordTurn(ports.desk, {
          shopId: agent.shopId,
          conversationId: request.params.id,
          agent,
          text,
          key,
        }),
      };
    },
  );
}
