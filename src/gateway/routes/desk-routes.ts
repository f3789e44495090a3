/** What the console reads. */
import { z } from 'zod';
import { warningsOf } from '../../desk/warn-of-settings.ts';
import { DeskError } from '../../lib/errors.ts';
import { startOfDay } from '../../lib/zoned-time.ts';
import {
  CatalogueSchema,
  ConversationListSchema,
  HttpErrorSchema,
  MessageListSchema,
  NameSchema,
  ScriptSearchSchema,
} from '../../protocol/http.ts';
import { PinnedTypeSchema } from '../../protocol/ids.ts';
import { ConversationDetailSchema, CountersSchema, OwedAnswerSchema } from '../../protocol/records.ts';
import { ProfileSchema } from '../../protocol/turn.ts';
import { correctType } from '../../turn/correct-type.ts';
import { searchScripts } from '../../turn/search-scripts.ts';
import { showConversation } from '../../turn/show-conversation.ts';
import type { GatewayApp, RoutePorts } from '../http-server.ts';
import { forBuyer } from '../hub.ts';

const Id = z.strictObject({ id: NameSchema });
const refused = { 401: HttpErrorSchema, 403: HttpErrorSchema, 404: HttpErrorSchema };
const Page = z.strictObject({
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(200),
});

/** Adds the routes. */
export function addDeskRoutes(app: GatewayApp, ports: RoutePorts): void {
  const { desk } = ports;
  const tags = ['desk'];
  app.get(
    '/api/conversations',
    {
      schema: {
        tags,
        summary: 'Conversations, those that wait first',
        querystring: z.strictObject({
          status: z.enum(['open', 'resolved']).optional(),
          limit: z.coerce.number().int().min(1).max(500).default(200),
        }),
        response: { 200: ConversationListSchema, ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireAgent(request);
      const { status, limit } = request.query;
      return {
        conversations: await desk.ledger.conversations.summaries(shopId, { ...(status ? { status } : {}), limit }),
      };
    },
  );
  app.get(
    '/api/conversations/:id',
    {
      schema: {
        tags,
        summary: 'Everything about a conversation',
        params: Id,
        response: { 200: ConversationDetailSchema, ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireAgent(request);
      return await showConversation(desk, shopId, request.params.id);
    },
  );
  app.put(
    '/api/conversations/:id/type',
    {
      schema: {
        tags,
        summary: 'Correct the buyer’s type; null takes the correction back',
        params: Id,
        body: z.strictObject({ type: PinnedTypeSchema.nullable() }),
        response: { 200: ProfileSchema, ...refused },
      },
    },
    async (request) => correctType(desk, await ports.requireAgent(request), request.params.id, request.body.type),
  );
  app.get(
    '/api/conversations/:id/messages',
    {
      schema: {
        tags,
        summary: 'Messages after a seq',
        params: Id,
        querystring: Page,
        response: { 200: MessageListSchema, ...refused },
      },
    },
    async (request) => {
      const { shopId } = await ports.requireAgent(request);
      const { after, limit } = request.query;
      return { messages: await desk.ledger.conversations.messages(shopId, request.params.id, after, limit) };
    },
  );
  app.get(
    '/api/my/messages',
    {
      schema: {
        tags: ['buyer'],
        summary: 'The buyer’s own conversation',
        querystring: Page,
        response: { 200: MessageListSchema, ...refused },
      },
    },
    async (request) => {
      const visitor = ports.requireVisitor(request);
      const row = await ports.conversationOf(visitor);
      const { after, limit } = request.query;
      const messages =
        after === 0
          ? await desk.ledger.conversations.lastMessages(visitor.shopId, row.id, limit)
          : await desk.ledger.conversations.messages(visitor.shopId, row.id, after, limit);
      return { messages: messages.map(forBuyer) };
    },
  );
  app.get(
    '/api/scripts/search',
    {
      schema: {
        tags,
        summary: 'Scripts for the / menu, filled where their facts are known',
        querystring: z.strictObject({
          q: z.string().max(100).default(''),
          conversationId: NameSchema.optional(),
        }),
        response: { 200: ScriptSearchSchema, ...refused },
      },
    },
    async (request) => {
      const agent = await ports.requireAgent(request);
      return {
        scripts: await searchScripts(desk, agent, request.query.q, request.query.conversationId),
      };
    },
  );
  app.get(
    '/api/owed',
    {
      schema: {
        tags,
        summary: 'Questions left while nobody was there',
        response: { 200: z.strictObject({ owed: z.array(OwedAnswerSchema) }), ...refused },
      },
    },
    async (request) => ({ owed: await desk.ledger.desk.owed((await ports.requireAgent(request)).shopId) }),
  );
  app.get(
    '/api/presence',
    {
      schema: {
        tags,
        summary: 'Agents on duty',
        response: { 200: z.strictObject({ onDuty: z.array(z.string()) }), ...refused },
      },
    },
    async (request) => ({ onDuty: await desk.presence.onDuty((await ports.requireAgent(request)).shopId) }),
  );
  app.get(
    '/api/counters',
    {
      schema: {
        tags: ['supervisor'],
        summary: 'Live counters since midnight',
        response: { 200: CountersSchema, ...refused },
      },
    },
    async (request) => {
      const agent = await ports.requireAgent(request);
      if (agent.role !== 'supervisor') throw new DeskError('forbidden', 'the counters are the supervisor’s');
      const shop = await desk.shop(agent.shopId);
      const nowMs = desk.clock.now();
      const counters = await desk.ledger.desk.counters(
        agent.shopId,
        startOfDay(nowMs, shop.tz),
        nowMs,
        await desk.presence.onDuty(agent.shopId),
      );
      const { scripts } = await desk.libraries.of(agent.shopId);
      const titles = new Map(scripts.map((script) => [script.id, script.title.zh]));
      return {
        ...counters,
        warnings: warningsOf(shop, nowMs),
        scripts: counters.scripts.map((row) => ({ ...row, title: titles.get(row.scriptId) ?? row.scriptId })),
      };
    },
  );
  app.get(
    '/api/catalogue',
    {
      schema: { tags, summary: 'Titles and names behind ids', response: { 200: CatalogueSchema, ...refused } },
    },
    async (request) => {
      const { shopId } = await ports.requireAgent(request);
      const [agents, library] = await Promise.all([desk.window.agents(shopId), desk.libraries.of(shopId)]);
      return {
        scripts: library.scripts.map((script) => ({
          scriptId: script.id,
          title: script.title,
          sources: script.sources,
          ...(script.technique ? { technique: script.technique } : {}),
        })),
        intents: ports.intentNames(),
        agents: agents.map(({ id, name }) => ({ id, name })),
      };
    },
  );
}
