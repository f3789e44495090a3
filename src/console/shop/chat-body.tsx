import { Fragment, useLayoutEffect, useRef } from 'react';
import { useStore } from '../client/create-store.ts';
import { dayKey, formatClock, formatDay } from '../i18n/format.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Icon } from '../parts/icons.tsx';
import { useNow } from '../parts/use-now.ts';
import type { Chat } from './create-chat.ts';

/** A region that scrolls must be reachable by keyboard. */
const keyboardScrolled = { tabIndex: 0 };

/** The conversation as the buyer sees it: what was said and when, nothing of the desk's inside. */
export function ChatBody({ chat }: { chat: Chat }) {
  const { t, language } = useLanguage();
  const scroller = useRef<HTMLDivElement>(null);
  const { messages, pending } = useStore(chat.store, (state) => state.log);
  const phase = useStore(chat.store, (state) => state.socket.phase);
  const typingUntil = useStore(chat.store, (state) => state.typingUntil);
  const typing = useNow() < typingUntil;
  const newest = pending.at(-1)?.id ?? messages.at(-1)?.seq;

  useLayoutEffect(() => {
    const box = scroller.current;
    if (box && (newest !== undefined || typing)) box.scrollTop = box.scrollHeight;
  }, [newest, typing]);

  return (
    <>
      {(phase === 'waiting' || phase === 'ended') && (
        <p className="chat-offline" role="status">
          {t('chat.offline')}
        </p>
      )}
      <div
        className="chat-body"
        ref={scroller}
        role="log"
        aria-live="polite"
        aria-label={t('chat.messages')}
        {...keyboardScrolled}
      >
        {messages.length + pending.length === 0 && <p className="chat-day faint">{t('chat.welcome')}</p>}
        {messages.map((message, at) => {
          const before = messages[at - 1];
          return (
            <Fragment key={message.seq}>
              {(!before || dayKey(before.sentAt) !== dayKey(message.sentAt)) && (
                <p className="chat-day faint">{formatDay(message.sentAt, language)}</p>
              )}
              <div className={message.from === 'buyer' ? 'chat-said chat-mine' : 'chat-said chat-theirs'}>
                <span className="chat-bubble">{message.text}</span>
                <span className="chat-foot faint figures">
                  {message.from !== 'buyer' && `${t(message.from === 'auto' ? 'chat.auto' : 'chat.agent')} `}
                  {formatClock(message.sentAt, language)}
                  {message.from === 'buyer' && (
                    <>
                      {' '}
                      <Icon name="checks" size={13} />
                      <span className="visually-hidden">{t('message.sent')}</span>
                    </>
                  )}
                </span>
              </div>
            </Fragment>
          );
        })}
        {pending.map((entry) => (
          <div key={entry.id} className={`chat-said chat-mine chat-${entry.state}`}>
            <span className="chat-bubble">{entry.text}</span>
            <span className="chat-foot faint">
              {entry.state === 'failed' ? (
                <ActionButton look="link" onPress={() => chat.retry(entry.id)}>
                  {t('message.failed')} · {t('message.retry')}
                </ActionButton>
              ) : (
                t(entry.state === 'sent' ? 'message.sent' : 'message.sending')
              )}
            </span>
          </div>
        ))}
        {typing && <p className="chat-typing faint">{t('chat.typing')}</p>}
      </div>
    </>
  );
}
