const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Thresholds of the features; a shop may set each. All defaults are inferences (INF). @see domain 03, 3.2 */
export const DEFAULT_THRESHOLDS = {
  /** BF-01: share of buyer messages with attribute words. */
  specShare: 0.5,
  /** BF-01: attribute messages that make a pattern. */
  specMessages: 3,
  /** BF-02: first message to order. */
  decideFastMs: 15 * MINUTE,
  /** BF-03: order to payment, median. */
  payFastMs: 10 * MINUTE,
  /** BF-04: signing to the buyer's own confirmation, median. */
  confirmEarlyMs: 2 * DAY,
  /** BF-05: share of completed orders reviewed in own words. */
  reviewShare: 0.5,
  /** BF-05: characters of a brief review. */
  reviewMaxChars: 30,
  /** BF-06: price-lowering turns in one chat. */
  bargainTurns: 3,
  /** BF-07: buyer turns between quality question and price attack. */
  priceAttackTurns: 5,
  /** BF-09: different complaints. */
  faultKinds: 3,
  /** BF-10: share of orders with a claim. */
  claimShare: 0.3,
  /** BF-10: orders needed to speak of a share. */
  claimMinOrders: 3,
  /** BF-11: share of buyer messages on look and novelty. */
  lookShare: 0.5,
  /** BF-11: look messages that make a pattern. */
  lookMessages: 2,
  /** BF-12: first message to order. */
  firstFitMs: 10 * MINUTE,
  /** BF-13: self-important messages; further words of one message count half. */
  statusMessages: 1.5,
  /** BF-15: lecturing or correcting messages; further words of one message count half. */
  expertMessages: 1.5,
  /** BF-14: waiting that is no neglect yet. */
  neglectWaitMs: 2 * MINUTE,
  /** BF-16: reassurance messages in one chat. */
  reassuranceMessages: 2,
  /** BF-17: items or variants alternated. */
  comparedVariants: 3,
  /** BF-17: a gap that begins a new session. */
  sessionGapMs: 2 * HOUR,
  /** BF-18: an unpaid order this old has lapsed. */
  lapseMs: DAY,
  /** BF-19: worried messages between payment and signing. */
  worryMessages: 2,
  /** BF-20: days without a chat before a silent order. */
  silentMs: 7 * DAY,
  /** BF-21: orders of one category. */
  routineOrders: 3,
  /** BF-21: largest spread of the intervals (standard deviation over mean). */
  routineSpread: 0.25,
  /** BF-22: completed orders of a regular. */
  regularOrders: 2,
  /** BF-23: personal messages. */
  personalMessages: 2,
  /** BF-25: pieces per order at the shop's 75th percentile. */
  basketPieces: 3,
  /** BF-26: messages that ask to be decided for. */
  leaveToYouMessages: 2,
  /** BF-27: share of proposals accepted. */
  acceptShare: 0.7,
  /** BF-27: accepted proposals that make a pattern. */
  acceptTurns: 2,
};
export type Thresholds = typeof DEFAULT_THRESHOLDS;

/** How the profiler weighs and forgets. */
export interface ProfilerSettings {
  thresholds: Thresholds;
  /** Lowest score of a type that changes anything. @see BT-P2 */
  minScore: number;
  /** Half-life of what order history showed. @see BT-P5 */
  orderHalfLifeMs: number;
  /** Half-life of what chats showed. */
  chatHalfLifeMs: number;
  /** A pause this long begins a new chat. */
  chatGapMs: number;
}

/** The shipped settings. */
export const DEFAULT_PROFILER_SETTINGS: ProfilerSettings = {
  thresholds: DEFAULT_THRESHOLDS,
  minScore: 0.5,
  orderHalfLifeMs: 180 * DAY,
  chatHalfLifeMs: 30 * DAY,
  chatGapMs: 14 * DAY,
};
