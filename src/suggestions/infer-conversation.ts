import type { BuyingSignal, Doubt, Facts } from '../protocol/facts.ts';
import type { MessageIntent, Technique } from '../protocol/ids.ts';
import type { Analysis, Turn } from '../protocol/turn.ts';
import { CLEAR_NO, INTENT_CUES, LEAVE_ALONE, PRICE_TURN, QUESTION, THINK_AGAIN, UNDECIDED } from './cues.ts';
import type { Measurements } from './measure-body.ts';
import { deniesReturn } from './read-voice.ts';
import { measurementsOfWearer } from './read-wearer.ts';

/** State of the conversation after the message was read; given facts win over what is inferred. */
export interface Conversation {
  readonly signals: readonly BuyingSignal[];
  readonly techniquesUsed: readonly Technique[];
  readonly scriptsUsed: readonly string[];
  readonly openDoubts: readonly Doubt[];
  readonly doubtCount: number;
  readonly openQuestions: readonly string[];
  readonly priceTurns: number;
  readonly objection: string | null;
  readonly saidThinkAgain: boolean;
  readonly saidNo: boolean;
  readonly leaveAlone: boolean;
  readonly orderStep: string | undefined;
  readonly crossSellCount: number;
  readonly keepAttempts: number;
  readonly followupsSent: number;
  readonly noMoreFollowup: boolean;
  readonly need: string | undefined;
  /** Upper limit in yuan; `undefined`: none stated. */
  readonly budget: number | undefined;
  readonly measurements: Measurements;
  readonly condition: string | undefined;
  readonly paymentError: string | undefined;
  /** Yuan asked to be taken off now, on top of what was granted. */
  readonly discountRequested: number | undefined;
  readonly photosAskedCount: number;
  readonly photosImpossible: boolean;
  readonly urgent: boolean;
  /** Turns of a person of the desk so far. */
  readonly agentTurns: number;
}

const DOUBT_INTENTS: Readonly<Partial<Record<MessageIntent, Doubt>>> = {
  'INT-PRE-11': 'goods',
  'INT-PRE-12': 'goods',
  'INT-PRE-22': 'site',
  'INT-PRE-23': 'credit',
  'INT-PRE-24': 'goods',
  'INT-PRE-25': 'payment',
  'INT-PRE-26': 'logistics',
  'INT-PRE-27': 'own',
};
const DOUBTS_BY_INTENT = Object.entries(DOUBT_INTENTS) as [MessageIntent, Doubt][];

/** Questions a technique answers by itself, or that are no plain question. */
const NOT_A_QUESTION = /^INT-(GEN|IN-01|PRE-0[456]|PRE-1[345]|PRE-2[3-7]|PRE-2[24]|AS|LOG|REV)/;

/** A personal reason is named; hesitation alone is no open doubt. */
const OWN_REASON = /怕|担心|家里|爸|妈|老公|老婆|没必要|预算|浪费|不合适|用不上|后悔|不搭/;

/** Confidence from which the classifier alone may say that no photos will come. */
const SURE_OF_NO_PHOTOS = 0.8;

const MEASURE_ASKED = /身高|体重|脚长|胸围|腰围|臀围|肩宽|头围/g;

/** What the buyer said; a bare figure that answers the one measurement asked for gets its name. */
function withMeasureNames(history: readonly Turn[], message: string): string[] {
  const said: string[] = [];
  [...history, { from: 'buyer' as const, text: message }].forEach((turn, at, all) => {
    if (turn.from !== 'buyer') return;
    const figure = /^\D{0,3}(\d{2,3}(?:\.\d)?)(?!\s*[码号块元])\D{0,8}$/.test(turn.text.trim());
    const asked = figure && all[at - 1]?.from === 'agent' ? all[at - 1]!.text.match(MEASURE_ASKED) : null;
    const names = new Set(asked ?? []);
    said.push(names.size === 1 ? `${[...names][0]}${turn.text.trim()}` : turn.text);
  });
  return said;
}

/** Needs it soon: says so, or names the day it is for. */
const URGENT =
  /急用|急着|着急|等着(用|穿)|来不及|婚礼|(今天|明天|后天|今晚|明晚|这两天|周末|(周|星期|礼拜)[一二三四五六日天]|\d+[号日]|下周|月底)[^，,。]{0,6}(要|得)(用|穿|戴|送|带|出)?/;

/** Hesitates here and now, which asks for no time to think. */
const HESITATES =
  /(比比|比较|对比|看看).{0,2}(尺码|颜色|款式|规格|大小)|犹豫|纠结|拿不(定|准)|定不下|选不出|决定不|下不了(决心|手)/;

