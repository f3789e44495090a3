import { type KeyboardEvent, useId, useRef, useState } from 'react';
import type { FoundScript } from '../../../protocol/http.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { useComposer, useDesk, useDeskState } from '../desk-context.tsx';
import { deskApi } from '../store/desk-api.ts';
import { activeThread, usableProposals } from '../store/select.ts';
import { useScriptSearch } from '../use-script-search.ts';
import { ApprovalPanel } from './approval-panel.tsx';
import { ComposerFoot } from './composer-foot.tsx';
import { GateFindings } from './gate-findings.tsx';
import { MarkedText } from './marked-text.tsx';
import { optionId, ScriptMenu } from './script-menu.tsx';
import { useComposerState } from './use-composer.ts';
import { withdrawalText } from './withdrawal-text.ts';

/** Where a reply is written: draft, script search, the gate's word, sending. */
export function Composer({ conversationId }: { conversationId: string }) {
  const { t } = useLanguage();
  const desk = useDesk();
  const handle = useComposer();
  const menuId = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const state = useComposerState(conversationId, field);
  const { draft, verdict, slash } = state;
  const found = useScriptSearch(slash?.query, conversationId);
  const [chosen, setChosen] = useState({ query: '', at: 0 });
  const at = slash && chosen.query === slash.query ? Math.min(chosen.at, Math.max(0, (found?.length ?? 1) - 1)) : 0;
  const menuOpen = slash !== undefined && found !== undefined;

  function steerMenu(event: KeyboardEvent, query: string, scripts: readonly FoundScript[]): boolean {
    const move = (step: number) => setChosen({ query, at: (at + step + scripts.length) % Math.max(1, scripts.length) });
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Escape') state.closeMenu();
    else if ((event.key === 'Enter' || event.key === 'Tab') && scripts[at]) state.insertFound(scripts[at]);
    else return false;
    return true;
  }

  function onKeyDown(event: KeyboardEvent<HTMLTextAreaElement>): void {
    // The Enter that ends the choice of a character is not the Enter that sends.
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (menuOpen && slash && steerMenu(event, slash.query, found)) {
      event.preventDefault();
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      state.send(event.ctrlKey || event.metaKey);
    } else if (event.key === 'Escape') {
      const positions = usableProposals(activeThread(desk.store.get())).map(({ position }) => position);
      desk.dismiss(conversationId, positions);
    }
  }

  async function insertInstead(card: string): Promise<void> {
    const script = await findScript(card, conversationId);
    if (script) handle.current?.insert(script.text);
    else desk.notify('info', t('gate.insteadMissing', { card }));
  }

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        state.send(true);
      }}
    >
      {menuOpen && <ScriptMenu id={menuId} found={found} chosen={at} onChoose={state.insertFound} />}
      <StaleNotice conversationId={conversationId} suggestionId={draft.suggestion?.id} />
      <div className="composer-box">
        <MarkedText text={draft.text} findings={verdict?.findings ?? []} />
        <textarea
          ref={field}
          className="marked-field composer-field"
          aria-label={t('composer.label')}
          aria-controls={menuOpen ? menuId : undefined}
          aria-activedescendant={menuOpen && found.length > 0 ? optionId(menuId, at) : undefined}
          aria-invalid={verdict?.decision === 'block'}
          placeholder={t('composer.placeholder')}
          value={draft.text}
          onChange={({ target }) => state.changeText(target.value, target.selectionEnd)}
          onSelect={({ currentTarget }) => state.moveCursor(currentTarget.selectionEnd)}
          onKeyDown={onKeyDown}
        />
      </div>
      <GateFindings text={draft.text} verdict={verdict} onInsertInstead={(card) => void insertInstead(card)} />
      {verdict?.decision === 'block' && (
        <ApprovalPanel approval={state.approval} mayAsk={state.mayAsk} onLeave={() => field.current?.focus()} />
      )}
      <ComposerFoot state={state} />
    </form>
  );
}

/** Says that the suggestion the draft came from no longer holds. */
function StaleNotice({ conversationId, suggestionId }: { conversationId: string; suggestionId: string | undefined }) {
  const { t } = useLanguage();
  const suggestions = useDeskState((state) => state.threads[conversationId]?.suggestions);
  const withdrawn = useDeskState((state) => state.threads[conversationId]?.withdrawn);
  if (suggestionId === undefined) return null;
  const gone = suggestions?.id === suggestionId ? suggestions.state !== 'live' : suggestions !== undefined;
  if (!gone) return null;
  const reason = withdrawn?.suggestionId === suggestionId ? withdrawn.reason : 'newer_message';
  return (
    <p className="strip-note strip-stale" role="status">
      {withdrawalText(reason, t)} {t('suggestions.checkDraft')}
    </p>
  );
}

async function findScript(card: string, conversationId: string): Promise<FoundScript | undefined> {
  try {
    const { scripts } = await deskApi.searchScripts(card, conversationId, new AbortController().signal);
    return scripts.find((script) => script.scriptId.startsWith(card) && script.missing.length === 0);
  } catch {
    return undefined;
  }
}
