import type { CaseKind, Facts } from '../protocol/facts.ts';
import type { MessageIntent } from '../protocol/ids.ts';
import type { Context } from './context.ts';
import { carrierName, moment, numbered, plainNumber, row, type TextLanguage, yuan } from './format-text.ts';
import { missingInvoiceFields } from './invoice-fields.ts';
import { nextRefundSteps, refundStateText } from './refund-steps.ts';
import { firstOf, type MissingFact, plain, type SlotRenderer, slot } from './slot-checks.ts';

const en = (language: TextLanguage): boolean => language === 'en';
type OrderItems = NonNullable<NonNullable<Facts['order']>['items']>;

const time = (path: string, pick: (facts: Facts) => string | null | undefined): SlotRenderer =>
  slot(path, pick, (value, c, l) => moment(value, c.facts.now, l));
const money = (path: string, pick: (facts: Facts) => number | undefined): SlotRenderer =>
  slot(path, pick, (value, _, l) => yuan(value, l));

function itemsSummary(items: OrderItems, language: TextLanguage): string {
  const names = items.map((item) => {
    const sku = item.sku === undefined ? '' : en(language) ? ` (${item.sku})` : `（${item.sku}）`;
    return `${item.title}${sku}×${item.qty ?? 1}`;
  });
  return row(names, language, 4);
}

/** Keeps a phone number masked even when a feed forgot to. */
function maskPhone(phone: string): string {
  return phone.replace(/^(\d{3})\d{4,}(\d{4})$/, '$1****$2');
}

function addressMasked(context: Context, language: TextLanguage): string | undefined {
  const { receiver, phone, street } = context.facts.order?.address ?? {};
  const parts = [receiver, phone === undefined ? undefined : maskPhone(phone), street];
  return parts.filter((part): part is string => part !== undefined && part !== '').join(en(language) ? ', ' : '，');
}

/** Reads back what is known of the order; without items or address there is nothing to check. @see SCR-60 */
function checkList(context: Context, language: TextLanguage): string | undefined {
  const order = context.facts.order!;
  const address =
    context.fresh('order.address', order.address) === undefined ? '' : (addressMasked(context, language) ?? '');
  const items = context.fresh('order.items', order.items) ?? [];
  if (address === '' && items.length === 0) return undefined;
  const amount = context.fresh('order.amount', order.amount);
  const parts = [
    items.length > 0 ? itemsSummary(items, language) : '',
    address === '' ? '' : en(language) ? `to: ${address}` : `收货：${address}`,
    amount === undefined ? '' : en(language) ? `total ${yuan(amount, language)}` : `金额${yuan(amount, language)}`,
  ];
  return parts.filter((part) => part !== '').join(en(language) ? '; ' : '；');
}

const REASONS: Readonly<Partial<Record<CaseKind, readonly [zh: string, en: string]>>> = {
  quality: ['质量问题', 'quality'],
  damaged: ['商品破损', 'damaged goods'],
  wrong: ['卖家发错货', 'wrong goods sent'],
  missing: ['少件漏发', 'missing items'],
  not_as_described: ['与描述不符', 'not as described'],
  no_reason: ['七天无理由', 'seven days, no reason'],
};

const WISHES: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  ship_today: ['今天发货', 'shipping today'],
  ship_on_date: ['按您说的日期发货', 'shipping on your date'],
  accessory: ['另附配件', 'the extra part'],
};

function wishText(context: Context, language: TextLanguage): string | undefined {
  const wish = context.facts.wish!;
  if (wish.kind !== 'carrier') return WISHES[wish.kind]?.[en(language) ? 1 : 0];
  if (wish.carrier === undefined) return en(language) ? 'the courier you asked for' : '换您指定的快递';
  return en(language)
    ? `shipping by ${carrierName(wish.carrier, language)}`
    : `发${carrierName(wish.carrier, language)}`;
}

