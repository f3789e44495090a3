import { useId, useState } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useSettings } from '../settings-context.tsx';
import { SaveProblem, useSave } from '../use-save.tsx';
import { TextArea } from './schedule-card.tsx';
import { readDays, writeDays } from './schedule-text.ts';

/** Days on which nobody is there: no shift, no working day. @see FR-09 */
export function ClosedDaysCard() {
  const { t } = useLanguage();
  const { settings, save } = useSettings();
  const id = useId();
  const [edited, setEdited] = useState<string>();
  const { problem, setProblem, attempt } = useSave();
  const text = edited ?? writeDays((settings.parts.closedDays ?? []) as string[]);

  async function onSave(): Promise<void> {
    const days = readDays(text);
    if ('line' in days) setProblem(t('schedule.badLine', { field: t('schedule.closedDays'), line: days.line }));
    else if (await attempt(() => save('closedDays', days))) setEdited(undefined);
  }

  return (
    <section className="settings-card">
      <h2>{t('schedule.closedDays')}</h2>
      <form
        className="schedule-form"
        onSubmit={(event) => {
          event.preventDefault();
          void onSave();
        }}
      >
        <TextArea
          id={id}
          label={t('schedule.closedDaysWhich')}
          hint={t('schedule.closedDaysHint')}
          value={text}
          onChange={setEdited}
        />
        <div>
          <ActionButton type="submit" look="main" isDisabled={edited === undefined}>
            {t('settings.save')}
          </ActionButton>
        </div>
        <SaveProblem problem={problem} />
      </form>
    </section>
  );
}
