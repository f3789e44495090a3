import { useCallback, useEffect, useState } from 'react';
import type { TeachingView } from '../../protocol/teaching.ts';
import { type Catalogue, emptyCatalogue, indexCatalogue } from '../desk/catalogue.ts';
import { deskApi } from '../desk/store/desk-api.ts';
import { teachingApi } from './teaching-api.ts';
import type { WatchTeaching } from './use-counters.ts';

/** A lesson begins a moment after the last correction, and nothing tells of its beginning. */
const LESSON_BEGINS_MS = 4000;
/** A lesson that failed tells nothing either. */
const WHILE_BUSY_MS = 5000;

/** What the teaching section shows, and what it can do. */
export interface Teaching {
  /** `undefined` until it was read. */
  view: TeachingView | undefined;
  names: Catalogue;
  /** What went wrong with the last thing asked for. */
  problem: string | undefined;
  /** A lesson is being given. */
  busy: boolean;
  teach(): Promise<void>;
  back(): Promise<void>;
  forget(correctionId: string): Promise<void>;
  /** Reads the next page of corrections. */
  more(): Promise<void>;
}

/** Reads what teaching has come to, at once when it changes. */
export function useTeaching(watch: WatchTeaching): Teaching {
  const [first, setFirst] = useState<TeachingView>();
  const [older, setOlder] = useState<TeachingView>();
  const [names, setNames] = useState(emptyCatalogue);
  const [problem, setProblem] = useState<string>();
  const [asked, setAsked] = useState(false);
  const view = first && older ? joinPages(first, older) : first;
  const busy = asked || view?.busy === true;

  const read = useCallback(
    () => teachingApi.view().then(setFirst, (error: Error) => console.debug('teaching', error.message)),
    [],
  );
  useEffect(() => {
    deskApi.catalogue().then(
      (body) => body && setNames(indexCatalogue(body)),
      (error: Error) => console.debug('catalogue', error.message),
    );
  }, []);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    void read();
    const stop = watch(() => {
      void read();
      clearTimeout(timer);
      timer = setTimeout(read, LESSON_BEGINS_MS);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [read, watch]);
  useEffect(() => {
    if (!busy) return;
    const timer = setInterval(read, WHILE_BUSY_MS);
    return () => clearInterval(timer);
  }, [read, busy]);

  async function act(what: () => Promise<unknown>): Promise<void> {
    setProblem(undefined);
    try {
      await what();
      await read();
    } catch (error) {
      setProblem((error as Error).message);
    }
  }

  return {
    view,
    names,
    problem,
    busy,
    async teach() {
      setAsked(true);
      await act(teachingApi.teach);
      setAsked(false);
    },
    back: () => act(teachingApi.back),
    async forget(correctionId) {
      await act(() => teachingApi.forget(correctionId));
      setOlder(
        (pages) => pages && { ...pages, corrections: pages.corrections.filter(({ id }) => id !== correctionId) },
      );
    },
    async more() {
      const from = view?.before;
      if (typeof from !== 'string') return;
      await act(async () => {
        const page = await teachingApi.view(from);
        setOlder({ ...page, corrections: [...view!.corrections, ...page.corrections] });
      });
    },
  };
}

/** The newest page as it is by now, with the older ones that were read; what both hold is shown once. */
function joinPages(first: TeachingView, older: TeachingView): TeachingView {
  const known = new Set(first.corrections.map(({ id }) => id));
  const corrections = [...first.corrections, ...older.corrections.filter(({ id }) => !known.has(id))];
  return { ...first, corrections, before: older.before };
}
