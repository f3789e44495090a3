/** What the log of events says about one buyer, by moment. The checker's own memory; no rule of the engine is in it. */
import type { FollowUpEvent } from '../events.ts';
import type { LoggedEvent } from './month.ts';

/** Answers about a buyer at a moment, from the log alone. */
export interface OrderFile {
  /** Moments of what may have set a rule off for a subject, up to a moment. */
  triggersOf(rule: string, subjectId: string, untilMs: number): number[];
  zoneAt(ms: number): string | null;
  /** What the buyer asked for that ends all selling. */
  stoppedAt(ms: number): 'declining' | 'opting out of reminders' | 'opting out of all' | null;
  /** How an unpaid order ended. */
  endOf(orderId: string, ms: number): 'payment' | 'closing' | 'merging' | null;
  placedAt(orderId: string): number;
  /** Did the buyer, or either side, write after one moment and before the other? */
  talkedSince(sinceMs: number, untilMs: number, only?: 'message.buyer'): boolean;
  lastThinkAgain(ms: number): number;
  isCaseOpen(orderId: string, ms: number): boolean;
  isNumberEntered(refundId: string, ms: number): boolean;
  isRefunded(orderId: string, ms: number): boolean;
}

type Test = (event: FollowUpEvent, subjectId: string) => number | null;

const on =
  (type: FollowUpEvent['type'], matches: (data: Record<string, unknown>, subjectId: string) => boolean): Test =>
  (event, subjectId) =>
    event.type === type && matches(event.data, subjectId) ? event.atMs : null;

const ofOrder = (data: Record<string, unknown>, id: string) => data['orderId'] === id;
const ofRefund = (data: Record<string, unknown>, id: string) => data['refundId'] === id;
const ofChat = (data: Record<string, unknown>, id: string) => data['conversationId'] === id;
const says = (prefix: string) => (data: Record<string, unknown>, id: string) =>
  ofChat(data, id) && (data['intents'] as string[]).some((intent) => intent.startsWith(prefix));

/** What sets each rule off. @see domain 07, section 7.2 */
const TRIGGERS: Record<string, Test> = {
  'FU-01': on('order.created', (data, id) => ofOrder(data, id) && data['afterChat'] === true),
  'FU-02': on('order.created', (data, id) => ofOrder(data, id) && data['afterChat'] === false),
  'FU-03': (event) =>
    event.type === 'message.buyer' && event.data.promisedAt ? Date.parse(event.data.promisedAt) : null,
  'FU-04': on('order.created', ofOrder),
  'FU-05': on('message.buyer', (data) => data['prospect'] === true),
  'FU-06': on('message.buyer', says('INT-GEN-05')),
  'FU-07': on('message.agent', (data, id) => ofChat(data, id) && 'answerBy' in data),
  'FU-08': on('message.buyer', says('INT-AS')),
  'FU-09': on('message.buyer', says('INT-LOG')),
  'FU-10': on('case.opened', ofOrder),
  'FU-11': on('message.agent', ofOrder),
  'FU-13': on('order.shipped', (data, id) => ofOrder(data, id) && data['handedOver'] === true && isLow(data)),
  'FU-14': on('refund.updated', (data, id) => ofOrder(data, id) && data['state'] === 'wait_buyer_return'),
  'FU-16': on('refund.updated', (data, id) => ofRefund(data, id) && data['state'] === 'return_shipped'),
  'FU-17': on('refund.updated', (data, id) => ofRefund(data, id) && data['state'] === 'wait_seller_agree'),
  'FU-18': on('refund.updated', (data, id) => ofRefund(data, id) && data['state'] === 'wait_seller_agree'),
  'FU-19': on('refund.updated', (data, id) => ofRefund(data, id) && data['state'] === 'wait_buyer_return'),
  'FU-29': on('message.buyer', ofChat),
  'FU-30': on('order.paid', ofOrder),
  'FU-31': on('order.shipped', (data, id) => ofOrder(data, id) && data['handedOver'] === true),
  'FU-34': on('refund.updated', (data, id) => ofOrder(data, id) && data['state'] === 'wait_seller_agree'),
  'FU-37': on('order.signed', ofOrder),
  'FU-38': on('refund.updated', (data, id) => ofRefund(data, id) && data['state'] === 'wait_seller_agree'),
  'FU-41': on('case.opened', (data, id) => ofOrder(data, id) && data['kind'] === 'surplus'),
  'FU-42': on('message.agent', (data, id) => ofChat(data, id) && data['buyerOnline'] === false),
  'FU-46': on('order.signed', ofOrder),
  'FU-47': on('case.opened', ofOrder),
};

