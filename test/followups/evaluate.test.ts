import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { evaluateFollowUps } from '../../src/followups/evaluate.ts';
import { EVENT_DATA } from '../../src/followups/events.ts';
import { parseTimelines } from '../../src/followups/parse-timelines.ts';
import { DataFileError } from '../../src/lib/errors.ts';

const OWN_SET = 'test/eval/followups.jsonl';
const ownTimelines = () => parseTimelines(OWN_SET, readFileSync(OWN_SET, 'utf8'));

const LINE = {
  id: 'x1',
  rule: 'FU-30',
  shop: { tz: 'Asia/Shanghai', hours: '08:30-21:30', quietHours: '22:00-09:00', closedDays: ['2027-06-09'] },
  events: [
    {
      at: '2027-06-08T10:00:00+08:00',
      type: 'order.created',
      data: { orderId: 'P1', buyerId: 'b1', afterChat: true, amount: 12.5 },
    },
    { at: '2027-06-08T10:04:00+08:00', type: 'order.paid', data: { orderId: 'P1' } },
    { at: '2027-06-08T12:00:00+08:00', type: 'clock.end', data: {} },
  ],
  expect: [
    {
      kind: 'sent',
      rule: 'FU-30',
      subject: 'P1',
      notBefore: '2027-06-08T10:04:00+08:00',
      notAfter: '2027-06-08T10:10:00+08:00',
    },
  ],
  why: 'thanks at once',
};

/** The line with one place set; `undefined` removes it. */
function edit(path: string, value: unknown): string {
  const copy = structuredClone(LINE) as Record<string, unknown>;
  const keys = path.split('.');
  let at = copy;
  for (const key of keys.slice(0, -1)) at = at[key] as Record<string, unknown>;
  at[keys.at(-1)!] = value;
  return JSON.stringify(copy);
}

describe('the own set', () => {
  it('passes whole', async () => {
    const score = await evaluateFollowUps(ownTimelines());
    expect(score.failures).toEqual([]);
    expect(score).toMatchObject({ lines: score.passed, failed: 0 });
    expect(score.lines).toBeGreaterThanOrEqual(120);
  });

  it('uses every event type of the contract', () => {
    const used = new Set(ownTimelines().flatMap(({ events }) => events.map(({ type }) => type)));
    expect([...used].sort()).toEqual(Object.keys(EVENT_DATA).sort());
  });

  it('has, for every rule it is about, something that goes out and something that does not', () => {
    const kinds = new Map<string, Set<string>>();
    for (const { rule, kind } of ownTimelines().flatMap((line) => line.expect)) {
      kinds.set(rule, (kinds.get(rule) ?? new Set()).add(kind));
    }
    const oneSided = [...kinds].filter(([, found]) => !found.has('sent') || found.size < 2).map(([rule]) => rule);
    expect(oneSided).toEqual([]);
    expect(kinds.size).toBeGreaterThanOrEqual(30);
  });
});

describe('scoring', () => {
  const score = async (expected: object) =>
    (await evaluateFollowUps(parseTimelines('f', edit('expect', [{ ...LINE.expect[0], ...expected }])))).passed;

  it.each([
    ['what happened', {}, 1],
    ['window ends at the moment itself', { notAfter: '2027-06-08T10:04:00+08:00' }, 1],
    ['window ends before', { notBefore: '2027-06-08T10:00:00+08:00', notAfter: '2027-06-08T10:03:59+08:00' }, 0],
    ['nothing expected, something sent', { kind: 'none' }, 0],
    ['nothing expected of another order', { kind: 'none', subject: 'P2' }, 1],
    ['a cancelled row is nothing that went out', { kind: 'none', rule: 'FU-01' }, 1],
    ['cancelled with its order', { kind: 'cancelled', rule: 'FU-01' }, 1],
    ['skipped, or cancelled', { kind: 'skipped', rule: 'FU-01', alsoOk: ['cancelled'] }, 1],
    ['skipped only', { kind: 'skipped', rule: 'FU-01' }, 0],
  ])('%s', async (_name, expected, passed) => {
    expect(await score(expected)).toBe(passed);
  });

  it('does not take two for one', async () => {
    const twice = JSON.parse(edit('why', 'two touches')) as typeof LINE;
    twice.events.splice(1, 1);
    twice.events[1]!.at = '2027-06-09T12:00:00+08:00';
    Object.assign(twice.expect[0]!, {
      rule: 'FU-01',
      notBefore: '2027-06-08T10:00:00+08:00',
      notAfter: '2027-06-09T12:00:00+08:00',
    });
    const { failures } = await evaluateFollowUps(parseTimelines('f', JSON.stringify(twice)));
    expect(failures[0]?.differences[0]).toContain('FU-01 P1: expected sent');
  });
});

