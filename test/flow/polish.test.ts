/** The optional model on a whole desk: a softer text beside the approved one, or nothing at all. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Proposal } from '../../src/protocol/turn.ts';
import { DESK_ENGINES, openMind, startTestDesk, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('softened proposals on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: TestClient;
  let server: Server;
  /** Lines as the model got them. */
  let asked: string[][];
  let rewrite: (line: string) => string;

  beforeAll(async () => {
    asked = [];
    rewrite = (line) => line;
    server = createServer((request, response) => {
      let text = '';
      request.on('data', (chunk) => {
        text += String(chunk);
      });
      request.on('end', () => {
        const { messages } = JSON.parse(text) as { messages: { content: string }[] };
        const { lines } = JSON.parse(messages.at(-1)!.content) as { lines: string[] };
        asked.push(lines);
        const content = JSON.stringify({ lines: lines.map(rewrite) });
        response.end(JSON.stringify({ choices: [{ message: { content } }] }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    desk = await startTestDesk({ engines, config: { MODEL_URL: `http://127.0.0.1:${port}/v1` } });
    agent = await desk.agent('agent1');
  });
  afterAll(async () => {
    await desk?.close();
    server.closeAllConnections();
    server.close();
  });

  async function say(text: string): Promise<{ conversationId: string; first: Proposal; setId: string }> {
    const buyer = await desk.buyer('demo-02');
    const { seq } = await buyer.command('message.send', { text });
    const { conversationId } = buyer;
    const frame = await agent.next(
      'turn.analysed',
      (data) => data.conversationId === conversationId && data.seq === seq,
    );
    return { conversationId, first: frame.suggestions.proposals[0]!, setId: frame.suggestions.id };
  }

  test('comes after the approved text, with its values masked on the way', async () => {
    rewrite = (line) => `亲，${line}`;
    const { conversationId, first, setId } = await say('这单怎么付款呀');
    expect(first.polished).toBeUndefined();
    const after = await agent.next(
      'turn.analysed',
      (data) => data.conversationId === conversationId && data.suggestions.proposals[0]?.polished !== undefined,
    );
    expect(after.suggestions.id).toBe(setId);
    expect(after.suggestions.proposals[0]).toMatchObject({ text: first.text, polished: `亲，${first.text}` });
    for (const { value } of first.slots) expect(asked.flat().join('\n')).not.toContain(value);
    const sent = await agent.command('message.send', {
      conversationId,
      text: `亲，${first.text}`,
      suggestion: { id: setId, position: 0 },
    });
    expect(sent.seq).toBeGreaterThan(0);
    const counters = await desk.read<{ accepted: number; edited: number }>(
      '/api/counters',
      await desk.cookie('supervisor'),
    );
    expect(counters).toMatchObject({ accepted: 1, edited: 0 });
    const learnt = await desk.app.ledger.learning.counts('demo', 0);
    expect(learnt.map(({ counts }) => [counts.accepted, counts.edited]).filter(([taken]) => taken! > 0)).toEqual([
      [1, 0],
    ]);
    expect(learnt.every(({ counts }) => counts.edited === 0)).toBe(true);
  });

  test('a line that says anything else is thrown away', async () => {
    rewrite = (line) => `${line}保证明天就到！`;
    const before = asked.length;
    const { conversationId, first } = await say('付款方式有哪些');
    await expect.poll(() => asked.length).toBe(before + 1);
    await desk.settle();
    const { suggestions } = await desk.detail(conversationId, await desk.cookie('agent1'));
    expect(suggestions?.proposals[0]?.text).toBe(first.text);
    expect(suggestions?.proposals.map(({ polished }) => polished)).toEqual(suggestions?.proposals.map(() => undefined));
  });
});
