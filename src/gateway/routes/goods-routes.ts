/** The catalogue: listed, looked at, changed by single facts, taken in and written out as files. */
import { z } from 'zod';
import { DeskError } from '../../lib/errors.ts';
import {
  GOODS_FORMS,
  GOODS_IMPORT_PARTS,
  GOODS_PARTS,
  GoodsDetailSchema,
  GoodsEditSchema,
  type GoodsForm,
  GoodsListSchema,
  GoodsReportSchema,
} from '../../protocol/goods.ts';
import { HttpErrorSchema } from '../../protocol/http.ts';
import { exportGoods, importGoods } from '../../turn/import-goods.ts';
import { editProduct, listGoods, showProduct } from '../../turn/show-goods.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { refuseUnstorable } from '../refuse-unstorable.ts';

const refused = {
  400: HttpErrorSchema,
  401: HttpErrorSchema,
  403: HttpErrorSchema,
  404: HttpErrorSchema,
  413: HttpErrorSchema,
};
const tags = ['goods'];
/** Fifty thousand rows, or a workbook of them. */
const bodyLimit = 20 * 1024 * 1024;
const TYPES: Readonly<Record<GoodsForm, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json',
};
const ProductKey = z.strictObject({ id: z.string().min(1).max(64) });

/** Adds the routes. */
export async function addGoodsRoutes(app: GatewayApp, ports: RoutePorts): Promise<void> {
  addReading(app, ports);
  addExport(app, ports);
  // Bytes are a body of this one route: every other one refuses them unread.
  await app.register(async (scope: GatewayApp) => {
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
      done(null, body),
    );
    addImport(scope, ports);
  });
}

function addReading(app: GatewayApp, ports: RoutePorts): void {
  const { desk } = ports;
  app.get(
    '/api/goods',
    {
      schema: {
        tags,
        summary: 'Products, a page of them, with the age of what is known',
        querystring: z.strictObject({
          search: z.string().max(200).optional(),
          stale: z.enum(GOODS_PARTS).optional(),
          page: z.coerce.number().int().min(1).max(10_000).default(1),
        }),
        response: { 200: GoodsListSchema, ...refused },
      },
    },
    async (request) => listGoods(desk, (await ports.requireSupervisor(request)).shopId, request.query),
  );
  app.get(
    '/api/goods/products/:id',
    {
      schema: {
        tags,
        summary: 'A product in full',
        params: ProductKey,
        response: { 200: GoodsDetailSchema, ...refused },
      },
    },
    async (request) => showProduct(desk, (await ports.requireSupervisor(request)).shopId, request.params.id),
  );
  app.put(
    '/api/goods/products/:id',
    {
      preValidation: refuseUnstorable,
      schema: {
        tags,
        summary: 'Change one fact of a product',
        params: ProductKey,
        body: GoodsEditSchema,
        response: { 200: GoodsDetailSchema, ...refused },
      },
    },
    async (request) =>
      editProduct(desk, await ports.requireSupervisor(request), request.params.id, {
        field: request.body.field,
        value: request.body.value,
      }),
  );
}

function addImport(app: GatewayApp, ports: RoutePorts): void {
  app.post(
    '/api/goods/import',
    {
      bodyLimit,
      // Twenty megabytes of a stranger are not taken in to be refused afterwards.
      onRequest: async (request) => {
        await ports.requireSupervisor(request);
      },
      schema: {
        tags,
        summary: 'Import a file of goods, or tell what an import would do',
        consumes: ['application/octet-stream'],
        querystring: z.strictObject({
          apply: z.stringbool().default(false),
          part: z.enum(GOODS_IMPORT_PARTS).default('listing'),
        }),
        response: { 200: GoodsReportSchema, ...refused },
      },
    },
    async (request) => {
      const agent = await ports.requireSupervisor(request);
      const bytes: unknown = request.body;
      if (!(bytes instanceof Uint8Array)) {
        throw new DeskError('bad_request', 'send the file itself as application/octet-stream');
      }
      return await importGoods(ports.desk, agent, { bytes, part: request.query.part }, request.query.apply);
    },
  );
}

function addExport(app: GatewayApp, ports: RoutePorts): void {
  app.get(
    '/api/goods/export',
    {
      schema: {
        tags,
        summary: 'The catalogue as a file that the import reads',
        querystring: z.strictObject({
          form: z.enum(GOODS_FORMS).default('csv'),
          part: z.enum(GOODS_IMPORT_PARTS).default('listing'),
        }),
        response: refused,
      },
    },
    async (request, reply) => {
      const { shopId } = await ports.requireSupervisor(request);
      const { form, part } = request.query;
      const bytes = await exportGoods(ports.desk, shopId, part, form);
      return reply
        .type(TYPES[form])
        .header('content-disposition', `attachment; filename="goods-${part}.${form}"`)
        .send(Buffer.from(bytes) as never);
    },
  );
}
