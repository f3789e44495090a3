/** Messages in quick succession are one turn: each has its record, their order is kept, the last is read with the others. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DESK_ENGINES, openMind, startTestDesk, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('a burst on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: TestClient & { cookie: string };
  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    agent = await desk.agent('agent1');
  });
  afterAll(() => desk?.close());

  /** Sends all at once and gives what the newest came to, with the whole record. */
  async function burst(texts: readonly string[], buyerId?: string) {
    const buyer = await desk.buyer(buyerId);
    const acks = await Promise.all(texts.map((text) => buyer.command('message.send', { text })));
    const turn = await agent.next(
      'turn.analysed',
      (data) => data.conversationId === buyer.conversationId && data.seq === acks.at(-1)!.seq,
    );
    await desk.settle();
    return { buyer, acks, turn, detail: await desk.detail(buyer.conversationId, agent.cookie) };
  }

  test('keeps a record of each message, in the order they were typed, and an analysis of each', async () => {
    const texts = ['在吗', '我想问下那件轻量冲锋衣', '有红色吗', '还有几天能到'];
    const { acks, detail } = await burst(texts);
    expect(detail.messages.filter(({ from }) => from === 'buyer').map(({ text }) => text)).toEqual(texts);
    expect(acks.map(({ seq }) => seq)).toEqual([...acks.map(({ seq }) => seq!)].sort((a, b) => a - b));
    expect(Object.keys(detail.analyses).sort()).toEqual(acks.map(({ seq }) => String(seq)).sort());
    expect(detail.suggestions?.seq).toBe(acks.at(-1)!.seq);
  });

  test('measurements typed one by one are all in the answer on the size', async () => {
    const { turn } = await burst(['轻量冲锋衣', '身高165', '110斤', '穿啥码']);
    expect(turn.analysis.held).toContain('INT-PRE-03');
    expect(turn.suggestions.proposals.find(({ card }) => card === 'SCR-13')?.text).toMatch(/165.*55/);
  });

  test.each([
    [['165', '110斤', '穿啥码'], 'INT-PRE-03'],
    [['165', '110斤', '穿M行吗'], 'INT-PRE-03'],
    [['能开票吗', '公司抬头', '专票'], 'INT-PRE-18'],
    [['便宜点', '再少十块', '行不行'], 'INT-PRE-14'],
    [['我要退货', '昨天收到的', '那双鞋'], 'INT-AS-01'],
  ])('%j is read as one turn', async (texts, intent) => {
    const { turn } = await burst(texts);
    expect(turn.analysis.held).toContain(intent);
  });
});
