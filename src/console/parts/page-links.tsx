import type { AgentSelf } from '../../protocol/records.ts';
import { useLanguage } from '../i18n/language.tsx';
import { Icon, type IconName } from './icons.tsx';

const pages = [
  { path: '/console', icon: 'chat', name: 'supervisor.toConsole', supervisor: false },
  { path: '/library', icon: 'book', name: 'library.title', supervisor: false },
  { path: '/supervisor', icon: 'chart', name: 'supervisor.title', supervisor: true },
] as const satisfies readonly { path: string; icon: IconName; name: string; supervisor: boolean }[];

/** The ways to the other pages of the desk. */
export function PageLinks({ self, here }: { self: AgentSelf; here: (typeof pages)[number]['path'] }) {
  const { t } = useLanguage();
  return (
    <nav className="page-links" aria-label={t('pages')}>
      {pages
        .filter(({ path, supervisor }) => path !== here && (!supervisor || self.role === 'supervisor'))
        .map(({ path, icon, name }) => (
          <a key={path} className="button button-quiet" href={path}>
            <Icon name={icon} /> {t(name)}
          </a>
        ))}
    </nav>
  );
}
