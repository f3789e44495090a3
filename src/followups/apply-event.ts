/** Folds an event into what is known of a buyer: facts only, no timer is planned here. */
import { copyJson } from '../lib/copy-json.ts';
import { isTimeZone, toWallTime } from '../lib/wall-time.ts';
import { isReached, isRefundOpen, LOGISTICS_CASES, latestUnpaidOrder } from './ask-situation.ts';
import type { EventOf, FollowUpEvent } from './events.ts';
import { forgetOld } from './forget-old.ts';
import { isAfterSale, isLogisticsTrouble, isTrouble, THINK_AGAIN } from './intent-groups.ts';
import { SESSION_GAP_MS, UNPAID_LIFETIME_MS } from './rules.ts';
import type { FollowUpShop } from './shop.ts';
import {
  type ConversationSituation,
  type OrderSituation,
  type RefundSituation,
  type Situation,
  touchesOf,
  touchKey,
} from './situation.ts';

const DAY = 86_400_000;
/** A talk about trouble this long ago still counts as contact about a refund. */
const CONTACT_DAYS = 7;

type Fold<T extends FollowUpEvent['type']> = (s: Situation, event: EventOf<T>, shop: FollowUpShop) => void;

const FOLDS: { [T in FollowUpEvent['type']]?: Fold<T> } = {
  'order.created'(s, { atMs, data }) {
    const order = orderOf(s, data.orderId);
    if (order.placedAtMs !== null) return;
    order.placedAtMs = atMs;
    order.afterChat = data.afterChat;
    order.autoCloseAtMs = data.autoCloseAt ? Date.parse(data.autoCloseAt) : atMs + UNPAID_LIFETIME_MS;
    if (order.state === 'unknown') order.state = 'unpaid';
    // Who orders has decided anew: the stop of an earlier talk is over.
    s.noMoreFollowUpAtMs = null;
  },
  'order.autoCloseChanged'(s, { data }) {
    orderOf(s, data.orderId).autoCloseAtMs = Date.parse(data.autoCloseAt);
  },
  'order.paid'(s, { atMs, data }) {
    const order = orderOf(s, data.orderId);
    order.state = 'paid';
    order.paidAtMs ??= atMs;
    if (order.invoiceAskedAtMs === null && s.invoiceAskedAtMs !== null) order.invoiceAskedAtMs = s.invoiceAskedAtMs;
    s.invoiceAskedAtMs = null;
  },
  'order.closed'(s, { data }) {
    const order = orderOf(s, data.orderId);
    if (order.state !== 'paid') order.state = 'closed';
  },
  'order.merged'(s, { data }) {
    const gone = orderOf(s, data.orderId);
    const goesOn = s.orders[data.intoOrderId];
    gone.state = 'merged';
    if (goesOn?.state === 'unpaid') goesOn.promisedAtMs ??= gone.promisedAtMs;
  },
  'order.shipped'(s, { atMs, data }) {
    const order = orderOf(s, data.orderId);
    foldSecondParcel(s, order, data.trackingNo ?? null, atMs);
    if (order.state === 'unknown') order.state = 'paid';
    order.shippedAtMs ??= atMs;
    if (data.handedOver) order.handedOverAtMs ??= atMs;
    order.trackingNo = data.trackingNo ?? order.trackingNo;
    const ratings = (data.items ?? []).flatMap((item) => item.rating ?? []);
    if (ratings.length > 0) order.lowestRating = Math.min(...ratings);
  },
  'order.signed'(s, { atMs, data }) {
    const order = orderOf(s, data.orderId);
    if (order.state === 'unknown') order.state = 'paid';
    order.signedAtMs ??= atMs;
    closeCases(s, data.orderId, atMs, (kind) => kind === 'lost');
  },
  'order.completed'(s, { atMs, data }) {
    orderOf(s, data.orderId).completedAtMs ??= atMs;
  },
  'message.buyer': foldBuyerMessage,
  'message.agent'(s, { atMs, data }) {
    const chat = conversationOf(s, data.conversationId);
    const waited = chat.waitingSinceMs;
    chat.lastAgentAtMs = atMs;
    for (const touch of s.recentTouches) delete touch.waits;
    chat.waitingSinceMs = null;
    chat.afterSaleSinceMs = null;
    chat.logisticsSinceMs = null;
    chat.offline = null;
    if (data.answersQuestion) chat.question = null;
    if (data.answerBy) {
      chat.question = { askedAtMs: waited ?? chat.lastBuyerAtMs ?? atMs, answerByMs: Date.parse(data.answerBy) };
    }
    foldUnread(chat, { type: 'message.agent', atMs, data });
    if (data.matter === 'shortage' && data.orderId) orderOf(s, data.orderId).shortageAtMs ??= atMs;
  },
  'message.auto'(s, { atMs, data }, shop) {
    const chat = conversationOf(s, data.conversationId);
    chat.lastAutoAtMs = atMs;
    if (data.answers) {
      chat.waitingSinceMs = null;
      chat.afterSaleSinceMs = null;
      chat.logisticsSinceMs = null;
    }
    if (!data.replyByAt && !data.replyByHour && data.script !== 'SCR-04') return;
    const hourMs = data.replyByHour ? promisedHour(atMs, data.replyByHour, shop) : null;
    const replyByMs = data.replyByAt ? Date.parse(data.replyByAt) : hourMs;
    chat.offline = { atMs: chat.offline?.atMs ?? atMs, replyByMs };
  },
  'message.read'(s, { data }) {
    const chat = s.conversations[data.conversationId];
    if (chat) chat.unread = null;
  },
  'agent.takeover'(s, { atMs, data }) {
    conversationOf(s, data.conversationId).takenOverAtMs = atMs;
  },
  'buyer.optout'(s, { data }) {
    s.optOut = s.optOut === 'all' ? 'all' : data.scope;
  },
  'buyer.optin'(s) {
    s.optOut = null;
    s.declinedAtMs = null;
  },
  'buyer.visited'(s, { atMs, data }) {
    s.visit = { atMs, vip: data.vip ?? false, consent: data.consent ?? false };
  },
  'refund.updated': foldRefund,
  'case.opened'(s, { atMs, data }) {
    orderOf(s, data.orderId);
    s.cases.push({ orderId: data.orderId, kind: data.kind, openedAtMs: atMs, closedAtMs: null });
  },
  'case.closed'(s, { atMs, data }) {
    closeCases(s, data.orderId, atMs, () => true);
  },
  'buyer.located'(s, { data }) {
    // A zone this machine does not know is no better than none.
    s.timeZone = isTimeZone(data.timeZone) ? data.timeZone : null;
  },
  'timer.asked'(s, { atMs, data }) {
    const byMs = data.byAt ? Date.parse(data.byAt) : null;
    s.asked[touchKey(data.rule, data.subjectId)] = { atMs, byMs };
  },
  'timer.settled'(s, { data }) {
    delete s.asked[touchKey(data.rule, data.subjectId)];
  },
};

