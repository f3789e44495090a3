/** What an order event does to the suggestions that rested on the order. @see invariant 4 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AFTERNOON, DESK_ENGINES, deliver, openMind, startTestDesk, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('a changed order on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: TestClient;
  beforeAll(async () => {
    desk = await startTestDesk({ engines, startAt: AFTERNOON });
    agent = await desk.agent('agent1');
  });
  afterAll(() => desk?.close());

  const at = new Date(AFTERNOON).toISOString();
  const tell = (id: string, type: string, data: object) =>
    deliver(desk.app, desk.clock, JSON.stringify({ type, at, data }), { id });

  test('withdraws what was proposed for the unpaid order and proposes for the paid one', async () => {
    const buyer = await desk.buyer('demo-02');
    const { seq } = await buyer.command('message.send', { text: '这单怎么付款呀' });
    const ofBuyer = (data: { conversationId: string; seq?: number }) => data.conversationId === buyer.conversationId;
    const before = await agent.next('turn.analysed', (data) => ofBuyer(data) && data.seq === seq);
    expect(before.suggestions.proposals.map(({ card }) => card)).toContain('SCR-62');
    const paid = await tell('paid-1', 'order.paid', { orderId: 'DM2001' });
    expect(paid.status).toBe(200);
    const withdrawn = await agent.next('suggestions.withdrawn', ofBuyer);
    expect(withdrawn).toMatchObject({ suggestionId: before.suggestions.id, reason: 'fact_changed' });
    const after = await agent.next('turn.analysed', (data) => ofBuyer(data) && data.seq === seq);
    expect(after.suggestions.proposals.map(({ card }) => card)).not.toContain('SCR-62');
    const refused = await agent.refused('message.send', {
      conversationId: buyer.conversationId,
      text: before.suggestions.proposals[0]!.text,
      suggestion: { id: before.suggestions.id, position: 0 },
    });
    expect(refused.code).toBe('suggestion_stale');
  });

  test('leaves suggestions alone that say the same as before', async () => {
    const buyer = await desk.buyer('demo-06');
    const { seq } = await buyer.command('message.send', { text: '保温水壶怎么清洗' });
    const analysed = await agent.next(
      'turn.analysed',
      (data) => data.conversationId === buyer.conversationId && data.seq === seq,
    );
    expect(analysed.suggestions.proposals.length).toBeGreaterThan(0);
    const moved = new Date(AFTERNOON + 80 * 3_600_000).toISOString();
    await tell('moved-1', 'order.autoCloseChanged', { orderId: 'DM6002', autoCloseAt: moved });
    const cookie = await desk.cookie('agent1');
    const detail = await desk.read<{ suggestions?: { id: string } }>(
      `/api/conversations/${buyer.conversationId}`,
      cookie,
    );
    expect(detail.suggestions?.id).toBe(analysed.suggestions.id);
  });
});
