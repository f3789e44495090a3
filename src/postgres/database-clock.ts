/** The database's clock: the same on every node, whatever a node's own clock says. @see invariant 9 */
import { type Kysely, sql } from 'kysely';
import type { Clock } from '../lib/clock.ts';
import type { Database } from './schema.ts';

/** How often it is read again; between two readings the machine's steady counter carries it on. */
const READ_EVERY_MS = 10_000;
/** Readings of which the quickest counts. */
const READINGS = 4;

/** A clock that reads itself again now and then. */
export interface DatabaseClock extends Clock {
  /** Reads the database's time. A jump of its clock is followed at once. @throws when it cannot be reached */
  read(): Promise<void>;
  close(): void;
}

/**
 * Opens the clock and reads it once.
 *
 * @param onProblem hears of readings that failed; the clock goes on from the last one
 * @throws when the database cannot be reached
 */
export async function openDatabaseClock(
  db: Kysely<Database>,
  onProblem: (error: Error) => void,
): Promise<DatabaseClock> {
  /** Database time when the counter stood at 0, Unix ms. */
  let zeroMs = Number.NEGATIVE_INFINITY;
  async function read(): Promise<void> {
    let best = Number.NEGATIVE_INFINITY;
    let roundTripMs = 0;
    for (let reading = 0; reading < READINGS; reading++) {
      const askedAt = performance.now();
      const { rows } = await sql<{ ms: number }>`
        select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`.execute(db);
      const answeredAt = performance.now();
      // Taken as the time of the answer, it is late by the way back at most and never early: nothing is due too soon.
      const readMs = rows[0]!.ms - answeredAt;
      if (readMs > best) [best, roundTripMs] = [readMs, answeredAt - askedAt];
    }
    // A reading that came back slowly says nothing against an earlier, quicker one.
    if (best > zeroMs || zeroMs - best > roundTripMs) zeroMs = best;
  }
  await read();
  const timer = setInterval(() => {
    read().catch((error: unknown) => onProblem(error instanceof Error ? error : new Error(String(error))));
  }, READ_EVERY_MS);
  timer.unref();
  return {
    now: () => Math.floor(zeroMs + performance.now()),
    read,
    close: () => clearInterval(timer),
  };
}