/** Top-up of a carrier for the buyer's region, 全国 elsewhere. */
function topUp(context: Context, carrier: string): number | undefined {
  const regions = context.facts.postage?.table?.[carrier];
  const region = context.facts.buyer.region;
  return (region === undefined ? undefined : regions?.[region]) ?? regions?.['全国'];
}

function threeCarriers(context: Context, language: TextLanguage): string | undefined {
  const parts = ['STO', 'EMS', 'SF'].flatMap((code) => {
    const amount = topUp(context, code);
    return amount === undefined
      ? []
      : [`${carrierName(code, language)}${en(language) ? ' ' : ''}${yuan(amount, language)}`];
  });
  return row(parts, language);
}

/** Everyday words for a reading of an unclear message. */
const READINGS: Readonly<Partial<Record<MessageIntent, string>>> = {
  'INT-PRE-01': '商品参数',
  'INT-PRE-03': '尺码',
  'INT-PRE-07': '有没有货',
  'INT-PRE-14': '价格优惠',
  'INT-PRE-16': '店里活动',
  'INT-PRE-19': '发货时间',
  'INT-PRE-20': '快递和邮费',
  'INT-IN-17': '发货进度',
  'INT-LOG-01': '物流进度',
  'INT-AS-01': '退换货',
  'INT-AS-07': '商品问题',
  'INT-AS-19': '退款进度',
  'INT-PRE-18': '发票',
  'INT-PRE-04': '挑哪款合适',
  'INT-PRE-08': '使用和保养',
  'INT-PRE-10': '和别的款的区别',
  'INT-PRE-15': '多件优惠',
  'INT-PRE-17': '会员优惠',
  'INT-PRE-21': '退换条件',
  'INT-PRE-28': '怎么下单',
  'INT-PRE-29': '什么时候补货',
  'INT-IN-03': '怎么付款',
  'INT-IN-04': '付款遇到的问题',
  'INT-IN-07': '改价',
  'INT-IN-10': '改订单',
  'INT-IN-13': '改地址或电话',
  'INT-IN-18': '催发货',
  'INT-LOG-02': '物流没更新',
  'INT-LOG-04': '没收到货',
  'INT-AS-02': '发错货',
  'INT-AS-04': '少了东西',
  'INT-AS-06': '破损怎么处理',
  'INT-AS-09': '商品问题',
  'INT-AS-12': '怎么申请售后',
  'INT-AS-13': '在哪填单号',
  'INT-AS-14': '退货怎么寄',
  'INT-AS-15': '退货运费',
  'INT-AS-16': '退货退款',
  'INT-AS-17': '退差价',
  'INT-AS-18': '退款',
  'INT-AS-20': '退款入口',
  'INT-AS-23': '换货差价',
  'INT-AS-24': '维修',
  'INT-AS-28': '退换期限',
};

/** Below this belief a reading is a guess that would only confuse. */
const LEAST_READING = 0.25;
/** Belief two readings need together, else most likely it is neither. */
const LEAST_OF_BOTH = 0.6;

function readings(context: Context, language: TextLanguage): string | undefined {
  if (en(language)) return undefined;
  const [first, second] = context.situation.analysis.intents;
  if (first === undefined || second === undefined) return undefined;
  if (second.confidence < LEAST_READING || first.confidence + second.confidence < LEAST_OF_BOTH) return undefined;
  const [one, other] = [READINGS[first.intent], READINGS[second.intent]];
  return one === undefined || other === undefined || one === other ? undefined : `${one}还是${other}`;
}

const STEPS: Readonly<Record<string, readonly [zh: string, en: string]>> = {
  find_product: ['先打开商品页，看中哪款点进去', 'open the product page you like'],
  choose_variant: ['在商品页点“立即购买”，选好颜色和规格', 'tap “buy now” and choose the variant'],
  cart: ['把选好的放进购物车，再点结算', 'put it into the cart and check out'],
  address: ['填好收货地址和电话', 'enter address and phone'],
  submit: ['核对一遍，点“提交订单”', 'check once more and submit the order'],
  pay: ['在订单页点“付款”，选一种支付方式', 'tap “pay” in the order and choose a way to pay'],
};

