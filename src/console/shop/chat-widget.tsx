import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from '../client/create-store.ts';
import { socketUrl } from '../client/desk-socket.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Icon } from '../parts/icons.tsx';
import { ChatBody } from './chat-body.tsx';
import { ChatComposer } from './chat-composer.tsx';
import { createChat } from './create-chat.ts';
import { shopApi, type Visitor } from './shop-api.ts';

/** The chat in the corner; it stays connected while it is closed, so that a reply shows on the button. */
export function ChatWidget({
  visitor,
  isOpen,
  onOpenChange,
  question,
  onExpired,
}: {
  visitor: Visitor;
  isOpen: boolean;
  onOpenChange(open: boolean): void;
  question: { text: string; at: number } | undefined;
  onExpired(): void;
}) {
  const { t } = useLanguage();
  const chat = useMemo(
    () => createChat({ token: visitor.token, socketUrl: socketUrl(location), api: shopApi, onExpired }),
    [visitor.token, onExpired],
  );
  useEffect(() => {
    chat.start();
    const onOnline = () => chat.retryNow();
    addEventListener('online', onOnline);
    return () => {
      removeEventListener('online', onOnline);
      chat.stop();
    };
  }, [chat]);

  const log = useStore(chat.store, (state) => state.log);
  const lastSeq = log.messages.at(-1)?.seq ?? 0;
  const seenSeq = useSeen(isOpen, lastSeq);
  const unread = log.messages.filter((message) => message.seq > seenSeq && message.from !== 'buyer').length;
  const opener = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => {
    onOpenChange(false);
    requestAnimationFrame(() => opener.current?.focus());
  }, [onOpenChange]);

  if (!isOpen) {
    return (
      <ActionButton ref={opener} look="main" className="chat-opener" onPress={() => onOpenChange(true)}>
        <Icon name="chat" size={20} /> {t('chat.open')}
        {unread > 0 && (
          <span className="count" role="status" aria-label={t('chat.unread', { count: unread })}>
            {unread}
          </span>
        )}
      </ActionButton>
    );
  }
  return (
    <section className="chat" aria-label={t('chat.title', { shop: visitor.shopName })}>
      <header className="chat-head">
        <h2>{t('chat.title', { shop: visitor.shopName })}</h2>
        <ActionButton look="icon" aria-label={t('chat.close')} onPress={close}>
          <Icon name="close" />
        </ActionButton>
      </header>
      <ChatBody chat={chat} />
      <ChatComposer chat={chat} question={question} onClose={close} />
    </section>
  );
}

/** The last `seq` seen: what comes while the chat is open counts as seen, as does what was there at the beginning. */
function useSeen(isOpen: boolean, lastSeq: number): number {
  const [seen, setSeen] = useState(0);
  const begun = useRef(false);
  useEffect(() => {
    if (lastSeq === 0) return;
    if (isOpen || !begun.current) setSeen(lastSeq);
    begun.current = true;
  }, [isOpen, lastSeq]);
  return seen;
}
