import type { BuyerTrace, OrderTrace } from '../profile-state.ts';
import type { Thresholds } from '../settings.ts';
import { type BuyerView, chatFinding, type Feature, gradeCount, lastMs, showing, tell, wordsOf } from './feature.ts';

/** Decides fast: first message to order. @see BF-02 */
export const decidesFast: Feature = (view, t) => {
  const order = orderWithin(view, t.decideFastMs);
  const soon = tell('ordered soon after the first message', '第一句话之后很快就下单');
  if (order) return chatFinding('BF-02', 1, soon, order.placedAtMs);
  const said = saysOrderedWithin(view, t.decideFastMs);
  return said && chatFinding('BF-02', 0.7, tell('says so', '说马上就下单', wordsOf([said], 'ordersNow')), said.atMs);
};

/** Buys the first fitting item: nothing compared, ordered at once. @see BF-12 */
export const buysFirstFit: Feature = (view, t) => {
  const compared = showing(view.buyer, 'comparison', 'hesitation').length > 0;
  const variants = new Set(view.buyer.flatMap((message) => message.variants ?? []));
  if (compared || variants.size >= t.comparedVariants) return undefined;
  const order = orderWithin(view, t.firstFitMs);
  const first = tell('ordered the first item asked for', '看中第一件就下单');
  if (order) return chatFinding('BF-12', 1, first, order.placedAtMs);
  const said = saysOrderedWithin(view, t.firstFitMs);
  if (!said) return undefined;
  const taken = tell('takes the first item', '第一件就要了', wordsOf([said], 'ordersNow'));
  return chatFinding('BF-12', 0.8, taken, said.atMs);
};

/** Reacts to neglect: complains or sends "?" after a short wait, or on short answers. @see BF-14 */
export const reactsToNeglect: Feature = (view, t) => {
  const reacting: BuyerTrace[] = [];
  let count = 0;
  let waitingSince: number | undefined;
  let answeredAfterMs = 0;
  for (const message of view.messages) {
    if (message.from === 'agent') {
      answeredAfterMs = waitingSince === undefined ? answeredAfterMs : message.atMs - waitingSince;
      waitingSince = undefined;
      continue;
    }
    const waitMs = waitingSince === undefined ? answeredAfterMs : message.atMs - waitingSince;
    const weight = weighReaction(message, waitMs, waitingSince !== undefined, t);
    if (weight > 0) {
      count += weight;
      reacting.push(message);
    }
    waitingSince ??= message.atMs;
  }
  const told = tell('impatient', '等不住', wordsOf(reacting, 'nudge', 'neglect', 'curtAnswer'));
  return chatFinding('BF-14', gradeCount(count, 1), told, lastMs(reacting));
};

/** Slow comparison: several variants in turn, or sessions on different days before the order. @see BF-17 */
export const comparesSlowly: Feature = (view, t) => {
  const before = view.buyer.filter((message) => !view.orders.some((order) => isPlacedBefore(view, order, message)));
  const comparing = before.filter((message) => message.cues.comparison ?? message.cues.hesitation);
  const variants = new Set(before.flatMap((message) => message.variants ?? []));
  const sessions = countSessions(before, t.sessionGapMs);
  const variantPart = comparing.length > 0 ? gradeCount(variants.size, t.comparedVariants) * 0.6 : 0;
  const sessionPart = sessions > 1 ? 0.45 : 0;
  const strength = variantPart + sessionPart + Math.min(0.6, 0.2 * Math.max(0, comparing.length - 1));
  const told = tell(
    `${variants.size} variants, ${sessions} sessions, ${comparing.length} comparing messages`,
    `看了${variants.size}种款式，来过${sessions}次，${comparing.length}句在比较`,
  );
  return chatFinding('BF-17', comparing.length + sessions > 1 ? strength : 0, told, lastMs(before));
};

/** Counts sessions: runs of messages without a long gap. */
export function countSessions(messages: readonly { atMs: number }[], gapMs: number): number {
  let sessions = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (const { atMs } of messages) {
    if (atMs - last >= gapMs) sessions++;
    last = atMs;
  }
  return sessions;
}

function weighReaction(message: BuyerTrace, waitMs: number, unanswered: boolean, t: Thresholds): number {
  const { nudge, neglect, curtAnswer } = message.cues;
  if (curtAnswer) return 1;
  const soon = waitMs < t.neglectWaitMs;
  if (nudge && unanswered) return soon ? 0.8 : 0;
  if (neglect) return soon ? 1 : waitMs < 3 * t.neglectWaitMs ? 0.6 : 0;
  return 0;
}

function orderWithin(view: BuyerView, limitMs: number): OrderTrace | undefined {
  const first = view.buyer[0];
  if (!first) return undefined;
  return view.orders.find((order) => order.placedAtMs > first.atMs && order.placedAtMs - first.atMs <= limitMs);
}

function saysOrderedWithin(view: BuyerView, limitMs: number): BuyerTrace | undefined {
  const first = view.buyer[0];
  const known = view.orders.some((order) => first && order.placedAtMs > first.atMs - limitMs);
  if (!first || known) return undefined;
  return view.buyer.find((message) => message.cues.ordersNow && message.atMs - first.atMs <= limitMs);
}

/** Whether the message comes after an order of this chat. */
function isPlacedBefore(view: BuyerView, order: OrderTrace, message: BuyerTrace): boolean {
  const first = view.messages[0]?.atMs ?? 0;
  return order.state !== 'closed' && order.placedAtMs <= message.atMs && order.placedAtMs >= first;
}
