/** What an event does to the timers: which are planned, moved and cancelled. @see FR-02, FR-07 */
import { applyEvent } from './apply-event.ts';
import { isReached, isRefundOpen, LOGISTICS_CASES, latestUnpaidOrder } from './ask-situation.ts';
import { checkGuards } from './check-guards.ts';
import type { EventOf, FollowUpEvent } from './events.ts';
import { isAfterSale, isLogisticsTrouble, THINK_AGAIN } from './intent-groups.ts';
import { type Ledger, type NewFollowUpId, openLedger } from './open-ledger.ts';
import { FAREWELL_MS, type RuleId, SESSION_GAP_MS } from './rules.ts';
import type { FollowUpShop } from './shop.ts';
import type { Situation } from './situation.ts';
import type { Book, BookChange, Reason } from './store.ts';

/** One event's effect: `before` is the situation as it was. */
type Plan<T extends FollowUpEvent['type']> = (ledger: Ledger, event: EventOf<T>, before: Situation) => void;

const PLANS: { [T in FollowUpEvent['type']]?: Plan<T> } = {
  'order.created'(ledger, { type, data }) {
    ledger.plan(data.afterChat ? 'FU-01' : 'FU-02', data.orderId, type);
    ledger.plan('FU-04', data.orderId, type);
  },
  'order.autoCloseChanged'(ledger, { type, data }) {
    if (ledger.situation.orders[data.orderId]?.state === 'unpaid') ledger.plan('FU-04', data.orderId, type);
  },
  'order.paid'(ledger, { type, data, atMs }) {
    ledger.plan('FU-30', data.orderId, type);
    ledger.plan('FU-36', data.orderId, type);
    noteResult(ledger, 'paid', atMs, data.orderId);
  },
  'order.merged'(ledger, { type, data }) {
    if (ledger.situation.orders[data.intoOrderId]?.state === 'unpaid') ledger.plan('FU-03', data.intoOrderId, type);
  },
  'order.shipped'(ledger, { type, data, atMs }) {
    const order = ledger.situation.orders[data.orderId];
    if (data.handedOver) {
      ledger.plan('FU-31', data.orderId, type);
      ledger.plan('FU-13', data.orderId, type);
    }
    if (order?.resentAtMs === atMs) ledger.plan('FU-15', data.orderId, type);
    if (order?.replacedAtMs === atMs) ledger.plan('FU-48', data.orderId, type);
  },
  'order.signed'(ledger, { type, data }) {
    ledger.plan('FU-37', data.orderId, type);
    ledger.plan('FU-46', data.orderId, type);
  },
  'message.buyer': planOnBuyerMessage,
  'message.agent': planOnAgentMessage,
  'message.auto'(ledger, { type, data }) {
    ledger.plan('FU-29', data.conversationId, type);
  },
  'agent.takeover'(ledger, { data }) {
    cancelOfBuyer(ledger, ['FU-01', 'FU-02'], 'agent_took_over');
    ledger.cancel('FU-06', data.conversationId, 'agent_took_over');
  },
  'buyer.visited'(ledger, { type, data }) {
    const [rule, other]: RuleId[] = data.vip ? ['FU-20', 'FU-21'] : ['FU-21', 'FU-20'];
    ledger.cancel(other!, data.buyerId, 'rescheduled');
    ledger.restart(rule!, data.buyerId);
    if (data.consent) ledger.plan(rule!, data.buyerId, type);
  },
  'refund.updated': planOnRefund,
  'case.opened'(ledger, { type, data }) {
    if (LOGISTICS_CASES.includes(data.kind)) ledger.plan('FU-10', data.orderId, type);
    if (data.kind === 'lost' || data.kind === 'damaged') ledger.plan('FU-47', data.orderId, type);
    if (data.kind === 'surplus') ledger.plan('FU-41', data.orderId, type);
  },
  'case.closed'(ledger, { type }) {
    planVisitAgain(ledger, type);
  },
  'timer.asked'(ledger, { type, data }) {
    ledger.restart(data.rule as RuleId, data.subjectId);
    ledger.plan(data.rule as RuleId, data.subjectId, type);
    // An order still here when its ship-by time has passed is among the delayed ones.
    if (data.rule === 'FU-12') ledger.plan('FU-11', data.subjectId, type);
  },
  'timer.settled'(ledger, { data }) {
    ledger.cancel(data.rule as RuleId, data.subjectId, 'settled');
  },
};

/**
 * Folds an event into a buyer's book and says what to write.
 *
 * Pure: the same book, event and shop give the same change (ids apart). Rows whose reason has gone with this event
 * are cancelled; rows planned by it although a guard is already false stay, and are skipped when due.
 */
export function planOnEvent(
  book: Book,
  event: FollowUpEvent,
  shop: FollowUpShop,
  newId: NewFollowUpId,
): BookChange<null> {
  const before = book.situation;
  const ledger = openLedger({ ...book, situation: applyEvent(before, event, shop) }, shop, event.atMs, newId);
  const held = ledger.live().filter((row) => row.status === 'planned');
  for (const row of held) {
    const rule = shop.rules.get(row.rule)!;
    const reason = checkGuards(rule, ledger.situation, row.subjectId, row.touch);
    if (!reason || checkGuards(rule, before, row.subjectId, row.touch)) continue;
    ledger.end(row, 'cancelled', reason);
  }
  const plan = PLANS[event.type] as Plan<typeof event.type> | undefined;
  plan?.(ledger, event as never, before);
  return ledger.close(null);
}

/** What sells an unpaid order, or goods that were asked about. */
const SELLING: readonly RuleId[] = ['FU-01', 'FU-02', 'FU-03', 'FU-04', 'FU-05', 'FU-06'];

