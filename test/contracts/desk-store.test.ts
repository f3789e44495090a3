import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ledger } from '../../src/turn/ports.ts';
import { RECORD_ENGINES } from '../setup/engines.ts';
import { openTestRecord, type TestRecord } from '../setup/open-record.ts';
import {
  AGENT,
  analysed,
  BUYER,
  CONVERSATION,
  incoming,
  makeBuyer,
  makeFollowUp,
  makeOrder,
  NOW,
  OTHER_SHOP,
  PROPOSAL,
  reply,
  SHOP,
  SHOPS,
  seedShops,
} from './fixtures.ts';

const task = { shopId: SHOP, id: 'tsk_1', kind: 'call_back', title: '回电', conversationId: CONVERSATION };

describe.each(RECORD_ENGINES)('desk store on %s', (engine) => {
  let record: TestRecord;
  let ledger: Ledger;
  let desk: Ledger['desk'];

  beforeAll(async () => {
    record = await openTestRecord(engine);
    ledger = record.ledger;
    desk = ledger.desk;
    await seedShops(ledger);
  });
  afterAll(() => record.close());

  it('lists owed answers once per conversation, the earliest promise first', async () => {
    await ledger.people.saveBuyer(makeBuyer(SHOP, 'byr_2'), NOW);
    await ledger.conversations.open(SHOP, 'byr_2', 'web', 'cnv_2', NOW);
    const ask = (conversationId: string, text: string) =>
      ledger.conversations.appendBuyerMessage(incoming({ conversationId, text }));
    await ask(CONVERSATION, 'first question');
    await ask(CONVERSATION, 'second question');
    await ask('cnv_2', 'urgent question');
    await desk.owe(SHOP, CONVERSATION, 1, NOW + 1, NOW + 900);
    await desk.owe(SHOP, CONVERSATION, 1, NOW + 7, NOW + 7);
    await desk.owe(SHOP, CONVERSATION, 2, NOW + 2, NOW + 800);
    await desk.owe(SHOP, 'cnv_2', 1, NOW + 3, NOW + 500);
    expect(await desk.owed(SHOP)).toEqual([
      {
        conversationId: 'cnv_2',
        buyerName: `byr_2 of ${SHOP}`,
        text: 'urgent question',
        askedAt: NOW + 3,
        promisedAt: NOW + 500,
      },
      {
        conversationId: CONVERSATION,
        buyerName: `${BUYER} of ${SHOP}`,
        text: 'first question',
        askedAt: NOW + 1,
        promisedAt: NOW + 800,
      },
    ]);
    expect((await desk.owedIn(SHOP, CONVERSATION)).map((o) => [o.seq, o.text, o.promisedAt])).toEqual([
      [1, 'first question', NOW + 900],
      [2, 'second question', NOW + 800],
    ]);
    expect(await desk.owed(OTHER_SHOP)).toEqual([]);
    await reply(ledger, { recordedOnly: true });
    await reply(ledger, { conversationId: 'cnv_2' });
    expect((await desk.owed(SHOP)).map((o) => o.conversationId)).toEqual([CONVERSATION]);
  });

  it('lists open tasks by the moment they are due, those without one last', async () => {
    await desk.addTask({ ...task, id: 'tsk_none' }, NOW);
    await desk.addTask({ ...task, id: 'tsk_late', dueAt: NOW + 20, rule: 'FU-30', orderId: 'ord-1' }, NOW);
    await desk.addTask({ ...task, id: 'tsk_soon', dueAt: NOW + 10 }, NOW);
    await desk.addTask({ ...task, id: 'tsk_soon', title: 'again' }, NOW);
    expect(await desk.tasks(SHOP)).toMatchObject([
      { id: 'tsk_soon', title: '回电' },
      { id: 'tsk_late', rule: 'FU-30', orderId: 'ord-1', createdAt: NOW },
      { id: 'tsk_none', conversationId: CONVERSATION },
    ]);
  });

  it('adds a task once while one of its kind is open for the same conversation and order', async () => {
    const stopped = { ...task, id: 'tsk_s1', kind: 'gate.stopped', data: { findings: ['TAB-22'] } };
    expect(await desk.addTaskOnce(stopped, NOW)).toBe(true);
    expect(await desk.addTaskOnce({ ...stopped, id: 'tsk_s2' }, NOW)).toBe(false);
    expect(await desk.addTaskOnce({ ...stopped, id: 'tsk_s3', orderId: 'ord-s' }, NOW)).toBe(true);
    expect(await desk.addTaskOnce({ ...stopped, id: 'tsk_s4', shopId: OTHER_SHOP }, NOW)).toBe(true);
    expect(await desk.addTaskOnce({ ...stopped, id: 'tsk_s5', kind: 'other.kind' }, NOW)).toBe(true);
    await desk.finishTask(SHOP, 'tsk_s1', NOW);
    expect(await desk.addTaskOnce({ ...stopped, id: 'tsk_s6' }, NOW)).toBe(true);
    const open = (await desk.tasks(SHOP)).filter(({ kind }) => kind === 'gate.stopped');
    expect(open.map(({ id, orderId }) => [id, orderId]).sort()).toEqual([
      ['tsk_s3', 'ord-s'],
      ['tsk_s6', undefined],
    ]);
    for (const { id } of await desk.tasks(SHOP)) if (id.startsWith('tsk_s')) await desk.finishTask(SHOP, id, NOW);
  });

  it('finishes a task once, in its own shop', async () => {
    await desk.addTask({ ...task, id: 'tsk_once' }, NOW);
    expect(await desk.finishTask(OTHER_SHOP, 'tsk_once', NOW)).toBe(false);
    expect(await desk.finishTask(SHOP, 'tsk_once', NOW)).toBe(true);
    expect(await desk.finishTask(SHOP, 'tsk_once', NOW)).toBe(false);
  });

  it('finishes the tasks of a kind for a conversation or an order, and no others', async () => {
    await desk.addTask({ ...task, id: 'tsk_a', kind: 'check', conversationId: 'cnv_a' }, NOW);
    await desk.addTask({ ...task, id: 'tsk_b', kind: 'check', conversationId: 'cnv_b', orderId: 'ord-b' }, NOW);
    await desk.addTask({ ...task, id: 'tsk_c', kind: 'other', conversationId: 'cnv_a' }, NOW);
    await desk.finishTasks(SHOP, { kind: 'check', conversationId: 'cnv_a' }, NOW);
    const open = async () => (await desk.tasks(SHOP)).map((t) => t.id).filter((id) => /^tsk_[abc]$/.test(id));
    expect((await open()).sort()).toEqual(['tsk_b', 'tsk_c']);
    await desk.finishTasks(SHOP, { kind: 'check', orderId: 'ord-b' }, NOW);
    expect(await open()).toEqual(['tsk_c']);
  });

  it('keeps an audit trail in order', async () => {
    await desk.audit(SHOP, AGENT, 'conversation.taken_over', { conversationId: CONVERSATION }, NOW);
    await desk.audit(SHOP, AGENT, 'conversation.given_back', [1, 2], NOW + 1);
    const rows = await record.connection.db.selectFrom('audit').selectAll().orderBy('id').execute();
    expect(rows).toMatchObject([
      { shop_id: SHOP, actor: AGENT, action: 'conversation.taken_over', data: { conversationId: CONVERSATION } },
      { action: 'conversation.given_back', data: [1, 2], at_ms: NOW + 1 },
    ]);
    expect(await desk.trail(SHOP, 'conversation.', 1)).toEqual([
      {
        at: NOW + 1,
        actor: { id: AGENT, name: `agent of ${SHOP}` },
        action: 'conversation.given_back',
        data: [1, 2],
      },
    ]);
    expect(await desk.trail(SHOP, 'conversation.t', 9)).toHaveLength(1);
    expect(await desk.trail(OTHER_SHOP, 'conversation.', 9)).toEqual([]);
  });
});

