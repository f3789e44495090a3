/** The one source of time. Rules never call `Date.now()` themselves, so that tests can set the hour. */
export interface Clock {
  /** Unix milliseconds, UTC. */
  now(): number;
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() };

/** A clock that stands still until it is told to move. */
export interface ManualClock extends Clock {
  /** Jumps to a moment, forward or back. */
  set(ms: number): void;
  /** Moves by a number of milliseconds. */
  advance(ms: number): void;
}

/** Creates a clock for tests and simulations. */
export function createManualClock(startMs: number): ManualClock {
  let current = startMs;
  return {
    now: () => current,
    set(ms) {
      current = ms;
    },
    advance(ms) {
      current += ms;
    },
  };
}
