import { findAskedAttributes, namesOfProduct } from './asked-items.ts';
import type { Context } from './context.ts';
import { DANGER } from './cues.ts';
import {
  all,
  any,
  clockMinutes,
  DAY_MS,
  fact,
  fails,
  type Guard,
  HOLDS,
  HOUR_MS,
  MINUTE_MS,
  minuteOfDay,
  ms,
  state,
  withinSpan,
} from './guard-checks.ts';

/** Whether it is outside the online hours; `undefined` when they are unknown. */
export function isOffHours(context: Context): boolean | undefined {
  const { hours, closedSince, nextOpenAt } = context.facts.shop;
  if (closedSince !== undefined) return true;
  if (nextOpenAt !== undefined) return false;
  return hours === undefined ? undefined : !withinSpan(hours, minuteOfDay(context.nowMs, context.facts.now));
}

/** When the present absence began; else the last closing hour, and `undefined` inside the hours. */
function absenceStartMs(context: Context): number | undefined {
  const { absentSince } = context.facts.shop;
  if (absentSince !== undefined) return ms(absentSince);
  if (isOffHours(context) !== true) return undefined;
  const { closedSince } = context.facts.shop;
  if (closedSince !== undefined) return ms(closedSince);
  const closes = clockMinutes(context.facts.shop.hours!.slice(6)) % 1440;
  const minute = minuteOfDay(context.nowMs, context.facts.now);
  return context.nowMs - ((minute - closes + 1440) % 1440) * MINUTE_MS;
}

/** An automatic turn nobody of the desk has followed up: this absence was acknowledged already. */
function ackedInHistory(context: Context): boolean {
  const last = context.history.findLast((turn) => turn.from !== 'buyer');
  if (last?.from !== 'auto') return false;
  if (last.at === undefined) return true;
  const start = absenceStartMs(context);
  const sent = ms(last.at);
  return context.nowMs - sent < 8 * HOUR_MS || (start !== undefined && sent >= start);
}

const awayAckAllowed: Guard = (context) => {
  const path = 'convo.awayAckLastSentAt';
  const last = context.facts.convo?.awayAckLastSentAt;
  if (last === undefined || last === null) {
    return last === undefined && ackedInHistory(context) ? fails(path, '这次离线已经发过') : HOLDS;
  }
  if (context.nowMs - ms(last) < 8 * HOUR_MS) return fails(path, '8小时内发过');
  const start = absenceStartMs(context);
  return start !== undefined && ms(last) >= start ? fails(path, '这次离线已经发过') : HOLDS;
};

/** The answer the facts give to a question taken down: a checked one, an attribute, or the stock. */
export function answerTo(context: Context): string | undefined {
  const { question, product, shipping } = context.facts;
  if (question === undefined) return undefined;
  if (question.verifiedAnswer !== undefined) return question.verifiedAnswer;
  const attrs = product?.attrs ?? {};
  const asked = findAskedAttributes(question.text, attrs, namesOfProduct(product)).known;
  if (asked.length > 0) {
    const fresh = asked.every((name) => context.freshness.isFresh(`product.attrs.${name}`));
    return fresh ? asked.map((name) => `${name}：${attrs[name]}`).join('；') : undefined;
  }
  if (/发货|多久发|几天发/.test(question.text)) return shipping?.exceptional === false ? shipping.norm : undefined;
  if (/(有|没|缺|剩|补)货|现货|库存|还有|几(个|件|顶|台|双)|有没有/.test(question.text)) return stockAnswer(context);
  if (/到哪|物流|快递/.test(question.text)) return context.fresh('tracking.lastScan', context.facts.tracking?.lastScan);
  if (/发票|开票/.test(question.text)) return context.facts.invoice?.when;
  if (/多少钱|价格|什么价/.test(question.text)) {
    const price = context.fresh('product.price', product?.price);
    return price === undefined ? undefined : `现在是${price}元`;
  }
  if (/退|换/.test(question.text)) return context.facts.return?.policy;
  if (/活动|优惠|满减/.test(question.text)) return context.promos[0]?.rule;
  if (/怎么洗|保养|怎么用|清洗/.test(question.text)) return context.fresh('product.care', product?.care)?.join('；');
  return undefined;
}

function stockAnswer(context: Context): string | undefined {
  const stock = context.facts.product?.stock;
  if (stock === undefined || Object.keys(stock).some((sku) => !context.freshness.isFresh(`product.stock.${sku}`))) {
    return undefined;
  }
  const there = Object.keys(stock).filter((sku) => stock[sku]! > 0);
  return there.length > 0 ? `${there.join('、')}现在有货` : '目前暂时没货';
}

const questionOpen = all(
  fact('question.text', (f) => f.question?.text),
  state('question.answered', (c) => c.facts.question?.answered !== true, '已经回答'),
);

