import { type RefObject, useEffect, useId, useRef, useState } from 'react';
import type { Approval } from '../../protocol/library.ts';
import { FaultWords } from '../desk/composer/fault-words.tsx';
import { groupFindings } from '../desk/composer/group-findings.ts';
import { markSpans } from '../desk/composer/mark-spans.ts';
import { useLanguage } from '../i18n/language.tsx';
import { ActionButton } from '../parts/action-button.tsx';
import { Countdown } from '../parts/countdown.tsx';

const MOST_NOTE = 500;

/** Decides on a request; what goes wrong is an error with a sentence. */
export type Decide = (approvalId: string, grant: boolean, note: string) => Promise<void>;

interface QueueKeys {
  /** The requests on the page, in their order. */
  items: RefObject<Map<string, ItemHandle>>;
}

interface ItemHandle {
  root: HTMLElement;
  decide(grant: boolean): void;
  focus(): void;
}

/** Blocked texts that wait for a supervisor's word, who waits longest first. */
export function ApprovalQueue({
  approvals,
  selfId,
  decide,
}: {
  approvals: readonly Approval[];
  selfId: string;
  decide: Decide;
}) {
  const { t } = useLanguage();
  const titleId = useId();
  const items = useRef(new Map<string, ItemHandle>());
  const asked = approvals.filter(({ state }) => state === 'asked');
  const title = useRef<HTMLHeadingElement>(null);
  useQueueKeys(items);

  /** Decides, and leads a focus that goes with the request on to the next one. */
  async function decideAndMove(approvalId: string, grant: boolean, note: string): Promise<void> {
    const all = inOrder(items);
    const at = all.indexOf(items.current.get(approvalId)!);
    const hadFocus = all[at]?.root.contains(document.activeElement);
    await decide(approvalId, grant, note);
    if (hadFocus) (all[at + 1] ?? all[at - 1] ?? title.current)?.focus();
  }

  return (
    <section
      className={asked.length > 0 ? 'board-card' : 'board-card queue-idle'}
      id="approvals"
      aria-labelledby={titleId}
    >
      <h2 id={titleId} ref={title} tabIndex={-1}>
        {t('approvals.title')} <span className={asked.length > 0 ? 'count' : 'count count-calm'}>{asked.length}</span>
      </h2>
      {asked.length === 0 && <p className="faint">{t('approvals.none')}</p>}
      <p className="visually-hidden" role="status">
        {t('approvals.count', { count: asked.length })}
      </p>
      {asked.length > 0 && (
        <p className="faint">
          {t('approvals.lead')} <kbd>Alt+K</kbd> <kbd>Alt+J</kbd> {t('approvals.keys')}
        </p>
      )}
      {asked.length > 0 && (
        <ol className="approval-list">
          {asked.map((approval) => (
            <ApprovalItem
              key={approval.id}
              approval={approval}
              isOwn={approval.askedBy.id === selfId}
              decide={decideAndMove}
              items={items}
            />
          ))}
        </ol>
      )}
    </section>
  );
}

/** The requests in their order on the page. */
function inOrder(items: QueueKeys['items']): ItemHandle[] {
  return [...items.current.values()].sort((a, b) =>
    a.root.compareDocumentPosition(b.root) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
  );
}

/**
 * Alt+Y grants and Alt+N refuses the request the focus is in, or the only one; Alt+J and Alt+K walk. Where several wait
 * and none has the focus, a key shows the first and decides nothing.
 */
function useQueueKeys(items: QueueKeys['items']): void {
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (!event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
      if (!['KeyY', 'KeyN', 'KeyJ', 'KeyK'].includes(event.code)) return;
      const all = inOrder(items);
      const at = all.findIndex(({ root }) => root.contains(document.activeElement));
      const current = all[Math.max(0, at)];
      if (!current) return;
      event.preventDefault();
      const mayDecide = at !== -1 || all.length === 1;
      if (event.code === 'KeyY' && mayDecide) current.decide(true);
      else if (event.code === 'KeyN' && mayDecide) current.decide(false);
      else if (at === -1) current.focus();
      else if (event.code === 'KeyJ') (all[at + 1] ?? current).focus();
      else if (event.code === 'KeyK') (all[at - 1] ?? current).focus();
    }
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [items]);
}

