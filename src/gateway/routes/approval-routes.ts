/** Blocked texts that were laid before a supervisor. They are asked and decided over the socket. */
import { HttpErrorSchema } from '../../protocol/http.ts';
import { ApprovalListSchema } from '../../protocol/library.ts';
import { listApprovals } from '../../turn/ask-approval.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';

/** Adds the route. */
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
}
