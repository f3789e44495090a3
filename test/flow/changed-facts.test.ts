/** What an order event does to the suggestions that rested on the order. @see invariant 4 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SuggestionSet } from '../../src/protocol/records.ts';
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

  describe('at the moment of sending', () => {
    async function ask(...texts: string[]) {
      const buyer = await desk.buyer();
      for (const text of texts) {
        await buyer.command('message.send', { text });
        await desk.settle();
      }
      return { buyer, suggestions: (await live(buyer.conversationId))! };
    }

    const live = async (conversationId: string) =>
      (await desk.detail(conversationId, await desk.cookie('agent1'))).suggestions;

    const chosen = ({ id, proposals }: SuggestionSet, card: string) => {
      const position = proposals.findIndex((proposal) => proposal.card === card);
      return { text: proposals[position]!.text, suggestion: { id, position } };
    };

    /** A change that nobody announces: another node's, whose chips are not renewed yet. */
    async function change(id: string, facts: object): Promise<void> {
      const { goods } = await desk.app.desk.window.view('demo');
      const product = goods.find(id)!;
      await desk.app.ledger.orders.saveProduct({ ...product, facts: { ...product.facts, ...facts } });
      desk.app.desk.window.forget('demo');
    }

    test('a value that has changed since is not said, and the true one is proposed in its place', async () => {
      const { buyer, suggestions } = await ask('轻量冲锋衣防水吗');
      const { conversationId } = buyer;
      expect(chosen(suggestions, 'SCR-10').text).toContain('8000');
      await change('p-shell', { attrs: { 防水: '防水指数5000毫米' } });
      const refused = await agent.refused('message.send', { conversationId, ...chosen(suggestions, 'SCR-10') });
      expect(refused.code).toBe('suggestion_stale');
      expect(refused.message).toContain('5000');
      const anew = (await live(conversationId))!;
      expect(anew.state).toBe('live');
      const { text } = chosen(anew, 'SCR-10');
      expect(text).toContain('5000');
      await agent.command('message.send', { conversationId, ...chosen(anew, 'SCR-10') });
    });

    test('what goods a push changes stands on the chips of every chat about them, and of no other', async () => {
      const { buyer: first, suggestions: before } = await ask('速干长裤是什么面料的');
      const { buyer: second } = await ask('卡其L的速干长裤有货吗');
      const { buyer: third, suggestions: others } = await ask('保温水壶怎么清洗');
      await desk.pushGoods('goods.updated', { products: [{ id: 'p-pants', attrs: { 面料: '锦棉混纺' } }] });
      await desk.pushGoods('stock.updated', { items: [{ id: 'p-pants', stock: { '卡其-L': 0 } }] });
      await desk.settle();
      const gone = await agent.next('suggestions.withdrawn', (data) => data.conversationId === first.conversationId);
      expect(gone).toMatchObject({ suggestionId: before.id, reason: 'fact_changed' });
      expect(chosen(before, 'SCR-10').text).toContain('锦纶弹力布');
      expect(chosen((await live(first.conversationId))!, 'SCR-10').text).toContain('锦棉混纺');
      const sold = (await live(second.conversationId))!;
      expect(sold.proposals.map(({ card }) => card)).not.toContain('SCR-19');
      expect((await live(third.conversationId))?.id).toBe(others.id);
      await desk.pushGoods('stock.updated', { items: [{ id: 'p-pants', stock: { '卡其-L': 1 } }] });
      await desk.settle();
      const back = (await live(second.conversationId))!;
      await agent.command('message.send', { conversationId: second.conversationId, ...chosen(back, 'SCR-19') });
    });

    test('a number of last pieces is said as it is by then, edited or not, and once', async () => {
      const { buyer, suggestions } = await ask('卡其L的速干长裤有货吗');
      const { conversationId } = buyer;
      const say = (set: SuggestionSet, card: string) =>
        agent.command('message.send', { conversationId, ...chosen(set, card) });
      await say(suggestions, 'SCR-19');
      await buyer.command('message.send', { text: '嗯 看着还不错' });
      await desk.settle();
      const before = (await live(conversationId))!;
      const { text, suggestion } = chosen(before, 'SCR-52');
      expect(text).toContain('还有1件');
      await change('p-pants', { stock: { '卡其-L': 3 } });
      const edited = `${text}您看着办`;
      expect((await agent.refused('message.send', { conversationId, text: edited, suggestion })).code).toBe(
        'suggestion_stale',
      );
      const anew = (await live(conversationId))!;
      expect(chosen(anew, 'SCR-52').text).toContain('还有3件');
      await say(anew, 'SCR-52');
      await buyer.command('message.send', { text: '嗯，有点拿不定主意' });
      await desk.settle();
      const after = (await live(conversationId))!;
      expect(after.proposals.map(({ technique }) => technique)).not.toContain('CT-3');
      expect(after.proposals.map(({ technique }) => technique)).toContain('CT-4');
    });

    test('a recommendation leaves out what is sold out by then', async () => {
      const { buyer, suggestions } = await ask('徒步穿的衣服有什么推荐吗');
      const { text } = chosen(suggestions, 'SCR-15');
      const view = await desk.app.desk.window.view('demo');
      const named = view.products.filter(({ title }) => text.includes(title));
      expect(named.length).toBeGreaterThan(0);
      const soldOut = named.map(({ id, facts }) => ({
        id,
        stock: Object.fromEntries(Object.keys(facts.stock ?? {}).map((sku) => [sku, 0])),
      }));
      await desk.pushGoods('stock.updated', { items: soldOut });
      await desk.settle();
      const after = (await live(buyer.conversationId))!;
      expect(after.id).not.toBe(suggestions.id);
      for (const { title } of named) expect(after.proposals.map((one) => one.text).join()).not.toContain(title);
    });
  });
});
