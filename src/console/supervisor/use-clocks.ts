import { useEffect, useState } from 'react';
import type { ClockTally, ClockView, PromiseTally } from '../../protocol/clocks.ts';
import type { CallView } from '../../protocol/on-call.ts';
import { HttpError } from '../client/http.ts';
import { deskApi } from '../desk/store/desk-api.ts';

/** Clocks that run, and what became of those of today. */
export interface WatchedClocks {
  clocks: readonly ClockView[];
  today: readonly ClockTally[];
  promises: PromiseTally;
  calls: readonly CallView[];
}

/** Reads them again whenever the figures were read. What fails now is read with the next figures. */
export function useClocks(readAt: number | undefined): WatchedClocks | undefined {
  const [watched, setWatched] = useState<WatchedClocks>();
  useEffect(() => {
    if (readAt === undefined) return;
    let stopped = false;
    Promise.all([deskApi.clocks(), deskApi.clocksToday()]).then(
      ([{ clocks }, { clocks: today, promises, calls }]) => {
        if (!stopped) setWatched({ clocks, today, promises, calls });
      },
      (error: unknown) => {
        if (!(error instanceof HttpError)) throw error;
      },
    );
    return () => {
      stopped = true;
    };
  }, [readAt]);
  return watched;
}
