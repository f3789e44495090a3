import { describe, expect, it } from 'vitest';
import { createFollowUpEngine } from '../../src/followups/engine.ts';
import { at, BUYER, createBench, event, shopOf } from './timeline.ts';

const order = (orderId: string, afterChat = true) => ({ orderId, afterChat, amount: 268 });
const message = { conversationId: 'c1', text: '在的', intents: [] };

describe('claim and finish', () => {
  it('gives a due row to one of two workers', async () => {
    const { engine, store, tell } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    const [alarm] = await store.listDue(at('11:00'), 1);
    const claims = await Promise.all([engine.claim(alarm!, at('11:00')), engine.claim(alarm!, at('11:00'))]);
    expect(claims.filter((row) => row !== null)).toHaveLength(1);
  });

  it('does nothing for an alarm that rings early, late or for a row that has ended', async () => {
    const { engine, store, tell, rows } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    const [row] = await rows('FU-01');
    expect(await engine.claim(row!, at('10:59:59'))).toBeNull();
    await tell('order.paid', at('10:59:59'), { orderId: 'P1' });
    expect(await engine.claim(row!, at('11:00'))).toBeNull();
    expect((await rows('FU-01')).map((one) => [one.status, one.reason])).toEqual([['cancelled', 'paid']]);
    expect((await store.listDue(at('11:00'), 10)).map((one) => one.id)).not.toContain(row!.id);
  });

  it('lets a payment that is first win, one millisecond before and at the moment itself', async () => {
    for (const paidAtMs of [at('11:00') - 1, at('11:00')]) {
      const bench = createBench();
      await bench.tell('order.created', at('10:00'), order('P1'));
      await bench.runTo(paidAtMs - 1);
      await bench.tell('order.paid', paidAtMs, { orderId: 'P1' });
      await bench.runTo(at('23:00', 12));
      expect(bench.sent.map((row) => row.rule)).toEqual(['FU-30']);
    }
  });

  it('keeps the end of a claimed row when a payment comes between claim and send', async () => {
    const { engine, tell, rows } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    const [row] = await rows('FU-01');
    await engine.claim(row!, at('11:00'));
    await tell('order.paid', at('11:00'), { orderId: 'P1' });
    expect((await rows('FU-01')).map((one) => one.status)).toEqual(['claimed']);
    await engine.finish(row!, { kind: 'skipped', reason: 'gate_blocked' }, at('11:00'));
    await engine.finish(row!, { kind: 'sent' }, at('11:01'));
    expect((await rows('FU-01')).map((one) => [one.status, one.reason])).toEqual([['skipped', 'gate_blocked']]);
  });

  it('takes a failed message off the caps and goes on with the next touch', async () => {
    const bench = createBench({}, async (row) =>
      row.touch === 1 ? { kind: 'failed', reason: 'channel' } : { kind: 'sent' },
    );
    await bench.tell('order.created', at('10:00'), order('P1'));
    await bench.runTo(at('10:30', 9));
    expect((await bench.rows('FU-01')).map((row) => [row.touch, row.status])).toEqual([
      [1, 'failed'],
      [2, 'sent'],
    ]);
    const book = await bench.store.change(BUYER, (found) => ({ ...found, rows: [], notes: [], result: found }));
    expect(book.situation.orders['P1']?.salesTouches).toBe(1);
    expect(book.situation.recentTouches).toHaveLength(1);
  });

  it('skips what is due long ago and whose moment is over, as after an outage', async () => {
    const { engine, store, tell, rows } = createBench();
    await tell('message.buyer', at('15:00'), { ...message, intents: ['INT-GEN-05'] });
    await engine.runDue(at('18:00'), async () => ({ kind: 'sent' }));
    expect((await rows('FU-06')).map((row) => [row.status, row.reason])).toEqual([['skipped', 'too_late']]);
    expect(await store.listDue(at('18:00'), 10)).toEqual([]);
  });
});

describe('a touch that came late', () => {
  const goOut = async () => ({ kind: 'sent' }) as const;

  it.each([
    ['calendar days', undefined, at('10:00', 24)],
    ['open days', { touches: [3, 6].map((days) => ({ kind: 'workingDays' as const, days })) }, at('10:00', 24)],
  ])('takes the next one along, counted in %s', async (_name, setting, nextMs) => {
    const { engine, tell, rows } = createBench(setting ? { 'FU-41': setting } : {});
    await tell('case.opened', at('10:00', 1), { orderId: 'P1', kind: 'surplus' });
    for (let round = 0; round < 3; round++) await engine.runDue(at('10:00', 21), goOut);
    expect((await rows('FU-41')).map(({ touch, status, dueAtMs }) => [touch, status, dueAtMs])).toEqual([
      [1, 'sent', at('10:00', 4)],
      [2, 'planned', nextMs],
    ]);
  });

  it('makes up for one of many missed checks, and the next comes in its own time', async () => {
    const { engine, tell, rows } = createBench();
    await tell('message.agent', at('10:00', 1), { ...message, agentId: 'a1', matter: 'shortage', orderId: 'P1' });
    for (let round = 0; round < 9; round++) await engine.runDue(at('10:00', 25), goOut);
    expect((await rows('FU-11')).map(({ touch, status, dueAtMs }) => [touch, status, dueAtMs])).toEqual([
      [1, 'sent', at('10:00', 5)],
      [2, 'planned', at('10:00', 29)],
    ]);
  });
});

