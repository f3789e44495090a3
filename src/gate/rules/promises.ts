import { isPromiseSupported, type PromiseTopic } from '../check-promise.ts';
import { normalizeText, toOriginalSpan, type View } from '../normalize-text.ts';
import { clauseOf, clausesOf, findAll, findDisguised, type Match, type Passage, spanOf } from '../passage.ts';
import { type NamedTime, onDayOf, readTimes } from '../read-times.ts';
import type { Hit, Rule } from '../rule.ts';
import { isAsked, isBeingChecked, isCondition, isDenied, isMeant, isReported } from '../sense.ts';
import { PROMISE_TOPICS, SURE_RESULTS } from '../words/promises.ts';
import { unsupportedSupply } from './supply-claims.ts';

const TOPICS = Object.entries(PROMISE_TOPICS).map(
  ([topic, words]) => [topic as PromiseTopic, new RegExp(words, 'g')] as const,
);
const SURE = new RegExp(SURE_RESULTS.join('|'), 'g');
const SINCERE =
  /尽力|尽量|尽快|努力|争取|认真|用心|重视|留意|注意|记得|转达|转告|跟进|帮您(?:看|问|查|催|留意|反馈|盯)|好好|仔细/;
const PAST =
  /已经?(?:在|于|经)?|昨[天日晚]|前天|上周|刚(?:刚|才)|(?<![日天号周月期末底点一二三四五六半])之前(?=您|我|已|说|跟|就已)|(?:下单|拍下|付款|签收|申请|提交|发出|寄出)的$|了(?:的|,|。|$)|(?<!能|会|可以|就|要)(?:到|到达|抵达|离开|进|出)了(?!就|再|会|后|之后|以后|的话)/;
const FIRM = /肯定|一定|保证|绝对|包(?:您|你)?(?:到|今|明)|必(?:定|到|须)|准(?:能|到|时到)|妥妥/;

/** 今早从义乌发出, said in the afternoon, reports. */
function isOver(time: NamedTime, clause: Match, passage: Passage): boolean {
  const isFuture = /就|会|能|可以|将|准备|打算|一定|肯定|保证/.test(clause.text);
  return !isFuture && time.isDayNamed && time.latestMs !== undefined && time.latestMs <= (passage.nowMs ?? 0);
}

/** 就到货了 is still to come, 到货了 is not. */
function isPast(clause: string): boolean {
  const isFuture = /就|会|能|可以|将|准备|打算/.test(clause) && !/已经?|昨|刚/.test(clause);
  return !isFuture && PAST.test(clause);
}

interface TimePromise {
  topic: PromiseTopic;
  clause: Match;
  time: NamedTime;
}

/** A mark or an emoji between two characters: 今🌙晚. */
const BROKEN = /\p{Script=Han}[\p{So}\p{Extended_Pictographic}.*_~·-]{1,3}\p{Script=Han}/u;

/** Promises of a time in the text, each with what it is about. */
function timePromises(passage: Passage): TimePromise[] {
  const { plain, tight } = passage.views;
  const found = promisesIn(plain, passage);
  return found.length > 0 || !BROKEN.test(passage.original) ? found : promisesIn(tight, passage);
}

function promisesIn(view: View, passage: Passage): TimePromise[] {
  const clauses = clausesOf(view);
  return clauses.flatMap((clause, i) => {
    const times = readTimes(clause.text, passage);
    if (times.length === 0) return [];
    const topic = topicOf(clause) ?? (i + 1 < clauses.length && isBare(clause) ? topicOf(clauses[i + 1]!) : undefined);
    if (topic === undefined) return [];
    const earlier = i > 0 ? readTimes(clauses[i - 1]!.text, passage).at(-1) : undefined;
    return times.slice(-1).map((time) => ({ topic, clause, time: onDayOf(time, earlier) }));
  });
}

/** 明天, 明天下午: a time alone in its clause belongs to the next one. */
function isBare(clause: Match): boolean {
  return clause.text.length <= 8;
}

function topicOf(clause: Match): PromiseTopic | undefined {
  for (const [topic, words] of TOPICS) {
    for (const match of clause.text.matchAll(words)) {
      const before = clause.text.slice(0, match.index);
      if (isByBuyer(before, match[0], topic) || isStart(match[0], clause.text.slice(match.index + match[0].length)))
        continue;
      return topic;
    }
  }
  return undefined;
}

/** 签收后七天内: the stretch begins there. */
function isStart(word: string, after: string): boolean {
  return (
    /签收|收货|收到货|到货|付款|退款|审核/.test(word) &&
    /^(?:后|之后|以后|起|日起|当天起|之日起|的)?(?:一般|通常|大概|大约|约|最快|正常)?[\d一二两三四五六七八九十]{1,3}(?:[到至~-][\d一二两三四五六七八九十]{1,3})?(?:个)?(?:天|日|小时|工作日|月)/.test(
      after,
    )
  );
}

