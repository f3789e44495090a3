/** Chance that can be repeated: the same seed gives the same month. */
export interface Random {
  /** At least 0, below 1. */
  next(): number;
  /** True in so large a share of cases. */
  chance(share: number): boolean;
  /** A whole number of at least `from` and below `to`. */
  between(from: number, to: number): number;
  pick<T>(list: readonly T[]): T;
}

/** Creates a generator (mulberry32). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    next,
    chance: (share) => next() < share,
    between: (from, to) => Math.floor(from + next() * (to - from)),
    pick: (list) => list[Math.floor(next() * list.length)]!,
  };
}
