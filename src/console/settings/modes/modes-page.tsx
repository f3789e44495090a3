import { useId, useMemo, useState } from 'react';
import type { Modes } from '../../../protocol/modes.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useSettings } from '../settings-context.tsx';
import { useSave } from '../use-save.tsx';
import { type ModesForm, readForm, writeForm } from './modes-form.ts';
import { ModesTable } from './modes-table.tsx';
import { SpecialRules } from './special-rules.tsx';
import { TryMessage } from './try-message.tsx';
import { PLAIN_MODES, SENDING_MODES } from './vocabulary.ts';

/** Who sends: people, a countdown, or the desk by itself. */
export function ModesPage() {
  const { t } = useLanguage();
  const { settings, save } = useSettings();
  const saved = useMemo(() => readForm((settings.parts.modes as Modes | undefined) ?? PLAIN_MODES), [settings]);
  const [edited, setEdited] = useState<ModesForm>();
  const { problem, attempt } = useSave();
  const form = edited ?? saved;

  async function onSave(): Promise<void> {
    if (await attempt(() => save('modes', writeForm(form)))) setEdited(undefined);
  }

  return (
    <>
      <section className="settings-card">
        <h2>{t('settings.modes')}</h2>
        <p className="faint">{t('modes.lead')}</p>
        <dl className="modes-meaning">
          {SENDING_MODES.map((mode) => (
            <div key={mode}>
              <dt>{t(`modes.mode.${mode}`)}</dt>
              <dd>{t(`modes.meaning.${mode}`)}</dd>
            </div>
          ))}
        </dl>
        <ModesTable form={form} onChange={setEdited} />
        <p className="faint">{t('modes.never')}</p>
        <SpecialRules form={form} onChange={setEdited} />
        <General form={form} onChange={setEdited} />
        {problem !== undefined && (
          <p className="settings-problem" role="alert">
            {problem}
          </p>
        )}
        <div className="settings-fields">
          <ActionButton look="main" isDisabled={!edited} onPress={() => void onSave()}>
            {t('settings.save')}
          </ActionButton>
          {edited && (
            <>
              <ActionButton look="quiet" onPress={() => setEdited(undefined)}>
                {t('modes.revert')}
              </ActionButton>
              <span className="faint">{t('modes.unsaved')}</span>
            </>
          )}
        </div>
      </section>
      <TryMessage />
    </>
  );
}

function General({ form, onChange }: { form: ModesForm; onChange(form: ModesForm): void }) {
  const { t } = useLanguage();
  const id = useId();
  return (
    <>
      <h3>{t('modes.general')}</h3>
      <div className="settings-fields">
        <div className="settings-field">
          <label htmlFor={`${id}-debounce`}>{t('modes.debounce')}</label>
          <span className="settings-number">
            <input
              id={`${id}-debounce`}
              className="input modes-seconds"
              type="number"
              min={1}
              max={60}
              value={form.debounceSec}
              aria-describedby={`${id}-tip`}
              onChange={({ target }) => onChange({ ...form, debounceSec: Number(target.value) })}
            />
            <span id={`${id}-tip`} className="faint">
              {t('modes.debounceTip')}
            </span>
          </span>
        </div>
        <div className="settings-field">
          <label htmlFor={`${id}-away`}>{t('modes.withAway')}</label>
          <select
            id={`${id}-away`}
            className="input"
            value={form.withAway}
            onChange={({ target }) => onChange({ ...form, withAway: target.value as ModesForm['withAway'] })}
          >
            <option value="beside">{t('modes.withAway.beside')}</option>
            <option value="instead">{t('modes.withAway.instead')}</option>
          </select>
        </div>
      </div>
    </>
  );
}
