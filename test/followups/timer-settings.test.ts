/** What a shop may change about each timer, and the sentence for what it may not. */
import { describe, expect, it } from 'vitest';
import { createRuleBook, FOLLOW_UP_TABLE } from '../../src/followups/rule-table.ts';
import { boundsOf } from '../../src/followups/timer-bounds.ts';
import type { TimerSetting } from '../../src/protocol/timers.ts';
import { at, BUYER, createBench, shopOf } from './timeline.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const order = (orderId: string) => ({ orderId, afterChat: true, amount: 100 });

describe('a setting', () => {
  it.each<[string, TimerSetting]>([
    ['FU-01', { touches: [{ kind: 'after', ms: 45 * MINUTE }], touchLimit: 1, capPerOrder: 2, gapMs: 24 * HOUR }],
    [
      'FU-01',
      {
        touches: [
          { kind: 'after', ms: HOUR },
          { kind: 'workingDays', days: 1 },
        ],
      },
    ],
    ['FU-02', { touches: [{ kind: 'inShift', minMs: HOUR, maxMs: 2 * HOUR }] }],
    ['FU-04', { touches: [{ kind: 'before', ms: 3 * HOUR }] }],
    ['FU-05', { touches: [{ kind: 'shiftDay', day: 2 }] }],
    ['FU-07', { touches: [{ kind: 'share', share: 0.5 }] }],
    [
      'FU-11',
      {
        touches: [
          { kind: 'days', days: 3 },
          { kind: 'days', days: 7 },
        ],
        touchLimit: 10,
      },
    ],
    ['FU-16', { touches: [{ kind: 'workingDays', days: 1 }] }],
    [
      'FU-19',
      {
        touches: [
          { kind: 'before', ms: 72 * HOUR },
          { kind: 'before', ms: 24 * HOUR },
        ],
      },
    ],
    ['FU-20', { touches: [{ kind: 'months', months: 2 }] }],
    ['FU-22', { schedule: { kind: 'daily', at: '10:30' } }],
    ['FU-24', { schedule: { kind: 'weekly', weekday: 5, at: 'shift_start' } }],
    ['FU-30', { enabled: false }],
  ])('of %s: %j', (rule, setting) => {
    expect(createRuleBook({ [rule]: setting }).get(rule as 'FU-01')).toMatchObject(setting);
  });

  it.each<[string, TimerSetting, string]>([
    [
      'FU-01',
      { touches: [{ kind: 'after', ms: MINUTE }] },
      'FU-01.touches[0].ms: is 60000; legal is 1800000 (30 minutes) to 259200000 (3 days)',
    ],
    [
      'FU-01',
      {
        touches: [
          { kind: 'after', ms: 2 * HOUR },
          { kind: 'after', ms: HOUR },
        ],
      },
      'FU-01.touches[1].ms: is 3600000; legal is more than the touch before it',
    ],
    ['FU-01', { touchLimit: 3 }, 'FU-01.touchLimit: is 3; legal is 1 to 2'],
    ['FU-01', { capPerOrder: 4 }, 'FU-01.capPerOrder: is 4; legal is 1 to 3'],
    ['FU-01', { gapMs: 6 * HOUR }, 'FU-01.gapMs: is 21600000; legal is 43200000 (12 hours) to 86400000 (1 days)'],
    ['FU-03', { touches: [{ kind: 'after', ms: HOUR }] }, 'FU-03.touches: this timer goes with its event'],
    ['FU-06', { touches: [{ kind: 'after', ms: 5 * MINUTE }] }, 'FU-06.touches[0].ms: is 300000'],
    ['FU-06', { touchLimit: 2 }, 'FU-06.touchLimit: is 2, and this timer has no such figure'],
    ['FU-08', { touches: [{ kind: 'after', ms: 6 * MINUTE }] }, 'FU-08.touches[0].ms: is 360000'],
    ['FU-08', { touches: [{ kind: 'days', days: 1 }] }, 'FU-08.touches[0].kind: is days; legal is after'],
    ['FU-16', { touches: [{ kind: 'workingDays', days: 3 }] }, 'FU-16.touches[0].days: is 3; legal is 1 to 2'],
    [
      'FU-19',
      {
        touches: [
          { kind: 'before', ms: 12 * HOUR },
          { kind: 'before', ms: 48 * HOUR },
        ],
      },
      'legal is less than the touch before it',
    ],
    [
      'FU-22',
      { schedule: { kind: 'daily', at: '13:00' } },
      'FU-22.schedule.at: is 13:00; legal is a time from 06:00 to 11:45',
    ],
    [
      'FU-23',
      { schedule: { kind: 'everyDays', days: 7, at: 'shift_start' } },
      'FU-23.schedule.days: is 7; legal is 2 to 3',
    ],
    ['FU-27', { schedule: { kind: 'daily', at: '10:00' } }, 'FU-27.schedule: this timer has no clock'],
    [
      'FU-46',
      {
        touches: [
          { kind: 'days', days: 3 },
          { kind: 'days', days: 6 },
        ],
      },
      'FU-46.touches: has 2 touches; legal is 1 to 1',
    ],
  ])('that %s does not allow: %j', (rule, setting, message) => {
    expect(() => createRuleBook({ [rule]: setting })).toThrow(message);
  });

  it('stands inside its own bounds for every timer as the domain says it', () => {
    for (const rule of FOLLOW_UP_TABLE) {
      const bounds = boundsOf(rule);
      const touches = bounds.touches ? { touches: [...rule.touches] } : {};
      const schedule = bounds.schedule && rule.schedule ? { schedule: rule.schedule } : {};
      expect(() => createRuleBook({ [rule.id]: { ...touches, ...schedule } })).not.toThrow();
    }
  });
});

