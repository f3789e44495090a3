/** What people enter at the desk, and returns and refunds walked step by step over socket, records and feed. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { DeskRecord, RecordGroup, RecordsView } from '../../src/protocol/desk-records.ts';
import { factsOf } from './read-facts.ts';
import { DESK_ENGINES, HOUR, MINUTE, openMind, startTestDesk, type TestBuyer, type TestDesk } from './start-desk.ts';
import type { TestClient } from './test-client.ts';

beforeAll(async () => {
  await openMind();
});

describe.each(DESK_ENGINES)('records of the desk on $record and $redis', (engines) => {
  let desk: TestDesk;
  let agent: TestClient & { cookie: string };
  let supervisor: string;
  let buyer: TestBuyer;
  let orderId: string;
  let serial = 0;

  beforeAll(async () => {
    desk = await startTestDesk({ engines });
    agent = await desk.agent();
    supervisor = await desk.cookie('supervisor');
  });
  afterAll(() => desk?.close());
  beforeEach(async () => {
    buyer = await desk.buyer();
    await order('signed');
  });

  /** An order of the buyer, brought to a state by the feed. */
  async function order(state: 'paid' | 'shipped' | 'signed'): Promise<void> {
    orderId = `K-${++serial}`;
    desk.clock.advance(MINUTE);
    await tell('order.created', { buyerId: buyer.buyerId, amount: 159, items: [{ title: '速干长裤', qty: 1 }] });
    await tell('order.paid', {});
    if (state === 'paid') return;
    await tell('order.shipped', { carrier: 'ZTO', trackingNo: `ZT-${orderId}`, handedOver: true });
    if (state === 'signed') await tell('order.signed', {});
  }

  async function tell(type: string, data: object): Promise<void> {
    desk.clock.advance(1000);
    const response = await desk.tell(type, { orderId, ...data });
    expect(response.status, await response.clone().text()).toBe(200);
  }
  const view = () => desk.read<RecordsView>(`/api/conversations/${buyer.conversationId}/records`, agent.cookie);
  const recordOf = async (group: RecordGroup) => (await view()).records.find((one) => one.group === group);

  function put(group: string, body: object, cookie = agent.cookie): Promise<Response> {
    return fetch(`${desk.url}/api/conversations/${buyer.conversationId}/records/${group}`, {
      method: 'PUT',
      headers: { cookie, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
  /** Adds fields to a record, as one press does. */
  async function enter(group: RecordGroup, value: object, cookie = agent.cookie): Promise<RecordsView> {
    const known = await recordOf(group);
    const body = { basedOn: known?.revision ?? 0, value: { ...known?.value, ...value } };
    const response = await put(group, body, cookie);
    expect(response.status, await response.clone().text()).toBe(200);
    return (await response.json()) as RecordsView;
  }
  async function say(text: string): Promise<void> {
    desk.clock.advance(MINUTE);
    await desk.tell('feed.alive', {});
    await buyer.command('message.send', { text });
    await desk.settle();
  }
  const proposals = async () => (await desk.detail(buyer.conversationId, agent.cookie)).suggestions;
  const cards = async () => {
    const set = await proposals();
    return set?.state === 'live' ? set.proposals.map(({ card }) => card) : [];
  };
  /** Sends the proposal of a card as it stands. */
  async function send(card: string): Promise<void> {
    desk.clock.advance(MINUTE);
    await desk.tell('feed.alive', {});
    const set = (await proposals())!;
    const position = set.proposals.findIndex((one) => one.card === card);
    expect(position, `${card} among ${set.proposals.map((one) => one.card).join(' ')}`).toBeGreaterThanOrEqual(0);
    await agent.command('message.send', {
      conversationId: buyer.conversationId,
      text: set.proposals[position]!.text,
      suggestion: { id: set.id, position },
      warningsRead: true,
    });
  }
  /** The step that comes next: its id and who has to do it. */
  async function step(id: string): Promise<string> {
    const steps = (await view()).procedures.find((one) => one.id === id)?.steps ?? [];
    const next = steps.find(({ state }) => state === 'next');
    return next ? `${next.id} ${next.who}` : 'over';
  }

  describe('a record', () => {
    test('is kept with who entered what, and when', async () => {
      await enter('case', { open: true, kind: 'quality' });
      desk.clock.advance(MINUTE);
      await enter('case', { fault: 'shop' });
      const kept = (await recordOf('case'))!;
      expect(kept).toMatchObject({ revision: 2, orderId, value: { open: true, kind: 'quality', fault: 'shop' } });
      expect(kept.value['faultVerifiedBy']).toBe(kept.entered['fault']!.name);
      expect(kept.entered['fault']!.at - kept.entered['kind']!.at).toBe(MINUTE);
      expect((await factsOf(desk, buyer.conversationId)).case).toMatchObject({ open: true, kind: 'quality' });
      const one = await desk.read<DeskRecord>(`/api/conversations/${buyer.conversationId}/records/case`, agent.cookie);
      expect(one).toEqual(kept);
    });

    test('is changed by whoever read it last; the other hears what stands', async () => {
      await enter('wish', { kind: 'carrier', carrier: 'SF' });
      const late = await put('wish', { basedOn: 0, value: { kind: 'ship_today' } });
      expect(late.status).toBe(409);
      expect(await late.json()).toMatchObject({ code: 'conflict', details: { record: { value: { carrier: 'SF' } } } });
      const both = await Promise.all([1, 2].map(() => put('wish', { basedOn: 1, value: { kind: 'ship_today' } })));
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    });

    test.each([
      ['a group nobody keeps', 'weather', { basedOn: 0, value: {} }, 400],
      ['a field nobody knows', 'case', { basedOn: 0, value: { open: true, mood: 'bad' } }, 400],
      ['a kind there is not', 'case', { basedOn: 0, value: { open: true, kind: 'bored' } }, 400],
      ['a case that is neither open nor closed', 'case', { basedOn: 0, value: { kind: 'quality' } }, 400],
      ['another buyer’s order', 'case', { basedOn: 0, value: { open: true }, orderId: 'DM2001' }, 400],
      ['no revision', 'case', { value: { open: true } }, 400],
    ])('is refused: %s', async (_what, group, body, status) => {
      expect((await put(group, body)).status).toBe(status);
      expect((await view()).records).toEqual([]);
    });

    test('is nobody’s but the desk’s', async () => {
      expect((await put('case', { basedOn: 0, value: { open: true } }, '')).status).toBe(401);
      const nowhere = `${desk.url}/api/conversations/cnv_nowhere/records`;
      expect((await fetch(nowhere, { headers: { cookie: agent.cookie } })).status).toBe(404);
    });

    test('approves no more than the agent’s authority', async () => {
      const open = { open: true, kind: 'quality' };
      expect((await put('case', { basedOn: 0, value: { ...open, approvedAmount: 21 } })).status).toBe(403);
      await enter('case', { ...open, approvedAmount: 20 });
      await enter('case', { approvedAmount: 60 }, supervisor);
      // What a supervisor approved stays when an agent enters something else.
      await enter('case', { wearMarks: false });
      const refund = { type: 'partial', amount: 30, formType: 'to_seller' };
      await enter('refund', refund);
      expect((await put('refund', { basedOn: 1, value: { ...refund, approved: true } })).status).toBe(403);
      expect((await put('refund', { basedOn: 1, value: { ...refund, approved: true } }, supervisor)).status).toBe(200);
    });

    test('of an old order is not inherited by a new one, and comes back with it', async () => {
      await enter('case', { open: true, kind: 'quality' });
      await enter('consent', { channels: ['phone'] });
      const old = orderId;
      await order('paid');
      const facts = await factsOf(desk, buyer.conversationId);
      expect(facts.order).toMatchObject({ id: orderId });
      expect(facts.case).toBeUndefined();
      expect(facts.consent).toEqual({ channels: ['phone'] });
      await tell('order.closed', { by: 'refund' });
      expect(await factsOf(desk, buyer.conversationId)).toMatchObject({
        order: { id: old },
        case: { kind: 'quality' },
      });
    });

    test('opens a case for the timers, closes it, and keeps it as history', async () => {
      const rows = async () => (await desk.followUps(buyer.buyerId, 'FU-10')).filter((row) => row.subject === orderId);
      await enter('case', { open: true, kind: 'lost' });
      expect(await rows()).toMatchObject([{ state: 'planned' }]);
      expect(await desk.followUps(buyer.buyerId, 'FU-47')).toHaveLength(1);
      await enter('case', { open: false, decision: '补发' });
      expect(await rows()).toMatchObject([{ state: 'cancelled' }]);
      await enter('steps', { noted: true });
      await enter('case', { open: true, kind: 'damaged', decision: undefined });
      const now = await view();
      expect(now.closed).toMatchObject([{ orderId, value: { kind: 'lost', decision: '补发' } }]);
      expect(now.records.find(({ group }) => group === 'steps')).toBeUndefined();
    });

    test('asks the warehouse and hears it', async () => {
      const at = (ms: number) => new Date(desk.clock.now() + ms).toISOString();
      await enter('warehouse', { resultBy: at(2 * HOUR) });
      expect(await desk.followUps(buyer.buyerId, 'FU-43')).toMatchObject([{ state: 'planned', subject: orderId }]);
      await enter('warehouse', { checkedAt: at(0), cause: '找到面单' });
      expect(await desk.followUps(buyer.buyerId, 'FU-43')).toMatchObject([{ state: 'cancelled' }]);
    });

    test('of what a person looked up grows old from its entry', async () => {
      await enter('tracking', { lastScan: '到达北京' });
      const entered = desk.clock.now();
      desk.clock.advance(3 * HOUR);
      await desk.tell('feed.alive', {});
      expect(Date.parse((await factsOf(desk, buyer.conversationId)).asOf!['tracking.lastScan']!)).toBe(entered);
      await tell('tracking.updated', { lastScan: '派件中' });
      const facts = await factsOf(desk, buyer.conversationId);
      expect(facts.tracking).toMatchObject({ lastScan: '派件中' });
      expect(facts.asOf).not.toHaveProperty('tracking.lastScan');
    });
  });

  describe('a question', () => {
    test('is taken down, promised by the holding line, and settled by its answer', async () => {
      await say('这款面料防紫外线系数是多少');
      const { question } = await view();
      expect(question).toMatchObject({ text: '这款面料防紫外线系数是多少' });
      expect(Date.parse(question!.answerBy!) - Date.parse(question!.askedAt!)).toBe(24 * HOUR);
      const answerBy = new Date(desk.clock.now() + 3 * HOUR).toISOString();
      await enter('question', { ...question, answerBy });
      expect((await view()).question).toBeUndefined();
      await send('SCR-05');
      expect(await desk.followUps(buyer.buyerId, 'FU-07')).toMatchObject([{ state: 'planned' }]);
      await enter('question', { verifiedAnswer: '实测UPF40+', verifiedBy: '仓库老陈' });
      await say('问到了吗');
      await send('SCR-06');
      expect(await desk.followUps(buyer.buyerId, 'FU-07')).toMatchObject([{ state: 'cancelled', reason: 'answered' }]);
      expect((await recordOf('question'))!.value).toMatchObject({ answered: true });
    });
  });

  describe('the return procedure', () => {
    test('goes from the complaint to the money, each step with its line', async () => {
      await say('收到的裤子破损了，有个大洞');
      expect((await view()).proposed).toMatchObject({ kind: 'damaged' });
      await enter('case', { open: true, kind: 'damaged' });
      expect((await view()).proposed).toBeUndefined();
      expect(await cards()).toContain('SCR-115');
      await send('SCR-115');
      expect(await step('RP')).toBe('RP-1 buyer');
      await say('[图片]');
      expect((await recordOf('case'))!.value['photos']).toHaveLength(1);
      expect(await step('RP')).toBe('RP-1 agent');
      await enter('case', { photosVerified: true });
      expect(await step('RP')).toBe('RP-2 agent');
      await enter('case', { fault: 'courier' });
      await enter('case', { returnAgreed: true, postageBearer: 'shop' });
      await tell('order.deadlineChanged', { tradeDeadline: '2027-06-01T10:00:00+08:00' });
      await enter('case', { tradeExtended: true });
      expect((await cards()).slice(0, 2)).toEqual(['SCR-110', 'SCR-103']);
      await send('SCR-110');
      expect(await step('RP')).toBe('RP-3 agent');
      expect(await cards()).toEqual(['SCR-103']);
      await send('SCR-103');
      // The note on the order holds up no line to the buyer.
      expect(await step('RP')).toBe('RP-4 agent');
      expect((await cards())[0]).toBe('SCR-104');
      await tell('order.noteChanged', { notes: ['破损退货 小松 5-12'], flag: 'blue' });
      expect(await step('RP')).toBe('RP-7 buyer');
      expect((await cards())[0]).toBe('SCR-104');
      await send('SCR-104');
      expect(await cards()).toEqual([]);
      const refund = { refundId: `R-${orderId}`, type: 'return', amount: 159 };
      await tell('refund.updated', { ...refund, state: 'wait_seller_agree' });
      expect(await step('RP')).toBe('RP-7 agent');
      await tell('refund.updated', { ...refund, state: 'wait_buyer_return', trackingNo: null });
      expect(await cards()).toEqual(['SCR-105']);
      await send('SCR-105');
      expect(await step('RP')).toBe('RP-7 buyer');
      await tell('refund.updated', { ...refund, state: 'return_shipped', trackingNo: 'SF1', carrier: 'SF' });
      expect(await step('RP')).toBe('RP-7 courier');
      await tell('return.arrived', {});
      expect(await step('RP')).toBe('RP-7 warehouse');
      await enter('steps', { inspected: true });
      expect(await step('RP')).toBe('RP-7 agent');
      await tell('refund.updated', { ...refund, state: 'refunded' });
      expect(await step('RF-1')).toBe('RF-1.6 agent');
      expect(await cards()).toEqual(['SCR-131']);
      await send('SCR-131');
      expect(await step('RP')).toBe('over');
      expect(await step('RF-1')).toBe('over');
    });

    test('answers a buyer who says yes with the next line', async () => {
      await say('不喜欢这个颜色，想退货');
      await enter('case', { open: true, kind: 'no_reason' });
      await enter('case', { fault: 'buyer', returnAgreed: true, postageBearer: 'buyer', tradeExtended: true });
      expect((await cards())[0]).toBe('SCR-103');
      await agent.command('message.send', { conversationId: buyer.conversationId, text: '可以退的，稍等' });
      await say('好的谢谢');
      expect((await cards())[0]).toBe('SCR-103');
    });

    test('puts pictures that were there before the case to it', async () => {
      await say('衣服开线了');
      await say('[图片]');
      await say('【图】');
      await enter('case', { open: true, kind: 'quality' });
      expect((await recordOf('case'))!.value['photos']).toHaveLength(2);
      expect(await step('RP')).toBe('RP-1 agent');
    });
  });

  describe('the refund chains', () => {
    test('RF-2: the amount approved, the figure told, the money', async () => {
      await say('降价了，能退差价吗');
      await enter('refund', { type: 'partial', state: 'none', amount: 10 });
      expect(await step('RF-2')).toBe('RF-2.1 supervisor');
      await enter('refund', { formType: 'to_seller' });
      await enter('refund', { approved: true });
      expect(await step('RF-2')).toBe('RF-2.2 buyer');
      expect((await cards())[0]).toBe('SCR-121');
      expect((await proposals())!.proposals[0]!.text).toContain('149');
      await send('SCR-121');
      const refund = { refundId: `R-${orderId}`, type: 'partial', amount: 10 };
      await tell('refund.updated', { ...refund, state: 'wait_seller_agree' });
      expect(await step('RF-2')).toBe('RF-2.3 finance');
      await tell('refund.updated', { ...refund, state: 'refunded' });
      expect(await cards()).toEqual(['SCR-131']);
      await send('SCR-131');
      expect(await step('RF-2')).toBe('over');
    });

    test('RF-3: before shipping, the warehouse takes it back first', async () => {
      await order('paid');
      await say('还没发货吧，我想退款');
      await enter('refund', { type: 'unshipped', state: 'none' });
      expect(await step('RF-3')).toBe('RF-3.1 buyer');
      expect(await cards()).toContain('SCR-122');
      await send('SCR-122');
      const refund = { refundId: `R-${orderId}`, type: 'unshipped', amount: 159 };
      await tell('refund.updated', { ...refund, state: 'wait_seller_agree' });
      expect(await step('RF-3')).toBe('RF-3.2 warehouse');
      expect(await cards()).toEqual(['SCR-123']);
      await tell('warehouse.reported', { checkedAt: new Date(desk.clock.now()).toISOString(), cause: '已拦下' });
      expect(await step('RF-3')).toBe('RF-3.3 agent');
      await tell('refund.updated', { ...refund, state: 'refunded' });
      expect(await cards()).toContain('SCR-131');
    });

    test('RF-1: a form that was closed is opened again', async () => {
      await say('我要退货');
      await enter('case', {
        open: true,
        kind: 'no_reason',
        fault: 'buyer',
        returnAgreed: true,
        postageBearer: 'buyer',
      });
      const refund = { refundId: `R-${orderId}`, type: 'return', amount: 159 };
      await agent.command('message.send', { conversationId: buyer.conversationId, text: '好的，这边登记了' });
      await tell('refund.updated', { ...refund, state: 'wait_buyer_return', trackingNo: null });
      await enter('steps', { addressSent: true, noted: true });
      await enter('case', { tradeExtended: true });
      expect(await cards()).toEqual(['SCR-105']);
      await tell('refund.updated', { ...refund, state: 'closed' });
      expect(await step('RF-1')).toBe('RF-1.1 buyer');
      expect(await cards()).toEqual(['SCR-125']);
      await tell('refund.updated', { ...refund, refundId: `R2-${orderId}`, state: 'wait_seller_agree' });
      expect(await step('RF-1')).toBe('RF-1.2 agent');
      // What was to be said about the closed form is withdrawn.
      expect(await cards()).toEqual([]);
    });
  });

  describe('a question in pieces', () => {
    test('measurements that come in two messages lead to a size', async () => {
      await say('那件冲锋衣我该穿什么码');
      const asking = (await proposals())!.proposals.find(({ text }) => /身高.*体重|体重.*身高/.test(text));
      expect(asking?.text).toBeDefined();
      await send(asking!.card);
      await say('165');
      expect(await cards()).not.toContain('SCR-13');
      await say('110斤');
      const advice = (await proposals())!.proposals.find(({ card }) => card === 'SCR-13');
      expect(advice?.text).toMatch(/165厘米.*55公斤.*M/);
    });
  });
});
