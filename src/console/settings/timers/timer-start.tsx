import { useState } from 'react';
import { HttpError } from '../../client/http.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { startTimer } from '../settings-api.ts';
import { useSettings } from '../settings-context.tsx';

const LONGEST_NOTE = 200;

/** Starts a timer that people start: what it is about, and it stands in the task list. */
export function TimerStart({ id, name }: { id: string; name: string }) {
  const { t } = useLanguage();
  const { notify } = useSettings();
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function start(): Promise<void> {
    setBusy(true);
    try {
      await startTimer(id, note.trim());
      setNote('');
      setProblem(undefined);
      notify('info', t('timers.started', { name }));
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      setProblem(error.message);
    } finally {
      setBusy(false);
    }
  }

  return (
    <form
      className="timer-start"
      onSubmit={(event) => {
        event.preventDefault();
        if (note.trim() !== '') void start();
      }}
    >
      <input
        className="input"
        aria-label={t('timers.startNote', { name })}
        placeholder={t('timers.startHint')}
        maxLength={LONGEST_NOTE}
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
      <ActionButton type="submit" isDisabled={busy || note.trim() === ''} aria-label={t('timers.startOf', { name })}>
        {t('timers.start')}
      </ActionButton>
      {problem !== undefined && (
        <p className="settings-problem" role="alert">
          {problem}
        </p>
      )}
    </form>
  );
}
