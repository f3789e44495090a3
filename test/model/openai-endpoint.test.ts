/** The endpoint against a local server that speaks its form. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { createEndpointRewriter } from '../../src/model/openai-endpoint.ts';
import type { Rewriter } from '../../src/turn/ports.ts';

interface Asked {
  path: string | undefined;
  authorization: string | undefined;
  body: { model: string; messages: { role: string; content: string }[] };
}

let server: Server;
let rewriter: Rewriter;
let asked: Asked[];
/** What the server answers: a status and a body, or nothing at all. */
let answer: (() => { status: number; body: string }) | undefined;

beforeAll(async () => {
  server = createServer((request, response) => {
    void read(request).then((text) => {
      const { authorization } = request.headers;
      asked.push({ path: request.url, authorization, body: JSON.parse(text) as Asked['body'] });
      if (!answer) return;
      const { status, body } = answer();
      response.writeHead(status, { 'content-type': 'application/json' }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  rewriter = createEndpointRewriter({ url: `http://127.0.0.1:${port}/v1/`, key: 'k-1', model: 'small' });
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  asked = [];
  answer = undefined;
});

async function read(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
const says = (content: string) => () => ({
  status: 200,
  body: JSON.stringify({ choices: [{ message: { content } }] }),
});
const never = new AbortController().signal;

describe('the endpoint', () => {
  test('is asked in the common form, with its key', async () => {
    answer = says('{"lines":["好的呢","可以的哦"]}');
    expect(await rewriter.rewrite(['好的', '可以'], never)).toEqual(['好的呢', '可以的哦']);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      path: '/v1/chat/completions',
      authorization: 'Bearer k-1',
      body: { model: 'small' },
    });
    expect(JSON.parse(asked[0]!.body.messages.at(-1)!.content)).toEqual({ lines: ['好的', '可以'] });
  });

  test.each([
    ['an error of the server', () => ({ status: 500, body: '{}' }), '500'],
    ['a redirect', () => ({ status: 302, body: '' }), ''],
    ['no JSON', says('好的呢'), 'JSON'],
    ['another number of lines', says('{"lines":["一"]}'), '1 lines to 2'],
    ['another form', () => ({ status: 200, body: '{"choices":[]}' }), ''],
    ['an endless answer', says(JSON.stringify({ lines: ['长'.repeat(70_000)] })), 'longer'],
  ])('refuses %s', async (_, answers, why) => {
    answer = answers;
    await expect(rewriter.rewrite(['好的', '可以'], never)).rejects.toThrow(why);
  });

  test('stops when told to', async () => {
    const stop = new AbortController();
    const rewriting = rewriter.rewrite(['好的'], stop.signal);
    await expect.poll(() => asked.length).toBe(1);
    stop.abort();
    await expect(rewriting).rejects.toThrow(/abort/i);
  });

  test('takes no password in its address, and does not repeat it', () => {
    const read = () => readConfig({ MODEL_URL: 'https://a:hush@models.example/v1' });
    expect(read).toThrow('MODEL_URL: must not hold a name or a password');
    expect(read).not.toThrow('hush');
  });
});
