/** Concessions on the price of a chat: what was given, what is asked of a supervisor. */
import { z } from 'zod';
import {
  AskDiscountSchema,
  DecideDiscountSchema,
  DiscountListSchema,
  DiscountSchema,
  DiscountViewSchema,
  GiveDiscountSchema,
  TakeBackDiscountSchema,
} from '../../protocol/discounts.ts';
import { HttpErrorSchema, NameSchema } from '../../protocol/http.ts';
import {
  askDiscount,
  decideDiscount,
  giveDiscount,
  listDiscounts,
  showDiscounts,
  takeBackDiscount,
} from '../../turn/keep-discounts.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { refuseUnstorable } from '../refuse-unstorable.ts';

const refused = {
  400: HttpErrorSchema,
  401: HttpErrorSchema,
  403: HttpErrorSchema,
  404: HttpErrorSchema,
  409: HttpErrorSchema,
};
const tags = ['discounts'];
const params = z.strictObject({ id: NameSchema });
const preValidation = refuseUnstorable;

/** Adds the routes. */
export function addDiscountRoutes(app: GatewayApp, { desk, requireAgent, requireSupervisor }: RoutePorts): void {
  app.get(
    '/api/conversations/:id/discounts',
    {
      schema: {
        tags,
        summary: 'What was given and asked on the order at hand',
        params,
        response: { 200: DiscountViewSchema, ...refused },
      },
    },
    async (request) => showDiscounts(desk, await requireAgent(request), request.params.id),
  );
  app.post(
    '/api/conversations/:id/discounts/ask',
    {
      preValidation,
      schema: {
        tags,
        summary: 'Ask a supervisor for more than one’s authority',
        params,
        body: AskDiscountSchema,
        response: { 200: DiscountViewSchema, ...refused },
      },
    },
    async (request) => askDiscount(desk, await requireAgent(request), request.params.id, request.body),
  );
  app.post(
    '/api/conversations/:id/discounts',
    {
      preValidation,
      schema: {
        tags,
        summary: 'Note a concession made elsewhere',
        params,
        body: GiveDiscountSchema,
        response: { 200: DiscountViewSchema, ...refused },
      },
    },
    async (request) => giveDiscount(desk, await requireAgent(request), request.params.id, request.body),
  );
  app.get(
    '/api/discounts',
    {
      schema: {
        tags,
        summary: 'One’s own requests of late; for a supervisor all that wait as well',
        response: { 200: DiscountListSchema, ...refused },
      },
    },
    async (request) => ({ discounts: await listDiscounts(desk, await requireAgent(request)) }),
  );
  app.post(
    '/api/discounts/:id/decide',
    {
      preValidation,
      schema: {
        tags,
        summary: 'Grant a request, whole or in part, or refuse it',
        params,
        body: DecideDiscountSchema,
        response: { 200: DiscountSchema, ...refused },
      },
    },
    async (request) => decideDiscount(desk, await requireSupervisor(request), request.params.id, request.body),
  );
  app.post(
    '/api/discounts/:id/take-back',
    {
      preValidation,
      schema: {
        tags,
        summary: 'Take back a request, or a concession that was none',
        params,
        body: TakeBackDiscountSchema,
        response: { 204: z.undefined(), ...refused },
      },
    },
    async (request, reply) => {
      await takeBackDiscount(desk, await requireAgent(request), request.params.id, request.body.reason);
      return reply.code(204).send();
    },
  );
}