describe('a time to pay that is named twice', () => {
  const promise = (clock: string) => ({ ...message, promisedAt: new Date(at(clock)).toISOString() });

  it('moves the reminder while it waits', async () => {
    const bench = createBench();
    await bench.tell('order.created', at('10:00'), order('P1'));
    await bench.tell('message.buyer', at('10:10'), promise('15:00'));
    await bench.tell('message.buyer', at('11:00'), promise('18:00'));
    await bench.runTo(at('20:00'));
    expect((await bench.rows('FU-03')).map(({ status, dueAtMs }) => [status, dueAtMs])).toEqual([
      ['sent', at('18:00')],
    ]);
  });

  it('brings no second reminder once one went out, and the ledger says why', async () => {
    const bench = createBench();
    await bench.tell('order.created', at('10:00'), order('P1'));
    await bench.tell('message.buyer', at('10:10'), promise('15:00'));
    await bench.runTo(at('15:00'));
    await bench.tell('message.buyer', at('16:00'), promise('20:00'));
    await bench.runTo(at('21:00'));
    expect((await bench.rows('FU-03')).map(({ status, reason }) => [status, reason])).toEqual([
      ['sent', null],
      ['skipped', 'cap'],
    ]);
  });
});

describe('claim and finish in one change', () => {
  const sent = () => ({ outcome: { kind: 'sent', script: 'SCR-70.a v1' } as const });

  it('leaves what claim and finish leave', async () => {
    const benches = [createBench(), createBench()] as const;
    for (const { tell } of benches) await tell('order.created', at('10:00'), order('P1'));
    const [one, two] = benches;
    const [row] = await one.rows('FU-01');
    const claimed = await one.engine.claim(row!, at('11:00'));
    await one.engine.finish(row!, sent().outcome, at('11:00'));
    const settled = await two.engine.settle(row!, at('11:00'), sent);
    expect(settled?.row).toEqual(claimed);
    expect(await two.store.listByBuyer(BUYER)).toEqual(await one.store.listByBuyer(BUYER));
    expect((await two.rows('FU-01')).map(({ touch, status }) => [touch, status])).toEqual([
      [1, 'sent'],
      [2, 'planned'],
    ]);
  });

  it('asks nobody about a row that is not due, paid for or settled already', async () => {
    const { engine, tell, rows } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    await tell('order.created', at('10:00'), order('P2'));
    const [paid, open] = await rows('FU-01');
    const asked: string[] = [];
    const decide = ({ id }: { id: string }) => {
      asked.push(id);
      return sent();
    };
    expect(await engine.settle(open!, at('10:59:59'), decide)).toBeNull();
    await tell('order.paid', at('11:00'), { orderId: paid!.subjectId });
    expect(await engine.settle(paid!, at('11:00'), decide)).toBeNull();
    const both = await Promise.all([1, 2].map(() => engine.settle(open!, at('11:00'), decide)));
    expect(both.filter((settled) => settled !== null)).toHaveLength(1);
    expect(asked).toEqual([open!.id]);
  });

  it('changes nothing when the decision fails', async () => {
    const { engine, store, tell, rows } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    const before = await store.listByBuyer(BUYER);
    const [row] = await rows('FU-01');
    const fail = (): never => {
      throw new Error('no library');
    };
    await expect(engine.settle(row!, at('11:00'), fail)).rejects.toThrow('no library');
    expect(await store.listByBuyer(BUYER)).toEqual(before);
  });

  it('takes what was not said off the caps', async () => {
    const { engine, tell, rows, runTo, sent: out } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    const [row] = await rows('FU-01');
    await engine.settle(row!, at('11:00'), () => ({ outcome: { kind: 'failed', reason: 'gate' } as const }));
    await runTo(at('11:00', 9));
    expect(out.map(({ rule, touch }) => [rule, touch])).toContainEqual(['FU-01', 2]);
  });
});

