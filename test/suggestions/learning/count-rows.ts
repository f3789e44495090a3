import { NO_COUNTS } from '../../../src/suggestions/learning/fold-counts.ts';
import type { CountRow } from '../../../src/suggestions/learning/ports.ts';

/** 2027-03-01 10:00 in Shanghai. */
export const NOW = Date.UTC(2027, 2, 1, 2);

/** Counts of a script, none of them faded. */
export function countRow(
  changes: Partial<Omit<CountRow, 'counts' | 'weights'>> & Partial<CountRow['counts']>,
): CountRow {
  const {
    scriptId = 'SCR-30',
    version = 1,
    variant = 0,
    context = 'INT-PRE|none|unknown',
    asOf = NOW,
    ...told
  } = changes;
  const { accepted = 0, edited = 0, dismissed = 0, passed = 0, below = 0, paid = 0 } = told;
  const shown = accepted + edited + dismissed + passed;
  const counts = { ...NO_COUNTS, shown, accepted, edited, dismissed, passed, below, paid };
  return { scriptId, version, variant, context, asOf, counts, weights: counts };
}
