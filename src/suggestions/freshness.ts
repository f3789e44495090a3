import type { Facts } from '../protocol/facts.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long a fact may be relied on, in milliseconds, by path; the longest path wins, no entry: no limit. @see domain 05, 5.2 */
const LIMITS_MS: Readonly<Record<string, number>> = {
  agent: MINUTE_MS,
  'buyer.id': HOUR_MS,
  'buyer.isReturning': HOUR_MS,
  'buyer.tier': HOUR_MS,
  'buyer.lastOrder': HOUR_MS,
  'buyer.measurements': 90 * DAY_MS,
  product: DAY_MS,
  'product.stock': 5 * MINUTE_MS,
  'product.restockPlan': 5 * MINUTE_MS,
  'product.differences': 30 * DAY_MS,
  'product.benefits': 30 * DAY_MS,
  'product.guarantees': 30 * DAY_MS,
  'product.certificates': 30 * DAY_MS,
  candidates: 5 * MINUTE_MS,
  choice: 5 * MINUTE_MS,
  matching: 5 * MINUTE_MS,
  comparedWith: DAY_MS,
  promo: 15 * MINUTE_MS,
  stack: 15 * MINUTE_MS,
  postage: 30 * DAY_MS,
  order: MINUTE_MS,
  // A sum of the products' floors, as old as the oldest of them.
  'order.priceFloor': DAY_MS,
  'order.slipPrinted': 10 * MINUTE_MS,
  'order.inParcel': 10 * MINUTE_MS,
  'order.shippedAt': 10 * MINUTE_MS,
  'order.handedOver': 10 * MINUTE_MS,
  'order.promisedShipBy': 10 * MINUTE_MS,
  'order.carrier': 10 * MINUTE_MS,
  'order.trackingNo': 10 * MINUTE_MS,
  'order.etaDays': 10 * MINUTE_MS,
  'order.signedAt': 10 * MINUTE_MS,
  'order.completedAt': 10 * MINUTE_MS,
  'order.tradeDeadline': 10 * MINUTE_MS,
  tracking: 2 * HOUR_MS,
  refund: 5 * MINUTE_MS,
};

/** How long the fact at a path may be relied on, in milliseconds; `undefined`: no limit. @see domain 05, 5.2 */
export function freshLimitMs(path: string): number | undefined {
  return longest(LIMITS_MS, path);
}

/** Time of the longest entry of a map that covers a path. */
function longest<T>(map: Readonly<Record<string, T>>, path: string): T | undefined {
  let found: T | undefined;
  let width = -1;
  for (const key in map) {
    if (key.length > width && (path === key || (path.startsWith(key) && path[key.length] === '.'))) {
      found = map[key];
      width = key.length;
    }
  }
  return found;
}

/** Tells the age of facts. */
export interface Freshness {
  /** Whether the fact at a path may still be relied on; exactly at its limit it may. @see SR-02 */
  isFresh(path: string): boolean;
  /** When the fact was read, where the age was given. */
  readAt(path: string): string | undefined;
}

/** Creates the ages of one set of facts; a fact without an age counts as read at `facts.now`. */
export function createFreshness(facts: Facts): Freshness {
  const asOf = facts.asOf;
  if (asOf === undefined || Object.keys(asOf).length === 0) {
    return { isFresh: () => true, readAt: () => undefined };
  }
  const nowMs = Date.parse(facts.now);
  const known = new Map<string, boolean>();
  const readAt = (path: string): string | undefined => longest(asOf, path);
  return {
    readAt,
    isFresh(path) {
      let fresh = known.get(path);
      if (fresh === undefined) {
        const at = readAt(path);
        const limitMs = freshLimitMs(path);
        fresh = at === undefined || limitMs === undefined || nowMs - Date.parse(at) <= limitMs;
        known.set(path, fresh);
      }
      return fresh;
    },
  };
}
