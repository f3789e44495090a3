/** Follow-ups in the console: every step and reason has a sentence, timers are edited in human units, tasks are grouped. */
import { describe, expect, it } from 'vitest';
import { foldTasks, groupTasks } from '../../src/console/desk/list/group-tasks.ts';
import { en } from '../../src/console/i18n/en.ts';
import { translate } from '../../src/console/i18n/language.tsx';
import { type MessageKey, zh } from '../../src/console/i18n/zh.ts';
import { reasonWords, ruleName, storyWords } from '../../src/console/parts/follow-up-words.ts';
import {
  delayOf,
  formOf,
  isChanged,
  problemOf,
  settingOf,
  unitsOf,
  withUnit,
} from '../../src/console/settings/timers/timer-form.ts';
import { EVENT_DATA } from '../../src/followups/events.ts';
import { FOLLOW_UP_TABLE } from '../../src/followups/rule-table.ts';
import { REASONS } from '../../src/followups/store.ts';
import { boundsOf } from '../../src/followups/timer-bounds.ts';
import type { TimerView } from '../../src/protocol/timers.ts';

const t = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => translate('zh', key, values);
const words = { t, language: 'zh' as const, nowMs: 0, titleOf: (id: string) => `题目${id}` };
const HOUR = 3_600_000;

function viewOf(id: string): TimerView {
  const rule = FOLLOW_UP_TABLE.find((one) => one.id === id)!;
  const figures = {
    touches: [...rule.touches],
    touchLimit: rule.touchLimit ?? rule.touches.length,
    capPerOrder: 3,
    gapMs: 12 * HOUR,
    ...(rule.schedule ? { schedule: rule.schedule } : {}),
  };
  const { title, purpose, subject } = rule;
  return {
    id,
    title,
    purpose,
    subject,
    trigger: [...rule.trigger],
    modes: [...rule.modes],
    source: [...rule.source],
    enabled: true,
    running: figures,
    standard: figures,
    bounds: boundsOf(rule),
    planned: 0,
  };
}

describe('words', () => {
  it.each(FOLLOW_UP_TABLE.map(({ id }) => id))('name %s', (id) => {
    expect(ruleName(id, t)).not.toBe(id);
    expect(en[`rule.${id}` as MessageKey]).toBeTruthy();
  });

  it.each([...REASONS])('tell why: %s', (reason) => {
    expect(zh).toHaveProperty([`reason.${reason}`]);
    expect(en).toHaveProperty([`reason.${reason}`]);
  });

  it.each([...Object.keys(EVENT_DATA), 'touch.ended', 'switched_on', 'timer.asked', 'buyer.optin', 'case.closed'])(
    'tell what set it off: %s',
    (type) => {
      const entry = { at: 0, step: 'planned' as const, because: type, dueAt: 1 };
      expect(storyWords(entry, words)).not.toContain(type);
    },
  );

  it.each([
    [{ step: 'claimed', because: 'A' }, '到点，交给客服'],
    [{ step: 'sent', because: 'S', script: 'SCR-60.a v3' }, '已发出「题目SCR-60.a」'],
    [{ step: 'cancelled', because: 'paid' }, '取消：已付款'],
    [{ step: 'skipped', because: 'gate: TAB-41' }, '没有发：出口检查没有通过'],
    [
      { step: 'skipped', because: 'SCR-72: order.autoCloseAt is missing' },
      '没有发：没有话术能用：缺少事实或场合不合适',
    ],
    [{ step: 'failed', because: 'Cannot read properties of undefined' }, '失败，转给客服：运行出错'],
    [{ step: 'paid', because: '' }, '买家在 24 小时内付款'],
  ] as const)('%j: %s', (entry, sentence) => {
    expect(storyWords({ at: 0, ...entry }, words)).toBe(sentence);
  });

  it('of a reason nobody foresaw shows no id', () => {
    expect(reasonWords('ECONNRESET 10.0.0.1', t)).toBe('运行出错');
  });
});

