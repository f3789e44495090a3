/** What was given and asked about the price, as facts of the order at hand. Pure. @see POL-01, domain 05, 5.2 */
import type { Order } from '../orders/ports.ts';
import type { Discount } from '../protocol/discounts.ts';
import type { Facts } from '../protocol/facts.ts';

/** How long a concession made before an order counts for the order that follows. */
const BEFORE_ORDER_MS = 7 * 24 * 3_600_000;

/** The order a concession is made on; absent: the one the buyer has not placed yet. */
export function orderOfDiscount(order: Order | undefined): Order | undefined {
  return order && order.state !== 'completed' && order.state !== 'closed' ? order : undefined;
}

/** Of all that was given and asked in a conversation, what is about the order at hand; oldest first. */
export function discountsOf(discounts: readonly Discount[], latest: Order | undefined, nowMs: number): Discount[] {
  const order = orderOfDiscount(latest);
  return discounts.filter(({ orderId, at }) => {
    if (orderId !== undefined) return orderId === order?.id;
    if (order) return at <= order.placedAt && order.placedAt - at <= BEFORE_ORDER_MS;
    return at > (latest?.placedAt ?? Number.NEGATIVE_INFINITY) && nowMs - at <= BEFORE_ORDER_MS;
  });
}

/** Sum of what was given, in fen. */
export function grantedFen(discounts: readonly Discount[]): number {
  return discounts.filter(({ state }) => state === 'given').reduce((sum, { amount }) => sum + toFen(amount), 0);
}

/** The grant that counts at this moment. */
export function grantInForce(discounts: readonly Discount[], nowMs: number): Discount | undefined {
  return discounts.findLast(({ state, validUntil }) => state === 'granted' && (validUntil ?? 0) > nowMs);
}

/** What the whole of the concessions may come to by a grant, in fen. */
export function coveredFen({ before, approved }: Discount): number {
  return toFen(before) + toFen(approved ?? 0);
}

/**
 * The facts; `undefined`: nothing was given and nobody was asked.
 *
 * @param discounts those of the order at hand
 * @param time writes a moment as the facts do
 */
export function discountFacts(
  discounts: readonly Discount[],
  nowMs: number,
  time: (ms: number) => string,
): Facts['discount'] {
  const granted = grantedFen(discounts) / 100;
  const asked = discounts.findLast(({ state }) => state === 'asked');
  const grant = grantInForce(discounts, nowMs);
  // What was granted and said covers itself for as long as the order is open.
  const spent = discounts.findLast(({ state }) => state === 'used');
  if (granted === 0 && !asked && !grant) return undefined;
  return {
    granted,
    ...(asked && asked.answerBy !== undefined
      ? {
          requested: asked.amount,
          requestLoggedAt: time(asked.at),
          supervisorAnswerMinutes: Math.round((asked.answerBy - asked.at) / 60_000),
        }
      : {}),
    ...(grant ? { requested: grant.approved!, ...approvalFacts(grant, time(grant.validUntil!)) } : {}),
    ...(!grant && spent ? approvalFacts(spent, time(nowMs + 60_000)) : {}),
  };
}

function approvalFacts(grant: Discount, expiresAt: string): NonNullable<Facts['discount']> {
  return {
    approvalId: grant.id,
    approvedBy: grant.decidedBy?.name ?? '',
    approvedAmount: coveredFen(grant) / 100,
    approvalExpiresAt: expiresAt,
  };
}

/** Yuan in whole fen. */
export function toFen(yuan: number): number {
  return Math.round(yuan * 100);
}
