import { Button } from 'react-aria-components';
import { formatMoment } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { Countdown } from '../../parts/countdown.tsx';
import { useNow } from '../../parts/use-now.ts';
import { useDesk, useDeskState } from '../desk-context.tsx';
import { owedInOrder } from '../store/select.ts';

/** Questions left while nobody was there; the ones promised first stand first. */
export function OwedList() {
  const { t, language } = useLanguage();
  const desk = useDesk();
  const now = useNow();
  const owed = useDeskState((state) => state.owed);
  const activeId = useDeskState((state) => state.activeId);
  const promises = useDeskState((state) => state.promises);
  const today = promises && (
    <p className="owed-today figures">{t('owed.today', { kept: promises.kept, missed: promises.missed })}</p>
  );
  if (owed.length === 0) {
    return (
      <>
        {today}
        <p className="empty">{t('owed.none')}</p>
      </>
    );
  }
  return (
    <>
      {today}
      <ul className="rows">
        {owedInOrder(owed).map((answer) => (
          <li key={`${answer.conversationId}-${answer.askedAt}`}>
            <Button
              className={answer.conversationId === activeId ? 'row-item row-owed row-chosen' : 'row-item row-owed'}
              onPress={() => desk.open(answer.conversationId)}
            >
              <span className="row-head">
                <span className="row-name row-name-unread">{answer.buyerName}</span>
                <span className="row-time figures">{formatMoment(answer.askedAt, now, language)}</span>
              </span>
              <span className="row-quote">{answer.text}</span>
              {answer.promisedAt !== undefined && (
                <span className={answer.promisedAt < now ? 'badge badge-red' : 'badge badge-amber'}>
                  {t(answer.promisedAt < now ? 'owed.overdue' : 'owed.promised', {
                    when: formatMoment(answer.promisedAt, now, language),
                  })}{' '}
                  <Countdown until={answer.promisedAt} />
                </span>
              )}
            </Button>
          </li>
        ))}
      </ul>
    </>
  );
}