/** 您今天寄出, 您回复我: the buyer acts, the desk promises nothing. */
function isByBuyer(before: string, word: string, topic: PromiseTopic): boolean {
  if (topic === 'ship' && /(?:您|你)(?!的)[^,]{0,8}$/.test(before) && /寄|发出|发走|揽收/.test(word))
    return !/(?:给|帮|为|替)(?:您|你)/.test(before);
  if (topic === 'reply' && /^(?:请|麻烦)?(?:您|你)[^,]{0,8}$/.test(before) && /回复|答复/.test(word)) return true;
  return /(?:您|你|收到货|签收|到货)(?:后|之后|以后)[^,]{0,3}$/.test(before) && topic === 'arrive';
}

function isNoPromise(clause: Match): boolean {
  if (
    /(?:请|麻烦|记得|务必|需要|劳烦)(?:您|你)?[^,]{0,10}(?:前|内)[^,]{0,6}(?:填|提交|寄|申请|上传|确认|联系我)/.test(
      clause.text,
    )
  )
    return false;
  return (
    isAsked(clause) ||
    isReported(clause) ||
    isCondition(clause) ||
    isBeingChecked(clause) ||
    DENIED_CLAUSE.test(clause.text) ||
    isPast(clause.text)
  );
}

const DENIED_CLAUSE =
  /不(?:能|敢|好|会|可以|一定|确定|清楚|保证|承诺|方便|太好)|没(?:法|办法|有办法|人能)|无法|难以|未必|不是|别|不要|不用|不必|不需要|尚未|还没|还未|没有/;

/** Light promise: a date, amount, stock or result without fact and authority. @see TAB-24, SR-03, FLOW-15 */
export const lightPromise: Rule = {
  id: 'TAB-24',
  severity: 'B',
  message: '这里的时间、金额、库存或结果没有事实支持，请只说确定的，或说明核实后回复。',
  instead: ['SCR-05', 'SCR-85'],
  detect(passage) {
    return [...unsupportedTimes(passage), ...sureResults(passage), ...unsupportedSupply(passage)];
  },
};

function unsupportedTimes(passage: Passage): Hit[] {
  return timePromises(passage)
    .filter(({ topic, clause, time }) => {
      if (isNoPromise(clause) || isOver(time, clause, passage)) return false;
      const isSureArrival = topic === 'arrive' && FIRM.test(clause.text);
      return isSureArrival || !isPromiseSupported(topic, time, clause.text, passage);
    })
    .map(({ clause, time }) => ({
      span: toOriginalSpan(clause.view, clause.from + time.from, Math.min(clause.to, clause.from + time.to)),
    }));
}

function sureResults(passage: Passage): Hit[] {
  return findDisguised(passage.views, SURE)
    .filter((match) => isMeant(match) && !isAsked(match) && !isCondition(match) && !SINCERE.test(clauseOf(match).text))
    .filter((match) => !isBeingChecked(match) && !isDecided(passage, match))
    .map((match) => ({ span: spanOf(match) }));
}

/** What was approved or decided is no light promise. */
function isDecided(passage: Passage, match: Match): boolean {
  const { discount, refund, case: matter, product } = passage.context;
  const approvals = discount?.approvalId !== undefined && discount.approvalId !== null;
  if (/同意|批|通过|答应/.test(match.text)) return approvals || refund?.approved === true;
  if (/退|赔|补|换/.test(match.text))
    return refund?.approved === true || matter?.decision !== undefined || matter?.returnAgreed === true;
  const promised = [...(product?.guarantees ?? []), ...(product?.differences ?? []), ...(product?.benefits ?? [])];
  return promised.some((one) => normalizeText(one).plain.text.includes(match.text));
}

const SHIPPED =
  /(?<!未|没|没有|不|待|才|再|后|前|要|会|能|可以|如果)(?:已经?|都|全部|刚刚?|早就?|今天|昨天|上午|下午|早上)(?:经|给您|帮您|为您|给你|安排|全部|都|今天|昨天|昨晚|今早|上午|下午|早上|刚刚?){0,6}(?:发货|发出|寄出|发走|寄走|出库|揽收|发了|寄了|发快递|(?:被|给)?快递(?:员|小哥)?(?:已经)?(?:拿走|取走|收走|揽走|揽收|揽件)|发(?=[,。!]|$)|(?:就|早|早就)?(?:发|寄)(?:了|走|出去?|掉)(?!吗|么|没)|(?:交|给)(?:给|到)?了?(?:快递|顺丰|圆通|中通|申通|韵达|极兔|邮政|ems|京东|德邦|物流)|交给(?:快递|顺丰|圆通|中通|申通|韵达|极兔|邮政|ems|京东|德邦|物流))|(?:发货|发出|寄出|发走|寄走|发出去|寄出去|出发|出库)(?:了|啦|咯|喽)(?!吗|么|没|之后|以后|后|会|就(?!耐|请)|再|的话|才|我)|在(?:路上|途中|运输途中|派送)(?!会|可能|如果)|(?:快递|顺丰|圆通|中通|申通|韵达|极兔|邮政|京东|小哥|师傅)(?:员|小哥|那边|师傅)?(?:已经?|都|刚刚?)(?:经)?(?:拿走|收走|揽走|拉走|取走|收走|揽走|揽收|揽件|取件)(?:了|啦)?|(?:您|你)的(?:包裹|快递|宝贝)(?:正)?在(?:运输|派送|配送)/g;

