/** The shop's modes, tried on a buyer's line. */
import { HttpErrorSchema } from '../../protocol/http.ts';
import { TriedModeSchema, TryModeSchema } from '../../protocol/modes.ts';
import { tryMode } from '../../turn/try-mode.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { refuseUnstorable } from '../refuse-unstorable.ts';

/** Adds the route. */
export function addModesRoutes(app: GatewayApp, ports: RoutePorts): void {
  app.post(
    '/api/modes/try',
    {
      preValidation: refuseUnstorable,
      schema: {
        tags: ['settings'],
        summary: 'What the modes in force would do with a buyer’s line; nothing is sent',
        body: TryModeSchema,
        response: { 200: TriedModeSchema, 401: HttpErrorSchema, 403: HttpErrorSchema, 404: HttpErrorSchema },
      },
    },
    async (request) => tryMode(ports.desk, (await ports.requireSupervisor(request)).shopId, request.body),
  );
}
