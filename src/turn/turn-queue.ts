/** Runs the turns of one conversation one after another, those of different conversations side by side. */

/** Takes work by conversation. */
export interface TurnQueue<T> {
  /** Adds work behind what waits for the same key. */
  add(key: string, work: T): void;
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
  /** Turns that wait or are under way. */
  size(): number;
}

/** Creates a queue; a failing turn is reported and does not stop the next one. */
export function createTurnQueue<T>(
  run: (work: T) => Promise<void>,
  onError: (error: unknown, work: T) => void,
): TurnQueue<T> {
  const tails = new Map<string, Promise<void>>();
  let size = 0;
  async function runOne(work: T): Promise<void> {
    try {
      await run(work);
    } catch (error) {
      onError(error, work);
    } finally {
      size--;
    }
  }
  return {
    add(key, work) {
      size++;
      const before = tails.get(key);
      const tail = before ? before.then(() => runOne(work)) : runOne(work);
      tails.set(key, tail);
      void tail.then(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
    },
    async idle() {
      while (tails.size > 0) await Promise.all(tails.values());
    },
    size: () => size,
  };
}
