/** Questions that several rules ask of a situation. */
import { LOW_RATING } from './rules.ts';
import type { ConversationSituation, OrderSituation, RefundSituation, Situation } from './situation.ts';

/** Kinds of case that are the courier's matter (FU-10). */
export const LOGISTICS_CASES: readonly string[] = ['lost', 'damaged', 'not_served'];

/** The unpaid order placed last, which a promise to pay is about. */
export function latestUnpaidOrder(s: Situation): OrderSituation | undefined {
  return Object.values(s.orders)
    .filter((order) => order.state === 'unpaid')
    .sort((a, b) => (b.placedAtMs ?? 0) - (a.placedAtMs ?? 0))[0];
}

/** Is a case or a refund of the order open? Without an order: any of the buyer's. */
export function isCaseOpen(s: Situation, orderId?: string): boolean {
  const concerns = (of: { orderId: string }): boolean => orderId === undefined || of.orderId === orderId;
  return (
    s.cases.some((one) => one.closedAtMs === null && concerns(one)) ||
    Object.values(s.refunds).some((refund) => isRefundOpen(refund) && concerns(refund))
  );
}

/** Is the refund form neither paid out nor closed? */
export function isRefundOpen(refund: RefundSituation): boolean {
  return refund.state !== 'refunded' && refund.state !== 'closed';
}

/** Was the channel used for the matter already? */
export function isReached(chat: ConversationSituation, matter: string, channel: string): boolean {
  return chat.reachedOut.includes(`${matter}/${channel}`);
}

/** Is the order's style known to be rated below the line? @see POL-31, SR-02 */
export function isLowRated(order: OrderSituation): boolean {
  return order.lowestRating !== null && order.lowestRating < LOW_RATING;
}
