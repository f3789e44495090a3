/** A timer's settings as they stand in the form's fields, and back. Figures are texts until they are saved. */
import type { Delay, Schedule, TimerSetting, TimerView } from '../../../protocol/timers.ts';

/** What a figure is counted in. */
export type Unit = 'minutes' | 'hours' | 'days' | 'workingDays' | 'months' | 'share' | 'shiftDay';

/** One touch in the form; `to` only where a span is set. */
export interface TouchField {
  kind: Delay['kind'];
  value: string;
  to: string;
  unit: Unit;
}

/** The whole form of one timer. */
export interface TimerForm {
  touches: TouchField[];
  touchLimit: string;
  capPerOrder: string;
  gapHours: string;
  schedule: Schedule | undefined;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const sizes = { minutes: MINUTE, hours: HOUR } as const;
type Bounds = TimerView['bounds'];

/** The timer as it runs. */
export function formOf({ running }: TimerView): TimerForm {
  return {
    touches: running.touches.map(fieldOf),
    touchLimit: String(running.touchLimit),
    capPerOrder: running.capPerOrder === undefined ? '' : String(running.capPerOrder),
    gapHours: running.gapMs === undefined ? '' : String(running.gapMs / HOUR),
    schedule: running.schedule,
  };
}

function fieldOf(delay: Delay): TouchField {
  const { kind } = delay;
  switch (kind) {
    case 'after':
    case 'before': {
      const unit = delay.ms % HOUR === 0 ? 'hours' : 'minutes';
      return { kind, value: String(delay.ms / sizes[unit]), to: '', unit };
    }
    case 'inShift':
      return { kind, value: String(delay.minMs / MINUTE), to: String(delay.maxMs / MINUTE), unit: 'minutes' };
    case 'share':
      return { kind, value: String(Math.round(delay.share * 100)), to: '', unit: 'share' };
    case 'days':
    case 'workingDays':
      return { kind, value: String(delay.days), to: '', unit: kind };
    case 'months':
      return { kind, value: String(delay.months), to: '', unit: 'months' };
    case 'shiftDay':
      return { kind, value: String(delay.day), to: '', unit: 'shiftDay' };
    case 'nextShift':
      return { kind, value: '', to: '', unit: 'days' };
  }
}

/** Units that a touch of these bounds may be given in. */
export function unitsOf({ touches }: Bounds): Unit[] {
  const units: Record<string, Unit[]> = {
    after: ['minutes', 'hours'],
    before: ['minutes', 'hours'],
    inShift: ['minutes', 'hours'],
    days: ['days'],
    workingDays: ['workingDays'],
    months: ['months'],
    share: ['share'],
    shiftDay: ['shiftDay'],
  };
  return (touches?.kinds ?? []).flatMap((kind) => units[kind] ?? []);
}

/** The field in another unit, with its kind. */
export function withUnit(field: TouchField, unit: Unit): TouchField {
  const timed = field.kind === 'before' || field.kind === 'inShift' ? field.kind : 'after';
  const kind = unit === 'minutes' || unit === 'hours' ? timed : unit;
  return { ...field, unit, kind };
}

/** What a field says; `undefined`: no figure. */
export function delayOf({ kind, value, to, unit }: TouchField): Delay | undefined {
  const figure = readFigure(value);
  const size = unit === 'hours' ? HOUR : MINUTE;
  if (kind === 'nextShift') return { kind };
  if (figure === undefined) return undefined;
  switch (kind) {
    case 'after':
    case 'before':
      return { kind, ms: Math.round(figure * size) };
    case 'inShift': {
      const last = readFigure(to);
      return last === undefined
        ? undefined
        : { kind, minMs: Math.round(figure * size), maxMs: Math.round(last * size) };
    }
    case 'share':
      return { kind, share: figure / 100 };
    case 'days':
    case 'workingDays':
      return { kind, days: figure };
    case 'months':
      return { kind, months: figure };
    case 'shiftDay':
      return { kind, day: figure };
  }
}

function readFigure(text: string): number | undefined {
  const plain = text.normalize('NFKC').trim();
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** The bounds of a field in its own unit. */
export function rangeOf({ touches }: Bounds, unit: Unit): { min: number; max: number } | undefined {
  if (!touches) return undefined;
  const { min, max } = touches.span;
  const isTime = touches.kinds.some((kind) => ['after', 'before', 'inShift', 'days'].includes(kind));
  if (unit === 'minutes' || unit === 'hours') return { min: min / sizes[unit], max: max / sizes[unit] };
  if (unit === 'share') return { min: Math.round(min * 100), max: Math.round(max * 100) };
  if (!isTime) return { min, max };
  return { min: Math.max(1, Math.ceil(min / (24 * HOUR))), max: Math.floor(max / (24 * HOUR)) };
}

/** What is wrong with a touch. */
export type FieldProblem = { kind: 'number' } | { kind: 'range'; min: number; max: number } | { kind: 'order' };

/** Looks at one touch of the form; `undefined`: it is fine. */
export function problemOf(form: TimerForm, at: number, bounds: Bounds): FieldProblem | undefined {
  const field = form.touches[at]!;
  const delay = delayOf(field);
  const range = rangeOf(bounds, field.unit);
  if (!delay) return { kind: 'number' };
  if (!range) return undefined;
  const figures = [field.value, ...(field.kind === 'inShift' ? [field.to] : [])].map((text) => readFigure(text) ?? -1);
  const isInside = figures.every((figure) => figure >= range.min && figure <= range.max);
  if (!isInside) return { kind: 'range', ...range };
  const previous = at > 0 ? delayOf(form.touches[at - 1]!) : undefined;
  if (field.kind === 'inShift' && figures[1]! < figures[0]!) return { kind: 'order' };
  return previous && !follows(previous, delay) ? { kind: 'order' } : undefined;
}

function follows(first: Delay, then: Delay): boolean {
  const [a, b] = [sizeOf(first), sizeOf(then)];
  return then.kind === 'before' ? b < a : b > a;
}

function sizeOf(delay: Delay): number {
  if (delay.kind === 'after' || delay.kind === 'before') return delay.ms;
  if (delay.kind === 'days' || delay.kind === 'workingDays') return delay.days * 24 * HOUR;
  return delay.kind === 'shiftDay' ? delay.day : 0;
}

/** What the form changes about the timer as the domain says it; nothing: `undefined`. */
export function settingOf(form: TimerForm, view: TimerView): TimerSetting | undefined {
  const { standard, bounds, enabled, running } = view;
  const shown = formOf(view).touches;
  // A figure that is shown rounded and was not touched stays what it is.
  const touches = form.touches.map((field, at) => (isSame(field, shown[at]) ? running.touches[at] : delayOf(field)));
  const isWhole = touches.every((delay) => delay !== undefined);
  const setting: TimerSetting = {
    ...(enabled ? {} : { enabled }),
    ...(bounds.touches && isWhole && !isSame(touches, standard.touches) ? { touches: touches as Delay[] } : {}),
    ...figureOf('touchLimit', form.touchLimit, standard.touchLimit, bounds.touchLimit),
    ...figureOf('capPerOrder', form.capPerOrder, standard.capPerOrder, bounds.capPerOrder),
    ...figureOf('gapMs', form.gapHours, standard.gapMs, bounds.gapMs, HOUR),
    ...(bounds.schedule && form.schedule && !isSame(form.schedule, standard.schedule)
      ? { schedule: form.schedule }
      : {}),
  };
  return Object.keys(setting).length > 0 ? setting : undefined;
}

function figureOf(
  name: 'touchLimit' | 'capPerOrder' | 'gapMs',
  text: string,
  standard: number | undefined,
  bounds: object | undefined,
  size = 1,
): TimerSetting {
  const figure = readFigure(text);
  if (!bounds || figure === undefined || figure * size === standard) return {};
  return { [name]: Math.round(figure * size) };
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Whether a timer runs otherwise than the domain says. */
export function isChanged({ enabled, running, standard }: TimerView): boolean {
  return !enabled || !isSame(running, standard);
}
