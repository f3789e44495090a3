import { memo, useRef, useState } from 'react';
import type { Message } from '../../../protocol/records.ts';
import type { Analysis } from '../../../protocol/turn.ts';
import { formatClock } from '../../i18n/format.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { useDesk, useDeskState } from '../desk-context.tsx';
import type { Corrections } from '../store/desk-state.ts';
import { AnalysisNote } from './analysis-note.tsx';
import { CorrectionPopover } from './correction-popover.tsx';
import { markWords } from './mark-words.ts';
import { MoodBadges } from './mood-badges.tsx';
import { sumUp, wordsShown } from './understood.ts';
import { UnderstoodLine } from './understood-line.tsx';

/** One recorded message; below a buyer's, what was understood of it, and more of that on demand. */
export const MessageBubble = memo(function MessageBubble({
  message,
  analysis,
  correction,
  isLastOfBuyer,
  continues,
}: {
  message: Message;
  analysis: Analysis | undefined;
  correction: Corrections[number] | undefined;
  isLastOfBuyer: boolean;
  /** Follows a message of the same side within a minute: drawn closer. */
  continues: boolean;
}) {
  const { language } = useLanguage();
  const [open, setOpen] = useState(false);
  const read = message.from === 'buyer' ? analysis : undefined;
  return (
    <li className={`message message-${message.from}${continues ? ' message-continues' : ''}`}>
      <div className={open ? 'bubble bubble-read' : 'bubble'}>
        {read ? <ReadText text={message.text} words={wordsShown(read, open)} /> : message.text}
      </div>
      <div className="message-foot">
        <Origin message={message} />
        <time dateTime={new Date(message.sentAt).toISOString()} className="figures">
          {formatClock(message.sentAt, language)}
        </time>
        {read && isLastOfBuyer && !open && <MoodBadges analysis={read} />}
        {read && (
          <Reading
            message={message}
            analysis={read}
            correction={correction}
            isLastOfBuyer={isLastOfBuyer}
            isOpen={open}
            onToggle={() => setOpen(!open)}
          />
        )}
      </div>
      {open && read && <AnalysisNote analysis={read} correction={correction} />}
    </li>
  );
});

/** A message with the words marked that spoke for what was understood. */
function ReadText({ text, words }: { text: string; words: readonly string[] }) {
  return markWords(text, words).map((piece) =>
    piece.marked ? (
      <mark key={piece.from} className="evidence-word">
        {piece.text}
      </mark>
    ) : (
      piece.text
    ),
  );
}

/** What was understood in a line, and the way to set it right. */
function Reading({
  message,
  analysis,
  correction,
  isLastOfBuyer,
  isOpen,
  onToggle,
}: {
  message: Message;
  analysis: Analysis;
  correction: Corrections[number] | undefined;
  isLastOfBuyer: boolean;
  isOpen: boolean;
  onToggle(): void;
}) {
  const { t } = useLanguage();
  const desk = useDesk();
  const trigger = useRef<HTMLButtonElement>(null);
  const correcting = useDeskState((state) => state.correcting === message.seq);
  return (
    <>
      <ActionButton
        look="link"
        className={isLastOfBuyer ? 'message-why' : 'message-why message-why-old'}
        aria-expanded={isOpen}
        onPress={onToggle}
      >
        <span>
          <span className="message-why-name">{t('analysis.show')}</span>{' '}
          <UnderstoodLine understood={sumUp(analysis, correction)} />
        </span>
      </ActionButton>
      <ActionButton
        ref={trigger}
        look="link"
        className={isLastOfBuyer ? 'message-correct' : 'message-correct message-correct-old'}
        aria-haspopup="dialog"
        aria-expanded={correcting}
        onPress={() => desk.store.dispatch({ type: 'correctingChanged', seq: message.seq })}
      >
        {t('correct.open')} {isLastOfBuyer && <kbd>Alt+C</kbd>}
      </ActionButton>
      {correcting && (
        <CorrectionPopover message={message} analysis={analysis} corrected={correction?.intents} trigger={trigger} />
      )}
    </>
  );
}

/** Who or what wrote it. */
function Origin({ message }: { message: Message }) {
  const { t } = useLanguage();
  const author = useDeskState((state) => (message.agentId ? state.catalogue.agents.get(message.agentId) : undefined));
  const selfId = useDeskState((state) => state.self?.id);
  if (message.from === 'auto') {
    return (
      <span className="badge badge-amber">
        {t('message.auto')} {message.script && <span className="code">{message.script.id}</span>}
      </span>
    );
  }
  if (message.from !== 'agent') return null;
  return (
    <>
      {message.agentId !== selfId && author && <span>{author}</span>}
      {message.script && (
        <span className="code" title={t('message.fromScript')}>
          {message.script.id}
        </span>
      )}
    </>
  );
}
