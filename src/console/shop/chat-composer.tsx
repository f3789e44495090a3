import { type FormEvent, type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Icon } from '../parts/icons.tsx';
import { useTypingNotice } from '../parts/use-typing-notice.ts';
import type { Chat } from './create-chat.ts';

const MOST_CHARACTERS = 2000;

/** Where the buyer writes. */
export function ChatComposer({
  chat,
  question,
  onClose,
}: {
  chat: Chat;
  question: { text: string; at: number } | undefined;
  onClose(): void;
}) {
  const { t } = useLanguage();
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useTypingNotice(
    text,
    useCallback((on: boolean) => chat.typing(on), [chat]),
  );
  useEffect(() => field.current?.focus(), []);
  useEffect(() => {
    if (!question) return;
    setText(question.text);
    field.current?.focus();
  }, [question]);

  function send(event: FormEvent): void {
    event.preventDefault();
    const said = text.trim();
    if (said === '' || said.length > MOST_CHARACTERS) return;
    chat.send(said);
    setText('');
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && !event.shiftKey) send(event);
    if (event.key === 'Escape') onClose();
  }

  return (
    <form className="chat-composer" onSubmit={send}>
      {text.length > MOST_CHARACTERS && (
        <p className="chat-too-long" role="alert">
          {t('chat.tooLong')}
        </p>
      )}
      <textarea
        ref={field}
        rows={2}
        className="chat-field"
        aria-label={t('chat.label')}
        placeholder={t('chat.placeholder')}
        value={text}
        onChange={({ target }) => setText(target.value)}
        onKeyDown={onKeyDown}
      />
      <ActionButton type="submit" look="main" isDisabled={text.trim() === '' || text.length > MOST_CHARACTERS}>
        <Icon name="send" size={15} /> {t('chat.send')}
      </ActionButton>
    </form>
  );
}