describe('a timer in its form', () => {
  it.each(FOLLOW_UP_TABLE.map(({ id }) => id))('%s comes back as it went in', (id) => {
    const view = viewOf(id);
    const form = formOf(view);
    if (id !== 'FU-07') expect(form.touches.map(delayOf)).toEqual(view.running.touches);
    expect(settingOf(form, view)).toBeUndefined();
    expect(isChanged(view)).toBe(false);
    if (view.bounds.touches)
      for (const [at] of form.touches.entries()) expect(problemOf(form, at, view.bounds)).toBeUndefined();
  });

  it('is written in minutes, hours, days and working days where it may be', () => {
    const view = viewOf('FU-01');
    expect(unitsOf(view.bounds)).toEqual(['minutes', 'hours', 'days', 'workingDays']);
    const form = formOf(view);
    const days = {
      ...form,
      touches: [form.touches[0]!, { ...withUnit(form.touches[1]!, 'workingDays'), value: '２' }],
    };
    expect(settingOf(days, view)).toEqual({
      touches: [
        { kind: 'after', ms: HOUR },
        { kind: 'workingDays', days: 2 },
      ],
    });
  });

  it.each([
    ['FU-01', 0, '', { kind: 'number' }],
    ['FU-01', 0, '一小时', { kind: 'number' }],
    ['FU-01', 0, '0.1', { kind: 'range', min: 0.5, max: 72 }],
    ['FU-01', 1, '1', { kind: 'order' }],
    ['FU-07', 0, '99', { kind: 'range', min: 10, max: 95 }],
    ['FU-16', 0, '3', { kind: 'range', min: 1, max: 2 }],
  ] as const)('%s touch %i with "%s" is told: %j', (id, at, value, problem) => {
    const view = viewOf(id);
    const form = formOf(view);
    const touches = form.touches.with(at, { ...form.touches[at]!, value });
    expect(problemOf({ ...form, touches }, at, view.bounds)).toEqual(problem);
  });
});

describe('tasks', () => {
  const nowMs = Date.parse('2027-06-08T10:00:00');
  const task = (id: string, dueAt?: number, forRole?: 'supervisor') => ({
    id,
    kind: 'follow_up',
    title: id,
    createdAt: nowMs,
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(forRole ? { forRole } : {}),
  });

  it('stand by deadline: the supervisor’s own first, the overdue before the rest', () => {
    const parts = groupTasks(
      [
        task('tomorrow', nowMs + 24 * HOUR),
        task('whenever'),
        task('soon', nowMs + HOUR),
        task('late', nowMs - HOUR),
        task('later-late', nowMs - 60_000),
        task('chief', nowMs + HOUR, 'supervisor'),
      ],
      nowMs,
    );
    expect(parts.map(({ role, group, tasks }) => [role, group, tasks.map(({ id }) => id)])).toEqual([
      ['supervisor', 'today', ['chief']],
      ['agent', 'overdue', ['late', 'later-late']],
      ['agent', 'today', ['soon', 'whenever']],
      ['agent', 'later', ['tomorrow']],
    ]);
  });

  it('fold many visits of one kind into one line behind the rest, and unfold them', () => {
    const visits = ['a', 'b', 'c', 'd'].map((id) => ({ ...task(id, nowMs + HOUR), rule: 'FU-05' }));
    const reminders = ['e', 'f', 'g', 'h'].map((id) => ({ ...task(id, nowMs + HOUR), rule: 'FU-01' }));
    const ids = (opened: string[], tasks = [...visits, ...reminders]) =>
      foldTasks(tasks, new Set(opened)).map(({ id }) => id);
    expect(ids([])).toEqual(['e', 'f', 'g', 'h', 'fold-FU-05']);
    expect(ids(['fold-FU-05'])).toEqual(['e', 'f', 'g', 'h', 'fold-FU-05', 'a', 'b', 'c', 'd']);
    expect(ids([], visits.slice(1))).toEqual(['b', 'c', 'd']);
    expect(foldTasks(visits, new Set())).toEqual([
      { id: 'fold-FU-05', fold: { rule: 'FU-05', count: 4, isOpen: false } },
    ]);
  });
});
