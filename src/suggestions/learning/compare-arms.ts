/** The two arms side by side: shares of sets, and how sure their difference is. */
import type { ArmDifference, ArmView } from '../../protocol/learning.ts';
import type { ArmSums } from './ports.ts';

/** Two-sided 95 % of a normal distribution. */
const NORMAL_95 = 1.96;
/** Conversations an arm needs before a difference is told. */
const LEAST_CONVERSATIONS = 5;

interface Ratio {
  over: number;
  of: number;
  overSquared: number;
  ofSquared: number;
  product: number;
  conversations: number;
}

/** The ratios that are compared. */
type Measure = 'acceptance' | 'edits' | 'paid';

function ratioOf(sums: ArmSums, measure: Measure): Ratio {
  const { conversations, sets, taken, edited, paid } = sums;
  const { setsSquared, takenSquared, editedSquared, paidSquared } = sums;
  switch (measure) {
    case 'acceptance': {
      const { setsTaken: product } = sums;
      return { over: taken, of: sets, overSquared: takenSquared, ofSquared: setsSquared, product, conversations };
    }
    case 'edits': {
      const { takenEdited: product } = sums;
      return { over: edited, of: taken, overSquared: editedSquared, ofSquared: takenSquared, product, conversations };
    }
    case 'paid': {
      const { takenPaid: product } = sums;
      return { over: paid, of: taken, overSquared: paidSquared, ofSquared: takenSquared, product, conversations };
    }
  }
}

const shareOf = ({ over, of }: Ratio) => ({ of, share: of === 0 ? null : over / of });

/** One arm as it is shown. */
export function showArm(sums: ArmSums): ArmView {
  return {
    conversations: sums.conversations,
    sets: sums.sets,
    acceptance: shareOf(ratioOf(sums, 'acceptance')),
    edits: shareOf(ratioOf(sums, 'edits')),
    paid: shareOf(ratioOf(sums, 'paid')),
  };
}

/**
 * Variance of a ratio of sums over conversations, by linearisation: conversations were drawn into the arms, not sets,
 * and the sets of one conversation are alike.
 */
function varianceOf({ over, of, overSquared, ofSquared, product, conversations: n }: Ratio): number {
  const ratio = over / of;
  const spread = overSquared - 2 * ratio * product + ratio * ratio * ofSquared;
  return ((n / (n - 1)) * Math.max(0, spread)) / (of * of);
}

/** Learnt minus plain with its 95 % interval; null while either arm has too little. */
export function differenceOf(learnt: ArmSums, plain: ArmSums, measure: Measure): ArmDifference {
  const [a, b] = [ratioOf(learnt, measure), ratioOf(plain, measure)];
  if ([a, b].some(({ of, conversations }) => of === 0 || conversations < LEAST_CONVERSATIONS)) return null;
  const difference = a.over / a.of - b.over / b.of;
  const reach = NORMAL_95 * Math.sqrt(varianceOf(a) + varianceOf(b));
  return { difference, low: difference - reach, high: difference + reach };
}
