import type { ClockTally, ClockView, PromiseTally } from '../../protocol/clocks.ts';
import type { CallView } from '../../protocol/on-call.ts';
import { ClockTimer } from '../desk/list/wait-timer.tsx';
import { clockLevel } from '../desk/wait-level.ts';
import { formatMoment } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.tsx';
import { useNow } from '../parts/use-now.ts';
import { useClocks } from './use-clocks.ts';

const SHOWN = 50;
const STATES = { calm: 'running', late: 'warned', overdue: 'breached' } as const;
const LOOKS = { calm: 'badge', late: 'badge badge-amber', overdue: 'badge badge-red' } as const;

/** Which limits run, which are nearly due or late, the latest first in need; and today’s, people and machines apart. */
export function ClockBoard({ readAt }: { readAt: number | undefined }) {
  const watched = useClocks(readAt);
  if (!watched) return null;
  return (
    <div className="board-columns">
      <RunningClocks clocks={watched.clocks} />
      <Today today={watched.today} promises={watched.promises} calls={watched.calls} />
    </div>
  );
}

function RunningClocks({ clocks }: { clocks: readonly ClockView[] }) {
  const { t, language } = useLanguage();
  const now = useNow();
  // One row for a chat: what is due first, and beside it what else runs.
  const chats = [...Map.groupBy(clocks, ({ conversationId }) => conversationId).values()];
  return (
    <section className="board-card" id="clocks">
      <h2>{t('clocks.title')}</h2>
      {clocks.length === 0 && <p className="empty">{t('clocks.none')}</p>}
      {clocks.length > 0 && (
        <table className="board-table">
          <thead>
            <tr>
              <th scope="col">{t('clocks.buyer')}</th>
              <th scope="col">{t('clocks.kind')}</th>
              <th scope="col">{t('clocks.state')}</th>
              <th scope="col">{t('clocks.due')}</th>
            </tr>
          </thead>
          <tbody>
            {chats.slice(0, SHOWN).map(([first, ...others]) => {
              const clock = first!;
              const level = clockLevel(clock, now);
              return (
                <tr key={clock.conversationId}>
                  <th scope="row">
                    <a href={`/console#${encodeURIComponent(clock.conversationId)}`}>{clock.buyerName}</a>
                  </th>
                  <td>
                    {t(`clock.${clock.kind}`)}{' '}
                    <span className="faint">
                      {t('clocks.since', { when: formatMoment(clock.startedAt, now, language) })}
                    </span>
                    {others.map((other) => (
                      <span key={`${other.kind} ${other.seq}`} className="clock-other">
                        {t(`clock.${other.kind}`)} <ClockTimer clock={other} />
                      </span>
                    ))}
                  </td>
                  <td>
                    <span className={LOOKS[level]}>{t(`clocks.state.${STATES[level]}`)}</span>
                    {clock.automaticAt !== undefined && <span className="badge">{t('clock.automatic')}</span>}
                  </td>
                  <td>
                    <ClockTimer clock={clock} />
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {chats.length > SHOWN && <p className="faint">{t('clocks.more', { count: chats.length - SHOWN })}</p>}
    </section>
  );
}

function Today({
  today,
  promises,
  calls,
}: {
  today: readonly ClockTally[];
  promises: PromiseTally;
  calls: readonly CallView[];
}) {
  const { t } = useLanguage();
  return (
    <section className="board-card" id="clocks-today">
      <h2>{t('clocks.today')}</h2>
      <p className="faint">{t('clocks.lead')}</p>
      <table className="board-table">
        <thead>
          <tr>
            <th scope="col">{t('clocks.kind')}</th>
            <th scope="col">{t('clocks.kept')}</th>
            <th scope="col">{t('clocks.missed')}</th>
            <th scope="col">{t('clocks.stillRunning')}</th>
            <th scope="col">{t('clocks.byMachine')}</th>
          </tr>
        </thead>
        <tbody>
          {today.map((tally) => (
            <tr key={tally.kind}>
              <th scope="row">{t(`clock.${tally.kind}`)}</th>
              <td className="figures">{tally.kept}</td>
              <td className="figures">{tally.missed}</td>
              <td className="figures">{tally.running}</td>
              <td className="figures">{tally.automatic}</td>
            </tr>
          ))}
          <tr>
            <th scope="row">{t('clocks.promises')}</th>
            <td className="figures">{promises.kept}</td>
            <td className="figures">{promises.missed}</td>
            <td className="figures">{promises.open}</td>
            <td>—</td>
          </tr>
        </tbody>
      </table>
      {calls.length > 0 && <Calls calls={calls} />}
    </section>
  );
}

function Calls({ calls }: { calls: readonly CallView[] }) {
  const { t, language } = useLanguage();
  const now = useNow();
  return (
    <>
      <h3>{t('clocks.calls')}</h3>
      <ul className="clock-calls">
        {calls.map((call) => (
          <li key={call.id}>
            <span className="figures faint">{formatMoment(call.at, now, language)}</span>{' '}
            <a href={`/console#${encodeURIComponent(call.conversationId)}`}>{t(`emergency.${call.kind}`)}</a>{' '}
            <span className={call.state === 'failed' || call.state === 'nobody' ? 'badge badge-red' : 'badge'}>
              {t(`clocks.calls.state.${call.state}`)}
            </span>{' '}
            {call.person} <span className="faint">{call.problem}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