describe('strict reading', () => {
  it('reads a line, skips blank ones', () => {
    expect(parseTimelines('f', `\n${JSON.stringify(LINE)}\n\n`)).toMatchObject([{ id: 'x1', line: 2 }]);
  });

  it.each([
    ['not JSON', '{"id":', ''],
    ['no id', edit('id', undefined), 'id'],
    ['unknown field', edit('extra', 1), 'extra'],
    ['unknown rule', edit('rule', 'FU-50'), 'rule'],
    ['unknown zone', edit('shop.tz', 'Mars/Base'), 'shop.tz'],
    ['no quiet hours', edit('shop.quietHours', undefined), 'shop.quietHours'],
    ['hours without minutes', edit('shop.hours', '8-21'), 'shop.hours'],
    ['a day that does not exist', edit('shop.closedDays', ['2027-02-30']), 'shop.closedDays[0]'],
    ['a moment without offset', edit('events.0.at', '2027-06-08T10:00:00'), 'events[0].at'],
    ['unknown type', edit('events.1.type', 'order.lost'), 'events[1].type'],
    ['an event of the desk alone', edit('events.1.type', 'timer.asked'), 'events[1].type'],
    [
      'a field of the desk alone',
      edit('events.1', {
        at: LINE.events[1]!.at,
        type: 'message.buyer',
        data: { buyerId: 'b1', conversationId: 'c1', text: '不买了', intents: [], saidNo: true },
      }),
      'events[1].data.saidNo',
    ],
    ['no order', edit('events.1.data', {}), 'events[1].data.orderId'],
    ['a field of another event', edit('events.1.data.buyerId', 'b1'), 'events[1].data.buyerId'],
    ['a wrong type', edit('events.0.data.afterChat', 'yes'), 'events[0].data.afterChat'],
    ['tenths of a fen', edit('events.0.data.amount', 1.005), 'events[0].data.amount'],
    ['events out of order', edit('events.1.at', '2027-06-08T09:00:00+08:00'), 'events[1].at'],
    ['no end', edit('events.2', LINE.events[1]), 'events[2].type'],
    ['the end in the middle', edit('events.1', { ...LINE.events[2], at: LINE.events[1]!.at }), 'events[1].type'],
    ['a field beside the end', edit('events.2.data', { orderId: 'P1' }), 'events[2].data.orderId'],
    ['unknown kind', edit('expect.0.kind', 'failed'), 'expect[0].kind'],
    ['a reason not in the list', edit('expect.0.reason', 'tired'), 'expect[0].reason'],
    [
      'a window that ends before it begins',
      edit('expect.0.notAfter', '2027-06-08T10:03:00+08:00'),
      'expect[0].notAfter',
    ],
    ['the same id twice', `${JSON.stringify(LINE)}`, 'id'],
  ])('refuses %s and names the place', (name, line, path) => {
    const text = `${name === 'the same id twice' ? `${JSON.stringify(LINE)}\n` : '\n'}${line}`;
    const read = () => parseTimelines('set.jsonl', text);
    expect(read).toThrow(DataFileError);
    expect(read).toThrow(expect.objectContaining({ file: 'set.jsonl', line: 2, path }));
  });
});
