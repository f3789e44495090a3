/**
 * Whether a buyer asks not to be written to any more. Known sentences decide where they are sure; the rest is heard by
 * a small model, and by what the desk had just sent. Over-hearing costs as much as missing. @see FR-07, TRAP-14
 */
import type { OrderState } from '../protocol/ids.ts';
import { foldRefusal, foldToHan } from './fold-refusal.ts';
import { isReachingOut, isReplyCode } from './read-reaching-out.ts';
import { guessWish, type WishLabel } from './refusal-model.ts';
import { ANOTHER_WAY, GOODS, type Refusal, readSentences } from './refusal-sentences.ts';

export type { Refusal };

/** What stood around a message, as far as it is known. */
export interface RefusalContext {
  /** What the desk said last. */
  prev?: string | undefined;
  order?: OrderState | 'none' | undefined;
}

/** Chance from which the model is believed: alone, and in answer to a reminder or to advertising. */
const HEARD_FROM = 0.75;
const HEARD_REACHED_FROM = 0.65;
/** The same where the talk is of goods, parcels or papers, or of another way to be reached. */
const HEARD_AMONG_GOODS_FROM = 0.97;
const DECLINED_FROM = 0.6;
/** Chance below which a known sentence is about something else. */
const DOUBTED_BELOW = 0.2;
/** A story says many things; in it known sentences alone count. */
const LONGEST = 300;
const HAN = /\p{Script=Han}/u;
/** While goods are to be sent or on their way, a bare "do not send" or "do not call" may be about the parcel. */
const WITH_A_PARCEL: readonly RefusalContext['order'][] = ['paid', 'printed', 'shipped'];
const MAY_BE_THE_PARCEL = /发|寄|传|电话|打|拒收|送|联系|通知/;
const ABOUT_MESSAGES =
  /消息|短信|信息|讯|广告|推|营销|群发|骚|扰|提醒|催|烦|活动|优惠|促销|退订|td|拉黑|屏蔽|举报|[a-z]{4}|天天|条/;
/** The buyer wants more from the desk, not less: a person, what was promised, messages that go on or come back. */
const WANTS_MORE =
  /人工|真人|活人|找个人|转人|再不(?!停|删|退订|消停).{1,6}(?:就|我)|(?:别|不要)(?:停|断|关|取消)(?:[了啊呀哦]|通知|推送|提醒)*(?:$|[ ,，。!！])|接着发|继续发(?!.{0,6}(?:就|我))|(?:不是要?|没[有要]?)退订(?!了|成|掉|吗)|(?:误|错)(?:点|触|按|发)?(?:了|成)?退订|重新(?:收|订|开|打开)|(?<!不)想再收/;
/** Another shop, a courier or a platform does it, and nothing is asked of this desk. */
const OTHERS_DO =
  /(?:隔壁|别家|别的店|别人家|其他店|上一?[家次]|那家店?|平台|淘宝|拼多多|抖音|京东|快递|菜鸟|驿站|银行|移动|联通|电信)[^,，。!！]{0,8}(?:天天|老|一直|总|每天|给我|骚扰)/;
const ENDS_IT = /[，,。!！ ].{0,12}(?:别|不要|停|退订|拉黑)|你们也|你们[^，,家]{0,4}(?:天天|老|一直|总|还|每天)/;
/** A question of the desk that a short "no need" answers. */
const ASKS = /[吗呢?？]|要不要|需不需要|需要.{0,12}(?:吗|么)|是否|还是/;
const SHORT = 8;
/** A no to the order or the goods themselves says nothing of being reminded of others. */
const OF_THE_ORDER = /不要|不買|不买|不付|不拍|不下单|不想要|取消|买[了好过到]|買[了好過到]|下单|贵|貴|唔要|唔买/;

/** What the buyer refuses; `undefined`: nothing. A vague no to a reminder or to advertising refuses it. */
export function readRefusal(text: string, around: RefusalContext = {}): Refusal | undefined {
  const { refusal, wish, reached } = read(text, around);
  if (refusal || !reached || wish === undefined) return refusal;
  return wish.decline >= DECLINED_FROM && !OF_THE_ORDER.test(text) ? 'reminders' : undefined;
}

/** The same without a bare no, which is about the order or the goods and means what the engine reads. */
export function asksForSilence(text: string, around: RefusalContext = {}): Refusal | undefined {
  return read(text, around).refusal;
}

/** How likely the buyer says no to what is offered, without a word on being written to: 0–1. @see INT-GEN-06 */
export function chanceOfDecline(text: string): number {
  return wishOf(text, false)?.decline ?? 0;
}

/** Whether what the desk sent before, or the order, decides if this refuses anything. */
export function mayRefuse(text: string): boolean {
  return readRefusal(text) !== undefined || readRefusal(text, { prev: A_REMINDER }) !== undefined;
}

/** A line of the desk after which a vague no counts. */
const A_REMINDER = '您的订单还没付款';

interface Reading {
  refusal: Refusal | undefined;
  wish: Record<WishLabel, number> | undefined;
  /** The desk had just reminded or advertised. */
  reached: boolean;
}

function read(text: string, around: RefusalContext): Reading {
  const plain = foldRefusal(text);
  const reached = around.prev !== undefined && isReachingOut(around.prev);
  const known = readSentences(plain);
  const wish = wishOf(text, reached);
  const reading = { wish, reached };
  if (around.prev !== undefined && isReplyCode(plain, around.prev)) return { ...reading, refusal: 'all' };
  if (isOfSomethingElse(plain, around, reached)) return { ...reading, refusal: undefined };
  return { ...reading, refusal: wish ? decide(known, wish, plain, reached) : known };
}

/** A known sentence decides unless the model is sure of something else; without one the model must be sure. */
function decide(
  known: Refusal | undefined,
  wish: Record<WishLabel, number>,
  plain: string,
  reached: boolean,
): Refusal | undefined {
  const heard = wish.all + wish.reminders;
  const scope = wish.all >= wish.reminders ? 'all' : 'reminders';
  const isOfThings = GOODS.test(plain) || ANOTHER_WAY.test(plain);
  const from = isOfThings ? HEARD_AMONG_GOODS_FROM : reached ? HEARD_REACHED_FROM : HEARD_FROM;
  if (known && HAN.test(plain) && heard < DOUBTED_BELOW) return undefined;
  if (known) return known === 'all' || heard < from ? known : scope;
  return heard >= from ? scope : undefined;
}

/** What the model makes of a text; `undefined` for one it was not taught to read. */
function wishOf(text: string, reached: boolean): Record<WishLabel, number> | undefined {
  const plain = text.length > LONGEST ? undefined : foldToHan(text);
  return plain === undefined ? undefined : guessWish(plain, reached);
}

/** Wants more, tells of others, or says a few words on sending while a parcel is due or a question was asked. */
function isOfSomethingElse(plain: string, { prev, order }: RefusalContext, reached: boolean): boolean {
  if (WANTS_MORE.test(plain) || (OTHERS_DO.test(plain) && !ENDS_IT.test(plain))) return true;
  if (reached || ABOUT_MESSAGES.test(plain)) return false;
  if (WITH_A_PARCEL.includes(order) && MAY_BE_THE_PARCEL.test(plain)) return true;
  return prev !== undefined && plain.length <= SHORT && ASKS.test(prev);
}