describe('rows that are planned', () => {
  const retime = async (
    bench: ReturnType<typeof createBench>,
    settings: Record<string, TimerSetting>,
    clock: string,
  ) => {
    let count = 0;
    const engine = (await import('../../src/followups/engine.ts')).createFollowUpEngine({
      store: bench.store,
      shop: shopOf(settings),
      newId: () => `r${clock}${++count}`,
    });
    return engine.retime(BUYER, [{ rule: 'FU-01', subjectId: 'P1' }], at(clock));
  };

  it('take the new moment, with the reason in their story', async () => {
    const bench = createBench();
    await bench.tell('order.created', at('10:00'), order('P1'));
    await retime(bench, { 'FU-01': { touches: [{ kind: 'after', ms: 2 * HOUR }] } }, '10:10');
    const [row] = await bench.rows('FU-01');
    expect(row).toMatchObject({ status: 'planned', dueAtMs: at('12:00'), revision: 2 });
    expect(row!.story.at(-1)).toMatchObject({ step: 'replanned', because: 'settings_changed', dueAtMs: at('12:00') });
  });

  it('end where the rule is off, and come back where it is on again', async () => {
    const bench = createBench();
    await bench.tell('order.created', at('10:00'), order('P1'));
    await retime(bench, { 'FU-01': { enabled: false } }, '10:10');
    expect((await bench.rows('FU-01'))[0]).toMatchObject({ status: 'cancelled', reason: 'switched_off' });
    await retime(bench, {}, '10:20');
    const rows = await bench.rows('FU-01');
    expect(rows.map((row) => [row.status, row.touch])).toEqual([
      ['cancelled', 1],
      ['planned', 1],
    ]);
    expect(rows[1]!.story[0]).toMatchObject({ step: 'planned', because: 'switched_on' });
    expect(rows[1]!.dueAtMs).toBe(at('11:00'));
  });

  it('do not come back where their reason is gone meanwhile', async () => {
    const bench = createBench();
    await bench.tell('order.created', at('10:00'), order('P1'));
    await retime(bench, { 'FU-01': { enabled: false } }, '10:10');
    await bench.tell('order.paid', at('10:15'), { orderId: 'P1' });
    expect(await retime(bench, {}, '10:20')).toEqual([]);
  });

  it('end beyond a lower number of touches', async () => {
    const bench = createBench();
    await bench.tell('order.created', at('10:00'), order('P1'));
    await bench.runTo(at('11:00'));
    expect((await bench.rows('FU-01')).at(-1)).toMatchObject({ touch: 2, status: 'planned' });
    await retime(bench, { 'FU-01': { touchLimit: 1 } }, '11:10');
    expect((await bench.rows('FU-01')).at(-1)).toMatchObject({ status: 'cancelled', reason: 'cap' });
  });
});
