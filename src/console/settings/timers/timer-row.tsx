import { useId, useState } from 'react';
import type { TimerSetting, TimerView } from '../../../protocol/timers.ts';
import { HttpError } from '../../client/http.ts';
import { useLanguage } from '../../i18n/language.tsx';
import type { MessageKey } from '../../i18n/zh.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { ruleName } from '../../parts/follow-up-words.ts';
import { delayWords, scheduleWords } from './delay-words.ts';
import { TimerEditor } from './timer-editor.tsx';
import { formOf, isChanged, settingOf } from './timer-form.ts';
import { TimerStart } from './timer-start.tsx';

type Change = (setting: TimerSetting | undefined) => Promise<void>;

/** One timer: its switch, when it runs, what is planned by it, and on demand its figures. */
export function TimerRow({ timer, onChange }: { timer: TimerView; onChange: Change }) {
  const { t } = useLanguage();
  const id = useId();
  const [editing, setEditing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const name = ruleName(timer.id, t);

  async function change(setting: TimerSetting | undefined): Promise<boolean> {
    setBusy(true);
    try {
      await onChange(setting);
      setProblem(undefined);
      return true;
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      setProblem(error.message);
      return false;
    } finally {
      setBusy(false);
    }
  }
  const toggle = () => void change(settingOf(formOf(timer), { ...timer, enabled: !timer.enabled }));

  return (
    <article className={timer.enabled ? 'timer' : 'timer timer-off'} aria-labelledby={`${id}-name`}>
      <div className="timer-head">
        <input
          type="checkbox"
          role="switch"
          aria-checked={timer.enabled}
          className="timer-switch"
          aria-label={t('timers.enabled', { name })}
          checked={timer.enabled}
          disabled={busy}
          onChange={toggle}
        />
        <h4 id={`${id}-name`}>{name}</h4>
        <span className="faint timer-when">{whenWords(timer, t)}</span>
        {isChanged(timer) && <span className="badge badge-amber">{t('timers.changed')}</span>}
        {timer.planned > 0 && <span className="badge badge-blue">{t('timers.planned', { count: timer.planned })}</span>}
        {isChanged(timer) && (
          <ActionButton
            look="link"
            isDisabled={busy}
            aria-label={t('timers.standardOf', { name })}
            onPress={() => void change(undefined)}
          >
            {t('timers.standard')}
          </ActionButton>
        )}
        <ActionButton
          look="quiet"
          aria-expanded={editing}
          aria-label={t('timers.edit', { name })}
          onPress={() => setEditing(!editing)}
        >
          {t('timers.editShort')}
        </ActionButton>
      </div>
      {editing && (
        <>
          <Facts timer={timer} />
          <TimerEditor
            key={JSON.stringify(timer.running)}
            timer={timer}
            busy={busy}
            onSave={async (setting) => {
              if (await change(setting)) setEditing(false);
            }}
            onCancel={() => setEditing(false)}
          />
        </>
      )}
      {timer.enabled && timer.running.schedule?.kind === 'byPeople' && <TimerStart id={timer.id} name={name} />}
      {problem !== undefined && (
        <p className="settings-problem" role="alert">
          {problem}
        </p>
      )}
    </article>
  );
}

function whenWords({ running }: TimerView, t: ReturnType<typeof useLanguage>['t']): string {
  if (running.schedule) return scheduleWords(running.schedule, t);
  return [...new Set(running.touches.map((delay) => delayWords(delay, t)))].join('；');
}

/** What cannot be changed: what starts it, who does it, where it comes from. */
function Facts({ timer }: { timer: TimerView }) {
  const { t, language } = useLanguage();
  return (
    <dl className="timer-facts">
      <dt>{t('timers.trigger')}</dt>
      <dd>
        {timer.title[language]}
        {timer.trigger.length > 0 &&
          `（${timer.trigger.map((type) => t(`cause.${type}` as MessageKey)).join(language === 'zh' ? '、' : ', ')}）`}
      </dd>
      <dt>{t('timers.who')}</dt>
      <dd>{timer.modes.map((mode) => t(`way.${mode}`)).join(' / ')}</dd>
      <dt>{t('timers.source')}</dt>
      <dd>
        <span className="code">{timer.id}</span> {timer.source.join('；')}
      </dd>
    </dl>
  );
}