const SIGNAL_CUES: readonly [BuyingSignal, RegExp][] = [
  ['asks_shipping', /(几天|多久|什么时候|今天).{0,4}(发|到)|(什么|哪家)快递/],
  ['asks_total', /一共多少|总共多少|包邮|邮费|运费|合计|算下来|到手(价)?/],
  [
    'named_variant',
    /(有|要|拿|拍|选)?.{0,2}([红黄蓝绿黑白灰粉紫米杏棕咖]色?|[SMLX]{1,3}码?|\d{2}码).{0,4}(有货|还有|有没有|吗|我要|好看)/i,
  ],
  ['asks_coupon', /优惠券|(怎么|如何)?(用|领)券|满减/],
  ['added_to_cart', /(加|放)(入|进|到)?购物车|加购/],
  ['looks_right', /(挺|蛮|很|不错|真|好)(好看|漂亮|喜欢|合适|可以)|不错|看中|喜欢这/],
  ['asks_return_terms', /(能|可以|包|支持)退|七天|不合适.{0,4}退/],
  ['named_date', /(周|星期|礼拜)[一二三四五六日天末]|(\d+|[一二三四五六七八九十]+)(号|月)|生日|婚礼|过年|节前|开学/],
];

function agentScripts(turns: readonly Turn[]): string[] {
  const used: string[] = [];
  let priceAsked = false;
  for (const turn of turns) {
    if (turn.from === 'buyer') {
      priceAsked ||= PRICE_TURN.test(turn.text);
      continue;
    }
    if (turn.from === 'auto') {
      used.push('SCR-04');
      continue;
    }
    if (/您是(想|要)?问.{1,20}还是/.test(turn.text)) used.push('SCR-09');
    if (
      /(抱歉|对不起|不好意思|添麻烦).{0,40}(处理|跟进|核实|核对|解决|查|帮您)|(照片|视频).{0,12}(发|拍|传)|(拍|发|传).{0,12}照片/.test(
        turn.text,
      )
    )
      used.push('SCR-100');
    if (priceAsked) used.push('SCR-31');
  }
  return used;
}

function countPhotosAsked(turns: readonly Turn[]): number {
  return turns.filter((t) => t.from !== 'buyer' && /(拍|发|传|上传).{0,8}(照片|图片|图|照|视频)/.test(t.text)).length;
}

const DIGITS: Readonly<Record<string, number>> = {
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};

/** Chinese numerals up to 999 as digits, where a unit or the end of the sum follows. */
function withDigits(text: string): string {
  return text.replace(/[一二两三四五六七八九十百]+(?=块|元|$)/g, (word) => {
    let total = 0;
    let digit = 0;
    for (const sign of word) {
      if (sign === '百') total += (digit || 1) * 100;
      else if (sign === '十') total += (digit || 1) * 10;
      digit = DIGITS[sign] ?? 0;
    }
    return String(total + digit);
  });
}

/** Yuan a message asks to be taken off. */
/** The sum a buyer wants off, in yuan, as the message names it. */
export function requestedYuan(message: string): number | undefined {
  const text = withDigits(message);
  const hit =
    /(?:便宜|少|优惠|减|降|抹|让)(?:掉|了|个|点|到|我)?\s*(\d+(?:\.\d{1,2})?)\s*(?:块|元|¥|圆|行|成|可以|就|吧|呗|$|嘛|我|,|，|零|\s)/.exec(
      text,
    );
  if (hit === null) return undefined;
  const fen = /(\d+)块零?(\d)分/.exec(text);
  return fen === null ? Number(hit[1]) : Number(fen[1]) + Number(fen[2]) / 100;
}

function statedBudget(message: string): number | undefined {
  const hit = /(?:预算|不超过|最多|控制在)\D{0,3}(\d+)|(\d+)\s*(?:块|元)?(?:以内|以下|之内|左右|内)/.exec(message);
  return hit === null ? undefined : Number(hit[1] ?? hit[2]);
}

function paymentTrouble(text: string): string | undefined {
  const hit =
    /余额(?:不足|不够)|账户.{0,3}(?:冻结|被封|异常)|冻结|限额|密码(?:错误|忘了|不对)|网络(?:异常|不好)|系统(?:繁忙|异常|错误)|银行卡.{0,4}(?:过期|不支持|绑不)/.exec(
      text,
    );
  return hit?.[0];
}

/** Kinds of doubt the message utters, by the intents that hold. */
function doubtsOf(held: ReadonlySet<MessageIntent>): Doubt[] {
  return DOUBTS_BY_INTENT.filter(([intent]) => held.has(intent)).map(([, doubt]) => doubt);
}

function doubtsIn(text: string): number {
  return DOUBTS_BY_INTENT.some(([intent]) => INTENT_CUES[intent]?.test(text) === true) ? 1 : 0;
}

/** Buyer turns nobody of the desk has answered yet. */
function waitingTurns(history: readonly Turn[]): Turn[] {
  const last = history.findLastIndex((t) => t.from === 'agent');
  return history.slice(last + 1).filter((t) => t.from === 'buyer');
}

function openQuestions(history: readonly Turn[], message: string, held: ReadonlySet<MessageIntent>): string[] {
  const open = waitingTurns(history)
    .filter((t) => QUESTION.test(t.text))
    .map((t) => t.text);
  const asks = QUESTION.test(message) && [...held].some((intent) => !NOT_A_QUESTION.test(intent));
  return asks ? [...open, message] : open;
}

