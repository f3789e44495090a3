import type { ClockView } from '../../../protocol/clocks.ts';
import { formatElapsed } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { useNow } from '../../parts/use-now.ts';
import { clockLevel, waitLevel } from '../wait-level.ts';

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

const STATES = { calm: 'running', late: 'warned', overdue: 'breached' } as const;

/**
 * Time left on a clock, or past its limit: words and colour tell of the warning and of the breach.
 *
 * @param named shows which limit it is, where there is room
 */
export function ClockTimer({ clock, named = false }: { clock: ClockView; named?: boolean }) {
  const { t } = useLanguage();
  const now = useNow();
  const level = clockLevel(clock, now);
  const figures = { left: formatElapsed(clock.dueAt - now), late: formatElapsed(now - clock.dueAt) };
  const whole = t(`clock.${STATES[level]}`, { kind: t(`clock.${clock.kind}`), ...figures });
  const automatic = clock.automaticAt === undefined ? '' : ` · ${t('clock.automatic')}`;
  return (
    <span className={`wait wait-${level} figures`} title={whole + automatic}>
      <span aria-hidden="true">
        {named ? whole : t(level === 'overdue' ? 'clock.late' : 'clock.left', figures)}
        {level === 'overdue' && '!'}
      </span>
      <span className="visually-hidden">{whole + automatic}</span>
    </span>
  );
}
