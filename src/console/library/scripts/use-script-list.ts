import { type Dispatch, useCallback, useEffect, useReducer, useRef, useState } from 'react';
import { type ListQuery, libraryApi } from '../library-api.ts';
import { useLibrary } from '../library-context.tsx';
import { beginList, type ListAction, type ListState, missingPages, PAGE_SIZE, reduceList } from './list-state.ts';

/** The list as it is shown, and what can be done to it. */
export interface ScriptListView {
  list: ListState;
  dispatch: Dispatch<ListAction>;
  /** Says which rows are seen; what of them is not loaded is read. */
  show(from: number, to: number): void;
}

/** Reads the list in pieces as they are looked at, and again when the library changes. */
export function useScriptList(query: ListQuery): ScriptListView {
  const { changes, fail } = useLibrary();
  const { listen } = changes;
  const [list, dispatch] = useReducer(reduceList, query, beginList);
  const [rows, setRows] = useState({ from: 0, to: 1 });
  const underWay = useRef(new Map<string, AbortController>());

  useEffect(() => dispatch({ type: 'asked', query }), [query]);
  useEffect(() => listen('library', () => dispatch({ type: 'outdated' })), [listen]);
  useEffect(() => {
    const { generation } = list;
    for (const [key, abort] of underWay.current) {
      if (!key.startsWith(`${generation}:`)) abort.abort();
    }
    for (const page of missingPages(list, rows.from, rows.to)) {
      const key = `${generation}:${page}`;
      if (underWay.current.has(key)) continue;
      const abort = new AbortController();
      underWay.current.set(key, abort);
      libraryApi
        .list(list.query, page * PAGE_SIZE, PAGE_SIZE, abort.signal)
        .then(
          (body) => dispatch({ type: 'loaded', page, generation, query: list.query, list: body }),
          (error: unknown) => {
            if (!abort.signal.aborted) fail(error);
          },
        )
        .finally(() => underWay.current.delete(key));
    }
  }, [list, rows, fail]);

  const show = useCallback(
    (from: number, to: number) =>
      setRows((before) => (before.from === from && before.to === to ? before : { from, to })),
    [],
  );
  return { list, dispatch, show };
}