function isLow(data: Record<string, unknown>): boolean {
  return (data['items'] as { rating?: number }[]).some(({ rating }) => rating !== undefined && rating < 4.8);
}

/** One file a buyer. */
export function createOrderFiles(log: readonly LoggedEvent[], shopZone: string): Map<string, OrderFile> {
  const byBuyer = Map.groupBy(log, ({ buyerId }) => buyerId);
  return new Map(
    [...byBuyer].map(([buyerId, lines]) => [
      buyerId,
      createFile(
        lines.map(({ event }) => event),
        shopZone,
      ),
    ]),
  );
}

function createFile(events: readonly FollowUpEvent[], shopZone: string): OrderFile {
  const until = (ms: number) => events.filter((event) => event.atMs <= ms);
  const about = (orderId: string, ms: number) =>
    until(ms).filter((event) => 'orderId' in event.data && event.data.orderId === orderId);
  return {
    triggersOf: (rule, subjectId, ms) => until(ms).flatMap((event) => TRIGGERS[rule]?.(event, subjectId) ?? []),
    zoneAt: (ms) => until(ms).findLast((event) => event.type === 'buyer.located')?.data.timeZone ?? shopZone,
    stoppedAt(ms) {
      const past = until(ms);
      const scopes = past.flatMap((event) => (event.type === 'buyer.optout' ? [event.data.scope] : []));
      if (scopes.includes('all')) return 'opting out of all';
      if (scopes.length > 0) return 'opting out of reminders';
      return past.some((event) => event.type === 'message.buyer' && event.data.declined) ? 'declining' : null;
    },
    endOf(orderId, ms) {
      const types = about(orderId, ms).map(({ type }) => type);
      if (types.includes('order.paid')) return 'payment';
      if (types.includes('order.closed')) return 'closing';
      return types.includes('order.merged') ? 'merging' : null;
    },
    placedAt: (orderId) =>
      about(orderId, Number.POSITIVE_INFINITY).find(({ type }) => type === 'order.created')?.atMs ?? 0,
    talkedSince: (sinceMs, ms, only) =>
      until(ms).some(
        ({ type, atMs }) => atMs > sinceMs && (type === 'message.buyer' || (!only && type === 'message.agent')),
      ),
    lastThinkAgain: (ms) =>
      until(ms).findLast((event) => event.type === 'message.buyer' && event.data.intents.includes('INT-GEN-05'))
        ?.atMs ?? 0,
    isCaseOpen(orderId, ms) {
      const own = about(orderId, ms);
      const last = own.findLast(({ type }) => type === 'case.opened' || type === 'case.closed');
      const refund = own.findLast((event) => event.type === 'refund.updated');
      const isOpen = refund !== undefined && !['refunded', 'closed'].includes(refund.data.state);
      return last?.type === 'case.opened' || isOpen;
    },
    isNumberEntered: (refundId, ms) =>
      until(ms).some(
        (event) =>
          event.type === 'refund.updated' && event.data.refundId === refundId && Boolean(event.data.trackingNo),
      ),
    isRefunded: (orderId, ms) =>
      about(orderId, ms).some((event) => event.type === 'refund.updated' && event.data.state === 'refunded'),
  };
}
