import { useEffect } from 'react';
import type { AgentSelf } from '../../protocol/records.ts';
import { deskApi } from '../desk/store/desk-api.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { ConnectionState } from '../parts/connection-state.tsx';
import { Icon } from '../parts/icons.tsx';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { PageLinks } from '../parts/page-links.tsx';
import { SessionGate } from '../parts/session-gate.tsx';
import { ApprovalQueue } from './approval-queue.tsx';
import { ClockBoard } from './clock-board.tsx';
import { AgentTable, ScriptTable } from './counter-tables.tsx';
import { CounterTiles } from './counter-tiles.tsx';
import { DiscountQueue } from './discount-queue.tsx';
import { TeachingSection } from './teaching-section.tsx';
import { useCounters } from './use-counters.ts';
import { WaitingList } from './waiting-list.tsx';

/** The supervisor's page: the desk at this moment, and today so far. */
export function SupervisorApp({ socketUrl }: { socketUrl: string }) {
  const { t } = useLanguage();
  useEffect(() => {
    document.title = `${t('supervisor.title')} · ${t('product')}`;
  }, [t]);
  return <SessionGate>{(self, leave) => <Board self={self} socketUrl={socketUrl} onSignedOut={leave} />}</SessionGate>;
}

function Board({ self, socketUrl, onSignedOut }: { self: AgentSelf; socketUrl: string; onSignedOut(): void }) {
  const { t } = useLanguage();
  const {
    counters,
    conversations,
    problem,
    socket,
    readAt,
    retry,
    approvals,
    discounts,
    dropDiscount,
    watchTeaching,
    decide,
  } = useCounters(socketUrl);
  useEffect(() => {
    if (problem === 'signed_out') onSignedOut();
  }, [problem, onSignedOut]);

  async function signOut(): Promise<void> {
    await deskApi.signOut();
    onSignedOut();
  }

  return (
    <div className="board">
      <header className="board-bar">
        <h1>{t('supervisor.title')}</h1>
        <span className="faint">{self.shopName}</span>
        <ConnectionState state={socket} onRetry={retry} />
        <PageLinks self={self} here="/supervisor" />
        <LanguageSwitch />
        <ActionButton look="icon" aria-label={t('signOut')} tip={t('signOut')} onPress={() => void signOut()}>
          <Icon name="door" />
        </ActionButton>
      </header>
      <main className="board-main">
        {problem === 'forbidden' && <p className="board-problem">{t('supervisor.forbidden')}</p>}
        {problem === 'unreachable' && <p className="board-problem">{t('supervisor.unreachable')}</p>}
        {!counters && problem === undefined && <p className="empty">{t('loading')}</p>}
        {counters && (
          <>
            {counters.warnings.map(({ kind, years }) => (
              <p key={kind} className="board-problem" role="status">
                {t(`supervisor.${kind}`, { years: years.join(', ') })}
              </p>
            ))}
            <ApprovalQueue approvals={approvals} selfId={self.id} decide={decide} />
            <DiscountQueue discounts={discounts} selfId={self.id} onDecided={dropDiscount} />
            <CounterTiles counters={counters} />
            <ClockBoard readAt={readAt} />
            <div className="board-columns">
              <WaitingList conversations={conversations} />
              <AgentTable agents={counters.agents} />
            </div>
            <ScriptTable counters={counters} />
            <TeachingSection watch={watchTeaching} />
          </>
        )}
      </main>
    </div>
  );
}