describe.each(RECORD_ENGINES)('counters on %s', (engine) => {
  let record: TestRecord;
  let ledger: Ledger;

  beforeAll(async () => {
    record = await openTestRecord(engine);
    ledger = record.ledger;
    await seedShops(ledger);
  });
  afterAll(() => record.close());

  it('are all zero or unknown for a day on which nothing happened', async () => {
    expect(await ledger.desk.counters(OTHER_SHOP, NOW, NOW + 1, [])).toEqual({
      openConversations: 0,
      waiting: 0,
      longestWaitMs: 0,
      agentsOnDuty: 0,
      buyerMessages: 0,
      agentReplies: 0,
      automaticReplies: 0,
      firstReplyMedianMs: null,
      firstReplyMeanMs: null,
      proposed: 0,
      accepted: 0,
      edited: 0,
      dismissed: 0,
      askingBuyers: 0,
      ordersPlaced: 0,
      ordersPaid: 0,
      remindersSent: 0,
      recoveredOrders: 0,
      owedAnswers: 0,
      promisesKept: 0,
      promisesMissed: 0,
      agents: [{ id: AGENT, name: `agent of ${OTHER_SHOP}`, onDuty: false, replies: 0, conversations: 0 }],
      scripts: [],
    });
  });

  it('count what happened since a moment in one shop', async () => {
    for (const shopId of SHOPS) {
      await ledger.conversations.appendBuyerMessage(incoming({ shopId, sentAt: NOW + 1000 }));
      await ledger.conversations.saveTurn(analysed(1, { shopId, at: NOW + 1001 }));
    }
    await ledger.suggestions.note({
      shopId: SHOP,
      suggestionId: 'sug_any',
      position: 0,
      scriptId: PROPOSAL.scriptId,
      scriptVersion: 3,
      outcome: 'edited',
      agentId: AGENT,
      text: 'x',
      at: NOW + 1002,
    });
    await reply(ledger, { sentAt: NOW + 4000, from: 'auto', scope: 'auto' });
    await reply(ledger, { sentAt: NOW + 5000 });
    await ledger.conversations.appendBuyerMessage(incoming({ sentAt: NOW + 6000 }));
    await ledger.orders.save(makeOrder(SHOP, 'ord-paid', { state: 'paid', placedAt: NOW + 1, paidAt: NOW + 9000 }));
    await ledger.orders.save(
      makeOrder(OTHER_SHOP, 'ord-theirs', { state: 'paid', placedAt: NOW + 1, paidAt: NOW + 2 }),
    );
    await ledger.followUps(SHOP).change(BUYER, ({ situation }) => ({
      situation,
      rows: [makeFollowUp(BUYER, { orderId: 'ord-paid', status: 'sent', endedAtMs: NOW + 8000 })],
      notes: [],
      result: undefined,
    }));
    expect(await ledger.desk.counters(SHOP, NOW, NOW + 10_000, [AGENT])).toMatchObject({
      openConversations: 1,
      waiting: 1,
      longestWaitMs: 4000,
      agentsOnDuty: 1,
      buyerMessages: 2,
      agentReplies: 1,
      automaticReplies: 1,
      firstReplyMedianMs: 4000,
      firstReplyMeanMs: 4000,
      proposed: 1,
      edited: 1,
      accepted: 0,
      askingBuyers: 1,
      ordersPlaced: 1,
      ordersPaid: 1,
      remindersSent: 1,
      recoveredOrders: 1,
      agents: [{ id: AGENT, onDuty: true, replies: 1, conversations: 1 }],
      scripts: [{ scriptId: PROPOSAL.scriptId, edited: 1, accepted: 0, dismissed: 0 }],
    });
    expect(await ledger.desk.counters(SHOP, NOW + 20_000, NOW + 20_000, [])).toMatchObject({
      buyerMessages: 0,
      ordersPlaced: 0,
      remindersSent: 0,
      firstReplyMedianMs: null,
    });
  });

  it('count a promised answer once: kept when it came in time, missed when it was late or is not there', async () => {
    const DAY = 86_400_000;
    const since = NOW + 10 * DAY;
    const promised = since + 1000;
    const leave = async (conversationId: string, answeredAt: number | null, promisedAt: number | null = promised) => {
      const buyerId = `byr_${conversationId}`;
      await ledger.people.saveBuyer(makeBuyer(SHOP, buyerId), NOW);
      await ledger.conversations.open(SHOP, buyerId, 'web', conversationId, NOW);
      await ledger.conversations.appendBuyerMessage(incoming({ conversationId, sentAt: since - 5000 }));
      await desk.owe(SHOP, conversationId, 1, since - 5000, promisedAt);
      if (answeredAt !== null) await reply(ledger, { conversationId, sentAt: answeredAt });
    };
    const desk = ledger.desk;
    await leave('cnv_early', since + 10);
    await leave('cnv_exact', promised);
    await leave('cnv_late', promised + 1);
    await leave('cnv_open', null);
    await leave('cnv_due_later', null, since + 9000);
    await leave('cnv_day_before', since - 10);
    await leave('cnv_no_promise', promised + 5, null);
    const kept = async (from: number, to: number) => {
      const { promisesKept, promisesMissed } = await desk.counters(SHOP, from, to, []);
      return [promisesKept, promisesMissed];
    };
    expect(await kept(since, promised)).toEqual([2, 0]);
    expect(await kept(since, promised + 1)).toEqual([2, 2]);
    expect(await kept(since, since + 9001)).toEqual([2, 3]);
    expect(await kept(since - DAY, since)).toEqual([1, 0]);
    expect(await kept(since + DAY, since + 2 * DAY)).toEqual([0, 0]);
  });
});
