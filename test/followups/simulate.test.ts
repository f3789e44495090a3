/** A small month: it can be repeated, breaks no rule, and its checker sees what is planted. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { ShopHours } from '../../src/followups/calendar.ts';
import type { RuleBook } from '../../src/followups/rule-table.ts';
import type { RuleSettings } from '../../src/followups/rules.ts';
import { createFollowUpShop } from '../../src/followups/shop.ts';
import { checkMonth } from '../../src/followups/simulation/check-month.ts';
import { measureMonth } from '../../src/followups/simulation/measure-month.ts';
import { type LoggedEvent, type LoggedSend, type Month, simulateMonth } from '../../src/followups/simulation/month.ts';
import { runCommand } from '../cli/run-command.ts';

type Planted = Record<string, RuleSettings>;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const HOURS: ShopHours = {
  timeZone: 'Asia/Shanghai',
  hours: '08:30-21:30',
  quietHours: '22:00-09:00',
  closedDays: ['2027-03-07'],
};
const CHECKED = { timeZone: HOURS.timeZone, closedDays: HOURS.closedDays, quiet: { from: 22, to: 9 } };

function play(orders: number, hours = HOURS, settings: Planted = {}, seed = 7): Promise<Month> {
  const startMs = Date.parse('2027-03-01T00:00:00+08:00');
  const { calendar, rules } = createFollowUpShop(hours);
  // Past the check of settings, which would refuse what the checker must see.
  const planted = new Map([...rules].map(([id, rule]) => [id, { ...rule, ...settings[id] }]));
  return simulateMonth({ days: 20, orders, seed, startMs, shop: { calendar, rules: planted as RuleBook } });
}

const broken = (month: Pick<Month, 'events' | 'sends'>) => [
  ...new Set(checkMonth(month, CHECKED).map(({ of, send }) => `${of} ${send.rule}`)),
];

let month: Month;
beforeAll(async () => {
  month = await play(400);
});

describe('a simulated month', () => {
  it('breaks no rule, and every kind of touch occurs', () => {
    expect(checkMonth(month, CHECKED)).toEqual([]);
    const rules = new Set(month.sends.map(({ rule }) => rule));
    for (const rule of ['FU-01', 'FU-02', 'FU-03', 'FU-04', 'FU-05', 'FU-08', 'FU-19', 'FU-30', 'FU-31', 'FU-46'])
      expect(rules).toContain(rule);
    expect(measureMonth(month)).toMatchObject({ orders: 400, rows: { sent: month.sends.length } });
    expect(measureMonth(month).recovered).toBeGreaterThan(20);
  });

  it('is the same for the same seed, and another for another', async () => {
    expect(await play(60)).toEqual(await play(60));
    expect((await play(60)).events).not.toEqual((await play(60, HOURS, {}, 8)).events);
  });
});

describe('the checker of a month', () => {
  it.each([
    ['no quiet hours', { ...HOURS, quietHours: '00:00-00:00' }, {}, /^FR-05 /],
    ['a check at once', HOURS, { 'FU-01': { touches: [{ kind: 'after', ms: 0 }] } } as Planted, /^FR-03 FU-01$/],
    ['a third check', HOURS, { 'FU-01': { touchLimit: 3 } }, /^FR-02 FU-01$/],
    [
      'no day off',
      { ...HOURS, closedDays: [] },
      { 'FU-16': { touches: [{ kind: 'after', ms: 26 * HOUR }] } } as Planted,
      /^FR-09 FU-16$/,
    ],
  ] as const)('sees an engine with %s', async (_name, hours, settings, expected) => {
    const found = broken(await play(400, hours, settings));
    expect(found).toContainEqual(expect.stringMatching(expected));
  });

  const find = <T extends LoggedEvent['event']['type']>(type: T) =>
    month.events.find(({ event }) => event.type === type) as LoggedEvent & {
      event: Extract<LoggedEvent['event'], { type: T }>;
    };
  const reminder = (buyerId: string, orderId: string, atMs: number): LoggedSend => ({
    atMs,
    rule: 'FU-04',
    buyerId,
    subjectId: orderId,
    orderId,
    touch: 1,
    mode: 'S',
  });
  const withSend = (...sends: LoggedSend[]) => ({
    events: month.events,
    sends: [...month.sends, ...sends].sort((a, b) => a.atMs - b.atMs),
  });

  it('sees a reminder after the payment', () => {
    const { buyerId, event } = find('order.paid');
    expect(broken(withSend(reminder(buyerId, event.data.orderId, event.atMs + MINUTE)))).toContain('FR-01 FU-04');
  });

  it('sees selling after an opt-out', () => {
    const { buyerId, event } = find('buyer.optout');
    const order = month.events.find((line) => line.buyerId === buyerId && line.event.type === 'order.created')!;
    const orderId = 'orderId' in order.event.data ? order.event.data.orderId! : '';
    expect(broken(withSend(reminder(buyerId, orderId, event.atMs + HOUR)))).toContain('FR-07 FU-04');
  });

  it('sees the same touch twice, and two sales messages within twelve hours', () => {
    const sent = month.sends.find(({ rule }) => rule === 'FU-04')!;
    expect(broken(withSend({ ...sent, atMs: sent.atMs + MINUTE }))).toEqual(
      expect.arrayContaining(['FR-02 FU-04', 'FR-06 FU-04']),
    );
  });

  it('sees a second reminder at a time to pay', () => {
    const sent = month.sends.find(({ rule }) => rule === 'FU-03')!;
    const promise = month.events.find(({ event, buyerId }) => {
      return buyerId === sent.buyerId && event.type === 'message.buyer' && event.data.promisedAt !== undefined;
    })!;
    const again = { ...promise, event: { ...promise.event, atMs: sent.atMs + MINUTE } };
    const events = [...month.events, again].sort((a, b) => a.event.atMs - b.event.atMs);
    const sends = withSend({ ...sent, atMs: sent.atMs + HOUR }).sends;
    expect(broken({ events, sends })).toContain('FR-02 FU-03');
  });

  it('sees a touch that nothing set off', () => {
    const sent = month.sends.find(({ rule }) => rule === 'FU-30')!;
    expect(broken(withSend({ ...sent, subjectId: 'o0', orderId: 'o0' }))).toContain('FR-01 FU-30');
  });
});

describe('huashu simulate', () => {
  it('prints its report as one object and ends with 0', async () => {
    const { code, stdout } = await runCommand(['simulate', '--days', '10', '--orders', '40', '--seed', '3', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ orders: 40, violations: 0 });
    expect(code).toBe(0);
  });

  it('refuses what is no number', async () => {
    const { code, stderr } = await runCommand(['simulate', '--orders', 'many']);
    expect(stderr).toContain('--orders is many: it takes a whole number from 1 to 1000000');
    expect(code).toBe(2);
  });
});
