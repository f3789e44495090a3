import { describe, expect, it } from 'vitest';
import { checkGuards } from '../../src/followups/check-guards.ts';
import { planOnEvent } from '../../src/followups/plan-on-event.ts';
import { createSituation } from '../../src/followups/situation.ts';
import type { Book } from '../../src/followups/store.ts';
import { at, BUYER, createBench, event, shopOf } from './timeline.ts';

const order = (orderId: string, afterChat = true) => ({ orderId, afterChat, amount: 268 });
const chat = { conversationId: 'c1', text: '在的', intents: [] as [] };
const agent = { agentId: 'a1', conversationId: 'c1', text: '您好' };

describe('the pure core', () => {
  it('leaves the book it is given alone', () => {
    const book: Book = { situation: createSituation(BUYER), live: [] };
    const frozen = structuredClone(book);
    planOnEvent(book, event('order.created', at('10:00'), { ...order('P1'), buyerId: BUYER }), shopOf(), () => 'f');
    expect(book).toEqual(frozen);
  });

  it('plans nothing twice when an event is told twice', async () => {
    const { tell, runTo, sent, rows } = createBench();
    for (const _ of [1, 2]) await tell('order.created', at('10:00'), order('P1'));
    for (const _ of [1, 2]) await tell('order.paid', at('10:05'), { orderId: 'P1' });
    await runTo(at('10:05'));
    await tell('order.paid', at('10:06'), { orderId: 'P1' });
    await runTo(at('12:00', 12));
    expect(sent.map((row) => row.rule)).toEqual(['FU-30']);
    expect((await rows('FU-04')).map((row) => [row.status, row.reason])).toEqual([['cancelled', 'paid']]);
  });
});

describe('a no to the order at hand', () => {
  it('ends what is planned to sell it, and nothing of the next order', async () => {
    const { tell, rows } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    await tell('message.buyer', at('10:05'), { ...chat, text: '不要了', saidNo: true });
    await tell('order.created', at('11:00'), order('P2'));
    expect((await rows('FU-04')).map((row) => [row.subjectId, row.status, row.reason])).toEqual([
      ['P1', 'cancelled', 'declined'],
      ['P2', 'planned', null],
    ]);
    expect((await rows('FU-01')).map((row) => [row.subjectId, row.status])).toEqual([
      ['P1', 'cancelled'],
      ['P2', 'planned'],
    ]);
  });
});

describe('the promise of an away reply', () => {
  it.each([
    ['the moment itself', { replyByAt: '2027-06-03T08:40:00+08:00' }],
    ['the moment before the hour', { replyByAt: '2027-06-03T08:40:00+08:00', replyByHour: '11:00' }],
    ['the hour of the next day', { replyByHour: '08:40' }],
  ])('sets the latest moment of the answer: %s', async (_name, promise) => {
    const { tell, rows } = createBench();
    await tell('message.buyer', at('21:40', 2), chat);
    await tell('message.auto', at('21:40', 2), { conversationId: 'c1', script: 'SCR-04', ...promise });
    const live = (await rows('FU-29')).filter((row) => row.status === 'planned');
    expect(live.map((row) => new Date(row.dueAtMs).toISOString())).toEqual(['2027-06-03T00:40:00.000Z']);
  });
});

describe('what stops which rule', () => {
  const situation = (optOut: 'reminders' | 'all' | null, declined = false) => ({
    ...createSituation(BUYER),
    optOut,
    declinedAtMs: declined ? at('09:00') : null,
  });
  const stopped = (s: ReturnType<typeof situation>, reason: string): string[] =>
    [...shopOf().rules.values()].filter((rule) => checkGuards(rule, s, 'x', 1) === reason).map((rule) => rule.id);

  it('an opt-out of reminders: unpaid orders and prospects', () => {
    expect(stopped(situation('reminders'), 'opted_out')).toEqual([
      'FU-01',
      'FU-02',
      'FU-03',
      'FU-04',
      'FU-05',
      'FU-06',
    ]);
  });

  it('an opt-out of everything: whatever a job writes unasked, never an answer or an open matter', () => {
    expect(stopped(situation('all'), 'opted_out')).toEqual([
      ...['FU-01', 'FU-02', 'FU-03', 'FU-04', 'FU-05', 'FU-06'],
      ...['FU-13', 'FU-19', 'FU-20', 'FU-21', 'FU-30', 'FU-31', 'FU-34', 'FU-46'],
    ]);
  });

  it('a refusal: all that sells', () => {
    expect(stopped(situation(null, true), 'declined')).toEqual([
      ...['FU-01', 'FU-02', 'FU-03', 'FU-04', 'FU-05', 'FU-06', 'FU-20', 'FU-21'],
    ]);
  });
});

