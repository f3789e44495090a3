/** Learning: what outcomes say of the scripts, the two arms, and beginning anew. */
import { HttpErrorSchema } from '../../protocol/http.ts';
import { LearningViewSchema, ResetLearningSchema } from '../../protocol/learning.ts';
import { resetLearning, showLearning } from '../../turn/learn-report.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { refuseUnstorable } from '../refuse-unstorable.ts';

const refused = { 400: HttpErrorSchema, 401: HttpErrorSchema, 403: HttpErrorSchema, 404: HttpErrorSchema };
const tags = ['learning'];

/** Adds the routes. */
export function addLearningRoutes(app: GatewayApp, ports: RoutePorts): void {
  const { desk } = ports;
  app.get(
    '/api/learning',
    {
      schema: {
        tags,
        summary: 'What became of suggestions, by script, wording and arm',
        response: { 200: LearningViewSchema, ...refused },
      },
    },
    async (request) => showLearning(desk, (await ports.requireSupervisor(request)).shopId),
  );
  app.post(
    '/api/learning/reset',
    {
      preValidation: refuseUnstorable,
      schema: {
        tags,
        summary: 'Begin counting anew for one script or for all; what happened stays in the record',
        body: ResetLearningSchema,
        response: { 200: LearningViewSchema, ...refused },
      },
    },
    async (request) => resetLearning(desk, await ports.requireSupervisor(request), request.body.scriptId),
  );
}
