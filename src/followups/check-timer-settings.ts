/** Holds a shop's timer settings against what each timer allows. @see FR-06 */
import { DeskError } from '../lib/errors.ts';
import type { Delay, Schedule, TimerBounds, TimerSetting } from '../protocol/timers.ts';
import { DAY, HOUR, MINUTE } from './rule-words.ts';
import type { FollowUpRule } from './rules.ts';
import { boundsOf, figureOf } from './timer-bounds.ts';

type Span = { min: number; max: number };

/**
 * Checks one timer's settings.
 *
 * @throws DeskError `bad_request` naming rule, field, value and what is legal
 */
export function checkTimerSetting(rule: FollowUpRule, setting: TimerSetting): void {
  const bounds = boundsOf(rule);
  if (setting.touches) checkTouches(rule, setting.touches, bounds);
  checkFigure(rule, 'touchLimit', setting.touchLimit, bounds.touchLimit);
  checkFigure(rule, 'capPerOrder', setting.capPerOrder, bounds.capPerOrder);
  checkFigure(rule, 'gapMs', setting.gapMs, bounds.gapMs, 'time');
  if (setting.schedule) checkSchedule(rule, setting.schedule, bounds.schedule);
}

function refuse(rule: FollowUpRule, field: string, problem: string): never {
  throw new DeskError('bad_request', `${rule.id}.${field}: ${problem}`);
}

function checkFigure(
  rule: FollowUpRule,
  field: 'touchLimit' | 'capPerOrder' | 'gapMs',
  value: number | undefined,
  span: Span | undefined,
  unit: 'count' | 'time' = 'count',
): void {
  if (value === undefined) return;
  if (!span) refuse(rule, field, `is ${value}, and this timer has no such figure to change; leave the field out`);
  if (Number.isInteger(value) && value >= span.min && value <= span.max) return;
  refuse(rule, field, `is ${value}; legal is ${tell(span.min, unit)} to ${tell(span.max, unit)}`);
}

function checkTouches(rule: FollowUpRule, touches: readonly Delay[], { touches: bounds }: TimerBounds): void {
  if (!bounds) {
    refuse(rule, 'touches', 'this timer goes with its event, so its time cannot be changed; leave the field out');
  }
  const { kinds, span, most } = bounds;
  if (touches.length === 0) refuse(rule, 'touches', 'is empty; switch the rule off with enabled: false instead');
  if (touches.length > most) refuse(rule, 'touches', `has ${touches.length} touches; legal is 1 to ${most}`);
  for (const [at, delay] of touches.entries()) {
    const field = `touches[${at}]`;
    if (!kinds.includes(delay.kind)) refuse(rule, `${field}.kind`, `is ${delay.kind}; legal is ${kinds.join(', ')}`);
    checkDelay(rule, field, delay, kinds, span);
    const previous = touches[at - 1];
    if (previous) checkFollows(rule, field, previous, delay, kinds);
  }
}

function checkDelay(rule: FollowUpRule, field: string, delay: Delay, kinds: readonly string[], span: Span): void {
  const figure = figureOf(delay, kinds);
  const unit = kinds.some((kind) => ['after', 'before', 'days', 'inShift'].includes(kind)) ? 'time' : 'count';
  const [name, value] = fieldOf(delay);
  if (figure < span.min || figure > span.max) {
    refuse(rule, `${field}.${name}`, `is ${value}; legal is ${tell(span.min, unit)} to ${tell(span.max, unit)}`);
  }
  if (delay.kind !== 'inShift') return;
  if (delay.maxMs < delay.minMs || delay.maxMs > span.max) {
    refuse(rule, `${field}.maxMs`, `is ${delay.maxMs}; legal is ${tell(delay.minMs, unit)} to ${tell(span.max, unit)}`);
  }
}

/** Touches stand in the order in which they happen. */
function checkFollows(rule: FollowUpRule, field: string, first: Delay, then: Delay, kinds: readonly string[]): void {
  const [before, after] = [figureOf(first, kinds), figureOf(then, kinds)];
  if (then.kind === 'before' ? after < before : after > before) return;
  const [name, value] = fieldOf(then);
  const legal = then.kind === 'before' ? 'less than the touch before it' : 'more than the touch before it';
  refuse(rule, `${field}.${name}`, `is ${value}; legal is ${legal}`);
}

function checkSchedule(rule: FollowUpRule, schedule: Schedule, bounds: TimerBounds['schedule']): void {
  if (!bounds) refuse(rule, 'schedule', 'this timer has no clock that could be changed; leave the field out');
  if (schedule.kind !== bounds.kind) refuse(rule, 'schedule.kind', `is ${schedule.kind}; legal is ${bounds.kind}`);
  if (schedule.kind === 'everyDays' && bounds.days) {
    const { min, max } = bounds.days;
    const isLegal = schedule.days >= min && schedule.days <= max;
    if (!isLegal) refuse(rule, 'schedule.days', `is ${schedule.days}; legal is ${min} to ${max}`);
  }
  if (schedule.kind !== 'daily' || !bounds.from || !bounds.to) return;
  const { at } = schedule;
  const isShift = at === 'shift_start' || at === 'shift_end';
  const isLegalShift = at === 'shift_end' ? bounds.to > '12:00' : bounds.from < '12:00';
  const isClock = /^([01]\d|2[0-3]):[0-5]\d$/.test(at) && at >= bounds.from && at <= bounds.to;
  if (isShift ? isLegalShift : isClock) return;
  refuse(rule, 'schedule.at', `is ${at}; legal is a time from ${bounds.from} to ${bounds.to}`);
}

/** The field a delay's figure stands in. */
function fieldOf(delay: Delay): [string, number | string] {
  for (const name of ['ms', 'share', 'days', 'months', 'minMs', 'day'] as const) {
    if (name in delay) return [name, Reflect.get(delay, name)];
  }
  return ['kind', delay.kind];
}

/** A figure as a person reads it, beside the one to write. */
function tell(figure: number, unit: 'count' | 'time'): string {
  if (unit === 'count') return String(figure);
  for (const [size, word] of [
    [DAY, 'days'],
    [HOUR, 'hours'],
    [MINUTE, 'minutes'],
  ] as const) {
    if (figure >= size && figure % size === 0) return `${figure} (${figure / size} ${word})`;
  }
  return String(figure);
}
