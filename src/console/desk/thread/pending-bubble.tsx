import type { PendingMessage } from '../../client/thread.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import { useDesk } from '../desk-context.tsx';

/** A reply on its way: sending, sent, or failed and ready to be tried again. */
export function PendingBubble({ pending }: { pending: PendingMessage }) {
  const { t } = useLanguage();
  const desk = useDesk();
  return (
    <li className={`message message-agent message-${pending.state}`}>
      <div className="bubble">{pending.text}</div>
      <div className="message-foot">
        {pending.state === 'failed' ? (
          <>
            <span className="badge badge-red">{t('message.failed')}</span>
            <ActionButton look="link" onPress={() => void desk.retry(pending.id)}>
              <Icon name="retry" size={13} /> {t('message.retry')}
            </ActionButton>
          </>
        ) : (
          <span>{t(pending.state === 'sent' ? 'message.sent' : 'message.sending')}</span>
        )}
      </div>
    </li>
  );
}
