import { useId, useState } from 'react';
import { HttpError } from '../../client/http.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useDesk } from '../desk-context.tsx';
import { deskApi } from '../store/desk-api.ts';

/** Says that the buyer does not want to be written to, and lets an agent take that back with a reason. */
export function OptOutMark({ conversationId, scope }: { conversationId: string; scope: 'reminders' | 'all' }) {
  const { t } = useLanguage();
  const desk = useDesk();
  const id = useId();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');

  async function undo(): Promise<void> {
    if (reason.trim() === '') return;
    try {
      await deskApi.allowMarketing(conversationId, reason.trim());
      desk.notify('info', t('optOut.undone'));
      setAsking(false);
      desk.open(conversationId);
    } catch (error) {
      if (!(error instanceof HttpError)) throw error;
      desk.notify('trouble', error.message);
    }
  }

  return (
    <div className="opt-out">
      <span className="badge badge-amber">{t(`optOut.${scope}`)}</span>
      {!asking && (
        <ActionButton look="link" onPress={() => setAsking(true)}>
          {t('optOut.undo')}
        </ActionButton>
      )}
      {asking && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void undo();
          }}
        >
          <p className="faint">{t('optOut.undoLead')}</p>
          <label htmlFor={id}>{t('optOut.reason')}</label>
          <input
            id={id}
            className="input"
            maxLength={500}
            value={reason}
            ref={(field) => field?.focus()}
            onChange={({ target }) => setReason(target.value)}
          />
          <ActionButton type="submit" look="main" isDisabled={reason.trim() === ''}>
            {t('optOut.undo')}
          </ActionButton>
          <ActionButton look="quiet" onPress={() => setAsking(false)}>
            {t('timers.cancel')}
          </ActionButton>
        </form>
      )}
    </div>
  );
}
