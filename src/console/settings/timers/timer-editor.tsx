import { useId, useState } from 'react';
import type { Schedule, TimerSetting, TimerView } from '../../../protocol/timers.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { delayWords, scheduleWords } from './delay-words.ts';
import {
  type FieldProblem,
  formOf,
  problemOf,
  settingOf,
  type TimerForm,
  type TouchField,
  type Unit,
  unitsOf,
  withUnit,
} from './timer-form.ts';

/** The figures of one timer in human units; checked while they are written, saved with Enter. */
export function TimerEditor({
  timer,
  busy,
  onSave,
  onCancel,
}: {
  timer: TimerView;
  busy: boolean;
  onSave(setting: TimerSetting | undefined): Promise<void>;
  onCancel(): void;
}) {
  const { t } = useLanguage();
  const { bounds, standard } = timer;
  const [form, setForm] = useState<TimerForm>(() => formOf(timer));
  const problems = bounds.touches ? form.touches.map((_, at) => problemOf(form, at, bounds)) : [];
  const touches = form.touches.map((field, at) => ({ field, at, name: `touch-${at + 1}` }));
  const isWrong = problems.some((problem) => problem !== undefined);
  const setTouch = (at: number, field: TouchField) => setForm({ ...form, touches: form.touches.with(at, field) });

  return (
    <form
      className="timer-editor"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWrong) void onSave(settingOf(form, timer));
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      {bounds.touches &&
        touches.map(({ field, at, name }) => (
          <Touch
            key={name}
            number={at + 1}
            field={field}
            units={unitsOf(bounds)}
            problem={problems[at]}
            standard={standard.touches[at] ? delayWords(standard.touches[at], t) : ''}
            onChange={(changed) => setTouch(at, changed)}
          />
        ))}
      {!bounds.touches && !bounds.schedule && (
        <p className="faint">{timer.running.schedule ? scheduleWords(timer.running.schedule, t) : t('timers.fixed')}</p>
      )}
      {bounds.schedule && form.schedule && (
        <ScheduleField
          schedule={form.schedule}
          bounds={bounds}
          onChange={(schedule) => setForm({ ...form, schedule })}
        />
      )}
      <div className="settings-fields">
        <Figure
          label={t('timers.touchLimit')}
          value={form.touchLimit}
          span={bounds.touchLimit}
          onChange={(touchLimit) => setForm({ ...form, touchLimit })}
        />
        <Figure
          label={t('timers.capPerOrder')}
          value={form.capPerOrder}
          span={bounds.capPerOrder}
          onChange={(capPerOrder) => setForm({ ...form, capPerOrder })}
        />
        <Figure
          label={t('timers.gap')}
          value={form.gapHours}
          span={bounds.gapMs && { min: bounds.gapMs.min / 3_600_000, max: bounds.gapMs.max / 3_600_000 }}
          onChange={(gapHours) => setForm({ ...form, gapHours })}
        />
      </div>
      <div className="settings-fields">
        <ActionButton type="submit" look="main" isDisabled={busy || isWrong}>
          {t('timers.save')}
        </ActionButton>
        <ActionButton onPress={onCancel}>{t('timers.cancel')}</ActionButton>
      </div>
    </form>
  );
}

