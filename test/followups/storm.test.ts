/**
 * Random events over many weeks, and a checker that knows only what happened and what went out.
 *
 * The checker computes its own hours of the clock and its own counts; it shares no rule with the engine.
 */
import { describe, expect, it } from 'vitest';
import { createFollowUpEngine } from '../../src/followups/engine.ts';
import type { FollowUpEvent, FollowUpEventType } from '../../src/followups/events.ts';
import { createMemoryFollowUpStore } from '../../src/followups/memory-store.ts';
import { FOLLOW_UP_TABLE } from '../../src/followups/rule-table.ts';
import type { RuleId } from '../../src/followups/rules.ts';
import { createFollowUpShop } from '../../src/followups/shop.ts';
import type { FollowUp } from '../../src/followups/store.ts';
import { event } from './timeline.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const START = Date.parse('2027-03-01T00:00:00Z');
const SALES: RuleId[] = ['FU-01', 'FU-02', 'FU-03', 'FU-04', 'FU-05', 'FU-06', 'FU-20', 'FU-21'];
const UNPAID: RuleId[] = ['FU-01', 'FU-02', 'FU-03', 'FU-04'];
const BUYERS = ['b1', 'b2', 'b3', 'b4', 'b5', 'b6'];
const TO_BUYERS = [...SALES, 'FU-13', 'FU-19', 'FU-30', 'FU-31', 'FU-34', 'FU-38', 'FU-41', 'FU-42', 'FU-46', 'FU-48'];

function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const TYPES: FollowUpEventType[] = [
  'order.created',
  'order.created',
  'order.paid',
  'order.closed',
  'order.autoCloseChanged',
  'order.merged',
  'order.shipped',
  'order.signed',
  'message.buyer',
  'message.buyer',
  'message.buyer',
  'message.agent',
  'message.agent',
  'message.auto',
  'agent.takeover',
  'refund.updated',
  'refund.updated',
  'case.opened',
  'case.closed',
  'buyer.visited',
];
const INTENTS = ['INT-GEN-01', 'INT-GEN-05', 'INT-AS-01', 'INT-LOG-02', 'INT-PRE-18', 'INT-IN-06'];
const REFUND_STATES = ['wait_seller_agree', 'wait_buyer_return', 'return_shipped', 'refunded', 'closed'];
const CASES = ['lost', 'quality', 'surplus', 'damaged', 'not_served'];

function makeStorm(seed: number, count: number): FollowUpEvent[] {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const maybe = (share: number): boolean => random() < share;
  const soon = (now: number, days: number): string => new Date(now + random() * days * DAY).toISOString();
  const events: FollowUpEvent[] = [];
  const orderCounts = new Map<string, number>();
  let now = START;
  for (let i = 0; i < count; i++) {
    now += Math.floor(random() ** 3 * 12 * HOUR);
    const buyer = pick(BUYERS);
    const type = maybe(0.004) ? 'buyer.optout' : pick(TYPES);
    const orders = Math.max(1, orderCounts.get(buyer) ?? 0) + (type === 'order.created' ? 1 : 0);
    orderCounts.set(buyer, orders);
    const anOrder = (): string => `${buyer}-o${orders - Math.floor(random() ** 2 * Math.min(orders, 4))}`;
    const orderId = type === 'order.created' ? `${buyer}-o${orders}` : anOrder();
    const ids = { buyerId: buyer, orderId, conversationId: `${buyer}-c${Math.floor(random() * 2)}` };
    // Every event carries all fields; those its type does not have are never read.
    const data: Record<string, unknown> = {
      ...ids,
      text: '',
      agentId: 'a1',
      afterChat: maybe(0.5),
      amount: 10,
      by: 'buyer',
      intoOrderId: anOrder(),
      handedOver: maybe(0.7),
      trackingNo: type === 'order.shipped' ? `T${i}` : pick([null, null, 'R1']),
      items: [{ title: '', rating: 4 + random() }],
      intents: [pick(INTENTS)],
      autoCloseAt: soon(now, 5),
      closesAt: soon(now, 8),
      ...(maybe(0.2) ? { promisedAt: soon(now, 2), prospect: true } : {}),
      ...(maybe(0.01) ? { declined: true } : {}),
      ...(maybe(0.3)
        ? { answerBy: soon(now, 1), matter: 'shortage', buyerOnline: false, channelsAllowed: ['sms'] }
        : {}),
      answersQuestion: maybe(0.3),
      script: 'SCR-04',
      replyByHour: '11:00',
      scope: pick(['reminders', 'all']),
      channel: 'phone',
      vip: maybe(0.5),
      consent: maybe(0.8),
      refundId: `${orderId}-r`,
      state: pick(REFUND_STATES),
      kind: pick(CASES),
    };
    events.push(event(type, now, data as never));
  }
  return events;
}