function exchangeHow(context: Context, language: TextLanguage): string | MissingFact | undefined {
  const { direction, link } = context.facts.exchange ?? {};
  if (direction === 'shop_pays')
    return en(language) ? 'we return it to your payment account' : '差额由我们退回您的付款账户';
  if (direction === undefined) return undefined;
  if (link === undefined) return { missing: 'exchange.link' };
  return en(language) ? `please pay it here: ${link}` : `请在这里补拍：${link}`;
}

function formAmount(context: Context, language: TextLanguage): string | MissingFact {
  const { formType, amount, paidAmount } = context.facts.refund ?? {};
  if (amount === undefined) return { missing: 'refund.amount' };
  if (paidAmount === undefined) return { missing: 'refund.paidAmount' };
  if (formType === 'to_seller') {
    const keep = yuan(paidAmount - amount, language);
    return en(language) ? `enter ${keep} as the amount paid to the seller` : `“付给卖家的金额”填${keep}`;
  }
  return en(language)
    ? `enter ${yuan(amount, language)} as the amount to be refunded`
    : `“退款金额”填${yuan(amount, language)}`;
}

/** Slots of order, shipping, after-sale and refund. */
export const ORDER_SLOTS = {
  'convo.readings': slot(
    'analysis.intents',
    (_, c) => c,
    (_, c, l) => readings(c, l),
  ),
  'handover.receiver': plain('handover.receiver', (f) => f.handover?.receiver),
  'handover.eta': slot(
    'handover.etaMinutes',
    (f) => f.handover?.etaMinutes,
    (m, _, l) => (en(l) ? `about ${m} minutes` : `大约${m}分钟`),
  ),
  'payment.promised': slot(
    'message',
    (_, c) =>
      /(今天|明天|后天|今晚|明晚|明早|晚上|下午|中午|周[一二三四五六日天]|星期[一二三四五六日天])?\s*([\d一二三四五六七八九十]+点半?|晚上|今晚|明晚|明早|明天|后天|下午|周[一二三四五六日天]|星期[一二三四五六日天]|\d+[号日])/.exec(
        c.message,
      )?.[0],
    (text) => text,
  ),
  'invoice.when': plain('invoice.when', (f) => f.invoice?.when),
  'invoice.known': slot(
    'invoice',
    (f) => f.invoice,
    (i, _, l) =>
      row(
        [i.type, i.title, i.taxId, i.sendTo].filter((t): t is string => t !== undefined),
        l,
        4,
      ),
  ),
  'invoice.missing': slot(
    'invoice',
    (f) => f.invoice,
    (i, c, l) => {
      const missing = missingInvoiceFields(i, c);
      return row(
        missing.map(({ zh, en: english }) => (en(l) ? english : zh)),
        l,
        missing.length,
      );
    },
  ),
  'postage.threeCarriers': slot(
    'postage.table',
    (f) => f.postage?.table,
    (_, c, l) => threeCarriers(c, l),
  ),
  'postage.link': plain('postage.link', (f) => f.postage?.link),
  'postage.amount': money('postage.amount', (f) => f.postage?.amount),
  'postage.remark': slot(
    'buyer.id',
    (f) => f,
    (_, __, l) => (en(l) ? 'postage top-up and your account name' : '补运费-您的旺旺名字'),
  ),
  'return.policy': slot(
    'return.policy',
    (f) => f.return?.policy,
    (text) => text.replace(/[。．.\s]+$/u, ''),
  ),
  'return.exemptions': slot(
    'return.exemptions',
    (f) => f.return?.exemptions,
    (list, _, l) => row(list, l),
  ),
  'return.address': plain('return.address', (f) => f.return?.address),
  'return.collectCarriers': slot(
    'return.collectCarriers',
    (f) => f.return?.collectCarriers,
    (list, _, l) =>
      row(
        list.filter((code) => code === 'SF' || code === 'STO').map((code) => carrierName(code, l)),
        l,
      ),
  ),
  'return.reason': slot(
    'case.kind',
    (f) => f.case?.kind,
    (kind, _, l) => REASONS[kind]?.[en(l) ? 1 : 0],
  ),
  'order.id': plain('order.id', (f) => f.order?.id),
  'order.amount': money('order.amount', (f) => f.order?.amount),
  'order.itemsSummary': slot(
    'order.items',
    (f) => f.order?.items,
    (items, _, l) => itemsSummary(items, l),
  ),
  'order.firstItem': slot(
    firstOf('order.items', 'product.title'),
    (f) => f.order?.items?.[0]?.title ?? f.product?.title,
    (title) => title,
  ),
  'order.addressMasked': slot(
    'order.address',
    (f) => f.order?.address,
    (_, c, l) => addressMasked(c, l),
  ),
  'order.checkList': slot(
    firstOf('order.items', 'order.address'),
    (f) => f.order ?? undefined,
    (_, c, l) => checkList(c, l),
  ),
  'order.autoCloseAt': time('order.autoCloseAt', (f) => f.order?.autoCloseAt),
  'order.promisedShipBy': time('order.promisedShipBy', (f) => f.order?.promisedShipBy),
  'order.carrier': slot(
    'order.carrier',
    (f) => f.order?.carrier,
    (code, _, l) => carrierName(code, l),
  ),
  'order.trackingNo': plain('order.trackingNo', (f) => f.order?.trackingNo),
  'order.etaDays': slot(
    'order.etaDays',
    (f) => f.order?.etaDays,
    (days, _, l) => (en(l) ? `about ${days} days` : `大约${days}天`),
  ),
  'order.tradeDeadline': slot(
    'order.tradeDeadline',
    (f) => f.order?.tradeDeadline,
    (at, c, l) => moment(at, c.facts.now, l, false),
  ),
  'order.stepNow': slot(
    'convo.orderStep',
    (_, c) => c.convo.orderStep ?? 'choose_variant',
    (step, _, l) => STEPS[step]?.[en(l) ? 1 : 0],
  ),
  'priceEdit.oldAmount': money('priceEdit.oldAmount', (f) => f.priceEdit?.oldAmount),
  'priceEdit.newAmount': money('priceEdit.newAmount', (f) => f.priceEdit?.newAmount),
  'warehouse.cause': plain('warehouse.cause', (f) => f.warehouse?.cause),
  'warehouse.resultBy': slot(
    'warehouse.resultBy',
    (f) => f.warehouse?.resultBy,
    (at, c, l) => (Date.parse(at) > c.nowMs ? moment(at, c.facts.now, l) : undefined),
  ),
  'warehouse.eveningConfirmHour': plain('warehouse.eveningConfirmHour', (f) => f.warehouse?.eveningConfirmHour),
  'tracking.lastScan': plain('tracking.lastScan', (f) => f.tracking?.lastScan),
  'tracking.lastScanAt': time('tracking.lastScanAt', (f) => f.tracking?.lastScanAt),
  'tracking.exception': plain('tracking.exception', (f) => f.tracking?.exception),
  'tracking.action': slot(
    'tracking.exception',
    (f) => f.tracking,
    (_, c, l) => {
      const answer = c.facts.courier?.answer;
      if (answer !== undefined) return en(l) ? `the courier says: ${answer}` : `快递回复：${answer}`;
      return en(l) ? 'I keep an eye on it for you' : '我继续帮您盯着';
    },
  ),
  'courier.answer': plain('courier.answer', (f) => f.courier?.answer),
  'wish.what': slot(
    'wish.kind',
    (f) => f.wish,
    (_, c, l) => wishText(c, l),
  ),
  'wish.handOverBy': time('wish.handOverBy', (f) => f.wish?.handOverBy),
  'wish.postage': slot(
    (f) => (f.wish?.carrier === undefined ? 'wish.carrier' : 'postage.table'),
    (f) => f.wish?.carrier,
    (code, c, l) => {
      const amount = topUp(c, code);
      return amount === undefined ? undefined : yuan(amount, l);
    },
  ),
  'case.nextStep': plain('case.nextStep', (f) => f.case?.nextStep),
  'case.nextStepBy': time('case.nextStepBy', (f) => f.case?.nextStepBy),
  'case.solveBy': time('case.solveBy', (f) => f.case?.solveBy),
  'case.options': slot(
    'case.options',
    (f) => f.case?.options,
    (list) => numbered(list),
  ),
  'case.offer': plain('case.offer', (f) => f.case?.offer),
  'case.basis': plain('case.basis', (f) => f.case?.basis),
  'case.decision': plain('case.decision', (f) => f.case?.decision),
  'case.remedy': plain('case.remedy', (f) => f.case?.remedy),
  'case.mistake': plain('case.mistake', (f) => f.case?.mistake),
  'parcel.packingList': slot(
    'parcel.packingList',
    (f) => f.parcel?.packingList,
    (list, _, l) => row(list, l, 8),
  ),
  'parcel.missing': plain('parcel.missing', (f) => f.parcel?.missing),
  'parcel.trackingNos': slot(
    'parcel.trackingNos',
    (f) => f.parcel?.trackingNos,
    (list, _, l) => row(list, l, 4),
  ),
  'parcel.count': slot(
    'parcel.trackingNos',
    (f) => f.parcel?.trackingNos,
    (list) => (list.length > 1 ? String(list.length) : undefined),
  ),
  'slip.weight': slot(
    'slip.weight',
    (f) => f.slip?.weight,
    (kg, _, l) => (en(l) ? `${plainNumber(kg)} kg` : `${plainNumber(kg)}公斤`),
  ),
  'refund.nextSteps': slot(
    'refund.state',
    (f) => f.refund?.state,
    (s, c, l) => nextRefundSteps(s, c.facts.refund?.type, l),
  ),
  'refund.stateText': slot(
    'refund.state',
    (f) => f.refund?.state,
    (s, _, l) => refundStateText(s, l),
  ),
  'refund.amount': money('refund.amount', (f) => f.refund?.amount),
  'refund.paidAmount': money('refund.paidAmount', (f) => f.refund?.paidAmount),
  'refund.keepAmount': slot(
    'refund.amount',
    (f) => f.refund?.amount,
    (amount, c, l) => {
      const paid = c.facts.refund?.paidAmount;
      return paid === undefined ? { missing: 'refund.paidAmount' } : yuan(paid - amount, l);
    },
  ),
  'refund.formAmount': slot(
    'refund.formType',
    (f) => f.refund?.formType,
    (_, c, l) => formAmount(c, l),
  ),
  'refund.closesAt': time('refund.closesAt', (f) => f.refund?.closesAt),
  'refund.trackingNo': plain('refund.trackingNo', (f) => f.refund?.trackingNo),
  'exchange.difference': money('exchange.difference', (f) => f.exchange?.difference),
  'exchange.link': plain('exchange.link', (f) => f.exchange?.link),
  'exchange.how': slot(
    'exchange.direction',
    (f) => f.exchange,
    (_, c, l) => exchangeHow(c, l),
  ),
  'complaint.assignee': plain('complaint.assignee', (f) => f.complaint?.assignee),
  'complaint.answerBy': time('complaint.answerBy', (f) => f.complaint?.answerBy),
  'review.issue': plain('review.issue', (f) => f.review?.issue),
} satisfies Record<string, SlotRenderer>;
