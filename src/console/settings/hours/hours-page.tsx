import { useId, useState } from 'react';
import type { SettingsPart } from '../../../protocol/settings.ts';
import { useLanguage } from '../../i18n/language.tsx';
import type { MessageKey } from '../../i18n/zh.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { useSettings } from '../settings-context.tsx';
import { useSave } from '../use-save.tsx';
import { ClosedDaysCard } from './closed-days-card.tsx';
import { ScheduleCard } from './schedule-card.tsx';

/** When the shop is open, when nobody is written to, and by when a message left at night is answered. */
export function HoursPage() {
  const { t } = useLanguage();
  return (
    <>
      <section className="settings-card">
        <h2>{t('settings.hours')}</h2>
        <p className="faint">{t('settings.hoursLead')}</p>
        <div className="settings-fields">
          <TextPart part="hours" label="settings.hours.hours" hint="09:00-22:00" />
          <TextPart part="quietHours" label="settings.hours.quiet" hint="22:00-09:00" />
          <TextPart part="replyByHour" label="settings.hours.replyBy" hint="10:00" />
        </div>
      </section>
      <ScheduleCard />
      <ClosedDaysCard />
    </>
  );
}

/** One part that is a text; saved with Enter or on leaving the field. */
function TextPart({ part, label, hint }: { part: SettingsPart; label: MessageKey; hint: string }) {
  const { t } = useLanguage();
  const { settings, save } = useSettings();
  const id = useId();
  const saved = String(settings.parts[part] ?? '');
  const [edited, setEdited] = useState<string>();
  const { problem, setProblem, attempt } = useSave();
  const text = edited ?? saved;

  async function onSave(): Promise<void> {
    if (edited === undefined || edited.trim() === saved) {
      setEdited(undefined);
      setProblem(undefined);
      return;
    }
    const text = edited.trim();
    if (await attempt(() => save(part, text === '' ? undefined : text))) setEdited(undefined);
  }

  return (
    <form
      className="settings-field"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave();
      }}
    >
      <label htmlFor={id}>{t(label)}</label>
      <span className="settings-fields">
        <input
          id={id}
          className="input"
          value={text}
          placeholder={hint}
          aria-invalid={problem !== undefined}
          aria-describedby={problem === undefined ? undefined : `${id}-problem`}
          onChange={({ target }) => setEdited(target.value)}
        />
        {edited !== undefined && edited !== saved && <ActionButton type="submit">{t('settings.save')}</ActionButton>}
      </span>
      {problem !== undefined && (
        <span id={`${id}-problem`} className="settings-problem" role="alert">
          {problem}
        </span>
      )}
    </form>
  );
}
