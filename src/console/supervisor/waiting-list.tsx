import type { ConversationSummary } from '../../protocol/records.ts';
import { channelName } from '../desk/channel-name.ts';
import { WaitTimer } from '../desk/list/wait-timer.tsx';
import { useLanguage } from '../i18n/language.tsx';

const SHOWN = 12;

/** Who waits for a person, the longest first. */
export function WaitingList({ conversations }: { conversations: readonly ConversationSummary[] }) {
  const { t } = useLanguage();
  const waiting = conversations
    .filter((it) => it.waitingSince !== undefined)
    .sort((a, b) => a.waitingSince! - b.waitingSince!);
  return (
    <section className="board-card">
      <h2>{t('waitingList.title')}</h2>
      {waiting.length === 0 && <p className="empty">{t('list.nobodyWaits')}</p>}
      <ol className="waiting">
        {waiting.slice(0, SHOWN).map((it) => (
          <li key={it.id}>
            <WaitTimer since={it.waitingSince!} />
            <a href={`/console#${encodeURIComponent(it.id)}`}>{it.buyerName}</a>
            <span className="faint">{channelName(it.channel, t)}</span>
            <span className="waiting-line">{it.lastMessage?.text}</span>
          </li>
        ))}
      </ol>
      {waiting.length > SHOWN && <p className="faint">{t('waitingList.more', { count: waiting.length - SHOWN })}</p>}
    </section>
  );
}
