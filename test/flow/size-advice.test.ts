/** Measurements told piece by piece become a size that is proposed, and that the gate lets go as it stands. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DESK_ENGINES, openMind, startTestDesk, type TestBuyer, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('size advice on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: TestClient & { cookie: string };

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    agent = await desk.agent('agent1');
  });
  afterAll(() => desk?.close());

  async function ask(buyer: TestBuyer, text: string) {
    desk.clock.advance(15_000);
    await buyer.command('message.send', { text });
    await desk.settle();
    return (await desk.detail(buyer.conversationId, agent.cookie)).suggestions!;
  }

  test.each([
    ['抓绒内胆我穿多大码', ['165', '体重105斤'], 'M'],
    ['抓绒内胆穿什么码合适', ['一米七二', '一百三十斤'], 'L'],
    ['速干长裤买几码', ['身高172', '腰围两尺三'], 'L'],
  ])('%s, then %j', async (question, pieces, size) => {
    const buyer = await desk.buyer();
    const { conversationId } = buyer;
    const send = async (set: Awaited<ReturnType<typeof ask>>, card: string) => {
      const position = set.proposals.findIndex((proposal) => proposal.card === card);
      const { text } = set.proposals[position]!;
      await agent.command('message.send', { conversationId, text, suggestion: { id: set.id, position } });
      return text;
    };
    expect(await send(await ask(buyer, question), 'SCR-14')).toContain('方便说下');
    const after = [];
    for (const piece of pieces) after.push(await ask(buyer, piece));
    expect(after[0]!.proposals.map(({ card }) => card)).not.toContain('SCR-13');
    expect(await send(after.at(-1)!, 'SCR-13')).toContain(`建议选${size}`);
  });

  test('a size that the table does not give is not said, by hand neither', async () => {
    const buyer = await desk.buyer();
    for (const text of ['抓绒内胆穿什么码合适', '身高172', '65公斤']) await ask(buyer, text);
    const { conversationId } = buyer;
    const say = (text: string) => ({ conversationId, text, warningsRead: true });
    expect((await agent.refused('message.send', say('您穿XL码正合适'))).code).toBe('gate_blocked');
    await agent.command('message.send', say('按您172、65公斤，建议您选L码'));
  });
});
