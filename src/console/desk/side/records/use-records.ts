/** The records of the open conversation, read again whenever something of it changed. */
import { useCallback, useEffect, useState } from 'react';
import type { RecordGroup, RecordsView } from '../../../../protocol/desk-records.ts';
import { HttpError } from '../../../client/http.ts';
import { useDesk } from '../../desk-context.tsx';
import { createRefreshSoon } from '../../store/refresh-soon.ts';
import { recordsApi } from './records-api.ts';

/** The records and what may be done with them. */
export interface Records {
  view: RecordsView;
  /**
   * Puts fields into a record; an `undefined` field is taken out. False: it was refused, see `problem`.
   *
   * @param how `anew`: nothing of what stands stays. Default `beside`
   */
  enter(group: RecordGroup, fields: Record<string, unknown>, how?: 'beside' | 'anew'): Promise<boolean>;
  /** What the desk said against the last entry. */
  problem: HttpError | undefined;
  busy: boolean;
}

/** `undefined` until they were read. */
export function useRecords(conversationId: string): Records | undefined {
  const { store } = useDesk();
  const [view, setView] = useState<RecordsView>();
  const [problem, setProblem] = useState<HttpError>();
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    let stopped = false;
    const read = createRefreshSoon(() => {
      recordsApi.read(conversationId).then(
        (answer) => !stopped && setView(answer),
        (error: Error) => console.debug('records', error.message),
      );
    });
    let seen = store.get().threads[conversationId];
    read(conversationId);
    const unsubscribe = store.subscribe(() => {
      const thread = store.get().threads[conversationId];
      if (thread === seen) return;
      seen = thread;
      read(conversationId);
    });
    return () => {
      stopped = true;
      unsubscribe();
    };
  }, [conversationId, store]);

  const enter = useCallback(
    async (group: RecordGroup, fields: Record<string, unknown>, how: 'beside' | 'anew' = 'beside') => {
      setBusy(true);
      try {
        // What stands is read first: two quick presses must not meet in an old revision.
        const known = (await recordsApi.read(conversationId)).records.find((one) => one.group === group);
        const value = without({ ...(how === 'beside' ? known?.value : {}), ...fields });
        setView(await recordsApi.put(conversationId, group, { basedOn: known?.revision ?? 0, value }));
        setProblem(undefined);
        return true;
      } catch (error) {
        if (!(error instanceof HttpError)) throw error;
        setProblem(error);
        return false;
      } finally {
        setBusy(false);
      }
    },
    [conversationId],
  );
  return view && { view, enter, problem, busy };
}

function without(value: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined && part !== ''));
}
