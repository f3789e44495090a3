import { deskApi } from '../desk/store/desk-api.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { ConnectionState } from '../parts/connection-state.tsx';
import { Icon } from '../parts/icons.tsx';
import { LanguageSwitch } from '../parts/language-switch.tsx';
import { PageLinks } from '../parts/page-links.tsx';
import { firstAddress, type PageName, writeAddress } from './address.ts';
import { useLibrary } from './library-context.tsx';

/** The bar above: the library's pages, the connection, the other pages of the desk. */
export function LibraryBar({
  page,
  pages,
  onSignedOut,
}: {
  page: PageName;
  pages: readonly PageName[];
  onSignedOut(): void;
}) {
  const { t } = useLanguage();
  const { self, changes } = useLibrary();

  async function signOut(): Promise<void> {
    await deskApi.signOut();
    onSignedOut();
  }

  return (
    <header className="library-bar">
      <h1>{t('library.title')}</h1>
      <nav className="library-tabs" aria-label={t('library.title')}>
        {pages.map((name) => (
          <a
            key={name}
            href={writeAddress({ ...firstAddress, page: name })}
            aria-current={name === page ? 'page' : undefined}
          >
            {t(`library.page.${name}`)}
          </a>
        ))}
      </nav>
      <ConnectionState state={changes.socket} onRetry={changes.retry} />
      <span className="library-self">
        {self.name} <span className="faint">{t(`role.${self.role}`)}</span>
      </span>
      <PageLinks self={self} here="/library" />
      <LanguageSwitch />
      <ActionButton look="icon" aria-label={t('signOut')} tip={t('signOut')} onPress={() => void signOut()}>
        <Icon name="door" />
      </ActionButton>
    </header>
  );
}
