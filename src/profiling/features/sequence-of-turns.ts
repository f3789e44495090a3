import type { BuyerTrace, MessageTrace, OrderTrace } from '../profile-state.ts';
import { type BuyerView, chatFinding, type Feature, gradeCount, lastMs, showing, tell, wordsOf } from './feature.ts';

/** Quality question, then price attack within a few turns. @see BF-07 */
export const attacksPriceAfterQuality: Feature = (view, t) => {
  const asked = view.buyer.findIndex((message) => message.cues.quality && message.cues.question);
  if (asked < 0) return undefined;
  const next = view.buyer.slice(asked, asked + 1 + t.priceAttackTurns);
  const competitor = showing(next, 'competitor');
  const bargain = showing(next, 'bargain', 'amountOffer');
  const attack = [...competitor, ...bargain];
  const strength = competitor.length > 0 && bargain.length > 0 ? 1.2 : bargain.length > 1 ? 0.5 : 0;
  const told = tell('quality, then price', '先问质量，接着压价', wordsOf(attack, 'competitor', 'bargain'));
  return chatFinding('BF-07', strength, told, lastMs(attack));
};

/** Asks again between payment and signing whether all is right. @see BF-19 */
export const worriesAfterPurchase: Feature = (view, t) => {
  const worried = view.buyer.filter(
    (message) => isWorried(message) && view.orders.some((order) => isUnderWay(order, message.atMs)),
  );
  const plain = worried.filter((message) => !message.cues.reassurance).length;
  const count = worried.length - 0.4 * plain;
  const told = tell(
    `${worried.length} worried messages before signing`,
    `签收前${worried.length}句不放心的话`,
    wordsOf(worried, 'reassurance', 'orderWorry'),
  );
  return chatFinding('BF-19', gradeCount(count, t.worryMessages), told, lastMs(worried));
};

/** Talks before the order, while it is under way and after it has arrived. @see BF-24 */
export const talksInEveryPhase: Feature = (view) => {
  let best = 0;
  let atMs = 0;
  for (const order of view.orders) {
    const phases = new Set(
      view.buyer.map((message) => phaseOf(order, message.atMs)).filter((phase) => phase !== 'none'),
    );
    if (phases.size > best) {
      best = phases.size;
      atMs = order.placedAtMs;
    }
  }
  return chatFinding(
    'BF-24',
    best >= 3 ? 1 : best === 2 ? 0.3 : 0,
    tell(`talks in ${best} phases of one order`, `同一单的${best}个阶段都来聊过`),
    Math.max(atMs, lastMs(view.buyer)),
  );
};

/** Easy agreement: accepts what is proposed, asks nothing back, does not bargain. @see BF-27 */
export const agreesEasily: Feature = (view, t) => {
  const answers = answersToProposals(view);
  const accepted = answers.filter(isAcceptance);
  const share = accepted.length / Math.max(1, answers.length);
  const outright = accepted.filter(({ cues }) => cues.agreement ?? cues.decideForMe).length;
  if (share < t.acceptShare || showing(view.buyer, 'bargain').length > 1) return undefined;
  const told = tell(
    `${accepted.length} of ${answers.length} proposals accepted`,
    `${answers.length}次建议接受了${accepted.length}次`,
  );
  return chatFinding(
    'BF-27',
    gradeCount(outright + 0.5 * (accepted.length - outright), t.acceptTurns),
    told,
    lastMs(accepted),
  );
};

/** Repeats a statement that the agent's facts contradicted. @see BF-29 */
export const holdsWrongBelief: Feature = (view) => {
  const holding: BuyerTrace[] = [];
  let corrected = false;
  for (const message of view.messages) {
    if (message.from === 'agent') corrected ||= Boolean(message.cues.correction);
    else if (corrected && (message.cues.insistence || message.cues.expertise)) holding.push(message);
  }
  return chatFinding(
    'BF-29',
    gradeCount(holding.length, 2),
    tell('holds on to it', '解释过仍坚持', wordsOf(holding, 'insistence', 'expertise')),
    lastMs(holding),
  );
};

function isWorried(message: BuyerTrace): boolean {
  return Boolean(message.cues.reassurance ?? message.cues.orderWorry);
}

function isUnderWay(order: OrderTrace, atMs: number): boolean {
  return (
    order.paidAtMs !== undefined && order.paidAtMs <= atMs && (order.signedAtMs ?? Number.POSITIVE_INFINITY) >= atMs
  );
}

function phaseOf(order: OrderTrace, atMs: number): 'pre' | 'in' | 'after' | 'none' {
  if (order.state === 'closed') return 'none';
  if (atMs < order.placedAtMs) return 'pre';
  return order.signedAtMs !== undefined && atMs >= order.signedAtMs ? 'after' : 'in';
}

/** The buyer's answers to what the agent proposed or advised. */
function answersToProposals(view: BuyerView): BuyerTrace[] {
  return view.messages.filter((message, index): message is BuyerTrace => {
    const before = view.messages[index - 1];
    if (message.from !== 'buyer' || before?.from !== 'agent') return false;
    return Boolean(before.cues.proposal) || asksForAdvice(view.messages[index - 2]);
  });
}

function asksForAdvice(message: MessageTrace | undefined): boolean {
  if (message?.from !== 'buyer') return false;
  return Boolean(message.cues.asksAdvice ?? message.cues.decideForMe ?? message.cues.inexperience);
}

function isAcceptance(message: BuyerTrace): boolean {
  const { agreement, decideForMe, ordersNow, shortAnswer, bargain, question, hesitation } = message.cues;
  return (
    Boolean(agreement ?? decideForMe ?? ordersNow ?? shortAnswer) &&
    !bargain &&
    !hesitation &&
    (!question || Boolean(decideForMe))
  );
}
