import type { MessageIntent } from '../../protocol/ids.ts';
import type { BuyerCue } from './cue.ts';

/** The cue an intent stands for, where the NLU room has read one. */
export const INTENT_CUES: Partial<Record<MessageIntent, BuyerCue>> = {
  'INT-GEN-01': 'greeting',
  'INT-GEN-04': 'thanks',
  'INT-GEN-05': 'hesitation',
  'INT-PRE-01': 'spec',
  'INT-PRE-02': 'spec',
  'INT-PRE-04': 'asksAdvice',
  'INT-PRE-06': 'comparison',
  'INT-PRE-10': 'comparison',
  'INT-PRE-11': 'quality',
  'INT-PRE-13': 'competitor',
  'INT-PRE-14': 'bargain',
  'INT-PRE-15': 'bargain',
  'INT-PRE-17': 'benefit',
  'INT-PRE-22': 'reassurance',
  'INT-PRE-23': 'reassurance',
  'INT-PRE-24': 'reassurance',
  'INT-PRE-25': 'reassurance',
  'INT-PRE-26': 'reassurance',
  'INT-PRE-27': 'reassurance',
  'INT-PRE-28': 'inexperience',
  'INT-IN-01': 'ordersNow',
  'INT-IN-03': 'inexperience',
  'INT-REV-07': 'threat',
};