/** Folds an event into a copy of the situation. */
export function applyEvent(situation: Situation, event: FollowUpEvent, shop: FollowUpShop): Situation {
  const next = copyJson(situation);
  const fold = FOLDS[event.type] as Fold<typeof event.type> | undefined;
  fold?.(next, event as never, shop);
  forgetOld(next, event.atMs);
  return next;
}

/** The order of the situation, made up as unknown where no event told of it yet. */
function orderOf(s: Situation, orderId: string): OrderSituation {
  s.orders[orderId] ??= {
    orderId,
    state: 'unknown',
    placedAtMs: null,
    afterChat: false,
    autoCloseAtMs: null,
    paidAtMs: null,
    shippedAtMs: null,
    handedOverAtMs: null,
    trackingNo: null,
    lowestRating: null,
    signedAtMs: null,
    completedAtMs: null,
    promisedAtMs: null,
    shortageAtMs: null,
    resentAtMs: null,
    replacedAtMs: null,
    invoiceAskedAtMs: null,
    salesTouches: 0,
  };
  return s.orders[orderId];
}

/** The conversation of the situation, made up where it is new. */
function conversationOf(s: Situation, conversationId: string): ConversationSituation {
  s.conversations[conversationId] ??= {
    conversationId,
    lastBuyerAtMs: null,
    lastAgentAtMs: null,
    lastAutoAtMs: null,
    takenOverAtMs: null,
    waitingSinceMs: null,
    afterSaleSinceMs: null,
    logisticsSinceMs: null,
    thinkAgainAtMs: null,
    question: null,
    offline: null,
    unread: null,
    reachedOut: [],
  };
  return s.conversations[conversationId];
}

function foldBuyerMessage(s: Situation, { atMs, data }: EventOf<'message.buyer'>, shop: FollowUpShop): void {
  const chat = conversationOf(s, data.conversationId);
  const isThinkAgain = data.intents.includes(THINK_AGAIN);
  if (isThinkAgain && touchesOf(s, 'FU-06', data.conversationId).sent > 0) s.noMoreFollowUpAtMs ??= atMs;
  if (data.declined) s.declinedAtMs ??= atMs;
  if (data.prospect) s.prospectAtMs = atMs;
  chat.lastBuyerAtMs = atMs;
  chat.waitingSinceMs ??= atMs;
  chat.unread = null;
  chat.thinkAgainAtMs = isThinkAgain ? atMs : chat.thinkAgainAtMs;
  if (data.intents.some(isAfterSale)) chat.afterSaleSinceMs ??= atMs;
  if (data.intents.some(isLogisticsTrouble)) chat.logisticsSinceMs ??= atMs;
  if (data.intents.some(isTrouble)) s.troubleAtMs = atMs;
  const isFarewell = data.intents.length > 0 && data.intents.every((intent) => intent === 'INT-GEN-04');
  if (!shop.calendar.isInShift(atMs) && !isFarewell) chat.offline ??= { atMs, replyByMs: null };
  const order = latestUnpaidOrder(s);
  if (data.promisedAt && order) order.promisedAtMs = Date.parse(data.promisedAt);
  if (data.intents.includes('INT-PRE-18')) foldInvoiceWish(s, atMs);
}

