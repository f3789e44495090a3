import { useId, useState } from 'react';
import type { LearningSettings } from '../../../protocol/learning.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useSettings } from '../settings-context.tsx';
import { useSave } from '../use-save.tsx';

/** Whether outcomes move the ranking, and for which share of conversations they do not. */
export function LearningSettingsCard({ settings }: { settings: LearningSettings }) {
  const { t } = useLanguage();
  const { save } = useSettings();
  const id = useId();
  const [enabled, setEnabled] = useState(settings.enabled);
  const [percent, setPercent] = useState(String(Math.round(settings.holdOutShare * 100)));
  const { problem, setProblem, attempt } = useSave();

  async function onSave(): Promise<void> {
    const share = Number(percent) / 100;
    if (percent.trim() === '' || !(share >= 0 && share <= 0.5)) {
      setProblem(t('learning.holdOutWrong'));
      return;
    }
    await attempt(() => save('learning', { enabled, holdOutShare: share }));
  }

  return (
    <form
      className="settings-card"
      onSubmit={(event) => {
        event.preventDefault();
        void onSave();
      }}
    >
      <h2>{t('learning.title')}</h2>
      <p className="faint">{t('learning.lead')}</p>
      <label className="learning-switch">
        <input type="checkbox" checked={enabled} onChange={({ target }) => setEnabled(target.checked)} />{' '}
        {t('learning.enabled')}
      </label>
      <div className="settings-field">
        <label htmlFor={id}>{t('learning.holdOut')}</label>
        <span className="settings-fields">
          <input
            id={id}
            className="input learning-percent"
            inputMode="numeric"
            value={percent}
            aria-invalid={problem !== undefined}
            aria-describedby={`${id}-hint`}
            onChange={({ target }) => setPercent(target.value)}
          />
          <ActionButton type="submit">{t('settings.save')}</ActionButton>
        </span>
        <span id={`${id}-hint`} className={problem === undefined ? 'faint' : 'settings-problem'}>
          {problem ?? t('learning.holdOutHint')}
        </span>
        {problem !== undefined && (
          <span className="visually-hidden" role="alert">
            {problem}
          </span>
        )}
      </div>
    </form>
  );
}
