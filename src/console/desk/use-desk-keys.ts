import { useEffect } from 'react';
import { useComposer, useDesk } from './desk-context.tsx';
import { focusPane } from './focus-pane.ts';
import { type DeskKey, matchKey } from './match-key.ts';
import { focusRecords } from './side/records/focus-records.ts';
import { activeThread, listedIds, neighbour, newestUnderstood, usableProposals } from './store/select.ts';

/** Listens for the desk's keys on the whole page. */
export function useDeskKeys(onHelp: () => void): void {
  const desk = useDesk();
  const composer = useComposer();
  useEffect(() => {
    function obey(key: DeskKey): void {
      const state = desk.store.get();
      const conversation = state.activeId === undefined ? undefined : state.conversations[state.activeId];
      switch (key.action) {
        case 'insert': {
          const suggestions = activeThread(state)?.suggestions;
          const usable = usableProposals(activeThread(state)).find(({ position }) => position === key.position);
          if (suggestions && usable) {
            const { text, polished } = usable.proposal;
            composer.current?.insert(key.polished ? (polished ?? text) : text, {
              id: suggestions.id,
              position: usable.position,
            });
          }
          return;
        }
        case 'next':
        case 'previous': {
          const next = neighbour(listedIds(state), state.activeId, key.action === 'next' ? 1 : -1);
          if (next !== undefined && next !== state.activeId) desk.open(next);
          composer.current?.focus();
          return;
        }
        case 'resolve':
          if (conversation) void desk.resolve(conversation.id);
          return;
        case 'takeOver':
          if (conversation) void desk.takeOver(conversation.id, conversation.takenOverAt === undefined);
          return;
        case 'correct': {
          const seq = newestUnderstood(activeThread(state));
          if (seq !== undefined) desk.store.dispatch({ type: 'correctingChanged', seq });
          return;
        }
        case 'tasks':
          desk.chooseList('tasks');
          requestAnimationFrame(() => document.querySelector<HTMLElement>('.task-grid [role="row"]')?.focus());
          return;
        case 'records':
          focusRecords();
          return;
        case 'pane':
          focusPane(key.step, () => composer.current?.focus());
          return;
        case 'ask':
          composer.current?.ask();
          return;
        case 'help':
          onHelp();
      }
    }
    function onKeyDown(event: KeyboardEvent): void {
      const key = matchKey(event, isTextField(event.target));
      if (!key) return;
      event.preventDefault();
      obey(key);
    }
    addEventListener('keydown', onKeyDown, { capture: true });
    return () => removeEventListener('keydown', onKeyDown, { capture: true });
  }, [desk, composer, onHelp]);
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);
}
