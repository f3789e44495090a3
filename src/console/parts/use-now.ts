import { useSyncExternalStore } from 'react';

const TICK_MS = 1000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The present moment in Unix ms, once a second; one clock for all that count. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

function minuteOf(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}

/** The minute that runs, in Unix ms; what uses it is drawn again once a minute. */
export function useMinute(): number {
  return useSyncExternalStore(subscribe, () => minuteOf(now));
}

/** The present moment within an hour of another, else the minute that runs: hundreds of far ones cost nothing. */
export function useNowNear(ms: number): number {
  return useSyncExternalStore(subscribe, () => (Math.abs(ms - now) < HOUR_MS ? now : minuteOf(now)));
}
