import { useMemo } from 'react';
import type { ConversationSummary } from '../../../protocol/records.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useDesk, useDeskState } from '../desk-context.tsx';
import { SecondsLeft } from './seconds-left.tsx';
import { useStopAutomatic } from './use-stop-automatic.ts';

/** Above the list: texts that leave by themselves in other chats, the soonest first. */
export function OtherCountdowns() {
  const { t } = useLanguage();
  const activeId = useDeskState((state) => state.activeId);
  const conversations = useDeskState((state) => state.conversations);
  const endedSends = useDeskState((state) => state.endedSends);
  const others = useMemo(
    () =>
      Object.values(conversations)
        .filter(({ id, automatic }) => id !== activeId && automatic && endedSends[id]?.id !== automatic.id)
        .sort((a, b) => a.automatic!.dueAt - b.automatic!.dueAt),
    [conversations, endedSends, activeId],
  );
  if (others.length === 0) return null;
  return (
    <section className="countdowns" aria-label={t('automatic.others')}>
      <h3>{t('automatic.others')}</h3>
      <ul>
        {others.map((conversation) => (
          <Other key={conversation.id} conversation={conversation} />
        ))}
      </ul>
    </section>
  );
}

function Other({ conversation: { id, buyerName, automatic } }: { conversation: ConversationSummary }) {
  const { t } = useLanguage();
  const desk = useDesk();
  const stop = useStopAutomatic();
  return (
    <li>
      <ActionButton look="link" onPress={() => desk.open(id)}>
        {buyerName}
      </ActionButton>
      <span className="countdown-text">{automatic!.text}</span>
      <SecondsLeft dueAt={automatic!.dueAt} />
      <ActionButton look="quiet" aria-label={t('automatic.stopFor', { name: buyerName })} onPress={() => void stop(id)}>
        {t('automatic.stop')}
      </ActionButton>
    </li>
  );
}
