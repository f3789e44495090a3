/** Several questions in one breath: each gets a chip, and each chip can be sent. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DESK_ENGINES, openMind, startTestDesk, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('questions in one breath on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: TestClient & { cookie: string };

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    agent = await desk.agent('agent1');
  });
  afterAll(() => desk?.close());

  async function ask(...texts: string[]) {
    const buyer = await desk.buyer();
    const seqs: number[] = [];
    for (const text of texts) seqs.push((await buyer.command('message.send', { text })).seq!);
    await desk.settle();
    const { suggestions } = await desk.detail(buyer.conversationId, agent.cookie);
    return { buyer, seqs, suggestions: suggestions! };
  }

  test('each gets a chip, and the chip of the earlier one is sent like any other', async () => {
    const { buyer, seqs, suggestions } = await ask('轻量冲锋衣藏青M码还有货吗', '能便宜28块吗，能的话马上拍');
    expect(suggestions.seq).toBe(seqs[1]);
    expect(suggestions.proposals[0]!.answers).toBeUndefined();
    const at = suggestions.proposals.findIndex(({ answers }) => answers === seqs[0]);
    expect(suggestions.proposals[at]).toMatchObject({ card: 'SCR-19' });
    expect(suggestions.proposals[at]!.reasons[0]).toContain('轻量冲锋衣藏青M码还有货吗');
    const { text } = suggestions.proposals[at]!;
    const sent = await agent.command('message.send', {
      conversationId: buyer.conversationId,
      text,
      suggestion: { id: suggestions.id, position: at },
    });
    expect(sent.seq).toBe(seqs[1]! + 1);
  });

  test('what was answered, a greeting and a thank-you leave nothing open', async () => {
    const { buyer, suggestions } = await ask('你好', '轻量冲锋衣藏青M码还有货吗');
    expect(suggestions.proposals.map(({ answers }) => answers)).toEqual(suggestions.proposals.map(() => undefined));
    await agent.command('message.send', { conversationId: buyer.conversationId, text: '亲，有货的，您直接拍就可以' });
    const { seq } = await buyer.command('message.send', { text: '能便宜点吗' });
    await desk.settle();
    const next = (await desk.detail(buyer.conversationId, agent.cookie)).suggestions!;
    expect(next.seq).toBe(seq);
    expect(next.proposals.every(({ answers }) => answers === undefined)).toBe(true);
  });

  test('a question about one product is answered of that one, whatever the next is about', async () => {
    const { suggestions } = await ask('野餐毯有货吗', '保温水壶怎么清洗');
    expect(suggestions.proposals[0]!.text).toContain('壶盖');
    expect(suggestions.proposals.map(({ card }) => card)).not.toContain('SCR-19');
    const next = await ask('轻量冲锋衣藏青M有货吗', '野餐毯怎么清洗');
    const at = next.suggestions.proposals.findIndex(({ answers }) => answers === next.seqs[0]);
    const { text, card } = next.suggestions.proposals[at]!;
    expect(card).toBe('SCR-19');
    const suggestion = { id: next.suggestions.id, position: at };
    const { conversationId } = next.buyer;
    const sent = await agent.command('message.send', { conversationId, text, suggestion });
    expect(sent.seq).toBe(next.seqs[1]! + 1);
  });

  test('the same question twice gets one chip', async () => {
    const { suggestions } = await ask('轻量冲锋衣藏青M码还有货吗', '轻量冲锋衣藏青M码有没有货啊');
    expect(suggestions.proposals.filter(({ card }) => card === 'SCR-19')).toHaveLength(1);
  });
});
