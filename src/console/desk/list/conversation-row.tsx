import type { ConversationSummary, Message } from '../../../protocol/records.ts';
import { formatMoment } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { OrderBadge } from '../../parts/order-badge.tsx';
import { useNow } from '../../parts/use-now.ts';
import { SecondsLeft } from '../automatic/seconds-left.tsx';
import { channelName } from '../channel-name.ts';
import { useDeskState } from '../desk-context.tsx';
import { pendingSend } from '../store/reduce-automatic.ts';
import { nearestClock, orderOfConcern } from '../store/select.ts';
import { clockLevel } from '../wait-level.ts';
import { ClockTimer, WaitTimer } from './wait-timer.tsx';

/** One conversation of the list: who, since when, the last line, the order it is about. */
export function ConversationRow({ conversation }: { conversation: ConversationSummary }) {
  const { t } = useLanguage();
  const typing = useDeskState((state) => state.typing[conversation.id]);
  const pending = useDeskState((state) => pendingSend(state, conversation.id));
  const draft = useDeskState((state) =>
    state.threads[conversation.id]?.log.pending.some((it) => it.state === 'failed'),
  );
  const order =
    useDeskState((state) => orderOfConcern(state.ordersOfBuyer[conversation.buyerId]))?.state ?? conversation.order;
  const { lastMessage, unread } = conversation;
  return (
    <div className="row">
      <div className="row-head">
        <span className={unread > 0 ? 'row-name row-name-unread' : 'row-name'}>{conversation.buyerName}</span>
        <RowTimer conversation={conversation} />
      </div>
      <div className="row-line">
        <span className="row-last">
          {typing?.from === 'buyer' ? <em>{t('typing.short')}</em> : <LastLine message={lastMessage} />}
        </span>
        {draft && <span className="badge badge-red">{t('row.failed')}</span>}
        {unread > 0 && (
          <span className="count">
            {unread > 99 ? '99+' : unread}
            <span className="visually-hidden">{t('row.unread')}</span>
          </span>
        )}
      </div>
      <div className="row-foot">
        <span>{channelName(conversation.channel, t)}</span>
        {order && <OrderBadge state={order} />}
        {pending && <SecondsLeft dueAt={pending.dueAt} />}
        {conversation.takenOverAt !== undefined && <span className="badge">{t('row.takenOver')}</span>}
      </div>
    </div>
  );
}

/** The clock that is due first while the buyer waits or one is nearly due; else the wait, else the last change. */
function RowTimer({ conversation: { id, waitingSince, changedAt } }: { conversation: ConversationSummary }) {
  const now = useNow();
  const clock = nearestClock(
    useDeskState((state) => state.clocks),
    id,
    now,
  );
  if (clock && (waitingSince !== undefined || clockLevel(clock, now) !== 'calm')) return <ClockTimer clock={clock} />;
  return waitingSince === undefined ? <LastChange at={changedAt} /> : <WaitTimer since={waitingSince} />;
}

function LastLine({ message }: { message: Message | undefined }) {
  const { t } = useLanguage();
  if (!message) return null;
  return (
    <>
      {message.from !== 'buyer' && !saysWho(message) && <span className="faint">{t(`from.${message.from}`)}</span>}
      {message.text.replaceAll('\n', ' ')}
    </>
  );
}

/** An automatic reply names itself in its first words. */
function saysWho({ from, text }: Message): boolean {
  return from === 'auto' && /^(?:自动回复|automatic reply)/i.test(text);
}

function LastChange({ at }: { at: number }) {
  const { language } = useLanguage();
  return <span className="row-time figures">{formatMoment(at, useNow(), language)}</span>;
}
