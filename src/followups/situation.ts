/**
 * What the timers know about one buyer: a plain JSON value that events fold into (`applyEvent`).
 *
 * One value per shop and buyer is the unit of locking: who holds it sees every order, chat, refund and case of
 * the buyer at one moment, so a payment and a reminder can never both believe they were first.
 */
import type { CASE_KINDS } from '../protocol/facts.ts';
import type { ContactChannel } from '../protocol/ids.ts';

/** An order as the timers see it. All times in Unix ms; `null`: has not happened. */
export interface OrderSituation {
  orderId: string;
  /** `unknown`: only later events of it were seen. */
  state: 'unpaid' | 'paid' | 'closed' | 'merged' | 'unknown';
  placedAtMs: number | null;
  afterChat: boolean;
  autoCloseAtMs: number | null;
  paidAtMs: number | null;
  /** On its way, scanned or not. */
  shippedAtMs: number | null;
  /** The first pick-up scan. */
  handedOverAtMs: number | null;
  trackingNo: string | null;
  /** Lowest style rating among the items shipped; `null`: unknown. */
  lowestRating: number | null;
  signedAtMs: number | null;
  completedAtMs: number | null;
  /** The time to pay the buyer named. */
  promisedAtMs: number | null;
  /** The buyer must learn that it is delayed or out of stock (FU-11). */
  shortageAtMs: number | null;
  /** Sent again after a parcel had been handed over and a logistics case was open (FU-15). */
  resentAtMs: number | null;
  /** A second parcel left while goods were on their way back (FU-48). */
  replacedAtMs: number | null;
  invoiceAskedAtMs: number | null;
  /** Sales messages that went out about it while unpaid. @see FR-06 */
  salesTouches: number;
}

/** A conversation as the timers see it. */
export interface ConversationSituation {
  conversationId: string;
  lastBuyerAtMs: number | null;
  /** A person of the desk wrote. */
  lastAgentAtMs: number | null;
  /** An automatic reply went out. */
  lastAutoAtMs: number | null;
  takenOverAtMs: number | null;
  /** First buyer message that no person has answered yet. */
  waitingSinceMs: number | null;
  /** First unanswered return, exchange or other after-sale message (FU-08). */
  afterSaleSinceMs: number | null;
  /** First unanswered logistics-trouble message (FU-09). */
  logisticsSinceMs: number | null;
  thinkAgainAtMs: number | null;
  /** The open promise of an answer (FU-07). */
  question: { askedAtMs: number; answerByMs: number } | null;
  /** The message left while nobody was on duty, and the hour promised (FU-29). */
  offline: { atMs: number; replyByMs: number | null } | null;
  /** A matter the offline buyer must learn (FU-42). */
  unread: { atMs: number; matter: string; channels: ContactChannel[] } | null;
  /** Channels already used, as `matter/channel`. */
  reachedOut: string[];
}

/** A refund form as the timers see it. */
export interface RefundSituation {
  refundId: string;
  orderId: string;
  state: 'wait_seller_agree' | 'wait_buyer_return' | 'return_shipped' | 'refunded' | 'closed';
  openedAtMs: number;
  /** When the present state began. */
  stateAtMs: number;
  /** When the return was agreed. */
  agreedAtMs: number | null;
  /** When the buyer's number was entered or the return shipped. */
  returnShippedAtMs: number | null;
  /** `null`: asked, not entered. `undefined` (absent): unknown. */
  trackingNo?: string | null;
  closesAtMs: number | null;
  /** The buyer had talked about it before the form came (FU-38). */
  hadContact: boolean;
}

/** An after-sale case, by its order. */
export interface CaseSituation {
  orderId: string;
  kind: (typeof CASE_KINDS)[number];
  openedAtMs: number;
  closedAtMs: number | null;
}

/** How often a rule's touches ended for a subject. */
export interface TouchCount {
  /** Touches that ended in any way; the next one is number `ended + 1`. */
  ended: number;
  sent: number;
  lastSentAtMs: number | null;
  /** Due moment of the touch that was noted while the shop had the timer switched off. */
  offDueAtMs?: number;
}

/** A touch that went out, or is on its way out. */
export interface RecentTouch {
  followUpId: string;
  orderId: string | null;
  atMs: number;
  /** Counts for the caps of FR-06. */
  sales: boolean;
  /** The buyer wrote after it. */
  answered: boolean;
  /** Its order was paid after it. */
  paid: boolean;
  /** It lies before an agent who has not written since: nothing can be its result yet. */
  waits?: boolean;
}

/** Everything the timers know about one buyer of one shop. */
export interface Situation {
  buyerId: string;
  /** IANA zone of the buyer; `null`: unknown, the shop's counts. @see FR-05 */
  timeZone: string | null;
  declinedAtMs: number | null;
  optOut: 'reminders' | 'all' | null;
  /** Stop flag of the think-again rule. @see FLOW-T17 */
  noMoreFollowUpAtMs: number | null;
  /** The buyer was registered as asked-not-ordered (FU-05). */
  prospectAtMs: number | null;
  /** The last revisit by a person (FU-20, FU-21). */
  visit: { atMs: number; vip: boolean; consent: boolean } | null;
  /** Last message of the buyer that spoke of withdrawing, trouble or a return. */
  troubleAtMs: number | null;
  /** Invoice asked while no order was paid. */
  invoiceAskedAtMs: number | null;
  /** What went out in the last 24 h, over all rules: the cap of 12 h and the results are read from it. @see FR-06 */
  recentTouches: RecentTouch[];
  orders: Record<string, OrderSituation>;
  conversations: Record<string, ConversationSituation>;
  refunds: Record<string, RefundSituation>;
  cases: CaseSituation[];
  /** By `rule/subjectId`. */
  touches: Record<string, TouchCount>;
  /** Timers the desk asked for, by `rule/subjectId`. */
  asked: Record<string, { atMs: number; byMs: number | null }>;
}

/** A buyer nothing is known of. */
export function createSituation(buyerId: string): Situation {
  return {
    buyerId,
    timeZone: null,
    declinedAtMs: null,
    optOut: null,
    noMoreFollowUpAtMs: null,
    prospectAtMs: null,
    visit: null,
    troubleAtMs: null,
    invoiceAskedAtMs: null,
    recentTouches: [],
    orders: {},
    conversations: {},
    refunds: {},
    cases: [],
    touches: {},
    asked: {},
  };
}

/** Key of a rule and its subject in `touches` and `asked`. */
export function touchKey(rule: string, subjectId: string): string {
  return `${rule}/${subjectId}`;
}

/** How often the rule's touches ended for the subject. */
export function touchesOf(situation: Situation, rule: string, subjectId: string): TouchCount {
  return situation.touches[touchKey(rule, subjectId)] ?? { ended: 0, sent: 0, lastSentAtMs: null };
}
