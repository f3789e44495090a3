/** Teaching: what agents set right, lessons, and the way back. */
import { z } from 'zod';
import { HttpErrorSchema, NameSchema } from '../../protocol/http.ts';
import {
  CorrectionViewSchema,
  LessonViewSchema,
  SetRightSchema,
  TeachingPageSchema,
  TeachingViewSchema,
} from '../../protocol/teaching.ts';
import { forgetCorrection, goBack, setRight, showTeaching } from '../../turn/teach-desk.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';

const refused = {
  400: HttpErrorSchema,
  401: HttpErrorSchema,
  403: HttpErrorSchema,
  404: HttpErrorSchema,
  409: HttpErrorSchema,
};
const tags = ['teaching'];
const FIRST_PAGE = 20;

/** Adds the routes. */
export function addTeachingRoutes(app: GatewayApp, ports: RoutePorts): void {
  const { desk, lessons } = ports;
  app.post(
    '/api/corrections',
    {
      schema: {
        tags,
        summary: 'Set right what a buyer’s message means; a lesson follows by itself',
        body: SetRightSchema,
        response: { 200: CorrectionViewSchema, ...refused },
      },
    },
    async (request) => {
      const agent = await ports.requireAgent(request);
      const correction = await setRight(desk, agent, request.body);
      lessons.soon(agent.shopId);
      return correction;
    },
  );
  app.delete(
    '/api/corrections/:id',
    {
      schema: {
        tags,
        summary: 'Take a correction back; a lesson follows by itself',
        params: z.strictObject({ id: NameSchema }),
        response: { 204: z.null(), ...refused },
      },
    },
    async (request, reply) => {
      const agent = await ports.requireSupervisor(request);
      await forgetCorrection(desk, agent, request.params.id);
      lessons.soon(agent.shopId);
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/api/teaching',
    {
      schema: {
        tags,
        summary: 'A page of corrections, lessons and the live model',
        querystring: TeachingPageSchema,
        response: { 200: TeachingViewSchema, ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireAgent(request);
      return { ...(await showTeaching(desk, shopId, request.query)), busy: lessons.busy(shopId) };
    },
  );
  app.post(
    '/api/teaching/lesson',
    { schema: { tags, summary: 'Give a lesson now', response: { 200: LessonViewSchema, ...refused } } },
    async (request) => lessons.now((await ports.requireSupervisor(request)).shopId),
  );
  app.post(
    '/api/teaching/back',
    {
      schema: {
        tags,
        summary: 'Put the model live that was live before',
        response: { 200: TeachingViewSchema, ...refused },
      },
    },
    async (request) => {
      const agent = await ports.requireSupervisor(request);
      await goBack(desk, agent);
      return { ...(await showTeaching(desk, agent.shopId, { limit: FIRST_PAGE })), busy: lessons.busy(agent.shopId) };
    },
  );
}
