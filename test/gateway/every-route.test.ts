/** Every route of the desk, as openapi.json lists them: who is let in, and what hostile values in a body come to. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openMind, startTestDesk, type TestDesk } from '../flow/start-desk.ts';

interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  required?: string[];
  minItems?: number;
}
interface Operation {
  parameters?: { in: string; name: string; required?: boolean }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
}
interface Route {
  name: string;
  method: string;
  path: string;
  body: JsonSchema | undefined;
  query: string;
}

const file = new URL('../../src/protocol/generated/openapi.json', import.meta.url);
const { paths } = JSON.parse(readFileSync(file, 'utf8')) as { paths: Record<string, Record<string, Operation>> };
const ROUTES: Route[] = Object.entries(paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([verb, { parameters = [], requestBody }]) => {
    const needed = parameters.filter((one) => one.in === 'query' && one.required === true);
    return {
      name: `${verb.toUpperCase()} ${path}`,
      method: verb.toUpperCase(),
      path,
      body: requestBody?.content['application/json']?.schema,
      query: new URLSearchParams(needed.map(({ name }) => [name, name === 'card' ? 'SCR-01' : 'x'])).toString(),
    };
  }),
);

/** Routes that ask for no session: of buyers, of feeds, and of whoever signs in. */
const OPEN = new Set([
  'GET /healthz',
  'GET /readyz',
  'POST /api/session',
  'DELETE /api/session',
  'POST /api/visitor',
  'GET /api/my/messages',
  'GET /api/demo',
  'GET /api/demo/orders',
  'POST /api/demo/orders',
  'POST /api/webhooks/goods/{shop}',
  'POST /api/webhooks/orders/{shop}',
]);
/** Routes of every agent; the rest are a supervisor's. */
const AGENTS = new Set([
  'GET /api/session',
  'GET /api/conversations',
  'GET /api/conversations/{id}',
  'PUT /api/conversations/{id}/type',
  'GET /api/conversations/{id}/messages',
  'GET /api/scripts/search',
  'GET /api/owed',
  'GET /api/presence',
  'GET /api/catalogue',
  'GET /api/library',
  'GET /api/library/catalogue',
  'GET /api/library/new-id',
  'GET /api/library/scripts/{id}',
  'POST /api/library/scripts/{id}',
  'POST /api/library/drafts',
  'POST /api/library/decide',
  'POST /api/library/check',
  'GET /api/library/personal',
  'POST /api/library/personal',
  'PUT /api/library/personal/{id}',
  'DELETE /api/library/personal/{id}',
  'POST /api/corrections',
  'GET /api/teaching',
  'GET /api/approvals',
  'GET /api/clocks',
  'GET /api/owed/today',
  'POST /api/conversations/{id}/clocks/settle',
  'GET /api/follow-ups',
  'GET /api/tasks',
  'GET /api/tasks/{id}',
  'POST /api/conversations/{id}/opt-in',
  'GET /api/conversations/{id}/discounts',
  'POST /api/conversations/{id}/discounts',
  'POST /api/conversations/{id}/discounts/ask',
  'GET /api/discounts',
  'POST /api/discounts/{id}/take-back',
  'GET /api/conversations/{id}/records',
  'GET /api/conversations/{id}/records/{group}',
  'PUT /api/conversations/{id}/records/{group}',
]);

/** A value that the schema allows, as small as it can be. */
function example(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.oneOf?.[0] ?? schema.anyOf?.[0] ?? schema.allOf?.[0];
  if (choice) return example(choice);
  const { type, properties = {}, required = [], items = {}, minItems = 0 } = schema;
  if (type === 'object') return Object.fromEntries(required.map((name) => [name, example(properties[name] ?? {})]));
  if (type === 'array') return Array.from({ length: minItems }, () => example(items));
  if (type === 'integer' || type === 'number') return 1;
  return type === 'boolean' ? true : type === 'string' ? 'x' : {};
}

const DEEP = '@deep';
const NESTED = `${'['.repeat(25_000)}${']'.repeat(25_000)}`;
const HOSTILE = ['\u0000', '\ud800', '__proto__', -1, Number.MAX_SAFE_INTEGER, null, DEEP];
const DEEPEST = 1;

/** The body with a hostile value in each place, one at a time. */
function* spoil(schema: JsonSchema, depth = 0, whole = (part: unknown) => part): Generator<unknown> {
  for (const value of HOSTILE) yield whole(value);
  if (depth === DEEPEST) return;
  for (const choice of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])]) yield* spoil(choice, depth, whole);
  const base = example(schema) as object;
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    yield* spoil(part, depth + 1, (value) => whole({ ...base, [name]: value }));
  }
  if (schema.items) yield* spoil(schema.items, depth + 1, (value) => whole([value]));
}

describe('every route', () => {
  let desk: TestDesk;
  let conversationId: string;
  let visitor: string;
  let cookies: { agent: string; supervisor: string };

  beforeAll(async () => {
    await openMind();
    desk = await startTestDesk();
    cookies = { agent: await desk.cookie('agent1'), supervisor: await desk.cookie('supervisor') };
    const buyer = await desk.buyer('demo-09');
    conversationId = buyer.conversationId;
    visitor = buyer.token;
    await buyer.command('message.send', { text: '裤子开线了，要退货' });
    await desk.settle();
  });
  afterAll(() => desk?.close());

  function ask(route: Route, headers: Record<string, string>, body?: string): Promise<Response> {
    const names = { id: conversationId, part: 'hours', group: 'case', shop: 'demo' };
    const path = route.path.replace(/\{(\w+)\}/g, (_whole, name: keyof typeof names) => names[name]);
    const sent = route.body ? (body ?? JSON.stringify(example(route.body))) : undefined;
    return fetch(`${desk.url}${path}${route.query ? `?${route.query}` : ''}`, {
      method: route.method,
      headers: { ...headers, ...(sent === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(sent === undefined ? {} : { body: sent }),
    });
  }

  test('is open or closed by one of the lists above', () => {
    const names = ROUTES.map(({ name }) => name);
    expect([...OPEN, ...AGENTS].filter((name) => !names.includes(name))).toEqual([]);
  });

  const closed = ROUTES.filter(({ name }) => !OPEN.has(name)).map((route) => [route.name, route] as const);
  test.each(closed)('%s is for people of the desk, with their role', async (name, route) => {
    const strangers = [{}, { authorization: `Bearer ${visitor}` }, { cookie: `huashu_session=${visitor}` }];
    // A body may be refused before its sender is asked for.
    const unread = route.body ? [400, 401] : [401];
    for (const headers of strangers) {
      expect(unread).toContain((await ask(route, headers as Record<string, string>)).status);
    }
    const { status } = await ask(route, { cookie: cookies.agent });
    if (AGENTS.has(name)) expect(status).not.toBe(403);
    else expect(route.body ? [400, 403] : [403]).toContain(status);
  });

  const taking = ROUTES.filter(({ body }) => body !== undefined).map((route) => [route.name, route] as const);
  test.each(taking)('%s refuses what it cannot take, and fails at nothing', async (_name, route) => {
    for (const body of spoil(route.body!)) {
      const sent = JSON.stringify(body).replaceAll(`"${DEEP}"`, NESTED);
      const { status } = await ask(route, { cookie: cookies.supervisor }, sent);
      expect(status, sent.slice(0, 200)).toBeLessThan(500);
    }
  });
});
