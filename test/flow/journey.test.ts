/** The journey of a message: buyer, record, understanding, suggestions, an agent's decision, the reply at the buyer. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DESK_ENGINES, openMind, startTestDesk, type TestBuyer, type TestDesk, WINDOW_MS } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

const SHOP = 'demo';
const STOCK = '轻量冲锋衣藏青M码有货吗';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('a message on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: TestClient & { cookie: string };
  let other: TestClient & { cookie: string };

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    agent = await desk.agent('agent1');
    other = await desk.agent('agent2');
  });
  afterAll(() => desk?.close());

  /** A buyer writes, and the suggestions for it are at the agent. */
  async function ask(buyer: TestBuyer, text: string) {
    const { seq } = await buyer.command('message.send', { text });
    const analysed = await agent.next(
      'turn.analysed',
      (data) => data.conversationId === buyer.conversationId && data.seq === seq,
    );
    return analysed;
  }

  function accept(buyer: TestBuyer, set: { id: string; proposals: { text: string }[] }, text?: string) {
    return {
      conversationId: buyer.conversationId,
      text: text ?? set.proposals[0]!.text,
      suggestion: { id: set.id, position: 0 },
    };
  }

  async function outcomes(): Promise<{ proposed: number; accepted: number; edited: number; dismissed: number }> {
    const supervisor = await desk.cookie('supervisor');
    return await desk.read('/api/counters', supervisor);
  }

  test('reaches the agent in order: the message, then what it means and what to say', async () => {
    const buyer = await desk.buyer();
    const { seq, suggestions, analysis } = await ask(buyer, STOCK);
    const mine = agent.frames.filter(
      (frame) =>
        (frame.type === 'message.appended' && frame.data.message.conversationId === buyer.conversationId) ||
        (frame.type === 'turn.analysed' && frame.data.conversationId === buyer.conversationId),
    );
    expect(mine.map((frame) => frame.type)).toEqual(['message.appended', 'turn.analysed']);
    expect(seq).toBe(1);
    expect(analysis.held).toContain('INT-PRE-07');
    expect(suggestions).toMatchObject({ conversationId: buyer.conversationId, seq: 1, state: 'live' });
    expect(suggestions.proposals.length).toBeGreaterThan(0);
    expect(suggestions.proposals.length).toBeLessThanOrEqual(3);
    for (const proposal of suggestions.proposals) {
      expect(proposal.text).not.toMatch(/[{}]/);
      expect(proposal.reasons.length).toBeGreaterThan(0);
    }
    const detail = await desk.detail(buyer.conversationId, agent.cookie);
    expect(detail.suggestions?.id).toBe(suggestions.id);
    expect(detail.analyses['1']?.held).toEqual(analysis.held);
    expect(detail.flow).toEqual({ step: 'FLOW-2' });
  });

  test('an accepted suggestion is the reply, with its script and version at the desk and without them at the buyer', async () => {
    const buyer = await desk.buyer();
    const { suggestions } = await ask(buyer, STOCK);
    const before = await outcomes();
    const chosen = suggestions.proposals[0]!;
    const ack = await agent.command('message.send', accept(buyer, suggestions));
    expect(ack).toMatchObject({ seq: 2, verdict: { decision: 'pass' } });
    const { message } = await buyer.next('message.appended', (data) => data.message.from === 'agent');
    expect(message).toMatchObject({ id: ack.messageId, seq: 2, text: chosen.text });
    expect(message).not.toHaveProperty('script');
    expect(message).not.toHaveProperty('agentId');
    const atDesk = await other.next('message.appended', (data) => data.message.id === ack.messageId);
    expect(atDesk.message).toMatchObject({
      agentId: 'agt_demo_1',
      script: { id: chosen.scriptId, version: chosen.version },
    });
    const after = await outcomes();
    expect(after.accepted - before.accepted).toBe(1);
    expect(after.edited - before.edited).toBe(0);
    expect((await desk.app.ledger.suggestions.find(SHOP, suggestions.id))?.state).toBe('settled');
  });

  test('a changed suggestion counts as edited', async () => {
    const buyer = await desk.buyer();
    const { suggestions } = await ask(buyer, STOCK);
    const before = await outcomes();
    const text = `${suggestions.proposals[0]!.text} 需要我帮您看看尺码吗？`;
    await agent.command('message.send', accept(buyer, suggestions, text));
    const { message } = await buyer.next('message.appended', (data) => data.message.from === 'agent');
    expect(message.text).toBe(text);
    const after = await outcomes();
    expect([after.accepted - before.accepted, after.edited - before.edited]).toEqual([0, 1]);
  });

  test('a dismissed suggestion is noted once and sends nothing', async () => {
    const buyer = await desk.buyer();
    const { suggestions } = await ask(buyer, STOCK);
    const before = await outcomes();
    await agent.command('suggestion.dismiss', { suggestionId: suggestions.id, position: 0 });
    await agent.command('suggestion.dismiss', { suggestionId: suggestions.id, position: 0 });
    const after = await outcomes();
    expect(after.dismissed - before.dismissed).toBe(1);
    expect(buyer.messages().map((message) => message.from)).toEqual(['buyer']);
  });

  test('a position that is not there is refused with what is', async () => {
    const buyer = await desk.buyer();
    const { suggestions } = await ask(buyer, '什么时候发货');
    const position = 2;
    expect(suggestions.proposals.length).toBeLessThanOrEqual(position);
    const refusal = await agent.refused('message.send', {
      conversationId: buyer.conversationId,
      text: '好的',
      suggestion: { id: suggestions.id, position },
    });
    expect(refusal).toMatchObject({ code: 'bad_request' });
    expect(refusal.message).toContain(`${suggestions.proposals.length} proposals`);
    const dismissal = await agent.refused('suggestion.dismiss', { suggestionId: suggestions.id, position });
    expect(dismissal.code).toBe('bad_request');
  });

  test('a suggestion cannot be taken for another conversation', async () => {
    const [buyer, stranger] = [await desk.buyer(), await desk.buyer()];
    const { suggestions } = await ask(buyer, STOCK);
    const refusal = await agent.refused('message.send', accept(stranger, suggestions));
    expect(refusal.code).toBe('not_found');
    expect(stranger.messages()).toEqual([]);
  });

  test('a repeated command gives the same place and sends nothing again, accepted suggestions too', async () => {
    const buyer = await desk.buyer();
    const { suggestions } = await ask(buyer, STOCK);
    const command = accept(buyer, suggestions);
    const first = await agent.command('message.send', command, `repeat-${buyer.conversationId}`);
    const second = await agent.command('message.send', command, `repeat-${buyer.conversationId}`);
    expect([second.seq, second.messageId]).toEqual([first.seq, first.messageId]);
    const next = await ask(buyer, '什么时候发货');
    const [third, fourth] = await Promise.all([
      agent.command('message.send', accept(buyer, next.suggestions), `twice-${buyer.conversationId}`),
      agent.command('message.send', accept(buyer, next.suggestions), `twice-${buyer.conversationId}`),
    ]);
    expect([fourth.seq, fourth.messageId]).toEqual([third.seq, third.messageId]);
    expect((await desk.detail(buyer.conversationId, agent.cookie)).messages).toHaveLength(4);
  });

  describe('becomes stale', () => {
    test('by a newer message of the buyer', async () => {
      const buyer = await desk.buyer();
      const { suggestions } = await ask(buyer, STOCK);
      await ask(buyer, '什么时候发货');
      await agent.next(
        'suggestions.withdrawn',
        (data) => data.suggestionId === suggestions.id && data.reason === 'newer_message',
      );
      const refusal = await agent.refused('message.send', accept(buyer, suggestions));
      expect(refusal).toMatchObject({ code: 'suggestion_stale', retryable: false });
      expect(buyer.messages().every((message) => message.from === 'buyer')).toBe(true);
    });

    test('without taking the suggestions of the newer message along', async () => {
      const buyer = await desk.buyer();
      const first = await ask(buyer, STOCK);
      await agent.command('message.send', accept(buyer, first.suggestions));
      const second = await ask(buyer, '什么时候发货');
      const refusal = await other.refused('message.send', accept(buyer, first.suggestions));
      expect(refusal.code).toBe('suggestion_settled');
      expect((await desk.detail(buyer.conversationId, agent.cookie)).suggestions?.id).toBe(second.suggestions.id);
    });

    test('by a reply of a colleague', async () => {
      const buyer = await desk.buyer();
      const { suggestions } = await ask(buyer, STOCK);
      await other.command('message.send', { conversationId: buyer.conversationId, text: '在的，我看一下库存' });
      await agent.next(
        'suggestions.withdrawn',
        (data) => data.suggestionId === suggestions.id && data.reason === 'answered',
      );
      const refusal = await agent.refused('message.send', accept(buyer, suggestions));
      expect(refusal.code).toBe('suggestion_stale');
      expect(buyer.messages().filter((message) => message.from === 'agent')).toHaveLength(1);
    });

    test('by a conversation that was resolved', async () => {
      const buyer = await desk.buyer();
      const { suggestions } = await ask(buyer, STOCK);
      await agent.command('conversation.resolve', { conversationId: buyer.conversationId });
      await agent.next(
        'suggestions.withdrawn',
        (data) => data.suggestionId === suggestions.id && data.reason === 'resolved',
      );
      expect((await agent.refused('message.send', accept(buyer, suggestions))).code).toBe('suggestion_stale');
    });

    test('by stock that is sold out', async () => {
      const buyer = await desk.buyer();
      const { suggestions } = await ask(buyer, STOCK);
      const inStock = suggestions.proposals.findIndex((proposal) => proposal.card === 'SCR-19');
      expect(inStock).toBeGreaterThanOrEqual(0);
      const products = await desk.app.ledger.orders.products(SHOP);
      const shell = products.find((product) => product.id === 'p-shell')!;
      await desk.app.ledger.orders.saveProduct({
        ...shell,
        facts: { ...shell.facts, stock: { ...shell.facts.stock, '藏青-M': 0 } },
      });
      desk.clock.advance(WINDOW_MS);
      const refusal = await agent.refused('message.send', {
        conversationId: buyer.conversationId,
        text: suggestions.proposals[inStock]!.text,
        suggestion: { id: suggestions.id, position: inStock },
      });
      expect(refusal.code).toBe('suggestion_stale');
      await agent.next(
        'suggestions.withdrawn',
        (data) => data.suggestionId === suggestions.id && data.reason === 'fact_changed',
      );
      expect(buyer.messages().map((message) => message.from)).toEqual(['buyer']);
      await desk.app.ledger.orders.saveProduct(shell);
      desk.clock.advance(WINDOW_MS);
    });

    test('by an order that is unpaid no longer', async () => {
      const buyer = await desk.buyer();
      const orderId = `J-${engines.record}`;
      await desk.tell('order.created', {
        orderId,
        buyerId: buyer.buyerId,
        amount: 159,
        items: [{ title: '速干长裤', sku: '黑色-L', qty: 1 }],
      });
      const { suggestions } = await ask(buyer, '付款的时候一直提示失败，付不了');
      const ofPayment = suggestions.proposals.findIndex((proposal) => /^SCR-(6[0-9]|7[0-2])$/.test(proposal.card));
      expect(ofPayment).toBeGreaterThanOrEqual(0);
      await desk.tell('order.paid', { orderId });
      const refusal = await agent.refused('message.send', {
        conversationId: buyer.conversationId,
        text: suggestions.proposals[ofPayment]!.text,
        suggestion: { id: suggestions.id, position: ofPayment },
      });
      expect(refusal.code).toBe('suggestion_stale');
      expect((await desk.app.ledger.suggestions.find(SHOP, suggestions.id))?.state).toBe('withdrawn');
    });
  });

  test('two agents who accept the same suggestion at once: one reply leaves', async () => {
    for (let round = 0; round < 5; round++) {
      const buyer = await desk.buyer();
      const { suggestions } = await ask(buyer, STOCK);
      const command = accept(buyer, suggestions);
      const settled = await Promise.allSettled([
        agent.command('message.send', command),
        other.command('message.send', command),
      ]);
      expect(settled.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
      const lost = settled.find((one) => one.status === 'rejected')!;
      expect(lost.reason).toMatchObject({ code: 'suggestion_settled' });
      const replies = (await desk.detail(buyer.conversationId, agent.cookie)).messages;
      expect(replies.map((message) => message.from)).toEqual(['buyer', 'agent']);
    }
  });

  test('a burst keeps its order, and the suggestions stand for its last message', async () => {
    const buyer = await desk.buyer();
    const texts = ['你好', '在吗', '我想问一下', '轻量冲锋衣', '藏青M码有货吗'];
    const acks = await Promise.all(texts.map((text) => buyer.command('message.send', { text })));
    expect(acks.map((ack) => ack.seq)).toEqual([1, 2, 3, 4, 5]);
    await agent.next(
      'turn.analysed',
      (data) => data.conversationId === buyer.conversationId && data.seq === 5 && data.suggestions.state === 'live',
    );
    const shown = agent.messages().filter((message) => message.conversationId === buyer.conversationId);
    expect(shown.map((message) => message.text)).toEqual(texts);
    expect(buyer.messages().map((message) => message.seq)).toEqual([1, 2, 3, 4, 5]);
    const detail = await desk.detail(buyer.conversationId, agent.cookie);
    expect(detail.suggestions?.seq).toBe(5);
    expect(Object.keys(detail.analyses)).toEqual(['1', '2', '3', '4', '5']);
  });

  test('the gate stands between an agent and the buyer, accepted or typed', async () => {
    const buyer = await desk.buyer();
    const { suggestions } = await ask(buyer, STOCK);
    const text = '加我微信 shanye2027 转账给我，给您便宜点';
    const blocked = await agent.refused('message.send', { conversationId: buyer.conversationId, text });
    expect(blocked.code).toBe('gate_blocked');
    const edited = await agent.refused('message.send', {
      conversationId: buyer.conversationId,
      text,
      suggestion: { id: suggestions.id, position: 0 },
      warningsRead: true,
    });
    expect(edited.code).toBe('gate_blocked');
    expect(buyer.messages().map((message) => message.from)).toEqual(['buyer']);
    expect((await desk.app.ledger.suggestions.find(SHOP, suggestions.id))?.state).toBe('live');
    const checked = await agent.command('gate.check', { conversationId: buyer.conversationId, text });
    expect(checked.verdict?.decision).toBe('block');
  });
});
