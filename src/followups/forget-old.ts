import type { Situation } from './situation.ts';

const DAY = 86_400_000;
/** No timer about an order, a refund or a chat runs longer than this after its last event. */
const KEEP_DAYS = 180;

/** Drops what no timer can ask for any more, so that a buyer of many years stays a small value. Changes `s`. */
export function forgetOld(s: Situation, nowMs: number): void {
  const isOld = (...moments: (number | null | undefined)[]): boolean =>
    nowMs - Math.max(0, ...moments.map((ms) => ms ?? 0)) > KEEP_DAYS * DAY;
  s.recentTouches = s.recentTouches.filter((touch) => nowMs - touch.atMs < DAY);
  const gone = new Set<string>();
  for (const { orderId, ...order } of Object.values(s.orders)) {
    const refunds = Object.values(s.refunds).filter((refund) => refund.orderId === orderId);
    const cases = s.cases.filter((one) => one.orderId === orderId);
    const moments = Object.values(order).filter((value) => typeof value === 'number');
    if (!isOld(...moments, ...refunds.map((one) => one.stateAtMs), ...cases.map((one) => one.openedAtMs))) continue;
    gone.add(orderId);
    delete s.orders[orderId];
    for (const { refundId } of refunds) {
      gone.add(refundId);
      delete s.refunds[refundId];
    }
  }
  s.cases = s.cases.filter((one) => !gone.has(one.orderId));
  for (const chat of Object.values(s.conversations)) {
    if (!isOld(chat.lastBuyerAtMs, chat.lastAgentAtMs, chat.lastAutoAtMs, chat.takenOverAtMs)) continue;
    gone.add(chat.conversationId);
    delete s.conversations[chat.conversationId];
  }
  if (gone.size === 0) return;
  for (const record of [s.touches, s.asked]) {
    for (const key of Object.keys(record)) if (gone.has(key.slice(key.indexOf('/') + 1))) delete record[key];
  }
}
