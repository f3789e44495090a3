import type { KeyboardEvent } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { useComposer, useDeskState } from '../desk-context.tsx';
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
  const composer = useComposer();

  /** Leads back to the draft; what a popover or a filled field does with Escape is its own. */
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.key !== 'Escape' || event.defaultPrevented || event.nativeEvent.isComposing) return;
    if (event.currentTarget.contains(event.target as Node)) composer.current?.focus();
  }

  return (
    <aside className="side-pane" aria-label={t('side.title')} onKeyDown={onKeyDown}>
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
