import { formatDuration, formatElapsed } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.tsx';
import { useNowNear } from './use-now.ts';

const HOUR_MS = 3_600_000;

/** Time left to an announced moment, or past it; to the second within an hour of it. */
export function Countdown({ until }: { until: number }) {
  const { t, language } = useLanguage();
  const now = useNowNear(until);
  const isLate = now > until;
  const ms = Math.abs(until - now);
  const words = ms < HOUR_MS ? formatElapsed(ms) : formatDuration(ms, language);
  return (
    <span className={isLate ? 'figures countdown countdown-late' : 'figures countdown'}>
      {isLate ? t('approval.overdue', { late: words }) : t('approval.left', { left: words })}
    </span>
  );
}
