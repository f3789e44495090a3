/** Counts of showings folded into what they say for a wording: how often it was read, how often it won. */
import type { ShowingCounts } from '../../protocol/learning.ts';

/** An outcome counts half after so long: a shop's goods and buyers change with the season. */
export const HALF_LIFE_MS = 60 * 24 * 3_600_000;

/** What an edited proposal is worth beside one sent as it stood. */
const EDITED_WORTH = 0.6;
/** What a payment adds to the proposal before it. */
const PAID_WORTH = 0.25;
/** What a dismissal takes away: it says more than passing over. */
const DISMISSED_WORTH = -0.5;

/** Showings that the agent surely read, and what they won; fading with time. */
export interface Tally {
  weight: number;
  wins: number;
}

/** Nothing seen yet. */
export const NOTHING: Tally = { weight: 0, wins: 0 };

/** What is left of a weight after some time; 1 for a moment ahead. */
export function fade(elapsedMs: number): number {
  return elapsedMs <= 0 ? 1 : 2 ** (-elapsedMs / HALF_LIFE_MS);
}

/** Folds counts, faded by `share`. What stood below the one taken may not have been read: it is not seen. */
export function tallyOf(counts: ShowingCounts, share: number): Tally {
  const { shown, below, dismissed, accepted, edited, paid } = counts;
  return {
    weight: (shown - below) * share,
    wins: (accepted + edited * EDITED_WORTH + paid * PAID_WORTH + dismissed * DISMISSED_WORTH) * share,
  };
}

/** Adds two tallies. */
export function addTallies(a: Tally, b: Tally): Tally {
  return { weight: a.weight + b.weight, wins: a.wins + b.wins };
}

/** Nothing counted yet. */
export const NO_COUNTS: ShowingCounts = {
  shown: 0,
  accepted: 0,
  edited: 0,
  dismissed: 0,
  passed: 0,
  below: 0,
  paid: 0,
};

/** Adds two counts. */
export function addCounts(a: ShowingCounts, b: ShowingCounts): ShowingCounts {
  return {
    shown: a.shown + b.shown,
    accepted: a.accepted + b.accepted,
    edited: a.edited + b.edited,
    dismissed: a.dismissed + b.dismissed,
    passed: a.passed + b.passed,
    below: a.below + b.below,
    paid: a.paid + b.paid,
  };
}