describe('a row that cannot be run', () => {
  it('comes due again, more slowly each time, and ends as failed with the reason', async () => {
    const { engine, store, tell, rows } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    const [alarm] = await store.listDue(at('11:00'), 1);
    const waits: number[] = [];
    let nowMs = alarm!.dueAtMs;
    let given = null;
    while (!given) {
      expect(await engine.noteFailure(alarm!, 'early', nowMs - 1)).toBeNull();
      given = await engine.noteFailure(alarm!, 'a broken fact', nowMs);
      const [row] = await rows('FU-01');
      if (!given) waits.push(row!.dueAtMs - nowMs);
      nowMs = row!.dueAtMs;
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256].map((seconds) => seconds * 1000));
    const [failed, next] = await rows('FU-01');
    expect(failed).toMatchObject({ status: 'failed', reason: 'a broken fact', revision: 10 });
    expect(next).toMatchObject({ status: 'planned', touch: 2 });
    expect(await engine.noteFailure(alarm!, 'again', nowMs)).toBeNull();
  });
});

describe('the story of a row', () => {
  it('tells why it was planned, moved, sent, answered and paid', async () => {
    const { tell, runTo, rows } = createBench();
    await tell('order.created', at('21:30'), order('P1'));
    await runTo(at('09:00', 9));
    await tell('message.agent', at('09:02', 9), { agentId: 'a1', conversationId: 'c1', text: '在的' });
    await tell('message.buyer', at('09:05', 9), message);
    await tell('order.paid', at('09:20', 9), { orderId: 'P1' });
    const [row] = await rows('FU-01');
    expect(row?.story.map(({ step, because }) => [step, because])).toEqual([
      ['planned', 'order.created'],
      ['moved', 'quiet_hours'],
      ['claimed', 'A'],
      ['sent', 'A'],
      ['answered', ''],
      ['paid', ''],
    ]);
    expect([row?.scheduledAtMs, row?.dueAtMs]).toEqual([at('22:30'), at('09:00', 9)]);
  });

  it('credits nothing to a task that no agent has acted on', async () => {
    const { tell, runTo, rows } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    await runTo(at('11:00'));
    await tell('order.paid', at('11:20'), { orderId: 'P1' });
    expect((await rows('FU-01'))[0]!.story.map(({ step }) => step)).toEqual(['planned', 'claimed', 'sent']);
  });

  it('tells of a payment within 24 hours, and of none later', async () => {
    const paid = async (day: number, clock: string) => {
      const { tell, runTo, rows } = createBench();
      await tell('order.created', at('10:00'), order('P1'));
      await tell('order.autoCloseChanged', at('10:00'), { orderId: 'P1', autoCloseAt: '2027-06-12T16:00:00+08:00' });
      await runTo(at('10:00', 12));
      await tell('order.paid', at(clock, day), { orderId: 'P1' });
      const [row] = await rows('FU-04');
      return [row?.mode, row?.story.some(({ step }) => step === 'paid')];
    };
    expect(await paid(12, '15:00')).toEqual(['S', true]);
    expect(await paid(13, '10:01')).toEqual(['S', false]);
  });

  it('keeps one row and raises its revision when the date changes', async () => {
    const { tell, rows } = createBench();
    await tell('order.created', at('20:00'), order('P1'));
    await tell('order.autoCloseChanged', at('21:00'), { orderId: 'P1', autoCloseAt: '2027-06-12T20:00:00+08:00' });
    await tell('order.autoCloseChanged', at('21:30'), { orderId: 'P1', autoCloseAt: '2027-06-12T20:00:00+08:00' });
    const found = await rows('FU-04');
    expect(found.map((row) => [row.revision, row.dueAtMs])).toEqual([[2, at('14:00', 12)]]);
  });
});