function planOnBuyerMessage(ledger: Ledger, { type, data, atMs }: EventOf<'message.buyer'>, before: Situation): void {
  const { situation } = ledger;
  noteResult(ledger, 'answered', atMs);
  const order = latestUnpaidOrder(situation);
  if (data.promisedAt && order) {
    ledger.plan('FU-03', order.orderId, type);
  }
  if (data.saidNo) cancelOfBuyer(ledger, SELLING, 'declined');
  cancelOfBuyer(ledger, ['FU-01', 'FU-02', 'FU-38'], 'buyer_wrote');
  if (data.prospect) {
    ledger.restart('FU-05', data.buyerId);
    ledger.plan('FU-05', data.buyerId, type);
  } else if (isNewTalk(before, data.conversationId, atMs)) {
    ledger.cancel('FU-05', data.buyerId, 'buyer_wrote');
  }
  if (data.intents.includes(THINK_AGAIN) && !data.declined) ledger.plan('FU-06', data.conversationId, type);
  if (data.intents.some(isAfterSale)) ledger.plan('FU-08', data.conversationId, type);
  if (data.intents.some(isLogisticsTrouble)) ledger.plan('FU-09', data.conversationId, type);
  if (!before.conversations[data.conversationId]?.offline) ledger.plan('FU-29', data.conversationId, type);
  for (const one of Object.values(situation.orders)) {
    if (one.invoiceAskedAtMs === atMs) ledger.plan('FU-36', one.orderId, type);
  }
}

function planOnAgentMessage(ledger: Ledger, { type, data, atMs }: EventOf<'message.agent'>): void {
  const chat = ledger.situation.conversations[data.conversationId];
  cancelOfBuyer(ledger, ['FU-01', 'FU-02', 'FU-38'], 'agent_in_chat');
  const thinkAgainAtMs = chat?.thinkAgainAtMs ?? null;
  if (thinkAgainAtMs !== null && atMs - thinkAgainAtMs > FAREWELL_MS) {
    ledger.cancel('FU-06', data.conversationId, 'agent_in_chat');
  }
  // The answer ends these clocks; the next message starts them from the beginning.
  for (const rule of ['FU-08', 'FU-09', 'FU-29'] as const) ledger.restart(rule, data.conversationId);
  if (data.answerBy) {
    ledger.restart('FU-07', data.conversationId);
    ledger.plan('FU-07', data.conversationId, type);
  }
  if (chat?.unread?.atMs === atMs) {
    const { matter, channels } = chat.unread;
    if (channels.some((channel) => !isReached(chat, matter, channel))) ledger.restart('FU-42', data.conversationId);
    ledger.plan('FU-42', data.conversationId, type);
  }
  if (data.matter === 'shortage' && data.orderId) ledger.plan('FU-11', data.orderId, type);
}

function planOnRefund(ledger: Ledger, { type, data }: EventOf<'refund.updated'>, before: Situation): void {
  const { refundId, orderId } = data;
  const old = before.refunds[refundId];
  const refund = ledger.situation.refunds[refundId]!;
  const order = ledger.situation.orders[orderId];
  if (!old && refund.state === 'wait_seller_agree') {
    // A form about an order nobody has told of yet is taken as one about goods that left.
    const isUnsent = order?.placedAtMs != null && order.shippedAtMs === null && order.signedAtMs === null;
    ledger.plan(isUnsent ? 'FU-18' : 'FU-17', refundId, type);
    if (!refund.hadContact) ledger.plan('FU-38', refundId, type);
  }
  if (!old && isRefundOpen(refund)) ledger.plan('FU-34', orderId, type);
  if (refund.state === 'wait_buyer_return') {
    if (old?.agreedAtMs == null) {
      ledger.restart('FU-14', orderId);
      ledger.plan('FU-14', orderId, type);
    }
    if (refund.closesAtMs !== null) ledger.plan('FU-19', refundId, type);
  }
  if (refund.returnShippedAtMs !== null && old?.returnShippedAtMs == null && isRefundOpen(refund)) {
    ledger.plan('FU-16', refundId, type);
  }
  if (refund.state === 'refunded' && old?.state !== 'refunded') ledger.plan('FU-34', orderId, type);
  if (!isRefundOpen(refund)) planVisitAgain(ledger, type);
}

/** A visit that a dispute had cancelled comes back when the dispute is over. @see FU-20 */
function planVisitAgain(ledger: Ledger, because: string): void {
  const { visit, buyerId } = ledger.situation;
  if (visit?.vip && visit.consent && !ledger.find('FU-20', buyerId)) ledger.plan('FU-20', buyerId, because);
}

/** Cancels the rules' live rows of every subject of the buyer. */
function cancelOfBuyer(ledger: Ledger, rules: readonly RuleId[], reason: Reason): void {
  for (const row of ledger.live()) {
    if (rules.includes(row.rule)) ledger.cancel(row.rule, row.subjectId, reason);
  }
}

function isNewTalk(before: Situation, conversationId: string, atMs: number): boolean {
  const chat = before.conversations[conversationId];
  const last = Math.max(chat?.lastBuyerAtMs ?? 0, chat?.lastAgentAtMs ?? 0);
  return atMs - last > SESSION_GAP_MS;
}

/** Writes into the story of what went out in the last day that it was answered or its order paid. @see FR-10 */
function noteResult(ledger: Ledger, result: 'answered' | 'paid', atMs: number, orderId?: string): void {
  for (const touch of ledger.situation.recentTouches) {
    if (touch.waits || touch[result] || (orderId !== undefined && touch.orderId !== orderId)) continue;
    touch[result] = true;
    ledger.note(touch.followUpId, { atMs, step: result, because: '' });
  }
}
