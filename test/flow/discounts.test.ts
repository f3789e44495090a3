/** Concessions: within the authority and at its edge, asked of a supervisor, given once, never below the floor. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Discount, DiscountView } from '../../src/protocol/discounts.ts';
import type { SuggestionSet } from '../../src/protocol/records.ts';
import { DESK_ENGINES, HOUR, MINUTE, openMind, startTestDesk, type TestBuyer, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

type Agent = TestClient & { cookie: string };

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('discounts on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: Agent;
  let other: Agent;
  let chief: Agent;
  let buyer: TestBuyer;

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    agent = await desk.agent('agent1');
    other = await desk.agent('agent2');
    chief = await desk.agent('supervisor');
  });
  beforeEach(async () => {
    buyer = await desk.buyer();
    await buyer.command('message.send', { text: '轻量冲锋衣怎么样' });
    await desk.settle();
  });
  afterAll(() => desk?.close());

  async function call<T>(method: string, path: string, as: Agent, body?: object) {
    const response = await fetch(`${desk.url}${path}`, {
      method,
      headers: { cookie: as.cookie, ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as T };
  }
  const path = () => `/api/conversations/${buyer.conversationId}/discounts`;
  const view = async (as = agent) => (await call<DiscountView>('GET', path(), as)).body;
  const ask = (amount: number, as = agent) =>
    call<DiscountView & { code?: string }>('POST', `${path()}/ask`, as, { amount, reason: '老客户，要三件' });
  const decide = (id: string, body: object, as = chief) =>
    call<Discount & { code?: string }>('POST', `/api/discounts/${id}/decide`, as, body);
  const say = (text: string, as: TestClient = agent) =>
    as.command('message.send', { conversationId: buyer.conversationId, text, warningsRead: true });
  const refusedSay = (text: string, as: TestClient = agent) =>
    as.refused('message.send', { conversationId: buyer.conversationId, text, warningsRead: true });

  async function suggestions(): Promise<SuggestionSet | undefined> {
    await desk.settle();
    return (await desk.detail(buyer.conversationId, agent.cookie)).suggestions;
  }
  const cards = async () => (await suggestions())?.proposals.map(({ card }) => card) ?? [];

  test('what was given counts however often was asked since', async () => {
    const given = await call<DiscountView>('POST', path(), agent, { amount: 20, reason: '改价' });
    expect(given.body.left).toBe(0);
    const { discounts } = desk.app.ledger;
    const [first] = given.body.discounts;
    for (let i = 1; i <= 205; i++) {
      const asked: Discount = { ...first!, id: `${first!.id}-${i}`, state: 'withdrawn', at: first!.at + i };
      await discounts.save('demo', asked, null);
    }
    expect(await view()).toMatchObject({ granted: 20, left: 0 });
    expect((await call('POST', path(), agent, { amount: 1, reason: '改价' })).status).toBe(403);
  });

  test('what a reply gives is written down, and the sum of all is what the authority is held against', async () => {
    await say('这件给您便宜12元吧，现在拍下就可以');
    expect(await view()).toMatchObject({
      granted: 12,
      left: 8,
      discounts: [{ state: 'given', amount: 12, before: 0 }],
    });
    expect((await refusedSay('再给您少8.5元好了')).code).toBe('gate_blocked');
    await say('再给您减8元，这是能给的了');
    expect(await view()).toMatchObject({ granted: 20, left: 0 });
    expect((await refusedSay('那再给您减0.5元')).code).toBe('gate_blocked');
    await say('刚才已经给您优惠20元了，您直接拍就好');
    expect((await view()).granted).toBe(20);
  });

  test('a sum that a campaign names as well is the agent’s own gift where it is given as one', async () => {
    await say('可以的，给您便宜20元，拍下就改价');
    expect(await view()).toMatchObject({ granted: 20, left: 0 });
    expect((await refusedSay('再给您便宜20元')).code).toBe('gate_blocked');
    expect((await refusedSay('这单单独给您优惠199元')).code).toBe('gate_blocked');
    await say('店里活动满199减20，您拍的时候系统自动减');
    expect((await view()).granted).toBe(20);
  });

  test('a second concession names what is left to pay after both', async () => {
    await buyer.command('message.send', { text: '能便宜点吗' });
    await desk.settle();
    await say('这件面料压胶都是实打实的，价格已经很合适了');
    await buyer.command('message.send', { text: '便宜12行吗' });
    expect((await suggestions())!.proposals.find(({ card }) => card === 'SCR-37')?.text).toContain('387元');
    await say('好的，这件给您便宜12元，拍下我来改价');
    await buyer.command('message.send', { text: '再便宜8块我就拍' });
    const set = (await suggestions())!;
    const position = set.proposals.findIndex(({ card }) => card === 'SCR-37');
    const { text } = set.proposals[position]!;
    expect(text).toContain('379元');
    const { conversationId } = buyer;
    await agent.command('message.send', { conversationId, text, suggestion: { id: set.id, position } });
    expect(await view()).toMatchObject({ granted: 20, left: 0 });
    await buyer.command('message.send', { text: '再便宜1块' });
    const { hidden } = (await suggestions())!;
    expect(hidden.find(({ card }) => card === 'SCR-38')?.detail).toContain(
      '买家想优惠1元，加上已优惠的20元，您的权限是20元：请先问主管',
    );
  });

  test('two agents who give at the same moment stay within the authority together', async () => {
    const both = await Promise.allSettled([say('给您便宜15元，拍下就改价'), say('亲，给您便宜15元，马上改价', other)]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await view()).granted).toBe(15);
  });

  test('above the authority: asked, announced, granted in part, given once', async () => {
    await buyer.command('message.send', { text: '能便宜28块吗，能的话马上拍' });
    expect(await cards()).not.toContain('SCR-38');
    expect((await view()).requested).toBe(28);
    const asked = await ask(28);
    expect(asked).toMatchObject({ status: 200, body: { discounts: [{ state: 'asked', amount: 28 }] } });
    const request = asked.body.discounts[0]!;
    expect((await ask(28)).body.discounts.map(({ id }) => id)).toEqual([request.id]);
    const waiting = (await suggestions())!.proposals.find(({ card }) => card === 'SCR-38');
    expect(waiting?.text).toContain('15');
    const rows = await desk.followUps(buyer.buyerId, 'FU-45');
    expect(rows.map(({ state, dueAt }) => ({ state, dueAt }))).toEqual([
      { state: 'planned', dueAt: desk.clock.now() + 15 * MINUTE },
    ]);
    expect((await refusedSay('给您优惠25元')).code).toBe('gate_blocked');
    expect((await decide(request.id, { decision: 'grant' }, agent)).status).toBe(403);
    expect((await decide(request.id, { decision: 'grant', amount: 40 })).status).toBe(400);
    const granted = await decide(request.id, { decision: 'grant', amount: 25, note: '就这一次' });
    expect(granted.body).toMatchObject({ state: 'granted', approved: 25, note: '就这一次' });
    expect((await decide(request.id, { decision: 'refuse', note: '改主意了' })).status).toBe(409);
    expect((await desk.followUps(buyer.buyerId, 'FU-45')).map(({ state }) => state)).toEqual(['cancelled']);
    expect((await view()).left).toBe(25);
    await say('您看还有什么想了解的，我都给您讲清楚');
    await buyer.command('message.send', { text: '便宜25我就拍' });
    const offer = (await suggestions())!;
    const at = offer.proposals.findIndex(({ card }) => card === 'SCR-37');
    expect(offer.proposals[at]?.text).toMatch(/25/);
    await agent.command('message.send', {
      conversationId: buyer.conversationId,
      text: offer.proposals[at]!.text,
      suggestion: { id: offer.id, position: at },
    });
    expect(await view()).toMatchObject({ granted: 25, left: 0 });
    expect((await view()).discounts.map(({ state }) => state)).toEqual(['used', 'given']);
    expect((await refusedSay('再给您减25元')).code).toBe('gate_blocked');
    expect((await refusedSay('那给您便宜25元')).code).toBe('gate_blocked');
  });

  test('within the authority nobody is asked, and below the floor nobody can grant', async () => {
    expect(await ask(20)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const below = await ask(600);
    expect(below.status).toBe(409);
    expect(JSON.stringify(below.body)).toMatch(/priceFloor/);
    const blocked = await refusedSay('这件给您便宜600元', chief);
    expect(blocked.code).toBe('gate_blocked');
    expect(blocked.message).toContain('底价');
    expect((await view()).discounts).toEqual([]);
  });

  test('a refusal says why; a request nobody answers and a grant nobody uses run out', async () => {
    const first = (await ask(29)).body.discounts[0]!;
    expect((await decide(first.id, { decision: 'refuse' })).status).toBe(400);
    await decide(first.id, { decision: 'refuse', note: '活动价已经是最低' });
    expect((await view()).discounts.at(-1)).toMatchObject({ state: 'refused', note: '活动价已经是最低' });
    await ask(29);
    desk.clock.advance(HOUR);
    await desk.app.workers.sweep();
    expect((await view()).discounts.at(-1)!.state).toBe('expired');
    const third = (await ask(29)).body.discounts.at(-1)!;
    await decide(third.id, { decision: 'grant' });
    desk.clock.advance(2 * HOUR);
    await desk.app.workers.sweep();
    expect((await view()).discounts.at(-1)!.state).toBe('expired');
    expect((await refusedSay('给您优惠29元')).code).toBe('gate_blocked');
  });

  test('made before the order it counts for the order, and not for the one after', async () => {
    await say('给您便宜10元，拍下后改价');
    const created = {
      orderId: `D-${buyer.buyerId}`,
      buyerId: buyer.buyerId,
      amount: 399,
      items: [{ title: '轻量冲锋衣' }],
    };
    desk.clock.advance(MINUTE);
    expect((await desk.tell('order.created', created)).status).toBe(200);
    expect(await view()).toMatchObject({ granted: 10, left: 10 });
    await desk.tell('order.closed', { orderId: created.orderId, by: 'buyer' });
    expect(await view()).toMatchObject({ granted: 0, left: 20 });
  });

  test('a price changed in the trade system is noted by hand, and what was no concession is taken back', async () => {
    const give = (amount: number) => call<DiscountView>('POST', path(), agent, { amount, reason: '后台改价' });
    expect((await give(20.01)).status).toBe(403);
    expect((await give(5.5)).body).toMatchObject({ granted: 5.5, left: 14.5 });
    const [noted] = (await view()).discounts;
    const takeBack = (as: Agent) => call('POST', `/api/discounts/${noted!.id}/take-back`, as, { reason: '记错了' });
    expect((await takeBack(other)).status).toBe(403);
    expect((await takeBack(agent)).status).toBe(204);
    expect(await view()).toMatchObject({ granted: 0, left: 20 });
  });

  test('what is noted at the same moment stays above the floor together', async () => {
    const give = (as: Agent, amount: number) => call('POST', path(), as, { amount, reason: '后台改价' });
    const both = await Promise.all([give(chief, 20), give(chief, 20), give(agent, 20)]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await view()).granted).toBe(20);
  });

  test('two agents who ask at the same moment leave one request, and one who grants it twice one grant', async () => {
    await Promise.all([ask(24), ask(27, other)]);
    const asked = (await view()).discounts.filter(({ state }) => state === 'asked');
    expect(asked).toHaveLength(1);
    const grants = await Promise.all([
      decide(asked[0]!.id, { decision: 'grant' }),
      decide(asked[0]!.id, { decision: 'refuse', note: '不行' }),
      decide(asked[0]!.id, { decision: 'grant', amount: 21 }),
    ]);
    expect(grants.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  });

  test('a request is granted for its own order, though a newer one is at hand', async () => {
    const orderId = `D-${buyer.buyerId}`;
    const order = { orderId, buyerId: buyer.buyerId, amount: 399, items: [{ title: '轻量冲锋衣' }] };
    expect((await desk.tell('order.created', order)).status).toBe(200);
    const request = (await ask(25)).body.discounts.at(-1)!;
    expect(request).toMatchObject({ state: 'asked', orderId });
    desk.clock.advance(MINUTE);
    await desk.tell('order.created', { ...order, orderId: `${orderId}-1`, items: [{ title: '保温水壶' }] });
    expect((await decide(request.id, { decision: 'grant', amount: 22 })).body).toMatchObject({ approved: 22, orderId });
  });

  test('a request about an order that is gone by then cannot be granted, and is refused', async () => {
    const orderId = `D-${buyer.buyerId}`;
    const order = { orderId, buyerId: buyer.buyerId, amount: 399, items: [{ title: '轻量冲锋衣' }] };
    expect((await desk.tell('order.created', order)).status).toBe(200);
    const request = (await ask(25)).body.discounts.at(-1)!;
    await desk.tell('order.closed', { orderId, by: 'buyer' });
    desk.clock.advance(MINUTE);
    await desk.tell('order.created', { ...order, orderId: `${orderId}-2`, amount: 798 });
    expect((await decide(request.id, { decision: 'grant' })).status).toBe(409);
    expect((await decide(request.id, { decision: 'refuse', note: '订单已经关了' })).status).toBe(200);
    expect((await refusedSay('给您优惠25元')).code).toBe('gate_blocked');
  });
});