describe('how it goes out', () => {
  it.each([
    ['first touch with people on duty', '10:00', 8, 'A'],
    ['first touch with nobody on duty', '20:45', 8, 'S'],
  ])('FU-01, %s: %s', async (_name, clock, day, mode) => {
    const { tell, runTo, sent } = createBench();
    await tell('order.created', at(clock, day), order('P1'));
    await runTo(at(clock, day) + 3_600_000);
    expect(sent.map((row) => [row.rule, row.mode])).toEqual([['FU-01', mode]]);
  });

  it.each([
    ['nobody near', [], 'S'],
    ['a person wrote nine minutes ago', [at('13:51', 11)], 'A'],
    ['a person wrote ten minutes ago', [at('13:50', 11)], 'S'],
  ])('FU-04, %s: %s', async (_name, agentAt, mode) => {
    const { tell, runTo, sent } = createBench();
    await tell('order.created', at('20:00'), order('P1', false));
    for (const atMs of agentAt) {
      await runTo(atMs);
      await tell('message.agent', atMs, { agentId: 'a1', conversationId: 'c1', text: '您好' });
    }
    await runTo(at('14:00', 11));
    expect(sent.filter((row) => row.rule === 'FU-04').map((row) => row.mode)).toEqual([mode]);
  });

  it('FU-30 goes to the agent while a case is open', async () => {
    const { tell, runTo, sent } = createBench();
    await tell('case.opened', at('09:30'), { orderId: 'P0', kind: 'quality' });
    await tell('order.created', at('10:00'), order('P1'));
    await tell('order.paid', at('10:05'), { orderId: 'P1' });
    await runTo(at('10:05'));
    expect(sent.map((row) => [row.rule, row.mode])).toEqual([['FU-30', 'A']]);
  });

  it.each([
    ['no reply of any kind: the acknowledgement', false, 'O', at('23:03')],
    ['acknowledged already: the next shift is alerted', true, 'A', at('08:30', 9)],
  ])('FU-08 off duty, %s', async (_name, acknowledged, mode, goesAtMs) => {
    const { tell, runTo, rows } = createBench();
    await tell('message.buyer', at('23:00'), { ...message, intents: ['INT-AS-01'] });
    if (acknowledged) await tell('message.auto', at('23:00:05'), { conversationId: 'c1', script: 'SCR-100' });
    await runTo(at('10:00', 9));
    expect((await rows('FU-08')).map((row) => [row.status, row.mode, row.endedAtMs])).toEqual([
      ['sent', mode, goesAtMs],
    ]);
  });
});

describe('settings of a shop', () => {
  it('switches a rule off: what was planned is skipped, and what would have been planned is noted once', async () => {
    const { tell, rows, store } = createBench();
    await tell('order.created', at('10:00'), order('P1'));
    let count = 0;
    const off = createFollowUpEngine({
      store,
      shop: shopOf({ 'FU-01': { enabled: false } }),
      newId: () => `new${++count}`,
    });
    await off.onEvent(BUYER, event('order.created', at('10:30'), { ...order('P2'), buyerId: BUYER }));
    await off.onEvent(BUYER, event('order.created', at('10:30'), { ...order('P2'), buyerId: BUYER }));
    await off.runDue(at('12:00'), async () => ({ kind: 'sent' }));
    expect((await rows('FU-01')).map((row) => [row.subjectId, row.status, row.reason])).toEqual([
      ['P1', 'skipped', 'switched_off'],
      ['P2', 'cancelled', 'switched_off'],
    ]);
  });

  it('changes delay and number of touches', async () => {
    const { tell, runTo, sent } = createBench({ 'FU-01': { touches: [{ kind: 'after', ms: 2 * 3_600_000 }] } });
    await tell('order.created', at('10:00'), order('P1'));
    await runTo(at('11:00', 9));
    expect(sent.map((row) => row.endedAtMs ?? row.claimedAtMs)).toEqual([at('12:00')]);
  });
});

describe('settings that cannot be', () => {
  it.each([
    ['FU-50', {}, 'FU-50: is no follow-up rule'],
    ['FU-01', { touches: [] }, 'FU-01.touches: is empty'],
    ['FU-01', { touchLimit: 0 }, 'FU-01.touchLimit: is 0'],
  ])('%s %j: %s', (rule, settings, message) => {
    expect(() => shopOf({ [rule]: settings })).toThrow(message);
  });
});

describe('timers the desk asks for', () => {
  it('FU-43 comes due and is settled', async () => {
    const { tell, runTo, sent, rows } = createBench();
    const slip = (orderId: string) => ({ rule: 'FU-43', subjectId: orderId });
    await tell('timer.asked', at('10:00'), slip('P1'));
    await tell('timer.asked', at('10:00'), slip('P2'));
    await tell('timer.settled', at('11:00'), slip('P2'));
    await runTo(at('13:00'));
    expect(sent.map((row) => [row.rule, row.subjectId, row.mode])).toEqual([['FU-43', 'P1', 'T']]);
    expect((await rows('FU-43')).map((row) => row.reason)).toEqual([null, 'settled']);
  });

  it('FU-12 counts back from the ship-by time and ends with the parcel', async () => {
    const { tell, runTo, sent } = createBench();
    await tell('timer.asked', at('10:00'), { rule: 'FU-12', subjectId: 'P1', byAt: '2027-06-11T18:00:00+08:00' });
    await runTo(at('18:00', 10));
    await tell('order.shipped', at('20:00', 10), { orderId: 'P1' });
    await runTo(at('20:00', 12));
    expect(sent.map((row) => [row.rule, row.claimedAtMs])).toEqual([['FU-12', at('18:00', 10)]]);
  });
});
