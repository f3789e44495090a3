/** An agent's word on the buyer's type wins until it is taken back, and never changes a price. @see BT-P2, BT-P3 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Profile } from '../../src/protocol/turn.ts';
import { DESK_ENGINES, openMind, startTestDesk, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('a corrected type on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: TestClient & { cookie: string };
  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    agent = await desk.agent('agent1');
  });
  afterAll(() => desk?.close());

  async function correct(conversationId: string, type: string | null) {
    const response = await fetch(`${desk.url}/api/conversations/${conversationId}/type`, {
      method: 'PUT',
      headers: { cookie: agent.cookie, 'content-type': 'application/json' },
      body: JSON.stringify({ type }),
    });
    return { status: response.status, profile: (await response.json()) as Profile };
  }

  async function say(buyer: TestClient & { conversationId: string }, text: string) {
    const { seq } = await buyer.command('message.send', { text });
    return await agent.next(
      'turn.analysed',
      (data) => data.conversationId === buyer.conversationId && data.seq === seq,
    );
  }

  test('is the type of every later turn, and shown as a correction', async () => {
    const buyer = await desk.buyer();
    await say(buyer, '你好');
    expect(await correct(buyer.conversationId, 'BT-4')).toMatchObject({ status: 200, profile: { top: 'BT-4' } });
    expect((await say(buyer, '这件多少钱')).profile.top).toBe('BT-4');
    const detail = await desk.detail(buyer.conversationId, agent.cookie);
    expect(detail.buyer).toMatchObject({ pinnedType: 'BT-4', profile: { top: 'BT-4' } });
  });

  test('may say that no type can be told, and is taken back', async () => {
    const buyer = await desk.buyer();
    await say(buyer, '在吗');
    await correct(buyer.conversationId, 'BT-2');
    expect((await correct(buyer.conversationId, 'unknown')).profile.top).toBe('unknown');
    expect((await say(buyer, '便宜点呗，再便宜点我就拍')).profile.top).toBe('unknown');
    await correct(buyer.conversationId, null);
    const detail = await desk.detail(buyer.conversationId, agent.cookie);
    expect(detail.buyer).not.toHaveProperty('pinnedType');
  });

  test('changes no figure in what is proposed', async () => {
    const figures = async (type: string) => {
      const buyer = await desk.buyer();
      await say(buyer, '你好');
      await correct(buyer.conversationId, type);
      const { suggestions } = await say(buyer, '轻量冲锋衣能便宜点吗');
      return suggestions.proposals.map(({ card, text }) => [card, text.match(/\d+(?:\.\d+)?/g) ?? []]);
    };
    const [one, other] = [await figures('BT-1'), await figures('BT-3')];
    const byCard = new Map(other as [string, string[]][]);
    for (const [card, found] of one as [string, string[]][]) {
      if (byCard.has(card)) expect([card, found]).toEqual([card, byCard.get(card)]);
    }
  });

  test('never reaches the buyer, nor does anything else of the profile (BT-P4)', async () => {
    const buyer = await desk.buyer();
    await say(buyer, '便宜点吧 别家才卖五十');
    await correct(buyer.conversationId, 'BT-2');
    await say(buyer, '再少二十我就拍');
    await agent.command('message.send', {
      conversationId: buyer.conversationId,
      text: '亲，我看看有什么活动',
      warningsRead: true,
    });
    await buyer.next('message.appended', ({ message }) => message.from === 'agent');
    const received = JSON.stringify(buyer.frames);
    expect(received).toContain('我看看有什么活动');
    expect(received).not.toMatch(/BT-\d|BF-\d|SEG-\d|profile|pinned|evidence|analysis|bargain_first|贪婪/);
  });

  test('is refused for a type nobody knows and a conversation nobody has', async () => {
    const buyer = await desk.buyer();
    await say(buyer, '你好');
    expect((await correct(buyer.conversationId, 'BT-9')).status).toBe(400);
    expect((await correct('cnv_nothing', 'BT-1')).status).toBe(404);
  });
});
