import { type KeyboardEvent, useId, useState } from 'react';
import type { Approval } from '../../../protocol/library.ts';
import { formatMoment } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Countdown } from '../../parts/countdown.tsx';
import { Icon } from '../../parts/icons.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useDeskState } from '../desk-context.tsx';
import type { ApprovalState } from './use-approval.ts';

const MOST_REASON = 500;

/** Under a blocked draft: the way to the supervisor, and what became of it. */
export function ApprovalPanel({
  approval,
  mayAsk,
  onLeave,
}: {
  approval: ApprovalState;
  mayAsk: boolean;
  /** The focus goes back to the draft. */
  onLeave(): void;
}) {
  const { t } = useLanguage();
  const online = useDeskState((state) => state.socket.phase === 'online');
  const { latest, isAsking } = approval;
  const isOpen = latest?.state === 'asked' || approval.grantId !== undefined;
  const isAnswered = latest !== undefined && latest.state !== 'used';
  return (
    <div className="approval">
      <div className="approval-state" role="status" aria-live="polite" aria-label={t('approval.title')}>
        {!mayAsk && <span className="approval-never">{t('approval.never')}</span>}
        {mayAsk && latest && latest.state !== 'used' && (latest.state !== 'granted' || isOpen) && (
          <ApprovalLine approval={latest} />
        )}
      </div>
      {/* Beside the line that is read out, for it changes every second. */}
      {mayAsk && latest?.state === 'asked' && <Countdown until={latest.answerBy} />}
      {mayAsk && !isOpen && !isAsking && (
        <ActionButton look="quiet" isDisabled={!online} onPress={approval.begin}>
          <Icon name="hand" size={14} /> {t(isAnswered ? 'approval.again' : 'approval.ask')} <kbd>Alt+A</kbd>
        </ActionButton>
      )}
      {mayAsk && !isOpen && isAsking && <ReasonForm approval={approval} onLeave={onLeave} />}
    </div>
  );
}

function ReasonForm({ approval, onLeave }: { approval: ApprovalState; onLeave(): void }) {
  const { t } = useLanguage();
  const id = useId();
  const [reason, setReason] = useState('');
  const [sending, setSending] = useState(false);

  async function submit(): Promise<void> {
    if (reason.trim() === '' || sending) return;
    setSending(true);
    const asked = await approval.ask(reason.trim());
    setSending(false);
    if (asked) onLeave();
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter') {
      // The field stands in the composer's form, which must not be sent by it.
      event.preventDefault();
      void submit();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      approval.cancel();
      onLeave();
    }
  }

  return (
    <div className="approval-form">
      <label htmlFor={id}>{t('approval.reason')}</label>
      <input
        id={id}
        className="input"
        ref={focusOnce}
        maxLength={MOST_REASON}
        placeholder={t('approval.reasonHint')}
        value={reason}
        onChange={({ target }) => setReason(target.value)}
        onKeyDown={onKeyDown}
      />
      <ActionButton look="main" isDisabled={reason.trim() === '' || sending} onPress={() => void submit()}>
        {t('approval.submit')} <kbd>Enter</kbd>
      </ActionButton>
      <ActionButton
        look="quiet"
        onPress={() => {
          approval.cancel();
          onLeave();
        }}
      >
        {t('approval.cancel')} <kbd>Esc</kbd>
      </ActionButton>
    </div>
  );
}

/** The agent asked for the field by key or press. */
function focusOnce(field: HTMLInputElement | null): void {
  field?.focus();
}

function ApprovalLine({ approval }: { approval: Approval }) {
  const { t, language } = useLanguage();
  const now = useNow();
  const who = approval.decidedBy?.name ?? '';
  const note = approval.decisionNote && <q className="approval-note">{approval.decisionNote}</q>;
  switch (approval.state) {
    case 'asked':
      return (
        <span className="approval-asked">
          <Icon name="clock" size={13} />{' '}
          {t('approval.asked', { when: formatMoment(approval.answerBy, now, language) })}
        </span>
      );
    case 'granted':
      return (
        <span className="approval-granted">
          <Icon name="check" size={13} /> {t('approval.granted', { who })} {note}
        </span>
      );
    case 'refused':
      return (
        <span className="approval-refused">
          <Icon name="close" size={13} /> {t('approval.refused', { who })} {note}
        </span>
      );
    default:
      return <span className="faint">{t('approval.expired')}</span>;
  }
}