function Touch(props: {
  number: number;
  field: TouchField;
  units: readonly Unit[];
  problem: FieldProblem | undefined;
  standard: string;
  onChange(field: TouchField): void;
}) {
  const { number, field, units, problem, standard, onChange } = props;
  const { t } = useLanguage();
  const id = useId();
  const isSpan = field.kind === 'inShift';
  return (
    <fieldset className="timer-touch">
      <legend>{t('timers.touch', { number })}</legend>
      {field.kind === 'before' && <span>{t('timers.before')}</span>}
      {field.kind === 'share' && <span>{t('timers.share')}</span>}
      <input
        className="input timer-figure"
        inputMode="decimal"
        aria-label={isSpan ? t('timers.from') : t('timers.touch', { number })}
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint`}
        value={field.value}
        onChange={({ target }) => onChange({ ...field, value: target.value })}
      />
      {isSpan && (
        <>
          –
          <input
            className="input timer-figure"
            inputMode="decimal"
            aria-label={t('timers.to')}
            aria-invalid={problem !== undefined}
            value={field.to}
            onChange={({ target }) => onChange({ ...field, to: target.value })}
          />
        </>
      )}
      {units.length > 1 ? (
        <select
          className="input"
          aria-label={t('timers.unit')}
          value={field.unit}
          onChange={({ target }) => onChange(withUnit(field, target.value as Unit))}
        >
          {units.map((unit) => (
            <option key={unit} value={unit}>
              {t(`timers.unit.${unit}`)}
            </option>
          ))}
        </select>
      ) : (
        <span>{t(`timers.unit.${field.unit}`)}</span>
      )}
      <span id={`${id}-hint`} className={problem ? 'settings-problem' : 'faint'} role={problem ? 'alert' : undefined}>
        {problem ? problemWords(problem, t) : t('timers.default', { value: standard })}
      </span>
    </fieldset>
  );
}

function problemWords(problem: FieldProblem, t: ReturnType<typeof useLanguage>['t']): string {
  if (problem.kind === 'number') return t('timers.notNumber');
  return problem.kind === 'order' ? t('timers.order') : t('timers.range', { min: problem.min, max: problem.max });
}

function Figure({
  label,
  value,
  span,
  onChange,
}: {
  label: string;
  value: string;
  span: { min: number; max: number } | undefined;
  onChange(value: string): void;
}) {
  const { t } = useLanguage();
  const id = useId();
  if (!span) return null;
  return (
    <div className="settings-field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="input timer-figure"
        type="number"
        min={span.min}
        max={span.max}
        step={1}
        required
        aria-describedby={`${id}-hint`}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <span id={`${id}-hint`} className="faint">
        {t('timers.range', { min: span.min, max: span.max })}
      </span>
    </div>
  );
}

function ScheduleField({
  schedule,
  bounds,
  onChange,
}: {
  schedule: Schedule;
  bounds: TimerView['bounds'];
  onChange(schedule: Schedule): void;
}) {
  const { t } = useLanguage();
  const id = useId();
  const { from = '', to = '', days } = bounds.schedule ?? {};
  if (schedule.kind === 'everyDays' && days) {
    return (
      <Figure
        label={t('timers.everyDays')}
        value={String(schedule.days)}
        span={days}
        onChange={(value) => onChange({ ...schedule, days: Number(value) })}
      />
    );
  }
  if (schedule.kind === 'weekly') {
    return (
      <div className="settings-field">
        <label htmlFor={id}>{t('timers.weekly')}</label>
        <select
          id={id}
          className="input"
          value={schedule.weekday}
          onChange={({ target }) => onChange({ ...schedule, weekday: Number(target.value) as typeof schedule.weekday })}
        >
          {([1, 2, 3, 4, 5, 6, 7] as const).map((day) => (
            <option key={day} value={day}>
              {t(`timers.weekday.${day}`)}
            </option>
          ))}
        </select>
      </div>
    );
  }
  if (schedule.kind !== 'daily') return null;
  const shifts = (['shift_start', 'shift_end'] as const).filter((at) =>
    at === 'shift_end' ? to > '12:00' : from < '12:00',
  );
  const isClock = schedule.at !== 'shift_start' && schedule.at !== 'shift_end';
  return (
    <div className="settings-fields">
      <div className="settings-field">
        <label htmlFor={id}>{t('timers.daily')}</label>
        <select
          id={id}
          className="input"
          value={isClock ? 'clock' : schedule.at}
          onChange={({ target }) =>
            onChange({ ...schedule, at: (target.value === 'clock' ? from : target.value) as typeof schedule.at })
          }
        >
          {shifts.map((at) => (
            <option key={at} value={at}>
              {t(`timers.${at}`)}
            </option>
          ))}
          <option value="clock">{t('timers.atClock')}</option>
        </select>
      </div>
      {isClock && (
        <input
          type="time"
          className="input"
          aria-label={t('timers.atClock')}
          min={from}
          max={to}
          required
          value={schedule.at}
          onChange={({ target }) => onChange({ ...schedule, at: target.value as typeof schedule.at })}
        />
      )}
    </div>
  );
}