const STEP_CUES: readonly [string, RegExp][] = [
  ['address', /地址|收货人/],
  ['submit', /提交|结算|购物车.{0,6}(然后|之后|怎么|再)/],
  ['cart', /(选|挑)好了|规格.{0,4}好/],
  ['find_product', /(哪里|怎么|在哪).{0,4}(找|搜)|找不到/],
];

/** The ordering step a buyer has reached, by the order and the wording. @see SCR-61 */
function orderStepOf(facts: Facts, message: string): string | undefined {
  if (facts.order?.state === 'unpaid') return 'pay';
  return STEP_CUES.find(([, cue]) => cue.test(message))?.[0];
}

/** Compares sellers; 比较 before a quality only says how much of it there is. */
const COMPARES =
  /(?<!(上[次回]|以前|之前|曾经)[^，,。]{0,6})别家(?!.{0,4}(买到|买过|被骗|上过?当))|其他家|对比|比较(?=一?下|看看|了|着|过|[两几]家|$|[\s，,。！!吧呢])|比一?比|比着|对着看/;

function objectionOf(held: ReadonlySet<MessageIntent>, message: string): string | null {
  if (held.has('INT-PRE-13') || COMPARES.test(message)) return '在和别家比较';
  if (held.has('INT-PRE-14') || held.has('INT-PRE-15') || /贵/.test(message)) return '价格';
  const doubts = doubtsOf(held);
  return doubts.length > 0 || /怕|担心|不放心|质量/.test(message) ? '有顾虑' : null;
}

/**
 * Fills the conversation state from history and message where the facts do not give it.
 *
 * `held` are the intents believed in after facts and wording were weighed.
 */
export function inferConversation(
  facts: Facts,
  history: readonly Turn[],
  message: string,
  analysis: Analysis,
  held: ReadonlySet<MessageIntent>,
): Conversation {
  const given = facts.convo ?? {};
  const said = history.filter((t) => t.from === 'buyer').map((t) => t.text);
  const words = withMeasureNames(history, message);
  const told = words.join(' ');
  const doubts = doubtsOf(held).filter((doubt) => doubt !== 'own' || OWN_REASON.test(message));
  const measured = measurementsOfWearer(words, facts.buyer.measurements);
  const past = said.filter((text) => PRICE_TURN.test(text)).length;
  const now = held.has('INT-PRE-14') || held.has('INT-PRE-15') || PRICE_TURN.test(message) ? 1 : 0;
  const budget = facts.buyer.need?.budget;
  return {
    signals: given.signals ?? SIGNAL_CUES.filter(([, cue]) => cue.test(told)).map(([signal]) => signal),
    techniquesUsed: given.techniquesUsed ?? [],
    scriptsUsed: given.scriptsUsed ?? agentScripts(history),
    openDoubts: given.openDoubts ?? doubts,
    doubtCount: given.doubtCount ?? said.reduce((sum, text) => sum + doubtsIn(text), 0) + (doubts.length > 0 ? 1 : 0),
    openQuestions: given.openQuestions ?? openQuestions(history, message, held),
    priceTurns: given.priceTurns ?? past + now,
    objection: given.objection === undefined ? objectionOf(held, message) : given.objection,
    saidThinkAgain:
      given.saidThinkAgain ??
      (THINK_AGAIN.test(message) || (analysis.held.includes('INT-GEN-05') && !HESITATES.test(message))),
    saidNo:
      given.saidNo ??
      ((analysis.held.includes('INT-GEN-06') &&
        !UNDECIDED.test(message) &&
        !/要不要|需不需要|买不买|不然.{0,3}算了|否则.{0,3}算了/.test(message)) ||
        (CLEAR_NO.test(message) && !deniesReturn(message))),
    leaveAlone: given.leaveAlone ?? LEAVE_ALONE.test(message),
    orderStep: given.orderStep ?? orderStepOf(facts, message),
    crossSellCount: given.crossSellCount ?? 0,
    keepAttempts: given.keepAttempts ?? 0,
    followupsSent: given.followupsSent ?? 0,
    noMoreFollowup: given.noMoreFollowup ?? false,
    need: facts.buyer.need?.purpose,
    budget: budget === undefined ? statedBudget(told) : (budget ?? undefined),
    measurements: measured,
    condition:
      facts.buyer.condition ??
      /敏感肌|干皮|油皮|混油|痘肌|孕妇|哺乳期|过敏|[\d一二三四五六七八九十半]+(?:个?月|岁)(?:半|多)?|老人|宝宝/.exec(
        told,
      )?.[0],
    paymentError: facts.payment?.error === undefined ? paymentTrouble(told) : (facts.payment.error ?? undefined),
    discountRequested: facts.discount?.requested ?? requestedYuan(message),
    photosAskedCount: facts.case?.photosAskedCount ?? countPhotosAsked(history),
    photosImpossible:
      facts.case?.photosImpossible ??
      (INTENT_CUES['INT-AS-08']!.test(message) ||
        analysis.intents.some(({ intent, confidence }) => intent === 'INT-AS-08' && confidence >= SURE_OF_NO_PHOTOS)),
    urgent: facts.case?.urgent ?? URGENT.test(message),
    agentTurns: history.filter((t) => t.from === 'agent').length,
  };
}
