/** Blocked texts that were laid before a supervisor. They are asked and decided over the socket. */
import { HttpErrorSchema } from '../../protocol/http.ts';
import { ApprovalListSchema, TrailSchema } from '../../protocol/library.ts';
import { listApprovals } from '../../turn/ask-approval.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';

/** Lines of the trail that are shown. */
const TRAIL = 200;

/** Adds the routes. */
export function addApprovalRoutes(app: GatewayApp, ports: RoutePorts): void {
  app.get(
    '/api/approvals',
    {
      schema: {
        tags: ['desk'],
        summary: 'One’s own requests of late; for a supervisor all that wait as well',
        response: { 200: ApprovalListSchema, 401: HttpErrorSchema },
      },
    },
    async (request) => ({ approvals: await listApprovals(ports.desk, await ports.requireAgent(request)) }),
  );
  app.get(
    '/api/approvals/trail',
    {
      schema: {
        tags: ['supervisor'],
        summary: 'Who asked, who approved what and what was sent by it, newest first',
        response: { 200: TrailSchema, 401: HttpErrorSchema, 403: HttpErrorSchema },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireSupervisor(request);
      return { entries: await ports.desk.ledger.desk.trail(shopId, 'approval.', TRAIL) };
    },
  );
}
