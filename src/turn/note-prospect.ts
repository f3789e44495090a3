/** Who asks about goods and has no order under way is registered at once. @see FU-05, REC-09 */
import type { Order } from '../orders/ports.ts';

/** Questions of somebody who thinks of buying; those about invoices, washing and the site are asked by owners too. */
const BUYING = /^INT-PRE-(0[1-7]|09|1[0-7]|19|2[0-7]|29)$/;
/** "I will not buy": nobody is to come back to that. */
const WILL_NOT_BUY = 'INT-GEN-06';

/** Whether a message makes its buyer one who asked and has not ordered. */
export function isProspect(intents: readonly string[], orders: readonly Order[]): boolean {
  const isUnderWay = orders.some(({ state }) => state !== 'completed' && state !== 'closed');
  return !isUnderWay && !intents.includes(WILL_NOT_BUY) && intents.some((intent) => BUYING.test(intent));
}
