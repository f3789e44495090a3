import { useId, useState } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx';
import { useSettings } from '../settings-context.tsx';
import { SaveProblem, useSave } from '../use-save.tsx';
import {
  readSchedule,
  type Schedule,
  type ScheduleForm,
  type ScheduleProblem,
  WEEKDAYS,
  writeSchedule,
} from './schedule-text.ts';

/** A week with breaks, public holidays, special days and channels; without it the shop is open at its hours every day. */
export function ScheduleCard() {
  const { t } = useLanguage();
  const { settings, save } = useSettings();
  const saved = settings.parts.schedule as Schedule | undefined;
  const [edited, setEdited] = useState<ScheduleForm>();
  const { problem, setProblem, attempt } = useSave();
  const form = edited ?? (saved && writeSchedule(saved, ''));

  function tell(wrong: ScheduleProblem): string {
    if (wrong.field === 'week') return t('schedule.badDay', { day: t(`schedule.${wrong.day}`) });
    if (wrong.field === 'years') return t('schedule.badYears');
    return t('schedule.badLine', { field: t(`schedule.${wrong.field}`), line: wrong.line });
  }

  async function onSave(form: ScheduleForm): Promise<void> {
    const read = readSchedule(form);
    if ('problem' in read) setProblem(tell(read.problem));
    else if (await attempt(() => save('schedule', read.schedule))) setEdited(undefined);
  }

  return (
    <section className="settings-card">
      <h2>{t('schedule.title')}</h2>
      <p className="faint">{t('schedule.lead')}</p>
      {form ? (
        <form
          className="schedule-form"
          onSubmit={(event) => {
            event.preventDefault();
            void onSave(form);
          }}
        >
          <ScheduleFields form={form} onChange={(part) => setEdited({ ...form, ...part })} />
          <div className="settings-fields">
            <ActionButton type="submit" look="main" isDisabled={edited === undefined}>
              {t('settings.save')}
            </ActionButton>
            {edited !== undefined && (
              <ActionButton
                look="quiet"
                onPress={() => {
                  setEdited(undefined);
                  setProblem(undefined);
                }}
              >
                {t('cancel')}
              </ActionButton>
            )}
            {saved && (
              <ConfirmDialog
                look="quiet"
                label={t('schedule.remove')}
                title={t('schedule.remove')}
                confirm={t('schedule.removeConfirm')}
                onConfirm={async () => {
                  if (await attempt(() => save('schedule', undefined))) setEdited(undefined);
                }}
              >
                {t('schedule.removeWhat')}
              </ConfirmDialog>
            )}
          </div>
          <SaveProblem problem={problem} />
        </form>
      ) : (
        <div>
          <ActionButton onPress={() => setEdited(writeSchedule(undefined, String(settings.parts.hours ?? '')))}>
            {t('schedule.begin')}
          </ActionButton>
        </div>
      )}
    </section>
  );
}

function ScheduleFields({ form, onChange }: { form: ScheduleForm; onChange(part: Partial<ScheduleForm>): void }) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <>
      <fieldset className="schedule-week">
        <legend>{t('schedule.week')}</legend>
        {WEEKDAYS.map((day) => (
          <label key={day}>
            {t(`schedule.${day}`)}
            <input
              className="input"
              value={form.week[day]}
              onChange={({ target }) => onChange({ week: { ...form.week, [day]: target.value } })}
            />
          </label>
        ))}
      </fieldset>
      <p className="faint">{t('schedule.weekHint')}</p>
      <label>
        <input
          type="checkbox"
          checked={form.holidays === 'cn'}
          onChange={({ target }) => onChange({ holidays: target.checked ? 'cn' : 'none' })}
        />{' '}
        {t('schedule.holidays')}
      </label>
      <TextArea
        id={`${id}-dates`}
        label={t('schedule.dates')}
        hint={t('schedule.datesHint')}
        value={form.dates}
        onChange={(dates) => onChange({ dates })}
      />
      {form.holidays === 'cn' && (
        <div className="settings-field">
          <label htmlFor={`${id}-years`}>{t('schedule.years')}</label>
          <input
            id={`${id}-years`}
            className="input"
            value={form.years}
            aria-describedby={`${id}-years-hint`}
            onChange={({ target }) => onChange({ years: target.value })}
          />
          <span id={`${id}-years-hint`} className="faint">
            {t('schedule.yearsHint')}
          </span>
        </div>
      )}
      <TextArea
        id={`${id}-channels`}
        label={t('schedule.channels')}
        hint={t('schedule.channelsHint')}
        value={form.channels}
        onChange={(channels) => onChange({ channels })}
      />
    </>
  );
}

/** A field of several lines, with what may be written in it. */
export function TextArea({
  id,
  label,
  hint,
  value,
  onChange,
}: {
  id: string;
  label: string;
  hint: string;
  value: string;
  onChange(value: string): void;
}) {
  return (
    <div className="settings-field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="input"
        rows={3}
        value={value}
        aria-describedby={`${id}-hint`}
        onChange={({ target }) => onChange(target.value)}
      />
      <span id={`${id}-hint`} className="faint">
        {hint}
      </span>
    </div>
  );
}
