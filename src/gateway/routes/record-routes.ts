/** Records of the desk: what people enter about a conversation. */
import { z } from 'zod';
import { DeskError } from '../../lib/errors.ts';
import {
  DeskRecordSchema,
  PutRecordSchema,
  RecordGroupSchema,
  RecordsViewSchema,
} from '../../protocol/desk-records.ts';
import { HttpErrorSchema, NameSchema } from '../../protocol/http.ts';
import { putRecord } from '../../turn/keep-records.ts';
import { showRecords } from '../../turn/show-records.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { refuseUnstorable } from '../refuse-unstorable.ts';

const refused = { 401: HttpErrorSchema, 403: HttpErrorSchema, 404: HttpErrorSchema };
const Group = z.strictObject({ id: NameSchema, group: RecordGroupSchema });

/** Adds the routes. */
export function addRecordRoutes(app: GatewayApp, ports: RoutePorts): void {
  const tags = ['desk'];
  app.get(
    '/api/conversations/:id/records',
    {
      schema: {
        tags,
        summary: 'What was entered about the chat and its order, and where returns and refunds stand',
        params: z.strictObject({ id: NameSchema }),
        response: { 200: RecordsViewSchema, ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireAgent(request);
      return await showRecords(ports.desk, shopId, request.params.id);
    },
  );
  app.get(
    '/api/conversations/:id/records/:group',
    {
      schema: {
        tags,
        summary: 'One record, as it counts for the order of the chat',
        params: Group,
        response: { 200: DeskRecordSchema, ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireAgent(request);
      const { id, group } = request.params;
      const { records } = await showRecords(ports.desk, shopId, id);
      const record = records.find((one) => one.group === group);
      if (!record) throw new DeskError('not_found', `nothing was entered under ${group}`);
      return record;
    },
  );
  app.put(
    '/api/conversations/:id/records/:group',
    {
      preValidation: refuseUnstorable,
      schema: {
        tags,
        summary: 'Put a value in the place of a record',
        params: Group,
        body: PutRecordSchema,
        response: { 200: RecordsViewSchema, ...refused, 400: HttpErrorSchema, 409: HttpErrorSchema },
      },
    },
    async (request) => {
      const agent = await ports.requireAgent(request);
      const { id, group } = request.params;
      return await putRecord(ports.desk, agent, id, { group, ...request.body });
    },
  );
}