const SHIPPED_TWICE =
  /(?:发|寄|走)了,?(?:发|寄|走)了|(?:昨天|昨晚|前天|今早|早上|上午|中午|刚才|刚刚)(?:就|已经|早就|都)?(?:给您)?(?:走|发|寄)(?:了|啦|掉了|出去了)(?!吗|么)/g;

/** 先给您点了发货, 单号先传上去了: marked as shipped while the goods are here. */
const MARKED =
  /(?<!没|未|不|再|后|才|会|要|请)(?:先|提前|已经?|刚刚?|都|早)(?:经|给|帮|把|为|替|您|你|这单|订单|单子|系统|后台|状态|我|就|就给|,){0,5}(?:点|标|标记|操作|按|做|改|更新|设|挂|显示|处理)(?:了|好|掉|成|为|上|过|到|下){0,2}(?:已)?(?:发货|出库|发出)(?!时|前|后|才|之)|(?:已)?发货(?:状态)?(?:我|这边|先|都|已经?|早|给您|帮您|提前){1,4}(?:点|标|操作|按|改)(?:了|掉|好|过|上)|(?:单号|运单|面单)(?:号)?(?:我|这边|先|提前|给您|帮您){1,4}(?:填|传|上传|录|回传|输|挂)(?:了|好|上|进|到|过)/g;

/** 今天发, 今天出库 alone is a plan, 今天发了 a report. */
function isPlan(match: Match): boolean {
  if (/^(?:今天|上午|下午|早上)/.test(match.text) && /发$/.test(match.text)) return true;
  return (
    /^今天(?:给您|安排|全部|都)?(?:发货|发出|寄出|出库|发走|寄走)$/.test(match.text) &&
    !/^[了的啦咯]/.test(match.view.text.slice(match.to))
  );
}

/** Reporting shipped before hand-over. @see TAB-48, TRAP-11, FU-32 */
export const earlyShipped: Rule = {
  id: 'TAB-48',
  severity: 'B',
  message: '没有快递揽收记录，不能说已发货。',
  instead: ['SCR-85', 'SCR-86', 'SCR-123'],
  detect(passage) {
    const { order, tracking } = passage.context;
    const isOut = order?.state === 'shipped' || order?.state === 'signed' || order?.state === 'completed';
    if (order?.handedOver === true || (order?.handedOver !== false && (isOut || tracking?.lastScan !== undefined))) {
      return otherParcel(passage);
    }
    return [SHIPPED, SHIPPED_TWICE, MARKED]
      .flatMap((pattern) => findDisguised(passage.views, pattern))
      .filter((match) => {
        if (isPlan(match)) return false;
        const clause = clauseOf(match).text;
        if (isDenied(match, 6) || isReported(match) || isAsked(match) || isCondition(match)) return false;
        return !/(?<![给帮为替])(?:您|你)(?!的)(?:已经?|这边|那边)?[^,]{0,4}(?:寄|发)|退货|寄回|还没|尚未|发票|图|链接|优惠券|消息|短信|补差|资料|申请/.test(
          clause,
        );
      })
      .map((match) => ({ span: spanOf(match) }));
  },
};

const NUMBER_SAID = /(?:单号|运单号?|快递号|物流号)(?:是|为|:)?([a-z]{0,4}\d[a-z\d]{3,20}|[a-z]{2,4}\d{2,20})/g;

/** A tracking number that is not the one on record. */
function otherParcel(passage: Passage): Hit[] {
  const known = [
    passage.context.order?.trackingNo,
    ...(passage.context.parcel?.trackingNos ?? []),
    passage.context.refund?.trackingNo ?? undefined,
  ];
  const numbers = known.filter((number) => number !== undefined).map((number) => number.toLowerCase());
  if (numbers.length === 0) return [];
  return findAll(passage.views.plain, NUMBER_SAID)
    .filter(
      (match) =>
        !numbers.some((number) => number.includes(match.groups[0] ?? '') || (match.groups[0] ?? '').includes(number)),
    )
    .map((match) => ({ span: spanOf(match) }));
}

/** Rules about promises and reports of the desk's own doing. */
export const PROMISE_RULES: readonly Rule[] = [lightPromise, earlyShipped];
