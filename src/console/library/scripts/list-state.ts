/** The list of scripts: what of it is loaded, where the reader is, what is ticked. */
import type { LibraryEntry, LibraryList } from '../../../protocol/library.ts';
import type { ListQuery } from '../library-api.ts';

/** Entries that are asked for at once. */
export const PAGE_SIZE = 100;

/** A script that is ticked. */
export type Ticked = Pick<LibraryEntry, 'scriptId' | 'open'>;

/** Everything about the list. */
export interface ListState {
  query: ListQuery;
  /** Rises whenever what is loaded may be out of date. */
  generation: number;
  pages: Readonly<Record<number, { generation: number; entries: readonly LibraryEntry[] }>>;
  /** Of the last answer; `undefined` before the first. */
  head: Omit<LibraryList, 'entries'> | undefined;
  ticked: ReadonlyMap<string, Ticked>;
  /** Where a range of ticks begins. */
  anchor: number;
}

/** What happens to the list. */
export type ListAction =
  | { type: 'asked'; query: ListQuery }
  | { type: 'outdated' }
  | { type: 'loaded'; page: number; generation: number; query: ListQuery; list: LibraryList }
  | { type: 'ticked'; at: number }
  /** Everything between the last tick and here. */
  | { type: 'tickedTo'; at: number }
  | { type: 'tickedAll'; entries: readonly LibraryEntry[] }
  | { type: 'unticked' };

/** A list of which nothing is known. */
export function beginList(query: ListQuery): ListState {
  return { query, generation: 0, pages: {}, head: undefined, ticked: new Map(), anchor: 0 };
}

/** The next state. */
export function reduceList(state: ListState, action: ListAction): ListState {
  switch (action.type) {
    case 'asked':
      return { ...state, query: action.query, generation: state.generation + 1, pages: {}, anchor: 0 };
    case 'outdated':
      return { ...state, generation: state.generation + 1 };
    case 'loaded':
      return takeIn(state, action);
    case 'ticked': {
      const entry = entryAt(state, action.at);
      if (!entry) return state;
      const ticked = new Map(state.ticked);
      if (!ticked.delete(entry.scriptId)) ticked.set(entry.scriptId, entry);
      return { ...state, ticked, anchor: action.at };
    }
    case 'tickedTo': {
      const ticked = new Map(state.ticked);
      const [from, to] = [Math.min(state.anchor, action.at), Math.max(state.anchor, action.at)];
      for (let at = from; at <= to; at += 1) {
        const entry = entryAt(state, at);
        if (entry) ticked.set(entry.scriptId, entry);
      }
      return { ...state, ticked };
    }
    case 'tickedAll':
      return { ...state, ticked: new Map(action.entries.map((entry) => [entry.scriptId, entry])) };
    case 'unticked':
      return { ...state, ticked: new Map() };
  }
}

function takeIn(state: ListState, { page, generation, query, list }: Extract<ListAction, { type: 'loaded' }>) {
  // An answer to what is no longer asked.
  if (query !== state.query) return state;
  const { entries, ...head } = list;
  const pages = { ...state.pages, [page]: { generation, entries } };
  // What is behind the new end is gone.
  for (const number of Object.keys(pages)) {
    if (Number(number) * PAGE_SIZE >= head.total) delete pages[Number(number)];
  }
  return { ...state, pages, head, ticked: refresh(state.ticked, entries) };
}

/** What is ticked is decided on as it was last seen. */
function refresh(ticked: ListState['ticked'], entries: readonly LibraryEntry[]): ListState['ticked'] {
  const seen = entries.filter((entry) => ticked.has(entry.scriptId));
  if (seen.length === 0) return ticked;
  return new Map([...ticked, ...seen.map((entry) => [entry.scriptId, entry] as const)]);
}

/** The entry at a place; `undefined` while it is not loaded. */
export function entryAt(state: ListState, at: number): LibraryEntry | undefined {
  return state.pages[Math.floor(at / PAGE_SIZE)]?.entries[at % PAGE_SIZE];
}

/** Where a script stands among what is loaded. */
export function placeOf(state: ListState, scriptId: string | undefined): number | undefined {
  if (scriptId === undefined) return undefined;
  for (const [page, { entries }] of Object.entries(state.pages)) {
    const at = entries.findIndex((entry) => entry.scriptId === scriptId);
    if (at !== -1) return Number(page) * PAGE_SIZE + at;
  }
  return undefined;
}

/** Numbers of the pages between two places that are not loaded, or out of date. */
export function missingPages(state: ListState, from: number, to: number): number[] {
  const last = Math.floor(Math.max(from, to - 1) / PAGE_SIZE);
  const missing: number[] = [];
  for (let page = Math.floor(from / PAGE_SIZE); page <= last; page += 1) {
    if (state.pages[page]?.generation !== state.generation) missing.push(page);
  }
  return missing;
}

/** What of the ticked scripts an action can be applied to. */
export function decidable(ticked: Iterable<Ticked>, action: 'submit' | 'approve' | 'discard') {
  return [...ticked].flatMap(({ scriptId, open }) =>
    open && (action !== 'submit' || open.status === 'draft') ? [{ scriptId, revision: open.revision }] : [],
  );
}
