import { type RefObject, useCallback, useEffect, useImperativeHandle, useState } from 'react';
import type { FoundScript } from '../../../protocol/http.ts';
import type { Verdict } from '../../../protocol/turn.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { useTypingNotice } from '../../parts/use-typing-notice.ts';
import { useStopAutomatic } from '../automatic/use-stop-automatic.ts';
import { useComposer, useDesk, useDraft } from '../desk-context.tsx';
import type { Draft } from '../store/draft-store.ts';
import { mayAsk } from './find-approval.ts';
import { insertAtCursor, replaceSlash, slashQuery } from './insert-text.ts';
import { type ApprovalState, useApproval } from './use-approval.ts';
import { useGateCheck } from './use-gate-check.ts';

const MOST_CHARACTERS = 2000;

/** What the composer's components work with. */
export interface ComposerState {
  draft: Draft;
  verdict: Verdict | undefined;
  /** The gate warns, and says so: Ctrl+Enter passes the warnings over. */
  armed: boolean;
  approval: ApprovalState;
  /** A supervisor can be asked about this text. */
  mayAsk: boolean;
  canSend: boolean;
  /** The search a `/` at the cursor's line has begun. */
  slash: { query: string; from: number } | undefined;
  changeText(text: string, cursor: number): void;
  moveCursor(cursor: number): void;
  closeMenu(): void;
  insertFound(script: FoundScript): void;
  /** Sends. @param knowingly by Ctrl+Enter or the button, which alone pass over warnings and use up a grant */
  send(knowingly: boolean): void;
}

/** The composer's behaviour, apart from its looks. */
export function useComposerState(conversationId: string, field: RefObject<HTMLTextAreaElement | null>): ComposerState {
  const { t } = useLanguage();
  const desk = useDesk();
  const handle = useComposer();
  const stopAutomatic = useStopAutomatic();
  const draft = useDraft(conversationId);
  const [cursor, setCursor] = useState(draft.text.length);
  const [menuClosed, setMenuClosed] = useState(false);
  const { text } = draft;
  const slash = menuClosed ? undefined : slashQuery(text, cursor);
  const checked = useGateCheck(conversationId, text, slash === undefined);
  const verdict = draft.refused?.verdict ?? checked;
  const approval = useApproval(conversationId, draft);
  const isBlocked = verdict?.decision === 'block';
  const armed = verdict?.decision === 'warn';
  const isLegal = text.trim() !== '' && text.length <= MOST_CHARACTERS;
  const canSend = isLegal && (!isBlocked || approval.grantId !== undefined);
  const canAsk = isLegal && mayAsk(verdict) && approval.grantId === undefined && approval.latest?.state !== 'asked';
  useTypingNotice(text, (on) => desk.typing(conversationId, on));

  const put = useCallback(
    (edited: { text: string; cursor: number }, suggestion: Draft['suggestion']) => {
      desk.drafts.set(conversationId, { text: edited.text, ...(suggestion ? { suggestion } : {}) });
      setCursor(edited.cursor);
    },
    [desk, conversationId],
  );

  useImperativeHandle(handle, () => ({
    focus: () => field.current?.focus(),
    ask() {
      if (canAsk) approval.begin();
    },
    insert(insertion, suggestion) {
      const box = field.current;
      const at = box?.selectionEnd ?? text.length;
      const edited = insertAtCursor(text, at, insertion);
      void stopAutomatic(conversationId);
      if (box) typeInto(box, at, at, insertion);
      put(edited, suggestion ?? draft.suggestion);
      placeCursor(box, edited.cursor);
    },
  }));

  useEffect(() => {
    // After the press that opened the conversation has given the focus to its row.
    const frame = requestAnimationFrame(() => field.current?.focus());
    return () => cancelAnimationFrame(frame);
  }, [field]);

  async function send(knowingly: boolean): Promise<void> {
    if (!canSend || ((armed || isBlocked) && !knowingly)) return;
    desk.drafts.set(conversationId, { text: '' });
    const outcome = await desk.send(conversationId, draft, armed || isBlocked, approval.grantId);
    if (outcome === 'stale' || outcome === 'settled') desk.notify('info', t(`send.${outcome}`));
  }

  return {
    draft,
    verdict,
    armed,
    approval,
    mayAsk: mayAsk(verdict),
    canSend,
    slash,
    send: (knowingly) => void send(knowingly),
    closeMenu: () => setMenuClosed(true),
    moveCursor: setCursor,
    changeText(next, at) {
      setMenuClosed(false);
      put({ text: next, cursor: at }, next.trim() === '' ? undefined : draft.suggestion);
    },
    insertFound(script) {
      if (!slash || script.missing.length > 0) return;
      const edited = replaceSlash(text, slash.from, cursor, script.text);
      if (field.current) typeInto(field.current, slash.from, cursor, script.text);
      put(edited, draft.suggestion);
      placeCursor(field.current, edited.cursor);
    },
  };
}

/** Types as the keyboard would, so that the browser's own undo takes it back. Where it cannot, the draft is set anyway. */
function typeInto(box: HTMLTextAreaElement, from: number, to: number, insertion: string): void {
  box.focus();
  box.setSelectionRange(from, to);
  document.execCommand('insertText', false, insertion);
}

/** Puts the cursor behind what was inserted, once the field shows it. */
function placeCursor(box: HTMLTextAreaElement | null, cursor: number): void {
  requestAnimationFrame(() => {
    box?.focus();
    box?.setSelectionRange(cursor, cursor);
  });
}
