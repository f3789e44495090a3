import type { LibraryEntry } from '../../../protocol/library.ts';
import { formatDate } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { expiresSoon } from './expiry.ts';

/** Where a script stands: what is in force, and what waits beside it. @param dense the number alone for what is in force */
export function EntryBadges({ entry, nowMs, dense = false }: { entry: LibraryEntry; nowMs: number; dense?: boolean }) {
  const { t, language } = useLanguage();
  const { inForce, open, expiresAt } = entry;
  return (
    <span className="entry-badges">
      {inForce !== undefined && (
        <span className="badge badge-jade" title={dense ? t('library.inForce', { version: inForce }) : undefined}>
          {dense ? `v${inForce}` : t('library.inForce', { version: inForce })}
        </span>
      )}
      {entry.expired && <span className="badge badge-red">{t('library.expired')}</span>}
      {!entry.expired && expiresAt !== undefined && (
        <span className={expiresSoon(expiresAt, nowMs) ? 'badge badge-red' : 'badge'}>
          {t('library.until', { day: formatDate(expiresAt - 1, language) })}
        </span>
      )}
      {open && (
        <span className={open.status === 'draft' ? 'badge badge-blue' : 'badge badge-amber'}>
          {t(`library.openBy.${open.status}`, {
            who: open.origin === 'console' ? open.author.name : t(`origin.${open.origin}`),
          })}
        </span>
      )}
      {inForce === undefined && !entry.expired && !open && <span className="badge">{t('library.retired')}</span>}
    </span>
  );
}
