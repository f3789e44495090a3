import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useLanguage } from '../../i18n/language.tsx';
import { ActionButton } from '../../parts/action-button.tsx';
import { Icon } from '../../parts/icons.tsx';
import type { Address } from '../address.ts';
import { NewScript } from '../editor/new-script.tsx';
import { useLibrary } from '../library-context.tsx';
import type { Navigate } from '../use-address.ts';
import { BulkBar } from './bulk-bar.tsx';
import { ListFilters } from './list-filters.tsx';
import { entryAt, type ListState, placeOf } from './list-state.ts';
import { ScriptList } from './script-list.tsx';
import { ScriptPane } from './script-pane.tsx';
import { usePageKeys } from './use-page-keys.ts';
import { useScriptList } from './use-script-list.ts';

/** How long the search waits for the next letter. */
const PAUSE_MS = 150;

/** All scripts on the left, one of them on the right. */
export function ScriptsPage({ address, navigate }: { address: Address; navigate: Navigate }) {
  const { t } = useLanguage();
  const { forms } = useLibrary();
  const [text, setText] = useState('');
  const [group, setGroup] = useState<string>();
  const searchField = useRef<HTMLInputElement>(null);
  const listPane = useRef<HTMLElement>(null);
  const q = useSettled(text.trim(), PAUSE_MS);
  const { state, scriptId } = address;
  const view = useScriptList(useMemo(() => ({ state, q, group }), [state, q, group]));
  const { list } = view;

  const open = useCallback((id: string) => navigate({ scriptId: id, doing: 'read' }), [navigate]);
  const first = entryAt(list, 0)?.scriptId;
  useEffect(() => {
    if (scriptId === undefined && address.doing === 'read' && first !== undefined)
      navigate({ scriptId: first }, 'replace');
  }, [scriptId, address.doing, first, navigate]);

  function focusRows(): void {
    const rows = listPane.current?.querySelector<HTMLElement>('[role=listbox]');
    rows?.focus();
    if (placeOf(list, scriptId) === undefined && first !== undefined) open(first);
  }
  function step(by: 1 | -1): void {
    const next = entryAt(list, (placeOf(list, scriptId) ?? -1) + by);
    if (next) open(next.scriptId);
  }
  usePageKeys({
    slash: () => searchField.current?.focus(),
    j: () => step(1),
    k: () => step(-1),
    n: () => navigate({ doing: 'create' }),
  });

  return (
    <main className="library-panes">
      <section className="list-pane" ref={listPane} aria-label={t('library.list')}>
        <ListFilters
          head={list.head}
          text={text}
          state={state}
          group={group}
          searchField={searchField}
          onText={setText}
          onState={(next) => navigate({ state: next, scriptId: undefined, doing: 'read' })}
          onGroup={setGroup}
          onLeave={focusRows}
        />
        {list.head?.fileProblem !== undefined && (
          <p className="file-problem" role="alert">
            <b>{t('library.fileProblem')}</b> {list.head.fileProblem}
          </p>
        )}
        <ScriptList view={view} currentId={scriptId} onOpen={open} />
        <BulkBar view={view} />
        <div className="list-foot">
          <ActionButton look="main" onPress={() => navigate({ doing: 'create' })}>
            <Icon name="plus" /> {t('library.new')} <kbd>N</kbd>
          </ActionButton>
          <span className="faint">
            <kbd>/</kbd> {t('library.keySearch')} <kbd>J</kbd> <kbd>K</kbd> {t('library.keyMove')}
          </span>
        </div>
      </section>
      {address.doing === 'create' ? (
        <NewScript forms={forms} groups={list.head?.groups ?? []} navigate={navigate} />
      ) : (
        <ScriptPane
          key={scriptId ?? ''}
          scriptId={scriptId}
          editing={address.doing === 'edit'}
          groups={list.head?.groups ?? []}
          navigate={navigate}
          nextScript={() => nextOf(list, scriptId)}
        />
      )}
    </main>
  );
}

/** Where the list shows drafts or reviews only, a script that leaves it makes room for the next one. */
function nextOf(list: ListState, scriptId: string | undefined): string | undefined {
  const at = placeOf(list, scriptId);
  if ((list.query.state !== 'draft' && list.query.state !== 'in_review') || at === undefined) return undefined;
  return (entryAt(list, at + 1) ?? entryAt(list, at - 1))?.scriptId;
}

/** A value once it has stood still. */
function useSettled(value: string, pauseMs: number): string {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
