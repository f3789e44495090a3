import { useLanguage } from '../../i18n/language.tsx';
import { useDeskState } from '../desk-context.tsx';
import { activeThread } from '../store/select.ts';
import { BuyerCard } from './buyer-card.tsx';
import { FollowUpList } from './follow-up-list.tsx';
import { OrderList } from './order-list.tsx';
import { PriceCard } from './price-card.tsx';
import { RecordCard } from './records/record-card.tsx';
import { ScriptSearch } from './script-search.tsx';

/** The right pane: the buyer, their orders, what is planned, and the script library. */
export function SidePane() {
  const { t } = useLanguage();
  const thread = useDeskState(activeThread);
  const conversationId = useDeskState((state) => state.activeId);
  return (
    <aside className="side-pane" aria-label={t('side.title')}>
      {thread?.buyer && conversationId !== undefined && (
        <BuyerCard conversationId={conversationId} buyer={thread.buyer} />
      )}
      {thread?.status === 'ready' && <OrderList orders={thread.orders} />}
      {thread?.status === 'ready' && conversationId !== undefined && (
        <PriceCard key={conversationId} conversationId={conversationId} />
      )}
      {thread?.status === 'ready' && conversationId !== undefined && (
        <RecordCard key={`records ${conversationId}`} conversationId={conversationId} />
      )}
      {thread?.status === 'ready' && <FollowUpList followUps={thread.followUps} />}
      {conversationId !== undefined && <ScriptSearch conversationId={conversationId} />}
    </aside>
  );
}
