/** Which intents set a timer off. @see domain 04 */

/** "I want to think again" (FU-06). */
export const THINK_AGAIN = 'INT-GEN-05';

/** Logistics messages that tell of trouble, as against the plain question where the parcel is. */
const LOGISTICS_TROUBLE = ['INT-LOG-02', 'INT-LOG-03', 'INT-LOG-04', 'INT-LOG-05', 'INT-LOG-06', 'INT-LOG-09'];
/** Withdrawals, anger and the like: talk that a refund form may follow. */
const WITHDRAWAL = ['INT-IN-09', 'INT-IN-10', 'INT-IN-11', 'INT-IN-12', 'INT-IN-18', 'INT-GEN-06', 'INT-GEN-07'];

/** Return, exchange and other after-sale messages: a person answers within five minutes (FU-08). */
export function isAfterSale(intent: string): boolean {
  return intent.startsWith('INT-AS-') || intent === 'INT-REV-07';
}

/** Logistics trouble: a person answers within five minutes (FU-09). */
export function isLogisticsTrouble(intent: string): boolean {
  return LOGISTICS_TROUBLE.includes(intent);
}

/** Talk of trouble of any kind. */
export function isTrouble(intent: string): boolean {
  return isAfterSale(intent) || isLogisticsTrouble(intent) || WITHDRAWAL.includes(intent);
}