describe('touches', () => {
  it('a talk ends the first reminder, the second is planned for the next day', async () => {
    const { tell, rows } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    await tell('message.buyer', at('10:20'), chat);
    expect((await rows('FU-01')).map((row) => [row.touch, row.status, row.reason, row.dueAtMs])).toEqual([
      [1, 'cancelled', 'buyer_wrote', at('11:00')],
      [2, 'planned', null, at('10:00', 9)],
    ]);
  });

  it('a payment ends both', async () => {
    const { tell, rows } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    await tell('order.paid', at('10:20'), { orderId: 'P1' });
    expect((await rows('FU-01')).map((row) => [row.touch, row.reason])).toEqual([[1, 'paid']]);
  });

  it('a return form with thirty hours left: one reminder now, one at twelve', async () => {
    const { tell, runTo, sent } = createBench();
    const form = { refundId: 'R1', orderId: 'P1', state: 'wait_buyer_return' as const, trackingNo: null };
    await tell('refund.updated', at('10:00'), { ...form, closesAt: '2027-06-09T16:00:00+08:00' });
    await runTo(at('16:00', 9));
    const reminders = sent.filter((row) => row.rule === 'FU-19');
    expect(reminders.map((row) => row.claimedAtMs)).toEqual([at('10:00'), at('09:00', 9)]);
  });

  it.each([
    ['absent: nobody has looked', {}, 'number_unknown'],
    ['null: looked, and there is none', { trackingNo: null }, null],
  ])('a return number that is %s', async (_name, number, reason) => {
    const { tell, runTo, rows } = createBench();
    const form = { refundId: 'R1', orderId: 'P1', state: 'wait_buyer_return' as const, ...number };
    await tell('refund.updated', at('10:00'), { ...form, closesAt: '2027-06-15T20:00:00+08:00' });
    await runTo(at('21:00', 13));
    expect((await rows('FU-19'))[0]?.reason).toBe(reason);
  });
});

describe('caps', () => {
  it('twelve hours to the millisecond', async () => {
    const { tell, runTo, sent } = createBench();
    await tell('order.created', at('08:30'), order('P1'));
    await runTo(at('09:30'));
    await tell('message.buyer', at('21:20') - 1, { ...chat, intents: ['INT-GEN-05'] as never });
    await tell('order.closed', at('21:20') - 1, { orderId: 'P1', by: 'buyer' });
    await runTo(at('21:30') - 1);
    expect(sent.map((row) => row.rule)).toEqual(['FU-01']);
    await runTo(at('21:30'));
    expect(sent.map((row) => row.rule)).toEqual(['FU-01', 'FU-06']);
  });

  it('a time the buyer named is kept, and what follows waits for it', async () => {
    const { tell, runTo, sent } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    await runTo(at('11:00'));
    await tell('message.buyer', at('11:20'), { ...chat, promisedAt: '2027-06-08T20:00:00+08:00' });
    await tell('order.created', at('19:30'), order('P2'));
    await runTo(at('12:00', 9));
    expect(sent.map((row) => [row.rule, row.subjectId, row.claimedAtMs])).toEqual([
      ['FU-01', 'P1', at('11:00')],
      ['FU-03', 'P1', at('20:00')],
      ['FU-01', 'P2', at('09:00', 9)],
    ]);
  });

  it('a platform notice does not count: payment and shipping are told at once', async () => {
    const { tell, runTo, sent } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    await runTo(at('11:00'));
    await tell('order.paid', at('11:05'), { orderId: 'P1' });
    await tell('order.shipped', at('16:00'), { orderId: 'P1', handedOver: true });
    await runTo(at('16:00'));
    expect(sent.map((row) => row.rule)).toEqual(['FU-01', 'FU-30', 'FU-31']);
  });
});

