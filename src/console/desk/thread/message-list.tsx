import { Fragment, useEffect, useLayoutEffect, useRef } from 'react';
import { dayKey, formatDay } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useDesk } from '../desk-context.tsx';
import type { Thread } from '../store/desk-state.ts';
import { MessageBubble } from './message-bubble.tsx';
import { PendingBubble } from './pending-bubble.tsx';

const NEAR_END_PX = 120;
/** A region that scrolls must be reachable by keyboard. */
const keyboardScrolled = { tabIndex: 0 };

/** The messages with a line at every new day; stays at the end while the reader is there. */
export function MessageList({ conversationId, thread }: { conversationId: string; thread: Thread }) {
  const { t, language } = useLanguage();
  const desk = useDesk();
  const scroller = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const { messages, pending } = thread.log;
  const lastBuyerSeq = messages.findLast((message) => message.from === 'buyer')?.seq;
  const sending = pending.length > 0;
  const newest = pending.at(-1)?.id ?? messages.at(-1)?.seq;

  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && newest !== undefined && (atEnd.current || sending)) box.scrollTop = box.scrollHeight;
  }, [newest, sending]);

  useEffect(() => {
    const box = scroller.current;
    if (!box) return;
    // Suggestions and findings take room from the messages: the last one stays in sight.
    const observer = new ResizeObserver(() => {
      if (atEnd.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(box);
    return () => observer.disconnect();
  }, []);

  return (
    <div
      className="messages"
      ref={scroller}
      {...keyboardScrolled}
      role="log"
      aria-live="polite"
      aria-label={t('thread.messages')}
      onScroll={({ currentTarget: box }) => {
        atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END_PX;
      }}
    >
      {thread.status === 'loading' && messages.length === 0 && <p className="empty">{t('loading')}</p>}
      {messages[0] !== undefined && messages[0].seq > 1 && (
        <ActionButton look="link" className="messages-earlier" onPress={() => void desk.loadEarlier(conversationId)}>
          {t('thread.earlier')}
        </ActionButton>
      )}
      <ol>
        {messages.map((message, at) => {
          const before = messages[at - 1];
          const newDay = !before || dayKey(before.sentAt) !== dayKey(message.sentAt);
          return (
            <Fragment key={message.seq}>
              {newDay && (
                <li className="day">
                  <span>{formatDay(message.sentAt, language)}</span>
                </li>
              )}
              <MessageBubble
                message={message}
                analysis={thread.analyses[message.seq]}
                correction={thread.corrections[message.seq]}
                isLastOfBuyer={message.seq === lastBuyerSeq}
                continues={!newDay && before.from === message.from && message.sentAt - before.sentAt < 60_000}
              />
            </Fragment>
          );
        })}
        {pending.map((entry) => (
          <PendingBubble key={entry.id} pending={entry} />
        ))}
      </ol>
    </div>
  );
}
