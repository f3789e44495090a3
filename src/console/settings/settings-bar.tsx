import type { AgentSelf } from '../../protocol/records.ts';
import { deskApi } from '../desk/store/desk-api.ts';
import { useLanguage } from '../i18n/language.tsx';
import type { Changes } from '../library/use-changes.ts';
import { ActionButton } from '../parts/action-button.tsx';
import { ConnectionState } from '../parts/connection-state.tsx';
import { Icon } from '../parts/icons.tsx';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { PageLinks } from '../parts/page-links.tsx';
import { SETTINGS_PAGES } from './settings-pages.ts';

/** The bar above: the settings' pages, the connection, the other pages of the desk. */
export function SettingsBar({
  self,
  page,
  changes,
  onSignedOut,
}: {
  self: AgentSelf;
  page: string;
  changes: Changes;
  onSignedOut(): void;
}) {
  const { t } = useLanguage();

  async function signOut(): Promise<void> {
    await deskApi.signOut();
    onSignedOut();
  }

  return (
    <header className="library-bar">
      <h1>{t('settings.title')}</h1>
      {self.role === 'supervisor' && (
        <nav className="library-tabs" aria-label={t('settings.title')}>
          {SETTINGS_PAGES.map(({ name, title }) => (
            <a key={name} href={`#/${name}`} aria-current={name === page ? 'page' : undefined}>
              {t(title)}
            </a>
          ))}
        </nav>
      )}
      <ConnectionState state={changes.socket} onRetry={changes.retry} />
      <span className="library-self">
        {self.name} <span className="faint">{t(`role.${self.role}`)}</span>
      </span>
      <PageLinks self={self} here="/settings" />
      <LanguageSwitch />
      <ActionButton look="icon" aria-label={t('signOut')} tip={t('signOut')} onPress={() => void signOut()}>
        <Icon name="door" />
      </ActionButton>
    </header>
  );
}
