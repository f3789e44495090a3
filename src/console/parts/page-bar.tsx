import type { AgentSelf } from '../../protocol/records.ts';
import type { SocketState } from '../client/socket-state.ts';
import { deskApi } from '../desk/store/desk-api.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from './action-button.tsx';
import { ConnectionState } from './connection-state.tsx';
import { Icon } from './icons.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { PageLinks } from './page-links.tsx';

/** The bar above a page with tabs: its tabs, the connection, the other pages of the desk. */
export function PageBar({
  title,
  tabs,
  self,
  here,
  connection,
  onSignedOut,
}: {
  title: string;
  /** None: no tabs are shown. */
  tabs: readonly { href: string; label: string; isCurrent: boolean }[];
  self: AgentSelf;
  here: Parameters<typeof PageLinks>[0]['here'];
  connection: { socket: SocketState; retry(): void };
  onSignedOut(): void;
}) {
  const { t } = useLanguage();

  async function signOut(): Promise<void> {
    await deskApi.signOut();
    onSignedOut();
  }

  return (
    <header className="library-bar">
      <h1>{title}</h1>
      {tabs.length > 0 && (
        <nav className="library-tabs" aria-label={title}>
          {tabs.map(({ href, label, isCurrent }) => (
            <a key={href} href={href} aria-current={isCurrent ? 'page' : undefined}>
              {label}
            </a>
          ))}
        </nav>
      )}
      <ConnectionState state={connection.socket} onRetry={connection.retry} />
      <span className="library-self">
        {self.name} <span className="faint">{t(`role.${self.role}`)}</span>
      </span>
      <PageLinks self={self} here={here} />
      <LanguageSwitch />
      <ActionButton look="icon" aria-label={t('signOut')} tip={t('signOut')} onPress={() => void signOut()}>
        <Icon name="door" />
      </ActionButton>
    </header>
  );
}
