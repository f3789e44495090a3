import { type KeyboardEvent, type MouseEvent, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import type { LibraryEntry } from '../../../protocol/library.ts';
import { useLanguage } from '../../i18n/language.tsx';
import { useNow } from '../../parts/use-now.ts';
import { EntryBadges } from './entry-badges.tsx';
import { entryAt, placeOf } from './list-state.ts';
import type { ScriptListView } from './use-script-list.ts';
import { scrollTo, visibleRows } from './visible-rows.ts';

/** As in list.css. */
const ROW_PX = 66;

/** The rows of the list, of which only those in sight are drawn. Ticks are the selection; the open one is current. */
export function ScriptList({
  view: { list, dispatch, show },
  currentId,
  onOpen,
}: {
  view: ScriptListView;
  currentId: string | undefined;
  onOpen(scriptId: string): void;
}) {
  const { t } = useLanguage();
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [scrolled, setScrolled] = useState({ top: 0, height: 600 });
  const total = list.head?.total ?? 0;
  const { from, to } = visibleRows(scrolled.top, scrolled.height, ROW_PX, total);
  const current = placeOf(list, currentId);

  useEffect(() => show(from, to), [show, from, to]);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const measure = () => setScrolled({ top: element.scrollTop, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    element.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      element.removeEventListener('scroll', measure);
    };
  }, []);
  useEffect(() => {
    const element = box.current;
    if (!element || current === undefined) return;
    const top = scrollTo(current, element.scrollTop, element.clientHeight, ROW_PX);
    if (top !== undefined) element.scrollTop = top;
  }, [current]);

  function moveTo(at: number): void {
    const entry = entryAt(list, Math.max(0, Math.min(total - 1, at)));
    if (entry) onOpen(entry.scriptId);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const at = current ?? -1;
    const page = Math.max(1, Math.floor(scrolled.height / ROW_PX) - 1);
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page };
    const step = steps[event.key];
    if (step !== undefined) {
      if (event.shiftKey && current !== undefined) dispatch({ type: 'tickedTo', at: current + step });
      moveTo(at + step);
    } else if (event.key === 'Home') moveTo(0);
    else if (event.key === 'End') moveTo(total - 1);
    else if (event.key === ' ' && current !== undefined) dispatch({ type: 'ticked', at: current });
    else return;
    event.preventDefault();
  }

  function onClick(event: MouseEvent): void {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>('[data-at]');
    if (!row) return;
    const at = Number(row.dataset['at']);
    if (event.shiftKey) dispatch({ type: 'tickedTo', at });
    else if (target.closest('.tick') || event.ctrlKey || event.metaKey) dispatch({ type: 'ticked', at });
    else moveTo(at);
    // The row that was pressed may scroll out of sight and go; the keys stay with the list.
    box.current?.focus({ preventScroll: true });
  }

  return (
    <div
      ref={box}
      className="entries"
      role="listbox"
      aria-label={t('library.title')}
      aria-multiselectable="true"
      aria-activedescendant={current !== undefined && from <= current && current < to ? `${id}-${current}` : undefined}
      tabIndex={0}
      onClick={onClick}
      onKeyDown={onKeyDown}
    >
      {list.head && total === 0 && <p className="empty">{t('library.nothing')}</p>}
      {!list.head && <p className="empty">{t('loading')}</p>}
      <div className="entries-all" style={{ height: total * ROW_PX }} role="presentation">
        {Array.from({ length: to - from }, (_, i) => from + i).map((at) => (
          <Row
            key={at}
            id={`${id}-${at}`}
            at={at}
            total={total}
            entry={entryAt(list, at)}
            isCurrent={at === current}
            isTicked={list.ticked.has(entryAt(list, at)?.scriptId ?? '')}
          />
        ))}
      </div>
    </div>
  );
}

function Row({
  id,
  at,
  total,
  entry,
  isCurrent,
  isTicked,
}: {
  id: string;
  at: number;
  total: number;
  entry: LibraryEntry | undefined;
  isCurrent: boolean;
  isTicked: boolean;
}) {
  const { language } = useLanguage();
  const now = useNow();
  const style = { transform: `translateY(${at * ROW_PX}px)` };
  if (!entry) return <div className="entry" style={style} role="presentation" />;
  return (
    <div
      id={id}
      className="entry"
      style={style}
      role="option"
      tabIndex={-1}
      aria-selected={isTicked}
      aria-current={isCurrent}
      aria-setsize={total}
      aria-posinset={at + 1}
      data-at={at}
    >
      <span className="tick" aria-hidden="true" />
      <span className="entry-head">
        <b>{entry.title[language]}</b>
        <span className="code">/{entry.code}</span>
        <span className="code faint">{entry.scriptId}</span>
      </span>
      <EntryBadges entry={entry} nowMs={now} dense />
      <span className="entry-text">{entry.text}</span>
    </div>
  );
}
