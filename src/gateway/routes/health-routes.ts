/** Is the process alive, can it work, and its figures. */
import { z } from 'zod';
import { DeskError } from '../../lib/errors.ts';
import { HttpErrorSchema } from '../../protocol/http.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';

/** Adds the routes. */
export function addHealthRoutes(app: GatewayApp, ports: RoutePorts): void {
  const tags = ['health'];
  app.get(
    '/healthz',
    {
      schema: { tags, summary: 'The process answers', response: { 200: z.strictObject({ status: z.literal('ok') }) } },
    },
    async () => ({ status: 'ok' as const }),
  );
  app.get(
    '/readyz',
    {
      schema: {
        tags,
        summary: 'The record and Redis can be reached',
        response: { 200: z.strictObject({ status: z.literal('ready') }), 503: HttpErrorSchema },
      },
    },
    async () => {
      try {
        await ports.ready();
      } catch (error) {
        throw new DeskError('unavailable', error instanceof Error ? error.message : 'not ready');
      }
      return { status: 'ready' as const };
    },
  );
  app.get('/metrics', { schema: { hide: true } }, async (_request, reply) => {
    void reply.type(ports.metrics.registry.contentType);
    return reply.send(await ports.metrics.registry.metrics());
  });
}
