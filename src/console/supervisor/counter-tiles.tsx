import type { ReactNode } from 'react';
import type { Counters } from '../../protocol/records.ts';
import { waitLevel } from '../desk/wait-level.ts';
import { formatDuration, formatElapsed, formatShare } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.tsx';

/** The figures of the moment and of the day, each with what it is made of. */
export function CounterTiles({ counters }: { counters: Counters }) {
  const { t, language } = useLanguage();
  const reply = (ms: number | null) => (ms === null ? '—' : formatDuration(ms, language));
  const used = counters.accepted + counters.edited;
  const level = counters.waiting > 0 ? waitLevel(0, counters.longestWaitMs) : 'calm';
  return (
    <>
      <section className="tiles" aria-label={t('counters.now')}>
        <Tile name={t('counters.waiting')} value={counters.waiting} level={level}>
          {t('counters.longest', { wait: formatElapsed(counters.longestWaitMs) })}
        </Tile>
        <Tile name={t('counters.open')} value={counters.openConversations} />
        <Tile
          name={t('counters.onDuty')}
          value={counters.agentsOnDuty}
          level={counters.agentsOnDuty === 0 ? 'late' : 'calm'}
        />
        <Tile name={t('counters.owed')} value={counters.owedAnswers} level={counters.owedAnswers > 0 ? 'late' : 'calm'}>
          {t('counters.promises', {
            share: share(counters.promisesKept, counters.promisesKept + counters.promisesMissed),
            missed: counters.promisesMissed,
          })}
        </Tile>
        <Tile name={t('counters.firstReply')} value={reply(counters.firstReplyMedianMs)}>
          {t('counters.mean', { mean: reply(counters.firstReplyMeanMs) })}
        </Tile>
      </section>
      <section className="tiles tiles-small" aria-label={t('counters.today')}>
        <Tile name={t('counters.buyerMessages')} value={counters.buyerMessages} />
        <Tile name={t('counters.agentReplies')} value={counters.agentReplies}>
          {t('counters.automatic', { count: counters.automaticReplies })}
        </Tile>
        <Tile name={t('counters.proposed')} value={counters.proposed}>
          {t('counters.used', { share: share(used, used + counters.dismissed), dismissed: counters.dismissed })}
        </Tile>
        <Tile name={t('counters.asked')} value={counters.askingBuyers}>
          {t('counters.placed', {
            placed: counters.ordersPlaced,
            share: share(counters.ordersPlaced, counters.askingBuyers),
          })}
        </Tile>
        <Tile name={t('counters.paid')} value={counters.ordersPaid}>
          {t('counters.ofPlaced', { share: share(counters.ordersPaid, counters.ordersPlaced) })}
        </Tile>
        <Tile name={t('counters.reminders')} value={counters.remindersSent}>
          {t('counters.recovered', { count: counters.recoveredOrders })}
        </Tile>
      </section>
    </>
  );
}

/** A dash where nothing can be said, also for orders of buyers who did not ask. */
function share(part: number, whole: number): string {
  return whole === 0 || part > whole ? '—' : formatShare(part / whole);
}

function Tile({
  name,
  value,
  level = 'calm',
  children,
}: {
  name: string;
  value: ReactNode;
  level?: 'calm' | 'late' | 'overdue';
  children?: ReactNode;
}) {
  return (
    <div className={`tile tile-${level}`}>
      <h2>{name}</h2>
      <p className="tile-value figures">{value}</p>
      <p className="faint figures">{children}</p>
    </div>
  );
}