describe('the notice before closing', () => {
  const close = (clock: string, day: number) => new Date(at(clock, day)).toISOString();

  it.each([
    ['due in the day', '10:00', close('20:00', 9), at('14:00', 9), 'sent'],
    ['due in the night: the evening before', '10:00', close('08:00', 9), at('21:50'), 'sent'],
    ['no evening left: the morning', '22:30', close('14:00', 9), at('09:00', 9), 'sent'],
    ['neither: skipped, and the ledger says so', '23:00', close('08:30', 9), at('02:30', 9), 'skipped'],
    ['told minutes before the quiet hours', '21:20', close('08:00', 9), at('21:50'), 'sent'],
  ])('%s', async (_name, placed, autoCloseAt, endedAtMs, status) => {
    const { tell, runTo, rows } = createBench({ 'FU-02': { enabled: false } });
    await tell('order.created', at(placed), { ...order('P1', false), autoCloseAt });
    await runTo(at('23:00', 9));
    expect((await rows('FU-04')).map((row) => [row.status, row.endedAtMs])).toEqual([[status, endedAtMs]]);
  });

  it('goes at once when the platform brings the closing near', async () => {
    const { tell, runTo, rows } = createBench({ 'FU-02': { enabled: false } });
    await tell('order.created', at('10:00'), order('P1', false));
    await tell('order.autoCloseChanged', at('15:00'), { orderId: 'P1', autoCloseAt: close('18:00', 8) });
    await runTo(at('18:00'));
    expect((await rows('FU-04')).map((row) => [row.status, row.endedAtMs])).toEqual([['sent', at('15:00')]]);
  });
});

describe('a buyer in another zone', () => {
  it('is left asleep although the shop is awake', async () => {
    const { tell, runTo, sent } = createBench();
    await tell('buyer.located', at('09:00'), { timeZone: 'Europe/London' });
    await tell('order.created', at('10:00'), order('P1'));
    await runTo(at('20:00'));
    expect(sent.map((row) => new Date(row.claimedAtMs!).toISOString())).toEqual(['2027-06-08T08:00:00.000Z']);
  });
});

describe('offline matters', () => {
  const tellOf = (matter: 'shortage' | 'after_sale', orderId: string, channelsAllowed: ('sms' | 'phone')[]) => ({
    ...agent,
    matter,
    orderId,
    buyerOnline: false,
    channelsAllowed,
  });

  it('one contact per matter and channel', async () => {
    const { tell, runTo, sent } = createBench();
    await tell('message.agent', at('10:00'), tellOf('shortage', 'P1', ['sms']));
    await runTo(at('11:00'));
    await tell('message.agent', at('11:00'), tellOf('shortage', 'P1', ['sms']));
    await runTo(at('12:00'));
    await tell('message.agent', at('12:00'), tellOf('shortage', 'P1', ['sms', 'phone']));
    await runTo(at('13:00'));
    await tell('message.agent', at('13:00'), tellOf('after_sale', 'P1', ['sms']));
    await runTo(at('14:00'));
    expect(sent.map((row) => row.claimedAtMs)).toEqual([at('10:30'), at('12:30'), at('13:30')]);
  });
});

describe('what is long past', () => {
  it('is forgotten, and what still runs is not', async () => {
    const { tell, store } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    await tell('order.paid', at('10:05'), { orderId: 'P1' });
    await tell('message.buyer', at('10:06'), chat);
    const later = at('10:00') + 190 * 86_400_000;
    await tell('order.created', later, order('P2'));
    const book = await store.change(BUYER, (found) => ({ ...found, rows: [], notes: [], result: found }));
    expect(Object.keys(book.situation.orders)).toEqual(['P2']);
    expect(book.situation.conversations).toEqual({});
  });
});
