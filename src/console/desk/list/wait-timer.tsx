import { formatElapsed } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { useNow } from '../../parts/use-now.ts';
import { waitLevel } from '../wait-level.ts';

/** How long a buyer has been waiting, counting; the colour and a mark tell how urgent it is. */
export function WaitTimer({ since }: { since: number }) {
  const { t } = useLanguage();
  const now = useNow();
  const level = waitLevel(since, now);
  return (
    <span className={`wait wait-${level} figures`} title={t(`wait.${level}`)}>
      {formatElapsed(now - since)}
      {level === 'overdue' && <span aria-hidden="true">!</span>}
      <span className="visually-hidden">{t(`wait.${level}`)}</span>
    </span>
  );
}
