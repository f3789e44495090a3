import { BUYER_NAME } from '../slot-labels.ts';
import type { Meaning } from './placeholder-names.ts';

/** Words just before and just after a hole that has no name, and what it then stands for. */
interface Hint {
  before?: RegExp;
  after?: RegExp;
  meaning: Meaning;
}

const IS = '(?:是|为|叫|有|在|:|：)?[“"「]?\\s*$';

const HINTS: readonly Hint[] = [
  { before: new RegExp(`(?:快递|物流|运)单(?:号码?)?${IS}`), meaning: { slot: 'order.trackingNo' } },
  { before: new RegExp(`订单(?:编号|号码?)${IS}`), meaning: { slot: 'order.id' } },
  {
    before: new RegExp(`(?:快递|物流|发货|寄出|发出)[^。！!\\n]{0,10}单号${IS}`),
    meaning: { slot: 'order.trackingNo' },
  },
  { before: new RegExp(`单号${IS}`), meaning: { open: '单号' } },
  { after: /^\s*(?:旗舰|专卖|专营|官方)?店(?!长)/, meaning: { slot: 'shop.name' } },
  { before: /(?:欢迎光临|欢迎来到|感谢光临|光临)\s*$/, meaning: { slot: 'shop.name' } },
  {
    before: /(?:^|[，。,！!\s])(?:我是|我叫|这里是)?(?:本店)?(?:售[前后中])?客服\s*$/,
    meaning: { slot: 'agent.name' },
  },
  { before: /(?:我是|我叫|工号)(?:您的)?\s*$/, after: /^(?!.{0,6}店)/, meaning: { slot: 'agent.name' } },
  { before: /(?:亲爱的|尊敬的)\s*$/, meaning: { open: BUYER_NAME } },
  { after: /^\s*(?:先生|女士|小姐|您好|你好)/, meaning: { open: BUYER_NAME } },
  { before: new RegExp(`退货(?:的)?(?:运费|邮费)${IS}`), meaning: { slot: 'postage.amount' } },
  { before: new RegExp(`退款金额${IS}`), meaning: { slot: 'refund.amount' } },
  { before: new RegExp(`(?:订单|实付|应付)金额${IS}`), meaning: { slot: 'order.amount' } },
  { before: new RegExp(`差价${IS}`), meaning: { slot: 'exchange.difference' } },
  { before: /(?:运费|邮费)[^，。]{0,4}$/, meaning: { open: '运费' } },
  { before: /(?:优惠|立减|便宜|返|返现|减|券)\s*$/, meaning: { open: '优惠金额' } },
  { before: /(?:价格|售价|现价|单价|卖价|标价)(?:是|为|:|：)?\s*$/, meaning: { slot: 'product.price' } },
  { after: /^\s*(?:元|块)/, meaning: { open: '金额' } },
  { before: /[¥￥]\s*$/, meaning: { open: '金额' } },
  { after: /^\s*(?:快递|速递|物流)/, meaning: { open: '快递公司' } },
  { after: /^\s*(?:天|个?工作日)/, meaning: { open: '天数' } },
  { after: /^\s*(?:小时|分钟|点)/, meaning: { open: '时间' } },
  { after: /^\s*(?:月|号|日)/, meaning: { open: '日期' } },
  { after: /^\s*件/, meaning: { open: '数量' } },
  { after: /^\s*码/, meaning: { open: '尺码' } },
  { after: /^\s*色/, meaning: { open: '颜色' } },
  { after: /^\s*(?:折)/, meaning: { open: '折扣' } },
  { before: new RegExp(`地址${IS}`), meaning: { open: '地址' } },
  { before: new RegExp(`(?:电话|手机号?)${IS}`), meaning: { open: '电话' } },
  { before: new RegExp(`链接${IS}`), meaning: { open: '链接' } },
];

/** What a hole without a name stands for, told by its neighbours; without a hint: something to fill in. */
export function guessMeaning(before: string, after: string): Meaning {
  const near = before.slice(-20);
  const next = after.slice(0, 10);
  const hint = HINTS.find((one) => (one.before?.test(near) ?? true) && (one.after?.test(next) ?? true));
  return hint?.meaning ?? { open: '内容' };
}

const SENT = /单号|已(?:经)?(?:发|寄|揽)|包裹|您的(?:订单|快递)|签收|派送|派件/;
const USUAL = /默认|一般|通常|合作|常用|平时|都是|都发|随机/;

/** A courier is the one of the parcel or the usual one: the text around tells. */
export function guessCarrier(text: string): Meaning {
  if (USUAL.test(text)) return { slot: 'shipping.carrier' };
  return SENT.test(text) ? { slot: 'order.carrier' } : { open: '快递公司' };
}
