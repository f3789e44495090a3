import { formatElapsed } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.tsx';
import { useNow } from './use-now.ts';

/** Time left to an announced moment, or past it. */
export function Countdown({ until }: { until: number }) {
  const { t } = useLanguage();
  const now = useNow();
  const isLate = now > until;
  return (
    <span className={isLate ? 'figures countdown countdown-late' : 'figures countdown'}>
      {isLate
        ? t('approval.overdue', { late: formatElapsed(now - until) })
        : t('approval.left', { left: formatElapsed(until - now) })}
    </span>
  );
}