function ApprovalItem({
  approval,
  isOwn,
  decide,
  items,
}: {
  approval: Approval;
  isOwn: boolean;
  decide: Decide;
} & QueueKeys) {
  const { t } = useLanguage();
  const noteId = useId();
  const root = useRef<HTMLLIElement>(null);
  const field = useRef<HTMLInputElement>(null);
  const [note, setNote] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const { id, askedBy, buyerName, conversationId, answerBy } = approval;

  async function onDecide(grant: boolean): Promise<void> {
    if (isOwn || busy) return;
    if (!grant && note.trim() === '') {
      setProblem(t('approvals.noteNeeded'));
      field.current?.focus();
      return;
    }
    setBusy(true);
    try {
      await decide(id, grant, note.trim());
    } catch (error) {
      setProblem(t('approvals.failed', { why: (error as Error).message }));
    } finally {
      setBusy(false);
    }
  }

  const latest = useRef(onDecide);
  useEffect(() => {
    latest.current = onDecide;
  });
  useEffect(() => {
    const listed = items.current;
    listed.set(id, {
      root: root.current!,
      decide: (grant) => void latest.current(grant),
      focus: () => (field.current ?? root.current)?.focus(),
    });
    return () => {
      listed.delete(id);
    };
  }, [id, items]);

  return (
    <li ref={root} className="approval-item" tabIndex={-1}>
      <div className="approval-head">
        <span>
          {t('approvals.asks', { who: askedBy.name })}{' '}
          <a href={`/console#${encodeURIComponent(conversationId)}`}>{buyerName}</a> {t('approvals.says')}
        </span>
        <Countdown until={answerBy} />
      </div>
      <ApprovalText approval={approval} />
      {isOwn ? (
        <p className="faint">{t('approvals.own')}</p>
      ) : (
        <div className="approval-decision">
          <label className="visually-hidden" htmlFor={noteId}>
            {t('approvals.noteLabel', { who: askedBy.name })}
          </label>
          <input
            ref={field}
            id={noteId}
            className="input"
            maxLength={MOST_NOTE}
            placeholder={t('approvals.noteHint')}
            value={note}
            aria-describedby={problem === undefined ? undefined : `${noteId}-problem`}
            aria-invalid={problem !== undefined}
            onChange={({ target }) => {
              setNote(target.value);
              setProblem(undefined);
            }}
          />
          <ActionButton look="main" isDisabled={busy} onPress={() => void onDecide(true)}>
            {t('approvals.grant')} <kbd>Alt+Y</kbd>
          </ActionButton>
          <ActionButton isDisabled={busy} onPress={() => void onDecide(false)}>
            {t('approvals.refuse')} <kbd>Alt+N</kbd>
          </ActionButton>
        </div>
      )}
      {problem !== undefined && (
        <p id={`${noteId}-problem`} className="approval-problem" role="alert">
          {problem}
        </p>
      )}
    </li>
  );
}

/** The text with the words at fault underlined, what the gate says, and why the agent wants it. */
function ApprovalText({ approval: { text, findings, reason } }: { approval: Approval }) {
  const { t } = useLanguage();
  return (
    <>
      <blockquote className="approval-text">
        {markSpans(text, findings).map((piece) => (
          <span key={piece.from} className={piece.severity ? `fault fault-${piece.severity}` : undefined}>
            {piece.text}
          </span>
        ))}
      </blockquote>
      <ul className="approval-findings" aria-label={t('approvals.findings')}>
        {groupFindings(text, findings).map((finding) => (
          <li key={`${finding.severity}-${finding.rule}-${finding.message}`} className="finding">
            <span className={finding.severity === 'B' ? 'badge badge-red' : 'badge badge-amber'}>
              {t(`gate.${finding.severity}`)}
            </span>
            <span>
              <FaultWords words={finding.words} /> {finding.message} <span className="code faint">{finding.rule}</span>
            </span>
          </li>
        ))}
      </ul>
      <p>
        <b>{t('approvals.reason')}</b> {reason}
      </p>
    </>
  );
}