const answerPromisedWithinDay = fact(
  'question.answerBy',
  (f) => f.question?.answerBy,
  (by, c) => ms(by) > c.nowMs && ms(by) - ms(c.facts.question!.askedAt ?? c.facts.now) <= DAY_MS,
  '已过，或距提问超过24小时',
);

const clarifyNotRepeated = state(
  'convo.scriptsUsed',
  (c) => {
    const last = c.history.findLast((turn) => turn.from !== 'buyer');
    if (last !== undefined && /您是(想|要)?问.{1,20}还是/.test(last.text)) return false;
    return c.facts.convo?.scriptsUsed?.at(-1) !== 'SCR-09';
  },
  '上一句刚问过',
);

/** Guards of greeting, offline answers and the talk itself. */
export const TALK_GUARDS = {
  agentOnDuty: fact(
    'agent.onDuty',
    (f) => f.agent.onDuty,
    (on) => on,
  ),
  deskAway: state(
    'agent.onDuty',
    (c) => {
      const onDuty = c.fresh('agent.onDuty', c.facts.agent.onDuty);
      return onDuty === false || (onDuty === undefined && isOffHours(c) === true);
    },
    '有人在线',
  ),
  shopHoursKnown: fact('shop.hours', (f) => f.shop.hours),
  awayAckAllowed,
  buyerReturning: fact(
    'buyer.isReturning',
    (f) => f.buyer.isReturning,
    (yes) => yes,
  ),
  noOpenDispute: state('case.open', (c) => c.facts.case?.open !== true, '有未了结的售后'),
  questionUnanswered: questionOpen,
  answerFactsFresh: state('question.verifiedAnswer', (c) => answerTo(c) !== undefined, '没有新鲜的事实可以回答'),
  answerPromisedWithinDay,
  answerVerified: all(
    fact('question.verifiedAnswer', (f) => f.question?.verifiedAnswer),
    fact('question.verifiedBy', (f) => f.question?.verifiedBy),
  ),
  announcedChannelUsed: state(
    'question.channel',
    (c) => (c.facts.question?.channel ?? 'wangwang') === 'wangwang',
    '答应的是别的方式',
  ),
  answerInTime: state(
    'question.answerBy',
    (c) => c.facts.question?.answerBy === undefined || ms(c.facts.question.answerBy) >= c.nowMs,
    '已过',
  ),
  answerLate: fact(
    'question.answerBy',
    (f) => f.question?.answerBy,
    (by, c) => ms(by) < c.nowMs,
    '还没到',
  ),
  receiverReady: all(
    fact('handover.receiver', (f) => f.handover?.receiver ?? (f.handover?.etaMinutes === undefined ? undefined : '')),
    any(
      fact(
        'handover.receiverOnDuty',
        (f) => f.handover?.receiverOnDuty,
        (on) => on,
      ),
      fact('handover.etaMinutes', (f) => f.handover?.etaMinutes),
    ),
  ),
  noOpenQuestion: state('convo.openQuestions', (c) => c.convo.openQuestions.length === 0, '还有问题没回答'),
  clarifyNotRepeated,
  noDangerWord: state('message', (c) => !DANGER.test(c.message), '有投诉或危险字眼'),
  noOpenDoubt: state('convo.openDoubts', (c) => c.convo.openDoubts.length === 0, '还有疑虑没打消'),
  buyerDidNotRefuse: state('convo.saidNo', (c) => !c.convo.saidNo && !c.convo.leaveAlone, '买家已经拒绝'),
  crossSellLeft: state('convo.crossSellCount', (c) => c.convo.crossSellCount === 0, '已经做过'),
  notLeaveAlone: state('convo.leaveAlone', (c) => !c.convo.leaveAlone, '买家不想被打扰'),
  mayFollowUp: state('convo.noMoreFollowup', (c) => !c.convo.noMoreFollowup, '已停止跟进'),
  notDeclined: state('convo.saidNo', (c) => !c.convo.saidNo && !c.convo.leaveAlone, '买家已经拒绝'),
  followUpCapLeft: state('convo.followupsSent', (c) => c.convo.followupsSent < 3, '已到次数上限'),
  notQuietHours: state('now', (c) => !withinSpan('22:00-09:00', minuteOfDay(c.nowMs, c.facts.now)), '现在是免打扰时间'),
  thinkPauseOver: all(
    fact(
      'convo.lastBuyerAt',
      (f) => f.convo?.lastBuyerAt,
      (at, c) => c.nowMs - ms(at) >= 10 * MINUTE_MS,
      '还不到10分钟',
    ),
    state(
      'convo.followupsSent',
      (c) => c.convo.followupsSent === 0 && !c.convo.scriptsUsed.includes('SCR-75'),
      '已经发过一次',
    ),
  ),
  withinFiveMinutes: state(
    'convo.lastBuyerAt',
    (c) => c.nowMs - ms(c.facts.convo?.lastBuyerAt ?? c.facts.now) <= 5 * MINUTE_MS,
    '已超过5分钟',
  ),
} satisfies Record<string, Guard>;
