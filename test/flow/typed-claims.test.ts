/** What an agent types is judged by the product it speaks of, also where the talk has gone on to another. @see TAB-25 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Verdict } from '../../src/protocol/turn.ts';
import { AFTERNOON, DESK_ENGINES, openMind, startTestDesk, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('a typed claim on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: TestClient;
  let conversationId: string;
  beforeAll(async () => {
    desk = await startTestDesk({ engines, startAt: AFTERNOON });
    agent = await desk.agent('agent1');
    const buyer = await desk.buyer();
    ({ conversationId } = buyer);
    for (const text of ['轻量冲锋衣防水吗', '那速干长裤是什么面料']) await buyer.command('message.send', { text });
    await desk.settle();
  });
  afterAll(() => desk?.close());

  async function judge(text: string): Promise<Verdict> {
    const { verdict } = await agent.command('gate.check', { conversationId, text });
    return verdict!;
  }

  test.each([
    ['the earlier product, which bears it out', '防水指数8000毫米的'],
    ['the earlier product by its name', '轻量冲锋衣防水指数8000毫米'],
    ['the newest product', '这款的面料是锦纶弹力布'],
    ['each of both in a clause', '轻量冲锋衣防水指数8000毫米，速干长裤是四面弹的'],
  ])('may speak of %s', async (_, text) => {
    expect(await judge(text)).toEqual({ decision: 'pass', findings: [] });
  });

  test.each([
    ['no product of the talk bears out', '是纯棉的', '纯棉'],
    ['is said of the newest product and true of the earlier', '速干长裤防水指数8000毫米', '防水'],
    ['is said of the earlier product and true of the newest', '轻量冲锋衣是四面弹的', '弹'],
    ['is wrong in one clause and true in the other', '防水指数8000毫米，速干长裤也一样是压胶的', '压胶'],
  ])('is a guess where it %s', async (_, text, word) => {
    const { decision, findings } = await judge(text);
    expect(decision).toBe('block');
    expect(findings).toMatchObject([{ rule: 'TAB-25' }]);
    expect(text.slice(...findings[0]!.span!)).toContain(word);
  });

  test('leaves as it was judged, and is laid before a supervisor only where it is blocked', async () => {
    const claim = '防水指数8000毫米的';
    const asked = { conversationId, reason: '详情页写了' };
    expect((await agent.refused('approval.ask', { ...asked, text: claim })).code).toBe('conflict');
    expect((await agent.refused('message.send', { conversationId, text: '是纯棉的' })).code).toBe('gate_blocked');
    expect((await agent.command('message.send', { conversationId, text: claim })).seq).toBe(3);
  });
});