/** The invoice belongs to the last paid order; without one, to the next that is paid. @see FU-36, TRAP-03 */
function foldInvoiceWish(s: Situation, atMs: number): void {
  const paid = Object.values(s.orders)
    .filter((order) => order.state === 'paid')
    .sort((a, b) => (b.paidAtMs ?? 0) - (a.paidAtMs ?? 0))[0];
  if (latestUnpaidOrder(s) || !paid) s.invoiceAskedAtMs = atMs;
  else paid.invoiceAskedAtMs = atMs;
}

/** What an offline buyer must learn; a matter that waits already keeps its clock. @see FU-42 */
function foldUnread(chat: ConversationSituation, { atMs, data }: EventOf<'message.agent'>): void {
  if (data.buyerOnline !== false) {
    chat.unread = null;
    return;
  }
  if (!data.matter) return;
  const matter = `${data.matter}/${data.orderId ?? ''}`;
  const channels = (data.channelsAllowed ?? []).filter((channel) => channel !== 'wangwang');
  const isWaiting = chat.unread?.matter === matter && chat.unread.channels.some((one) => !isReached(chat, matter, one));
  if (!isWaiting) chat.unread = { atMs, matter, channels };
}

function foldRefund(s: Situation, { atMs, data }: EventOf<'refund.updated'>): void {
  orderOf(s, data.orderId);
  const old = s.refunds[data.refundId];
  const refund: RefundSituation = old ?? {
    refundId: data.refundId,
    orderId: data.orderId,
    state: data.state,
    openedAtMs: atMs,
    stateAtMs: atMs,
    agreedAtMs: null,
    returnShippedAtMs: null,
    closesAtMs: null,
    hadContact: hadContact(s, data.orderId, atMs),
  };
  if (old?.state !== data.state) refund.stateAtMs = atMs;
  refund.state = data.state;
  if (data.trackingNo !== undefined) refund.trackingNo = data.trackingNo;
  if (data.closesAt) refund.closesAtMs = Date.parse(data.closesAt);
  if (data.state === 'wait_buyer_return') refund.agreedAtMs ??= atMs;
  if (data.state === 'return_shipped' || refund.trackingNo) refund.returnShippedAtMs ??= atMs;
  s.refunds[data.refundId] = refund;
  if (!isRefundOpen(refund)) closeCases(s, data.orderId, atMs, () => true);
}

/** Did the buyer speak to the desk about it before the form came? @see FU-38 */
function hadContact(s: Situation, orderId: string, atMs: number): boolean {
  const placedAtMs = s.orders[orderId]?.placedAtMs ?? Number.NEGATIVE_INFINITY;
  if (s.troubleAtMs !== null && s.troubleAtMs >= placedAtMs && atMs - s.troubleAtMs <= CONTACT_DAYS * DAY) return true;
  return Object.values(s.conversations).some(
    ({ lastBuyerAtMs }) =>
      lastBuyerAtMs !== null && lastBuyerAtMs >= placedAtMs && atMs - lastBuyerAtMs <= SESSION_GAP_MS,
  );
}

/** A parcel after a parcel: a resend while a logistics case is open, a replacement while goods are on their way back. */
function foldSecondParcel(s: Situation, order: OrderSituation, trackingNo: string | null, atMs: number): void {
  if (order.shippedAtMs === null && order.signedAtMs === null) return;
  if (trackingNo === null || trackingNo === order.trackingNo) return;
  const open = s.cases.filter((one) => one.orderId === order.orderId && one.closedAtMs === null);
  if (open.some((one) => LOGISTICS_CASES.includes(one.kind))) {
    order.resentAtMs = atMs;
    closeCases(s, order.orderId, atMs, (kind) => LOGISTICS_CASES.includes(kind));
  }
  const returning = Object.values(s.refunds).some(
    (refund) => refund.orderId === order.orderId && refund.returnShippedAtMs !== null && isRefundOpen(refund),
  );
  if (returning) order.replacedAtMs ??= atMs;
}

function closeCases(s: Situation, orderId: string, atMs: number, which: (kind: string) => boolean): void {
  for (const one of s.cases) {
    if (one.orderId === orderId && one.closedAtMs === null && which(one.kind)) one.closedAtMs = atMs;
  }
}

/** The promised hour of the next day; before the shift of a morning, of the same day. @see FU-29 */
function promisedHour(atMs: number, clock: string, { calendar }: FollowUpShop): number {
  const start = calendar.nextShiftStart(atMs);
  const today = toWallTime(atMs, calendar.timeZone).date;
  const isBeforeShift =
    start !== null && !calendar.isInShift(atMs) && toWallTime(start, calendar.timeZone).date === today;
  return calendar.atClock(atMs, clock, isBeforeShift ? 0 : 1);
}