/** Everything the checker has against a run. */
function findViolations(events: readonly FollowUpEvent[], rows: readonly FollowUp[], zone: string): string[] {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' });
  const sent = rows.filter((row) => row.status === 'sent').sort((a, b) => a.endedAtMs! - b.endedAtMs!);
  const found: string[] = [];
  const since = (row: FollowUp, of: FollowUpEventType[]) =>
    events.find(
      (e) => of.includes(e.type) && e.atMs <= row.endedAtMs! && 'orderId' in e.data && e.data.orderId === row.orderId,
    );
  for (const row of rows) {
    if (['planned', 'claimed'].includes(row.status)) found.push(`${row.rule} ${row.id} never ended`);
    const ends = row.story.filter(({ step }) => ['sent', 'cancelled', 'skipped', 'failed'].includes(step));
    if (ends.length !== 1) found.push(`${row.rule} ${row.id} ended ${ends.length} times`);
  }
  for (const row of sent) {
    const hour = Number(clock.format(row.endedAtMs!));
    if (TO_BUYERS.includes(row.rule) && (hour >= 22 || hour < 9)) found.push(`${row.rule} at ${hour} o'clock`);
    if (UNPAID.includes(row.rule) && since(row, ['order.paid', 'order.closed']))
      found.push(`${row.rule} after payment`);
    const stop = events.find(
      (e) =>
        e.atMs <= row.endedAtMs! &&
        'buyerId' in e.data &&
        e.data.buyerId === row.buyerId &&
        ((e.type === 'message.buyer' && e.data.declined) || e.type === 'buyer.optout'),
    );
    if (SALES.slice(0, 6).includes(row.rule) && stop) found.push(`${row.rule} after a refusal`);
  }
  for (const buyerId of new Set(sent.map((row) => row.buyerId))) {
    const sales = sent.filter((row) => row.buyerId === buyerId && SALES.includes(row.rule));
    for (const [i, row] of sales.entries()) {
      const gap = row.endedAtMs! - (sales[i - 1]?.endedAtMs ?? Number.NEGATIVE_INFINITY);
      // A time the buyer named is kept; everything else waits for it.
      if (gap < 12 * HOUR && row.rule !== 'FU-03') found.push(`${row.rule} ${gap / HOUR} h after the last`);
    }
  }
  const count = (key: (row: FollowUp) => string, of: readonly FollowUp[], most: number): void => {
    const counts = Map.groupBy(of, key);
    for (const [name, list] of counts) if (list.length > most) found.push(`${name}: ${list.length} times`);
  };
  count(
    (row) => `unpaid ${row.orderId}`,
    sent.filter((row) => UNPAID.includes(row.rule)),
    3,
  );
  count(
    (row) => `${row.rule} ${row.subjectId}`,
    sent.filter((row) => ['FU-06', 'FU-30', 'FU-31', 'FU-13', 'FU-46'].includes(row.rule)),
    1,
  );
  return found;
}

