import { sharesPair } from './asked-items.ts';
import type { Context } from './context.ts';
import { CLEAR_NO, QUESTION, UNDECIDED } from './cues.ts';
import { HOUR_MS } from './guard-checks.ts';
import { isOffHours } from './guards-talk.ts';
import { isAssent } from './plain-words.ts';
import { isPleased } from './read-voice.ts';
import { belief, inState, orderState } from './trigger.ts';

/** No order is under way: advice and selling have their place. */
export const preOrder = inState('none', 'unpaid', 'completed', 'signed');

/** The buyer hesitates or circles among options. */
export const undecided = (c: Context): boolean =>
  UNDECIDED.test(c.message) || belief(c, 'INT-PRE-06', 'INT-PRE-27') >= 0.4;

/** Nobody is there to answer, or by the hours nobody can be. */
export const nobodyThere = (c: Context): boolean =>
  c.facts.agent.onDuty === false || (c.facts.agent.onDuty === undefined && isOffHours(c) === true);

/** An after-sale or logistics case is open. */
export const dispute = (c: Context): boolean => c.facts.case?.open === true;

/** A bare yes that neither thanks nor takes leave. */
export const plainAssent = (c: Context): boolean => isAssent(c.message);

/** Belief from which a message says no. */
const SAYS_NO = 0.4;
/** The no was said before, and this message asks something: that is answered, not the no. */
export const asksAnew = (c: Context): boolean =>
  (c.asked.known.length > 0 || QUESTION.test(c.message)) &&
  belief(c, 'INT-GEN-06') < SAYS_NO &&
  !CLEAR_NO.test(c.message);

/** The desk still wants something of the buyer, or still owes something. */
const UNFINISHED =
  /[?？]\s*$|(吗|呢|么|哪(个|款|种|些))[呀啊哈亲哦的~～。!！\s]*$|稍等|稍后|马上|等(一)?下|(帮|给|为)您(查|看|问|核实|核对|确认|处理|登记|备注|修改|改|安排)|去(问|查|核实)|(我|小妹|专员|这边).{0,4}(处理|反馈|跟进)|(联系|回复|回电)您|尽快|麻烦您|请您?(稍|发|提供|拍|给|告诉|看|点|选|填|先)|您(先|看下|发|拍|填|点|试)/;

/** The desk said something last, and nothing of it is pending. */
export const agentFinished = (c: Context): boolean => {
  const last = c.history.at(-1);
  return last?.from === 'agent' && !UNFINISHED.test(last.text);
};

/** The desk answered a question of the buyer earlier in the talk, and nothing is pending. */
export const agentAnswered = (c: Context): boolean =>
  agentFinished(c) && c.history.some((turn) => turn.from === 'buyer' && QUESTION.test(turn.text));

/** What the desk said last is the answer to the buyer's last question. */
export const agentJustAnswered = (c: Context): boolean => {
  const asked = c.history.findLast((turn) => turn.from === 'buyer');
  return asked !== undefined && QUESTION.test(asked.text) && agentFinished(c);
};

const ORDER_WORDS =
  /(?<!提交|怎么|如何)订单|售后|维修|保修|退(款|货|票)|换货|取件|工单|纠纷|专员|价保|开票|发票|换开|签收|拒收|货到付款|下(了|过|的)单|取消(了|的)|物流|发货了/;

/** The talk is about an order the desk has not been given: the buyer is no prospect. */
export const speaksOfOrder = (c: Context): boolean =>
  orderState(c) === 'none' &&
  c.facts.product === undefined &&
  c.facts.convo?.saidNo !== true &&
  c.facts.convo?.saidThinkAgain !== true &&
  (ORDER_WORDS.test(c.message) || c.history.slice(-8).some((turn) => ORDER_WORDS.test(turn.text)));

/** A card, a link or a number the platform puts into the chat: nobody said it. */
export const platformNotice = (c: Context): boolean =>
  /^顾客通过|^咨询订单号|订单编号\s*[:：]|^\s*https?:\/\/\S+\s*$|^[\s\d[\]【】:：，,.。-]*$|^\s*(\[[^\]]*\]\s*)+$|&nbsp;.*&nbsp;/.test(
    c.message,
  );

const MASK = /#E-\S*|\[(?!图|照片|视频|语音)[^\]]*\]/g;

