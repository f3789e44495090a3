/** The shop's own gate rules: versions, a new one in force, a trial. */
import { HttpErrorSchema } from '../../protocol/http.ts';
import {
  GateRulesViewSchema,
  SaveGateRulesSchema,
  TriedGateRulesSchema,
  TryGateRulesSchema,
} from '../../protocol/library.ts';
import { saveGateRules, showGateRules, tryGateRules } from '../../turn/keep-gate-rules.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { refuseUnstorable } from '../refuse-unstorable.ts';

const refused = { 400: HttpErrorSchema, 401: HttpErrorSchema, 403: HttpErrorSchema, 409: HttpErrorSchema };
const tags = ['gate'];
/** Five thousand words with their messages. */
const bodyLimit = 4 * 1024 * 1024;

/** Adds the routes. */
export function addGateRulesRoutes(app: GatewayApp, ports: RoutePorts): void {
  const { desk, gateWith } = ports;
  app.get(
    '/api/gate-rules',
    {
      schema: {
        tags,
        summary: 'The shop’s own rules, newest first',
        response: { 200: GateRulesViewSchema, ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireSupervisor(request);
      return { versions: await showGateRules(desk, shopId) };
    },
  );
  app.post(
    '/api/gate-rules',
    {
      bodyLimit,
      preValidation: refuseUnstorable,
      schema: {
        tags,
        summary: 'Put rules in force',
        body: SaveGateRulesSchema,
        response: { 200: GateRulesViewSchema, ...refused },
      },
    },
    async (request) => ({
      versions: await saveGateRules(desk, gateWith, await ports.requireSupervisor(request), request.body),
    }),
  );
  app.post(
    '/api/gate-rules/try',
    {
      bodyLimit,
      preValidation: refuseUnstorable,
      schema: {
        tags,
        summary: 'Judge texts by rules that are not in force',
        body: TryGateRulesSchema,
        response: { 200: TriedGateRulesSchema, ...refused },
      },
    },
    async (request) => {
      await ports.requireSupervisor(request);
      return tryGateRules(gateWith, request.body);
    },
  );
}
