import { useEffect, useState } from 'react';
import type { AgentSelf } from '../../protocol/records.ts';
import { deskApi } from '../desk/store/desk-api.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { ConnectionState } from '../parts/connection-state.tsx';
import { Icon } from '../parts/icons.tsx';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { SignInForm } from '../parts/sign-in-form.tsx';
import { AgentTable, ScriptTable } from './counter-tables.tsx';
import { CounterTiles } from './counter-tiles.tsx';
import { useCounters } from './use-counters.ts';
import { WaitingList } from './waiting-list.tsx';

/** The supervisor's page: the desk at this moment, and today so far. */
export function SupervisorApp({ socketUrl }: { socketUrl: string }) {
  const { t } = useLanguage();
  const [self, setSelf] = useState<AgentSelf | null>();
  useEffect(() => {
    deskApi.session().then(setSelf, () => setSelf(null));
  }, []);
  useEffect(() => {
    document.title = `${t('supervisor.title')} · ${t('product')}`;
  }, [t]);
  if (self === undefined) return <p className="empty">{t('loading')}</p>;
  if (self === null) return <SignInForm onSignedIn={setSelf} />;
  return <Board self={self} socketUrl={socketUrl} onSignedOut={() => setSelf(null)} />;
}

function Board({ self, socketUrl, onSignedOut }: { self: AgentSelf; socketUrl: string; onSignedOut(): void }) {
  const { t } = useLanguage();
  const { counters, conversations, problem, socket, retry } = useCounters(socketUrl);
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
        <a className="button button-quiet" href="/console">
          <Icon name="chat" /> {t('supervisor.toConsole')}
        </a>
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
            <CounterTiles counters={counters} />
            <div className="board-columns">
              <WaitingList conversations={conversations} />
              <AgentTable agents={counters.agents} />
            </div>
            <ScriptTable counters={counters} />
          </>
        )}
      </main>
    </div>
  );
}
