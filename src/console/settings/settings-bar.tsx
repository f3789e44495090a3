import type { AgentSelf } from '../../protocol/records.ts';
import { useLanguage } from '../i18n/language.tsx';
import type { Changes } from '../library/use-changes.ts';
import { PageBar } from '../parts/page-bar.tsx';
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
  const pages = self.role === 'supervisor' ? SETTINGS_PAGES : [];
  const tabs = pages.map(({ name, title }) => ({ href: `#/${name}`, label: t(title), isCurrent: name === page }));
  return (
    <PageBar
      title={t('settings.title')}
      tabs={tabs}
      self={self}
      here="/settings"
      connection={changes}
      onSignedOut={onSignedOut}
    />
  );
}
