/** Limits how often something may happen: a burst, then a steady rate. */
export interface TokenBucket {
  /** Takes one; false when nothing is left. */
  take(nowMs: number): boolean;
}

/** Creates a full bucket of `burst` that refills with `perSecond`. */
export function createTokenBucket(burst: number, perSecond: number, nowMs: number): TokenBucket {
  let left = burst;
  let filledAt = nowMs;
  return {
    take(now) {
      left = Math.min(burst, left + (Math.max(0, now - filledAt) / 1000) * perSecond);
      filledAt = now;
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
}
