/** The goods feed: a signed webhook in the Standard Webhooks form. */
import { z } from 'zod';
import { GoodsEventSchema } from '../../protocol/goods.ts';
import { HttpErrorSchema, NameSchema } from '../../protocol/http.ts';
import { handleGoodsEvent } from '../../turn/handle-goods-event.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { readDelivery, takeBytes } from '../read-delivery.ts';

const BODY_LIMIT = 4 * 1024 * 1024;

/** Adds the route. */
export function addGoodsWebhookRoutes(app: GatewayApp, ports: RoutePorts): void {
  void app.register(async (scope) => {
    takeBytes(scope, BODY_LIMIT);
    scope.post(
      '/api/webhooks/goods/:shop',
      {
        bodyLimit: BODY_LIMIT,
        schema: {
          tags: ['feed'],
          summary: 'Stock, goods and campaigns, signed in the Standard Webhooks form',
          params: z.strictObject({ shop: NameSchema }),
          response: {
            200: z.strictObject({ effect: z.enum(['applied', 'repeated']), unknown: z.array(z.string()) }),
            400: HttpErrorSchema,
            401: HttpErrorSchema,
            404: HttpErrorSchema,
          },
        },
      },
      async (request) => {
        const { shop } = request.params as { shop: string };
        const signed = { secret: ports.webhookSecret, nowMs: ports.desk.clock.now() };
        const { id, event } = readDelivery(request, GoodsEventSchema, signed);
        return await handleGoodsEvent(ports.desk, shop, id, event);
      },
    );
  });
}
