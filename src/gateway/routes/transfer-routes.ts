/** Scripts in and out: a file of another tool becomes drafts, the library a file of another tool. */
import { z } from 'zod';
import { DeskError } from '../../lib/errors.ts';
import { HttpErrorSchema } from '../../protocol/http.ts';
import { IMPORT_FORMS, type ImportLine, ImportReportSchema } from '../../protocol/library.ts';
import { exportLibrary, importScripts } from '../../turn/import-scripts.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { NDJSON, streamProgress } from './stream-progress.ts';

const refused = {
  400: HttpErrorSchema,
  401: HttpErrorSchema,
  403: HttpErrorSchema,
  409: HttpErrorSchema,
  413: HttpErrorSchema,
};
const tags = ['library'];
/** Fifty thousand phrases, or a workbook of them. */
const bodyLimit = 20 * 1024 * 1024;
const ENDINGS: Record<(typeof IMPORT_FORMS)[number], { ending: string; type: string }> = {
  'qianniu-csv': { ending: 'csv', type: 'text/csv' },
  'qianniu-xlsx': { ending: 'xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  chatwoot: { ending: 'json', type: 'application/json' },
  zendesk: { ending: 'json', type: 'application/json' },
  gorgias: { ending: 'json', type: 'application/json' },
  yaml: { ending: 'yaml', type: 'application/yaml' },
};

/** Adds the routes. */
export async function addTransferRoutes(app: GatewayApp, ports: RoutePorts): Promise<void> {
  // Bytes are a body of this one route: every other one refuses them unread.
  await app.register(async (scope: GatewayApp) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
      done(null, body),
    );
    addImport(scope, ports);
  });
  addExport(app, ports);
}

function addImport(app: GatewayApp, ports: RoutePorts): void {
  const { desk } = ports;
  app.post(
    '/api/library/import',
    {
      bodyLimit,
      // Twenty megabytes of a stranger are not taken in to be refused afterwards.
      onRequest: async (request) => {
        await ports.requireSupervisor(request);
      },
      schema: {
        tags,
        summary: 'Import a file as drafts, or tell what an import would do',
        description: `With progress=true the answer is ${NDJSON}: lines of {done, total}, then {report} or {error}.`,
        consumes: ['application/octet-stream'],
        querystring: z.strictObject({
          apply: z.stringbool().default(false),
          progress: z.stringbool().default(false),
          fileName: z.string().max(200).optional(),
          form: z.enum(IMPORT_FORMS).optional(),
        }),
        response: { 200: ImportReportSchema, ...refused },
      },
    },
    async (request, reply) => {
      const agent = await ports.requireSupervisor(request);
      const { apply, progress, fileName, form } = request.query;
      const bytes: unknown = request.body;
      if (!(bytes instanceof Uint8Array)) {
        throw new DeskError('bad_request', 'send the file itself as application/octet-stream');
      }
      const run = (onProgress?: (done: number, total: number) => void) =>
        importScripts(desk, agent, { bytes, fileName, form, onProgress }, ports.groupTitles(), apply);
      if (!progress) return await run();
      const lines = await streamProgress(
        (tell) => run((done, total) => tell({ done, total } satisfies ImportLine)),
        (report) => ({ report }) satisfies ImportLine,
        (error) => ({ error: describeFailure(ports, error) }) satisfies ImportLine,
      );
      return reply.type(NDJSON).send(lines as never);
    },
  );
}

/** What an error that comes after the first line is told as. */
function describeFailure(ports: RoutePorts, error: unknown): z.infer<typeof HttpErrorSchema> {
  if (error instanceof DeskError) {
    const { code, message, retryable, details } = error;
    return { code, message, retryable, ...(details === undefined ? {} : { details }) };
  }
  ports.desk.log.error({ err: error, route: '/api/library/import' }, 'request failed');
  ports.metrics.failed('request');
  return { code: 'unavailable', message: 'the desk cannot do that now: try again', retryable: true };
}

function addExport(app: GatewayApp, ports: RoutePorts): void {
  const { desk } = ports;
  app.get(
    '/api/library/export',
    {
      schema: {
        tags,
        summary: 'The scripts in force as a file',
        querystring: z.strictObject({ form: z.enum(IMPORT_FORMS).default('yaml') }),
        response: refused,
      },
    },
    async (request, reply) => {
      const { shopId } = await ports.requireSupervisor(request);
      const { form } = request.query;
      const { bytes } = await exportLibrary(desk, shopId, form, ports.groupTitles());
      const { ending, type } = ENDINGS[form];
      return reply
        .type(type)
        .header('content-disposition', `attachment; filename="scripts-${form}.${ending}"`)
        .send(Buffer.from(bytes) as never);
    },
  );
}
