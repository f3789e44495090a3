/** What each rule counts from: read from the situation, so that a first touch, a next one and a new date agree. */
import { isRefundOpen } from './ask-situation.ts';
import type { Anchor } from './due-moment.ts';
import type { RuleId } from './rules.ts';
import { type OrderSituation, type RefundSituation, type Situation, touchKey } from './situation.ts';

const DAY = 86_400_000;

type AnchorOf = (s: Situation, subjectId: string, touch: number) => Anchor | null;

const ANCHORS: Partial<Record<RuleId, AnchorOf>> = {
  'FU-01': fromOrder('placedAtMs'),
  'FU-02': fromOrder('placedAtMs'),
  'FU-03': fromOrder('promisedAtMs'),
  'FU-04': (s, id) => {
    const order = s.orders[id];
    return order?.autoCloseAtMs ? { fromMs: order.placedAtMs ?? 0, deadlineMs: order.autoCloseAtMs } : null;
  },
  'FU-05': (s) => at(s.prospectAtMs),
  'FU-06': (s, id) => at(s.conversations[id]?.thinkAgainAtMs),
  'FU-07': (s, id) => {
    const question = s.conversations[id]?.question;
    if (!question) return null;
    // Whatever was promised, the answer is owed within a day of the question. @see AMB-33
    return { fromMs: question.askedAtMs, deadlineMs: Math.min(question.answerByMs, question.askedAtMs + DAY) };
  },
  'FU-08': (s, id) => at(s.conversations[id]?.afterSaleSinceMs),
  'FU-09': (s, id) => at(s.conversations[id]?.logisticsSinceMs),
  'FU-10': fromCase,
  'FU-11': (s, id) => {
    // What is out of stock counts from the moment the buyer was told; what is late, from its ship-by time.
    const lateFromMs = s.asked[touchKey('FU-12', id)]?.byMs;
    return at(s.orders[id]?.shortageAtMs ?? lateFromMs);
  },
  'FU-12': fromAsked('FU-12'),
  'FU-13': fromOrder('handedOverAtMs'),
  'FU-14': (s, id) => at(latestRefund(s, id)?.agreedAtMs),
  'FU-15': (s, id) => at(s.orders[id]?.resentAtMs) ?? asked('FU-15', s, id),
  'FU-16': fromRefund('returnShippedAtMs'),
  'FU-17': fromRefund('openedAtMs'),
  'FU-18': fromRefund('openedAtMs'),
  'FU-19': (s, id) => {
    const refund = s.refunds[id];
    if (refund?.agreedAtMs == null || refund.closesAtMs === null) return null;
    return { fromMs: refund.agreedAtMs, deadlineMs: refund.closesAtMs };
  },
  'FU-20': (s) => at(s.visit?.atMs),
  'FU-21': (s) => at(s.visit?.atMs),
  'FU-29': (s, id) => {
    const offline = s.conversations[id]?.offline;
    if (!offline) return null;
    return offline.replyByMs === null
      ? { fromMs: offline.atMs }
      : { fromMs: offline.atMs, deadlineMs: offline.replyByMs };
  },
  'FU-30': fromOrder('paidAtMs'),
  'FU-31': fromOrder('handedOverAtMs'),
  'FU-33': fromAsked('FU-33'),
  'FU-34': (s, id, touch) => {
    const refund = latestRefund(s, id);
    if (touch === 1) return at(refund?.openedAtMs);
    return refund?.state === 'refunded' ? { fromMs: refund.stateAtMs } : null;
  },
  'FU-35': fromAsked('FU-35'),
  'FU-36': (s, id) => {
    const order = s.orders[id];
    if (order?.invoiceAskedAtMs == null) return asked('FU-36', s, id);
    return { fromMs: Math.max(order.invoiceAskedAtMs, order.paidAtMs ?? 0) };
  },
  'FU-37': fromOrder('signedAtMs'),
  'FU-38': fromRefund('openedAtMs'),
  'FU-41': fromCase,
  'FU-42': (s, id) => at(s.conversations[id]?.unread?.atMs),
  'FU-43': fromAsked('FU-43'),
  'FU-45': fromAsked('FU-45'),
  'FU-46': fromOrder('signedAtMs'),
  'FU-47': fromCase,
  'FU-48': (s, id) => at(returningRefund(s, id)?.returnShippedAtMs) ?? asked('FU-48', s, id),
};

/** What the touch of a rule counts from; `null`: nothing yet, so there is nothing to plan. */
export function findAnchor(rule: RuleId, s: Situation, subjectId: string, touch: number): Anchor | null {
  return ANCHORS[rule]?.(s, subjectId, touch) ?? null;
}

function at(ms: number | null | undefined): Anchor | null {
  return ms === null || ms === undefined ? null : { fromMs: ms };
}

type MomentOf<T> = { [K in keyof T]-?: T[K] extends number | null ? K : never }[keyof T];

function fromOrder(field: MomentOf<OrderSituation>): AnchorOf {
  return (s, id) => at(s.orders[id]?.[field]);
}

function fromRefund(field: MomentOf<RefundSituation>): AnchorOf {
  return (s, id) => at(s.refunds[id]?.[field]);
}

function fromAsked(rule: RuleId): AnchorOf {
  return (s, id) => asked(rule, s, id);
}

function asked(rule: RuleId, s: Situation, id: string): Anchor | null {
  const timer = s.asked[touchKey(rule, id)];
  if (!timer) return null;
  return timer.byMs === null ? { fromMs: timer.atMs } : { fromMs: timer.atMs, deadlineMs: timer.byMs };
}

function fromCase(s: Situation, orderId: string): Anchor | null {
  const cases = s.cases.filter((one) => one.orderId === orderId);
  return at((cases.findLast((one) => one.closedAtMs === null) ?? cases.at(-1))?.openedAtMs);
}

function latestRefund(s: Situation, orderId: string): RefundSituation | undefined {
  return Object.values(s.refunds)
    .filter((refund) => refund.orderId === orderId)
    .sort((a, b) => b.openedAtMs - a.openedAtMs)[0];
}

function returningRefund(s: Situation, orderId: string): RefundSituation | undefined {
  return Object.values(s.refunds).find((refund) => refund.orderId === orderId && isRefundOpen(refund));
}
