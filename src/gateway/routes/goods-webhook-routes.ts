/** The goods feed: a signed webhook in the Standard Webhooks form. */
import { z } from 'zod';
import { cleanText } from '../../lib/clean-text.ts';
import { DeskError } from '../../lib/errors.ts';
import { GoodsEventSchema } from '../../protocol/goods.ts';
import { HttpErrorSchema, NameSchema } from '../../protocol/http.ts';
import { handleGoodsEvent } from '../../turn/handle-goods-event.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { verifyWebhook } from '../verify-webhook.ts';

const BODY_LIMIT = 4 * 1024 * 1024;

/** Adds the route; its body is read as bytes, since the signature is over bytes. */
export function addGoodsWebhookRoutes(app: GatewayApp, ports: RoutePorts): void {
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: BODY_LIMIT }, (_request, body, done) =>
      done(null, body),
    );
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
        const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const header = (name: string) => {
          const value = request.headers[name];
          return Array.isArray(value) ? value[0] : value;
        };
        const checked = verifyWebhook(
          ports.webhookSecret,
          { id: header('webhook-id'), timestamp: header('webhook-timestamp'), signature: header('webhook-signature') },
          body,
          ports.desk.clock.now(),
        );
        if ('refused' in checked) throw new DeskError('unauthorised', checked.refused);
        const { shop } = request.params as { shop: string };
        const event = GoodsEventSchema.safeParse(parseJson(body));
        if (!event.success) {
          const issue = event.error.issues[0]!;
          throw new DeskError('bad_request', `${issue.path.join('.') || 'body'}: ${issue.message}`);
        }
        return await handleGoodsEvent(ports.desk, shop, checked.id, event.data);
      },
    );
  });
}

function parseJson(body: Buffer): unknown {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    return JSON.parse(text, (_key, value) => (typeof value === 'string' ? cleanText(value) : value));
  } catch {
    throw new DeskError('bad_request', 'body: must be JSON in UTF-8');
  }
}
