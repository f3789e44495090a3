/**
 * The guards of the rules: may this touch still happen, by what is known now?
 *
 * They look at facts alone, never at the clock, so that one check serves twice: after every event it cancels the
 * rows whose reason has gone, and at the due moment it skips what should not have been planned. @see FR-01, FR-07
 */
import {
  isCaseOpen,
  isLowRated,
  isReached,
  isRefundOpen,
  LOGISTICS_CASES,
  latestUnpaidOrder,
} from './ask-situation.ts';
import { touchLimit } from './due-moment.ts';
import type { FollowUpRule, RuleId } from './rules.ts';
import {
  type ConversationSituation,
  type OrderSituation,
  type RefundSituation,
  type Situation,
  touchesOf,
  touchKey,
} from './situation.ts';
import type { Reason } from './store.ts';

type Guard = (s: Situation, subjectId: string, touch: number) => Reason | null;

const GUARDS: Partial<Record<RuleId, Guard>> = {
  'FU-01': guardOrder((order, s) => unpaid(order) ?? (isAgreed(order) ? 'replaced_by_fu03' : stopped(s, order))),
  'FU-02': guardOrder((order, s) => unpaid(order) ?? (isAgreed(order) ? 'replaced_by_fu03' : stopped(s, order))),
  'FU-03': guardOrder((order) => unpaid(order) ?? (isAgreed(order) ? null : 'not_found')),
  'FU-04': guardOrder(unpaid),
  'FU-05': (s) => {
    const since = s.prospectAtMs;
    if (since === null) return 'not_found';
    if (hasBoughtSince(s, since)) return 'ordered';
    return s.noMoreFollowUpAtMs === null ? null : 'no_more_followup';
  },
  'FU-06': guardChat((chat, s) => {
    if (s.noMoreFollowUpAtMs !== null) return 'no_more_followup';
    const since = chat.thinkAgainAtMs ?? 0;
    if (hasBoughtSince(s, since) || latestUnpaidOrder(s)) return 'ordered';
    return (chat.lastBuyerAtMs ?? 0) > since ? 'buyer_wrote' : null;
  }),
  'FU-07': guardChat((chat) => (chat.question ? null : 'answered')),
  'FU-08': guardChat((chat) => (chat.afterSaleSinceMs === null ? 'answered' : null)),
  'FU-09': guardChat((chat) => (chat.logisticsSinceMs === null ? 'answered' : null)),
  'FU-10': guardOrder((order, s) => (hasOpenCase(s, order, LOGISTICS_CASES) ? null : 'settled')),
  'FU-11': guardOrder((order, s) => unsent(order) ?? refundedOf(s, order)),
  'FU-12': (s, subjectId) => guardAsked('FU-12')(s, subjectId) ?? unsentOf(s, subjectId),
  'FU-13': guardOrder((order, s) => {
    if (order.handedOverAtMs === null) return 'not_handed_over';
    if (isCaseOpen(s, order.orderId)) return 'case_open';
    return isLowRated(order) ? refundedOf(s, order) : 'rating_not_low';
  }),
  'FU-14': guardOrder((order) => (order.completedAtMs === null ? null : 'completed')),
  'FU-15': guardOrder((order, s) => {
    if (order.completedAtMs !== null) return 'completed';
    return order.resentAtMs === null ? guardAsked('FU-15')(s, order.orderId) : null;
  }),
  'FU-16': guardRefund((refund) => ended(refund)),
  'FU-17': guardRefund((refund) => ended(refund) ?? (refund.state === 'wait_seller_agree' ? null : 'answered')),
  'FU-18': guardRefund((refund, s) => {
    const isShipped = (s.orders[refund.orderId]?.shippedAtMs ?? null) !== null;
    return ended(refund) ?? (isShipped ? 'shipped' : null);
  }),
  'FU-19': guardRefund((refund) => {
    if (refund.returnShippedAtMs !== null) return 'number_entered';
    // Only `null` says that somebody looked and there is no number. @see SR-02
    return ended(refund) ?? (refund.trackingNo === null ? null : 'number_unknown');
  }),
  'FU-20': (s) => consent(s) ?? (isCaseOpen(s) ? 'case_open' : null),
  'FU-21': (s) => consent(s),
  'FU-29': guardChat((chat) => (chat.offline ? null : 'answered')),
  'FU-30': guardOrder((order, s) => (order.paidAtMs === null ? 'not_found' : refundedOf(s, order))),
  'FU-31': guardOrder((order, s) => (order.handedOverAtMs === null ? 'not_handed_over' : refundedOf(s, order))),
  'FU-33': guardAsked('FU-33'),
  'FU-34': guardOrder((order, s, touch) => {
    const refunds = Object.values(s.refunds).filter((refund) => refund.orderId === order.orderId);
    if (s.declinedAtMs !== null) return 'declined';
    if (!refunds.some((refund) => refund.state !== 'closed')) return 'closed';
    return touch === 1 && refundedOf(s, order) ? 'refunded' : null;
  }),
  'FU-35': guardAsked('FU-35'),
  'FU-36': guardOrder((order, s) =>
    order.invoiceAskedAtMs === null ? guardAsked('FU-36')(s, order.orderId) : refundedOf(s, order),
  ),
  'FU-38': guardRefund(
    (refund) => ended(refund) ?? (refund.hadContact || refund.state !== 'wait_seller_agree' ? 'answered' : null),
  ),
  'FU-41': guardOrder((order, s) => {
    const isReturning = Object.values(s.refunds).some(
      (refund) => refund.orderId === order.orderId && refund.returnShippedAtMs !== null,
    );
    return isReturning || !hasOpenCase(s, order, ['surplus']) ? 'settled' : null;
  }),
  'FU-42': guardChat((chat) => {
    if (!chat.unread) return 'answered';
    const { matter, channels } = chat.unread;
    if (channels.length === 0) return 'no_channel';
    return channels.every((channel) => isReached(chat, matter, channel)) ? 'cap' : null;
  }),
  'FU-43': guardAsked('FU-43'),
  'FU-45': guardAsked('FU-45'),
  'FU-46': guardOrder((order, s) => (isCaseOpen(s, order.orderId) ? 'case_open' : refundedOf(s, order))),
  'FU-47': guardOrder((order, s) => {
    const isFound = order.signedAtMs !== null && order.resentAtMs === null;
    const wasLost = s.cases.some((one) => one.orderId === order.orderId && one.kind === 'lost');
    return isFound && wasLost ? 'signed' : null;
  }),
  'FU-48': guardOrder((order, s) => {
    if (order.replacedAtMs === null) return guardAsked('FU-48')(s, order.orderId);
    const isWaiting = Object.values(s.refunds).some(
      (refund) => refund.orderId === order.orderId && isRefundOpen(refund),
    );
    return isWaiting ? null : 'settled';
  }),
};