async function play(events: readonly FollowUpEvent[], zone: string): Promise<{ rows: FollowUp[]; overlaps: number }> {
  const shop = createFollowUpShop({
    timeZone: zone,
    hours: '08:30-21:30',
    quietHours: '22:00-09:00',
    closedDays: ['2027-03-07', '2027-03-14', '2027-03-21'],
  });
  const store = createMemoryFollowUpStore();
  let ids = 0;
  let overlaps = 0;
  const engine = createFollowUpEngine({ store, shop, newId: () => `f${String(++ids).padStart(6, '0')}` });
  async function runTo(endMs: number): Promise<void> {
    for (let next = await store.nextDueAt(); next !== null && next <= endMs; next = await store.nextDueAt()) {
      await engine.runDue(next, async () => ({ kind: 'sent' }));
    }
  }
  const rowsOf = async () => (await Promise.all(BUYERS.map((id) => store.listByBuyer(id)))).flat();
  for (const e of events) {
    await runTo(e.atMs - 1);
    await engine.onEvent('buyerId' in e.data ? e.data.buyerId : 'b1', e);
    const { live } = await store.change('buyerId' in e.data ? e.data.buyerId : 'b1', (book) => ({
      ...book,
      rows: [],
      notes: [],
      result: book,
    }));
    overlaps += live.length - new Set(live.map((row) => `${row.rule} ${row.subjectId}`)).size;
  }
  await runTo(Number.POSITIVE_INFINITY);
  return { rows: await rowsOf(), overlaps };
}

describe('a storm of events', () => {
  it.each([
    [1, 'Asia/Shanghai'],
    [2, 'Asia/Shanghai'],
    [3, 'America/New_York'],
    [4, 'Europe/London'],
    [5, 'Australia/Lord_Howe'],
  ])('seed %s in %s breaks no invariant', async (seed, zone) => {
    const events = makeStorm(seed, 400);
    const { rows, overlaps } = await play(events, zone);
    expect(overlaps).toBe(0);
    expect(findViolations(events, rows, zone)).toEqual([]);
    const sent = rows.filter((row) => row.status === 'sent');
    expect(sent.length).toBeGreaterThan(80);
    expect(sent.filter((row) => SALES.includes(row.rule)).length).toBeGreaterThan(40);
  });

  it('would not go unnoticed: the checker sees a planted reminder after the payment, at night, too soon', async () => {
    const events = makeStorm(1, 250);
    const { rows } = await play(events, 'Asia/Shanghai');
    const paid = events.find((e) => e.type === 'order.paid')!;
    const planted = { ...rows.find((row) => row.status === 'sent' && row.rule === 'FU-30')!, rule: 'FU-01' as const };
    const orderId = 'orderId' in paid.data ? paid.data.orderId! : '';
    const nightMs = Math.ceil(paid.atMs / DAY) * DAY + 16 * HOUR;
    const late = { ...planted, orderId, endedAtMs: nightMs };
    const found = findViolations(events, [...rows, late, { ...late, endedAtMs: nightMs + HOUR }], 'Asia/Shanghai');
    expect(found).toEqual(
      expect.arrayContaining(['FU-01 after payment', "FU-01 at 0 o'clock", 'FU-01 1 h after the last']),
    );
  });
});

describe('the table', () => {
  it('has all 49 rules, each with a way to start', () => {
    expect(FOLLOW_UP_TABLE.map((rule) => rule.id)).toEqual(
      Array.from({ length: 49 }, (_, i) => `FU-${String(i + 1).padStart(2, '0')}`),
    );
    const idle = FOLLOW_UP_TABLE.filter((rule) => rule.trigger.length === 0 && !rule.schedule);
    expect(idle).toEqual([]);
  });

  it('calls exactly the checker’s rules sales', () => {
    expect(FOLLOW_UP_TABLE.filter((rule) => rule.purpose === 'sales').map((rule) => rule.id)).toEqual(SALES);
  });
});
