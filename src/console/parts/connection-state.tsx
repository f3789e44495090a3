import type { SocketState } from '../client/socket-state.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from './action-button.tsx';
import { useNow } from './use-now.ts';
import './connection.css';

/** Says whether the page is connected; nothing but a dot while all is well. */
export function ConnectionState({ state, onRetry }: { state: SocketState; onRetry(): void }) {
  const { t } = useLanguage();
  return (
    <span className={`connection connection-${state.phase}`} role="status">
      <span className={state.phase === 'online' ? 'dot dot-on' : 'dot dot-off'} aria-hidden="true" />
      {state.phase === 'waiting' ? <Countdown retryAt={state.retryAt} /> : t(`connection.${state.phase}`)}
      {state.phase === 'waiting' && (
        <ActionButton look="link" onPress={onRetry}>
          {t('connection.retry')}
        </ActionButton>
      )}
      {state.phase === 'ended' && state.because !== 'stopped' && t(`connection.${state.because}`)}
    </span>
  );
}

function Countdown({ retryAt }: { retryAt: number }) {
  const { t } = useLanguage();
  const seconds = Math.max(0, Math.ceil((retryAt - useNow()) / 1000));
  return <span aria-live="off">{t('connection.waiting', { seconds })}</span>;
}
