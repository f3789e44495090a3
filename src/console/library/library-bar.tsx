import { useLanguage } from '../i18n/language.tsx';
import { PageBar } from '../parts/page-bar.tsx';
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
  const tabs = pages.map((name) => ({
    href: writeAddress({ ...firstAddress, page: name }),
    label: t(`library.page.${name}`),
    isCurrent: name === page,
  }));
  return (
    <PageBar
      title={t('library.title')}
      tabs={tabs}
      self={self}
      here="/library"
      connection={changes}
      onSignedOut={onSignedOut}
    />
  );
}
