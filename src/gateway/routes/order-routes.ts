/** The order feed: a signed webhook in the Standard Webhooks form. */
import { z } from 'zod';
import { HttpErrorSchema, NameSchema } from '../../protocol/http.ts';
import { OrderEventSchema } from '../../protocol/order-events.ts';
import { handleOrderEvent } from '../../turn/handle-order-event.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { readDelivery, takeBytes } from '../read-delivery.ts';

const BODY_LIMIT = 256 * 1024;

/** Adds the route. */
export function addOrderRoutes(app: GatewayApp, ports: RoutePorts): void {
  void app.register(async (scope) => {
    takeBytes(scope, BODY_LIMIT);
    scope.post(
      '/api/webhooks/orders/:shop',
      {
        schema: {
          tags: ['feed'],
          summary: 'Order events, signed in the Standard Webhooks form',
          params: z.strictObject({ shop: NameSchema }),
          response: {
            200: z.strictObject({ effect: z.enum(['applied', 'repeated', 'ignored']) }),
            400: HttpErrorSchema,
            401: HttpErrorSchema,
            404: HttpErrorSchema,
          },
        },
      },
      async (request) => {
        const { shop } = request.params as { shop: string };
        const signed = { secret: ports.webhookSecret, nowMs: ports.desk.clock.now() };
        const { id, event } = readDelivery(request, OrderEventSchema, signed);
        return { effect: await handleOrderEvent(ports.desk, shop, id, event) };
      },
    );
  });
}