/** Why a touch may not happen by the facts; `null`: it may. */
export function checkGuards(rule: FollowUpRule, s: Situation, subjectId: string, touch: number): Reason | null {
  if (rule.optOut !== 'never' && s.optOut !== null && (s.optOut === 'all' || rule.optOut === 'reminders')) {
    return 'opted_out';
  }
  if (rule.purpose === 'sales' && s.declinedAtMs !== null) return 'declined';
  const reason = GUARDS[rule.id]?.(s, subjectId, touch) ?? null;
  if (reason) return reason;
  return rule.purpose === 'sales' && touchesOf(s, rule.id, subjectId).sent >= touchLimit(rule) ? 'cap' : null;
}

function guardOrder(check: (order: OrderSituation, s: Situation, touch: number) => Reason | null): Guard {
  return (s, subjectId, touch) => {
    const order = s.orders[subjectId];
    if (!order) return 'not_found';
    return order.state === 'merged' ? 'merged' : check(order, s, touch);
  };
}

function guardChat(check: (chat: ConversationSituation, s: Situation) => Reason | null): Guard {
  return (s, subjectId) => {
    const chat = s.conversations[subjectId];
    return chat ? check(chat, s) : 'not_found';
  };
}

function guardRefund(check: (refund: RefundSituation, s: Situation) => Reason | null): Guard {
  return (s, subjectId) => {
    const refund = s.refunds[subjectId];
    return refund ? check(refund, s) : 'not_found';
  };
}

function guardAsked(rule: RuleId): (s: Situation, subjectId: string) => Reason | null {
  return (s, subjectId) => (s.asked[touchKey(rule, subjectId)] ? null : 'settled');
}

function hasBoughtSince(s: Situation, sinceMs: number): boolean {
  return Object.values(s.orders).some((order) => Math.max(order.placedAtMs ?? 0, order.paidAtMs ?? 0) >= sinceMs);
}

function unpaid(order: OrderSituation): Reason | null {
  if (order.state === 'unpaid') return null;
  return order.state === 'paid' ? 'paid' : order.state === 'closed' ? 'closed' : 'not_found';
}

function unsent(order: OrderSituation): Reason | null {
  if (order.shippedAtMs !== null) return 'shipped';
  return order.state === 'closed' ? 'closed' : null;
}

function unsentOf(s: Situation, orderId: string): Reason | null {
  const order = s.orders[orderId];
  return order ? unsent(order) : null;
}

function isAgreed(order: OrderSituation): boolean {
  return order.promisedAtMs !== null;
}

/** The think-again stop counts for an order only when it came after the order. */
function stopped(s: Situation, order: OrderSituation): Reason | null {
  return s.noMoreFollowUpAtMs !== null && s.noMoreFollowUpAtMs >= (order.placedAtMs ?? 0) ? 'no_more_followup' : null;
}

function refundedOf(s: Situation, order: OrderSituation): Reason | null {
  const isRefunded = Object.values(s.refunds).some(
    (refund) => refund.orderId === order.orderId && refund.state === 'refunded',
  );
  return isRefunded ? 'refunded' : null;
}

function ended(refund: RefundSituation): Reason | null {
  if (isRefundOpen(refund)) return null;
  return refund.state === 'refunded' ? 'refunded' : 'closed';
}

function hasOpenCase(s: Situation, order: OrderSituation, kinds: readonly string[]): boolean {
  return s.cases.some((one) => one.orderId === order.orderId && one.closedAtMs === null && kinds.includes(one.kind));
}

function consent(s: Situation): Reason | null {
  return s.visit?.consent ? null : 'no_consent';
}