/** Nothing is said: a card or link of the platform, a sticker, a bare order number. */
export const saysNothing = (c: Context): boolean => {
  const text = c.message.trim();
  if (/^顾客通过|^咨询订单号|^https?:\/\/\S+$/.test(text)) return true;
  const masked = text.replace(MASK, '');
  const said = masked.replace(/\d{8,}/g, '').replace(/[^\p{L}\d]/gu, '');
  return said === ''
    ? masked !== text || /\d{8,}/.test(text)
    : said !== masked && said.length <= 3 && /\d{8,}|\[/.test(text);
};

const OTHER_MATTER =
  /发票|开票|换开|抬头|税号|专票|退(款|货|票|换|掉|钱)|换货|取消|售后|维修|返修|保修|投诉|纠纷|补偿|赔|坏了|质量|价保|差价|拒收|取件|工单|改(地址|电话|成)/;

/** The last turns were about something an order check or a farewell has no place in. */
export const talksOtherMatter = (c: Context): boolean =>
  OTHER_MATTER.test(c.message) || c.history.slice(-8).some((turn) => OTHER_MATTER.test(turn.text));

/** Words of a parcel on its way. */
export const PARCEL_WORDS =
  /发|寄|货|快递|物流|包裹|送|派|到|走|动|(?<!订|下)单号|更新|多久|几天|时候|啥时|几时|几点|哪|催|慢|等|天|查|收|件|track|parcel|deliver|where|when/i;
/** Words of sending and of waiting for it. */
export const SENDING_WORDS =
  /包邮|发(?!票)|寄|货|快递|物流|包裹|送|(?<![查看收找得遇不])到(?!底)|收[得不]到|到手|赶[得不]上|动没动|没动|出库|走|多久|几天|时候|啥时|几时|几点|催|慢|动静|还没|等|今|明|ship|deliver|when/i;

/** Words of giving goods back, or of what is wrong with them. */
const RETURN_WORDS =
  /退|换|返|寄回|售后|申请|不(想|要|喜欢|合适|好|满意|适合|习惯|对)|错|坏|差|后悔|大了|小了|return|exchange|refund/i;

/** The message or the last few turns speak of a return. */
export const speaksOfReturn = (c: Context): boolean =>
  c.facts.case?.open === true ||
  RETURN_WORDS.test(c.message) ||
  c.history.slice(-3).some((turn) => turn.from === 'buyer' && RETURN_WORDS.test(turn.text));

/** A bare no or nothing. */
export const bareNo = (c: Context): boolean =>
  /^(也|还|都|暂时|应该)?(没有?|没了|没啥|不用|不是)[啊呀的了吧呢哦哈。.!！~～]*$/.test(c.message.trim());

const INVOICE_WORDS = /发票|专票|普票|电子票|纸质|税号|抬头|开票|换开|个人票|电子档/;

/** What is to be changed is an invoice, not the order. */
export const changesInvoice = (c: Context): boolean =>
  !/颜色|尺码|地址|电话|号码|款式|收货|型号|规格|数量/.test(c.message) &&
  (INVOICE_WORDS.test(c.message) ||
    (!/订单|单子|这单|不要|取消|退/.test(c.message) &&
      c.history.slice(-4).some((turn) => INVOICE_WORDS.test(turn.text))));

/** Points at what was just sent. */
export const points = (c: Context): boolean =>
  c.history.length > 0 &&
  !/怎|咋|如何|弄|搞/.test(c.message) &&
  /^(就是?|是)?(这|那|上面)(个|些|几|款|条|[一二两三四五六七八九十\d]).{0,3}$/.test(c.message.trim());

/** A short answer to what the desk asked last. */
export const answersDesk = (c: Context): boolean => {
  const last = c.history.at(-1);
  if (last?.from !== 'agent' || QUESTION.test(c.message)) return false;
  if (!/[?？]|吗|嘛|呢|哪|请|麻烦|提供|发(我|一下|下)|告诉/.test(last.text)) return false;
  return (
    (c.message.length <= 8 && /^(没|不|是|有|对|行|可以|好|嗯|都|全|就|已|刚|我)/.test(c.message)) ||
    /\d{4,}|\[[^\]]+x\]/.test(c.message)
  );
};

/** The goods are there and please. */
export const pleased = (c: Context): boolean => isPleased(c.message);

/** The buyer takes one of the remedies by its name. */
export const takesRemedy = (c: Context): boolean =>
  !/[?？]|吗|呢$|怎么/.test(c.message) &&
  /^(我|那|就|那就|好)?[,，]?.{0,3}(选|要|就|给我|还是)|^[①②③④1-4]$|第[一二三四1-4]/.test(c.message) &&
  ((c.facts.case?.options ?? []).some((option) => sharesPair(option, c.message)) ||
    /第[一二三四1-4]|[①②③④]/.test(c.message));

/** The order was paid longer ago than the norm allows: telling the norm once more would be told off. @see SCR-88 */
export const normIsOver = (c: Context): boolean => {
  const { order, shipping } = c.facts;
  const hit = /(\d+)\s*(小时|天)/.exec(shipping?.norm ?? '');
  if (order?.paidAt === undefined || hit === null || !inState('paid', 'printed')(c)) return false;
  const normMs = Number(hit[1]) * (hit[2] === '天' ? 24 : 1) * HOUR_MS;
  return c.nowMs - Date.parse(order.paidAt) > normMs;
};
