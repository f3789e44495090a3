import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Parser } from '@asyncapi/parser';
import { describe, expect, it } from 'vitest';

const GENERATED = join(import.meta.dirname, '../../src/protocol/generated');
const read = (name: string) => readFileSync(join(GENERATED, name), 'utf8');

describe('the generated descriptions', () => {
  it('describe the sockets as valid AsyncAPI 3', async () => {
    const { document, diagnostics } = await new Parser().parse(read('asyncapi.json'));
    expect(diagnostics.filter((one) => one.severity === 0).map((one) => one.message)).toEqual([]);
    const messages = document!
      .allMessages()
      .all()
      .map((message) => message.id());
    expect(messages).toContain('buyer.message.send');
    expect(messages).toContain('agent.suggestion.dismiss');
    expect(messages).toContain('server.turn.analysed');
  });

  it('describe HTTP as OpenAPI 3.1 with an error body on every guarded route', () => {
    const { openapi, paths } = JSON.parse(read('openapi.json')) as {
      openapi: string;
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>;
    };
    expect(openapi).toBe('3.1.0');
    for (const path of ['/api/conversations', '/api/counters', '/api/scripts/search', '/api/tasks']) {
      expect(Object.keys(paths[path]!['get']!.responses)).toEqual(expect.arrayContaining(['200', '401', '403']));
    }
    expect(paths['/api/webhooks/orders/{shop}']).toHaveProperty('post');
  });
});
