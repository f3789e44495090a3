/** Timers that only events of the live desk can start or end: each goes out once, and each is ended once. */
import { describe, expect, it } from 'vitest';
import { nextOccurrence } from '../../src/followups/next-occurrence.ts';
import { FOLLOW_UP_TABLE } from '../../src/followups/rule-table.ts';
import { shopDeadline, taskDeadline, taskRole } from '../../src/followups/task-rules.ts';
import { at, BUYER, createBench, shopOf } from './timeline.ts';

describe('a timer the desk asks for', () => {
  it.each([
    ['FU-12', 'P1', '2027-06-12T18:00:00+08:00', at('18:00', 11)],
    ['FU-15', 'P1', undefined, at('10:00')],
    ['FU-33', BUYER, undefined, at('11:00')],
    ['FU-35', 'P1', undefined, at('10:00')],
    ['FU-36', 'P1', undefined, at('10:00')],
    ['FU-43', 'P1', undefined, at('12:00')],
    ['FU-45', 'c1', undefined, at('10:15')],
  ])('%s goes out', async (rule, subjectId, byAt, dueAtMs) => {
    const { tell, runTo, sent } = createBench();
    if (subjectId === 'P1') await tell('order.created', at('09:00'), { orderId: 'P1', afterChat: false, amount: 9 });
    await tell('timer.asked', at('10:00'), { rule, subjectId, ...(byAt === undefined ? {} : { byAt }) });
    await runTo(dueAtMs);
    expect(sent.filter((row) => row.rule === rule).map((row) => row.claimedAtMs)).toEqual([dueAtMs]);
  });

  it.each([
    ['FU-12', 'P1'],
    ['FU-15', 'P1'],
    ['FU-33', BUYER],
    ['FU-35', 'P1'],
    ['FU-36', 'P1'],
    ['FU-43', 'P1'],
    ['FU-45', 'c1'],
  ])('%s ends when its matter is settled', async (rule, subjectId) => {
    const { tell, runTo, sent, rows } = createBench();
    if (subjectId === 'P1') await tell('order.created', at('09:00'), { orderId: 'P1', afterChat: false, amount: 9 });
    const byAt = '2027-06-12T18:00:00+08:00';
    await tell('timer.asked', at('10:00'), { rule, subjectId, byAt });
    await tell('timer.settled', at('10:00'), { rule, subjectId });
    await runTo(at('20:00', 12));
    expect(sent.filter((row) => row.rule === rule)).toEqual([]);
    expect(await rows(rule)).toMatchObject([{ status: 'cancelled', reason: 'settled' }]);
  });

  it('FU-11: an order still here behind its ship-by time is checked on the fourth day, and no more once it left', async () => {
    const { tell, runTo, sent, rows } = createBench();
    await tell('order.created', at('09:00'), { orderId: 'P1', afterChat: false, amount: 9 });
    await tell('order.paid', at('09:01'), { orderId: 'P1' });
    await tell('timer.asked', at('09:02'), { rule: 'FU-12', subjectId: 'P1', byAt: '2027-06-10T18:00:00+08:00' });
    await runTo(at('20:00', 15));
    expect(sent.filter((row) => row.rule === 'FU-11').map((row) => row.claimedAtMs)).toEqual([at('18:00', 14)]);
    await tell('order.shipped', at('20:00', 15), { orderId: 'P1', handedOver: true });
    await runTo(at('20:00', 29));
    expect((await rows('FU-11')).map((row) => row.status)).toEqual(['sent', 'cancelled']);
  });

  it('FU-42: nobody is called who has read it', async () => {
    const { tell, runTo, sent, rows } = createBench();
    const told = { agentId: 'a1', conversationId: 'c1', text: '缺货了', matter: 'shortage', orderId: 'P1' } as const;
    await tell('message.agent', at('10:00'), { ...told, buyerOnline: false, channelsAllowed: ['phone'] });
    await tell('message.read', at('10:20'), { conversationId: 'c1' });
    await runTo(at('12:00'));
    expect(sent.filter((row) => row.rule === 'FU-42')).toEqual([]);
    expect(await rows('FU-42')).toMatchObject([{ status: 'cancelled', reason: 'answered' }]);
  });

  it('FU-14: a completed trade is not extended', async () => {
    const { tell, runTo, rows } = createBench();
    const refund = { refundId: 'R1', orderId: 'P1', state: 'wait_buyer_return' as const };
    await tell('refund.updated', at('10:00'), refund);
    await tell('order.completed', at('10:00'), { orderId: 'P1' });
    await runTo(at('12:00'));
    expect(await rows('FU-14')).toMatchObject([{ status: 'cancelled', reason: 'completed' }]);
  });
});

describe('a timer with a clock of its own', () => {
  const clocked = FOLLOW_UP_TABLE.filter(({ schedule }) => schedule && schedule.kind !== 'byPeople');
  const byPeople = FOLLOW_UP_TABLE.filter(({ schedule }) => schedule?.kind === 'byPeople');

  it('is one of eight, and four are started by people', () => {
    expect(clocked.map(({ id }) => id)).toEqual(
      ['22', '23', '24', '25', '26', '28', '32', '44'].map((number) => `FU-${number}`),
    );
    expect(byPeople.map(({ id }) => id)).toEqual(['FU-27', 'FU-39', 'FU-40', 'FU-49']);
  });

  it.each(clocked.map((rule) => [rule.id, rule] as const))(
    '%s comes again, and has its deadline',
    (id, { schedule }) => {
      const { calendar } = shopOf();
      const first = nextOccurrence(schedule!, calendar, at('06:00'))!;
      expect(nextOccurrence(schedule!, calendar, first, first)).toBeGreaterThan(first);
      expect(shopDeadline(id, first, calendar)).toBeGreaterThan(first);
    },
  );

  it('FU-22 is done by noon', () => {
    expect(shopDeadline('FU-22', at('11:00'), shopOf().calendar)).toBe(at('12:00'));
  });
});

describe('a task', () => {
  it('is the supervisor’s where the domain says so', () => {
    expect([taskRole('FU-10', 1), taskRole('FU-10', 2), taskRole('FU-45'), taskRole('FU-08')]).toEqual([
      'agent',
      'supervisor',
      'supervisor',
      'agent',
    ]);
  });

  it.each([
    [
      'FU-07',
      'message.agent',
      { agentId: 'a1', conversationId: 'c1', text: '我查一下', answerBy: '2027-06-09T09:00:00+08:00' },
      at('09:00', 9),
    ],
    ['FU-08', 'message.buyer', { conversationId: 'c1', text: '退货', intents: ['INT-AS-01'] }, at('10:05')],
    ['FU-10', 'case.opened', { orderId: 'P1', kind: 'lost' }, at('10:00', 10)],
    ['FU-45', 'timer.asked', { rule: 'FU-45', subjectId: 'c1' }, at('10:15')],
  ] as const)('of %s has its deadline', async (rule, type, data, deadlineMs) => {
    const { tell, runTo, sent } = createBench();
    await tell(type, at('10:00'), data as never);
    await runTo(at('12:00', 10));
    expect(sent.find((row) => row.rule === rule)?.deadlineAtMs).toBe(deadlineMs);
  });

  it('of a timer without such a moment has none', async () => {
    const { tell, rows, store } = createBench();
    await tell('case.opened', at('10:00'), { orderId: 'P1', kind: 'surplus' });
    const [row] = await rows('FU-41');
    const deadline = await store.change(BUYER, ({ situation }) => {
      return { situation, rows: [], notes: [], result: taskDeadline(row!, situation, shopOf().calendar) };
    });
    expect(deadline).toBeNull();
  });
});
