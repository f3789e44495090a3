import { memo, useState } from 'react';
import type { Message } from '../../../protocol/records.ts';
import type { Analysis } from '../../../protocol/turn.ts';
import { formatClock } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useDeskState } from '../desk-context.tsx';
import { AnalysisNote } from './analysis-note.tsx';

/** One recorded message; what the machine understood of it is shown on demand. */
export const MessageBubble = memo(function MessageBubble({
  message,
  analysis,
  isLastOfBuyer,
  continues,
}: {
  message: Message;
  analysis: Analysis | undefined;
  isLastOfBuyer: boolean;
  /** Follows a message of the same side within a minute: drawn closer. */
  continues: boolean;
}) {
  const { t, language } = useLanguage();
  const [open, setOpen] = useState(false);
  return (
    <li className={`message message-${message.from}${continues ? ' message-continues' : ''}`}>
      <div className="bubble">{message.text}</div>
      <div className="message-foot">
        <Origin message={message} />
        <time dateTime={new Date(message.sentAt).toISOString()} className="figures">
          {formatClock(message.sentAt, language)}
        </time>
        {message.from === 'buyer' && analysis && (
          <ActionButton
            look="link"
            className={isLastOfBuyer ? 'message-why' : 'message-why message-why-old'}
            aria-expanded={open}
            onPress={() => setOpen(!open)}
          >
            {t('analysis.show')}
          </ActionButton>
        )}
      </div>
      {open && analysis && <AnalysisNote analysis={analysis} />}
    </li>
  );
});

/** Who or what wrote it. */
function Origin({ message }: { message: Message }) {
  const { t } = useLanguage();
  const author = useDeskState((state) => (message.agentId ? state.catalogue.agents.get(message.agentId) : undefined));
  const selfId = useDeskState((state) => state.self?.id);
  if (message.from === 'auto') {
    return (
      <span className="badge badge-amber">
        {t('message.auto')} {message.script && <span className="code">{message.script.id}</span>}
      </span>
    );
  }
  if (message.from !== 'agent') return null;
  return (
    <>
      {message.agentId !== selfId && author && <span>{author}</span>}
      {message.script && (
        <span className="code" title={t('message.fromScript')}>
          {message.script.id}
        </span>
      )}
    </>
  );
}
