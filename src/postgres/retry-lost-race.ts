/** What to do when two nodes write the same thing at the same moment. */

/** How often a write that lost a race is tried in all. */
const ATTEMPTS = 3;

/**
 * SQLSTATE 40001 serialization_failure, 40P01 deadlock_detected, 23505 unique_violation. A statement judges what
 * is there by its snapshot, which may be older than the lock it waited for: a second try sees the winner's rows.
 */
const LOST_RACE = new Set(['40001', '40P01', '23505']);

/** Runs `work`, a statement or a whole transaction, again when another writer was first. */
export async function retryLostRace<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt >= ATTEMPTS || !isLostRace(error)) throw error;
    }
  }
}

function isLostRace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && LOST_RACE.has(error.code);
}
