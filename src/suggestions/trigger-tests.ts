import type { Context } from './context.ts';
import { UNDECIDED } from './cues.ts';
import { belief, inState } from './trigger.ts';

/** No order is under way: advice and selling have their place. */
export const preOrder = inState('none', 'unpaid', 'completed', 'signed');

/** The buyer hesitates or circles among options. */
export const undecided = (c: Context): boolean =>
  UNDECIDED.test(c.message) || belief(c, 'INT-PRE-06', 'INT-PRE-27') >= 0.4;

/** An after-sale or logistics case is open. */
export const dispute = (c: Context): boolean => c.facts.case?.open === true;
