import { useEffect, useState } from 'react';
import type { AgentSelf } from '../../protocol/records.ts';
import { useLanguage } from '../i18n/language.tsx';
import { libraryApi } from '../library/library-api.ts';
import { Icon, type IconName } from './icons.tsx';

const pages = [
  { path: '/console', icon: 'chat', name: 'supervisor.toConsole', supervisor: false },
  { path: '/library', icon: 'book', name: 'library.title', supervisor: false },
  { path: '/settings', icon: 'gear', name: 'settings.title', supervisor: true },
  { path: '/supervisor', icon: 'chart', name: 'supervisor.title', supervisor: true },
] as const satisfies readonly { path: string; icon: IconName; name: string; supervisor: boolean }[];

/** The ways to the other pages of the desk. */
export function PageLinks({ self, here }: { self: AgentSelf; here: (typeof pages)[number]['path'] }) {
  const { t } = useLanguage();
  const reviews = useReviews(self.role === 'supervisor' && here !== '/library');
  return (
    <nav className="page-links" aria-label={t('pages')}>
      {pages
        .filter(({ path, supervisor }) => path !== here && (!supervisor || self.role === 'supervisor'))
        .map(({ path, icon, name }) => (
          <a key={path} className="button button-quiet" href={path}>
            <Icon name={icon} /> {t(name)}
            {path === '/library' && reviews > 0 && (
              <span className="count count-soft" title={t('library.reviewsWait', { count: reviews })}>
                {reviews}
              </span>
            )}
          </a>
        ))}
    </nav>
  );
}

const EVERY_MS = 30_000;

/** How many scripts wait for a review, read again now and then and whenever the reader comes back to the page. */
function useReviews(asked: boolean): number {
  const [reviews, setReviews] = useState(0);
  useEffect(() => {
    if (!asked) return;
    const read = () =>
      void libraryApi.list({ state: 'in_review', q: '' }, 0, 1).then(
        ({ counts }) => setReviews(counts.in_review),
        (error: Error) => console.debug('reviews', error.message),
      );
    read();
    const timer = setInterval(read, EVERY_MS);
    addEventListener('focus', read);
    return () => {
      clearInterval(timer);
      removeEventListener('focus', read);
    };
  }, [asked]);
  return reviews;
}
