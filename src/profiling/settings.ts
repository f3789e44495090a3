import { THRESHOLD_RANGES, type ThresholdName, TYPE_SCORE_RANGE } from '../protocol/profiling.ts';

const DAY = 24 * 60 * 60_000;

/** Thresholds of the features; a shop may set each. Ranges and names are in the protocol. @see domain 03, 3.2 */
export type Thresholds = Record<ThresholdName, number>;

/** The shipped thresholds. */
export const DEFAULT_THRESHOLDS = Object.fromEntries(
  Object.entries(THRESHOLD_RANGES).map(([name, range]) => [name, range.default]),
) as Thresholds;

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
  minScore: TYPE_SCORE_RANGE.default,
  orderHalfLifeMs: 180 * DAY,
  chatHalfLifeMs: 30 * DAY,
  chatGapMs: 14 * DAY,
};
