/** The governed library: the list, drafts, decisions, the check of a script, phrases of single agents. */
import { z } from 'zod';
import { HttpErrorSchema, NameSchema } from '../../protocol/http.ts';
import {
  BulkAnswerSchema,
  BulkDecisionSchema,
  CheckScriptSchema,
  LibraryCatalogueSchema,
  LibraryCommandSchema,
  LibraryDetailSchema,
  LibraryListSchema,
  LibraryQuerySchema,
  PersonalScriptListSchema,
  PersonalScriptSchema,
  SaveDraftSchema,
  SavePersonalScriptSchema,
  ScriptCheckSchema,
  ScriptVersionSchema,
} from '../../protocol/library.ts';
import { ScriptCardSchema } from '../../protocol/script.ts';
import { checkScript, previewScript, scriptCatalogue } from '../../turn/check-script.ts';
import { commandScript, decideMany, newScriptId, saveLibraryDraft, showScript } from '../../turn/govern-library.ts';
import { keepPersonalScript, removePersonalScript } from '../../turn/keep-personal-scripts.ts';
import { listLibrary } from '../../turn/show-library.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { refuseUnstorable } from '../refuse-unstorable.ts';

const refused = {
  400: HttpErrorSchema,
  401: HttpErrorSchema,
  403: HttpErrorSchema,
  404: HttpErrorSchema,
  409: HttpErrorSchema,
};
const tags = ['library'];
const Id = z.strictObject({ id: NameSchema });
/** A script with all its wordings is larger than what other commands bring. */
const bodyLimit = 256 * 1024;

/** Adds the routes. */
export function addLibraryRoutes(app: GatewayApp, ports: RoutePorts): void {
  addReading(app, ports);
  addWriting(app, ports);
  addPersonal(app, ports);
}

function addReading(app: GatewayApp, ports: RoutePorts): void {
  const { desk } = ports;
  app.get(
    '/api/library',
    {
      schema: {
        tags,
        summary: 'Scripts of the shop by state, what waits first',
        querystring: LibraryQuerySchema,
        response: { 200: LibraryListSchema, ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireAgent(request);
      const list = await listLibrary(desk, shopId, request.query);
      const fileProblem = ports.fileProblem();
      return { ...list, ...(fileProblem === undefined ? {} : { fileProblem }) };
    },
  );
  app.get(
    '/api/library/catalogue',
    {
      schema: {
        tags,
        summary: 'Names of guards and slots that a script may use',
        response: { 200: LibraryCatalogueSchema, ...refused },
      },
    },
    async (request) => {
      await ports.requireAgent(request);
      return scriptCatalogue();
    },
  );
  app.get(
    '/api/library/new-id',
    {
      schema: {
        tags,
        summary: 'A free id for a script of the shop’s own',
        querystring: z.strictObject({ card: ScriptCardSchema.default('SHOP') }),
        response: { 200: z.strictObject({ id: z.string() }), ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireAgent(request);
      return { id: await newScriptId(desk, shopId, request.query.card) };
    },
  );
  app.get(
    '/api/library/scripts/:id',
    {
      schema: {
        tags,
        summary: 'A script with every version it ever had',
        params: Id,
        response: { 200: LibraryDetailSchema, ...refused },
      },
    },
    async (request) => showScript(desk, await ports.requireAgent(request), request.params.id),
  );
}

function addWriting(app: GatewayApp, ports: RoutePorts): void {
  const { desk } = ports;
  app.post(
    '/api/library/drafts',
    {
      bodyLimit,
      preValidation: refuseUnstorable,
      schema: {
        tags,
        summary: 'Begin a draft, or write over the open one',
        body: SaveDraftSchema,
        response: { 200: ScriptVersionSchema, ...refused },
      },
    },
    async (request) => saveLibraryDraft(desk, await ports.requireAgent(request), request.body),
  );
  app.post(
    '/api/library/scripts/:id',
    {
      preValidation: refuseUnstorable,
      schema: {
        tags,
        summary: 'Submit, return, approve, discard, retire, roll back, set the expiry',
        params: Id,
        body: LibraryCommandSchema,
        response: { 200: LibraryDetailSchema, ...refused },
      },
    },
    async (request) => commandScript(desk, await ports.requireAgent(request), request.params.id, request.body),
  );
  app.post(
    '/api/library/decide',
    {
      bodyLimit,
      preValidation: refuseUnstorable,
      schema: {
        tags,
        summary: 'Decide on several open versions; each is answered for itself',
        body: BulkDecisionSchema,
        response: { 200: BulkAnswerSchema, ...refused },
      },
    },
    async (request) => decideMany(desk, await ports.requireAgent(request), request.body),
  );
  app.post(
    '/api/library/check',
    {
      bodyLimit,
      preValidation: refuseUnstorable,
      schema: {
        tags,
        summary: 'What would keep a script from being approved, and how it reads',
        body: CheckScriptSchema,
        response: { 200: ScriptCheckSchema, ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireAgent(request);
      const script = { ...request.body.script, status: 'draft' as const, version: 1 };
      return {
        findings: checkScript(script, await desk.libraries.of(shopId)),
        previews: previewScript(script),
      };
    },
  );
}

function addPersonal(app: GatewayApp, ports: RoutePorts): void {
  const { desk } = ports;
  app.get(
    '/api/library/personal',
    {
      schema: {
        tags,
        summary: 'The reader’s own phrases',
        response: { 200: PersonalScriptListSchema, ...refused },
      },
    },
    async (request) => {
      const { shopId, id } = await ports.requireAgent(request);
      return { scripts: await desk.ledger.personalScripts.ofAgent(shopId, id) };
    },
  );
  app.post(
    '/api/library/personal',
    {
      preValidation: refuseUnstorable,
      schema: {
        tags,
        summary: 'Keep a phrase of one’s own',
        body: SavePersonalScriptSchema,
        response: { 200: PersonalScriptSchema, ...refused },
      },
    },
    async (request) => keepPersonalScript(desk, await ports.requireAgent(request), undefined, request.body),
  );
  app.put(
    '/api/library/personal/:id',
    {
      preValidation: refuseUnstorable,
      schema: {
        tags,
        summary: 'Write a phrase of one’s own over',
        params: Id,
        body: SavePersonalScriptSchema,
        response: { 200: PersonalScriptSchema, ...refused },
      },
    },
    async (request) => keepPersonalScript(desk, await ports.requireAgent(request), request.params.id, request.body),
  );
  app.delete(
    '/api/library/personal/:id',
    {
      schema: { tags, summary: 'Remove a phrase of one’s own', params: Id, response: { 204: z.null(), ...refused } },
    },
    async (request, reply) => {
      await removePersonalScript(desk, await ports.requireAgent(request), request.params.id);
      return reply.code(204).send(null);
    },
  );
}
