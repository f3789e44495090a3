import type { Context } from './context.ts';
import { INTENT_CUES, QUESTION } from './cues.ts';
import { readNamedDay } from './read-named-day.ts';
import { deniesReturn } from './read-voice.ts';
import { belief, caseKind, inState, occasion, orderState, type Trigger } from './trigger.ts';
import {
  agentFinished,
  changesInvoice,
  dispute,
  normIsOver,
  PARCEL_WORDS,
  plainAssent,
  pleased,
  SENDING_WORDS,
  speaksOfOrder,
  takesRemedy,
  talksOtherMatter,
} from './trigger-tests.ts';

const unpaid = inState('unpaid');
const beforeShipping = inState('unpaid', 'paid', 'printed');
const paidNotShipped = inState('paid', 'printed');
const onTheWay = inState('shipped', 'signed');
const refundAsked = (c: Context): boolean =>
  /退款|退钱|退了|退掉|能退|给我退/.test(c.message) && !deniesReturn(c.message);
/** Wants another style, size or address, not the money back. */
const changesOnly = (c: Context): boolean =>
  (/换|改/.test(c.message) ||
    (/(拍|选|买|下|点)错/.test(c.message) && /想?要(的是)?(?!退|取消)|应该/.test(c.message))) &&
  !refundAsked(c) &&
  !/不(想)?要|取消/.test(c.message);
const paidOrLater = inState('paid', 'printed', 'shipped', 'signed', 'completed');
const payByOther = (c: Context): boolean =>
  /代付|(别人|朋友|老公|老婆|爸|妈|家人|对象|男友|女友|同事|室友|他|她).{0,4}(帮|替|来)?.{0,3}(付|掏|出)(款|钱)?|(让|叫|请|找|喊|由|能).{1,5}(来|帮|替)?.{0,2}(付|掏钱|出钱|买单|结账)|冻|没钱|余额/.test(
    c.message,
  );
/** Belief from which a message says that an order was placed or paid. */
const ORDER_BELIEF = 0.4;
/** The payment came within a day, and the parcel has not left. */
const justPaid = (c: Context): boolean =>
  inState('paid', 'printed')(c) && c.nowMs - Date.parse(c.facts.order?.paidAt ?? '') <= 24 * 3_600_000;
/** What the desk said last was about the order itself. */
const ORDER_TALK = /地址|核对|核实|订单|下单|这单|拍|付|确认|收货/;
/** The desk read the order back and asks whether it is right. @see FLOW-T12 */
const asksCheck = (c: Context): boolean =>
  /对(吗|么|不对|吧)|没(错|问题)吧|(核对|确认)(一?下)?|是(这个|这些|不是)/.test(c.talk.desk.text) &&
  ORDER_TALK.test(c.talk.desk.text);
/** The buyer has applied for the refund, or has it. */
const refundApplied = (c: Context): boolean =>
  ['wait_seller_agree', 'return_shipped', 'refunded'].includes(c.facts.refund?.state ?? 'none');
/** Words of taking an order back or changing it. */
const WITHDRAWS = /不(想|要|买|收|用)|退|拦|截|追|拒|取消|撤|改|换|回来|错|后悔|重复|cancel|back|return|refund|change/i;
const handedOver = (c: Context): boolean => c.facts.order?.handedOver === true;
const reason = (words: RegExp) => (c: Context) => c.convo.objection !== null && words.test(c.convo.objection);
const PRICE_REASON = /价|贵|钱|便宜|优惠|预算|price|cost|expensive/i;
const COMPARE_REASON = /比|别家|其他家|别的|另一家|同款|compar/i;
const DOUBT_REASON = /质量|怕|担心|顾虑|真假|正品|放心|靠谱|信|疑|虑|doubt|trust|quality/i;
const hesitates = (c: Context): boolean =>
  belief(
    c,
    'INT-IN-06',
    'INT-GEN-05',
    'INT-PRE-13',
    'INT-PRE-14',
    'INT-PRE-11',
    'INT-PRE-24',
    'INT-PRE-12',
    'INT-PRE-27',
    'INT-PRE-22',
    'INT-PRE-10',
  ) >= 0.3 || c.facts.convo?.objection !== undefined;
const silentOrder = (c: Context): boolean => unpaid(c) && c.history.length === 0;
const wishNamed = (c: Context): boolean => c.facts.wish !== undefined;
const resentByEms = (c: Context): boolean =>
  c.facts.order?.carrier === 'EMS' &&
  c.facts.case?.tradeExtended === true &&
  c.facts.case.kind !== 'no_reason' &&
  c.facts.case.returnAgreed !== true;

/** Words of an order that is not wanted any more. */
const NO_MORE = /不(想|要|买|收|用|拍|付)|别(要|拍)|取消|关(了|掉|闭)|撤|删|退|算了|拉倒|重(新)?拍|拍错|cancel/i;
/** Belief from which a message takes an order back without such words. */
const SURE_OF_NO = 0.7;

/** Says that the money has left. */
const saysPaid = (c: Context): boolean =>
  /(?<!没|未|不|怎么|咋|如何)(付|支付|转|扣)(了|过|好|完|掉)(?!.{0,3}(就|再|才|后))|(支付|付款?|扣款)成功|已经?(付|支付|扣)/.test(
    c.message,
  );

/** The day the buyer names for paying lies behind the closing time: taking it down would promise what cannot be kept. @see SR-03 */
const closesBefore = (c: Context): boolean => {
  const closes = c.fresh('order.autoCloseAt', c.facts.order?.autoCloseAt);
  const named = readNamedDay(c.message, c.facts.now);
  return closes !== undefined && named !== undefined && named > Date.parse(closes);
};

/** Speaks of the order being closed by itself, which nobody asks the desk to do. */
const asksAutoClose = (c: Context): boolean =>
  /(自动|(?<![我你您他她])(自己|自个儿?)).{0,3}(取消|关闭?|关掉|没(掉|了|吗|么|不|[？?。\s]|$)|失效|消失|作废)/.test(
    c.message,
  );

/** Asks the desk to look whether the address is right, and names nothing that is wrong. @see FLOW-5 */
const wantsCheck = (c: Context): boolean =>
  /(看|核|对)(一?下|看|对|实)?.{0,6}(地址|收货|信息|电话)|(地址|收货|信息|电话).{0,8}(对不对|对吗|对吧|没错吧|写对|填对)|别[^，,。]{0,3}(寄|发|弄|搞)错/.test(
    c.message,
  ) && !/改|换|退|取消|错|搬|新地址/.test(c.message.replace(/(别|不要|没有?)[^，,。]{0,4}错了?/g, ''));

/** The warehouse says that the goods cannot be sent at all. */
const cannotShip = (c: Context): boolean =>
  /(缺|没|无货|断|超卖|停产|售罄|卖完|发不|(无法|不能)发)/.test(
    `${c.facts.warehouse?.cause ?? ''}${c.facts.case?.decision ?? ''}`,
  );

/** Order, payment, shipping and logistics. */
export const ORDER_TRIGGERS: readonly Trigger[] = [
  {
    card: 'SCR-60',
    rank: 'order-check',
    intents: { 'INT-IN-01': 1, 'INT-IN-13': 0.5, 'INT-GEN-04': 0.75, 'INT-IN-08': 0.3 },
    occasions: [
      occasion(0.6, '订单已下，买家请我们核对', (c) =>
        /核(对|实|一?下)|对不对|看(看|下)?.{0,4}对|没(写|填)错吧|(收货|地址).{0,4}(信息|对)/.test(c.message),
      ),
      occasion(0.9, '买家请我们看地址对不对', wantsCheck),
    ],
    when: (c) =>
      beforeShipping(c) &&
      !dispute(c) &&
      !(talksOtherMatter(c) && belief(c, 'INT-IN-01', 'INT-IN-13', 'INT-IN-08') < ORDER_BELIEF) &&
      !(plainAssent(c) && !ORDER_TALK.test(c.history.findLast((turn) => turn.from === 'agent')?.text ?? '')),
  },
  {
    card: 'SCR-61',
    rank: 'question',
    intents: { 'INT-PRE-28': 1, 'INT-IN-03': 0.7, 'INT-IN-06': 0.5 },
    fades: (c) =>
      // Who names a time to pay is not walked to the button.
      !QUESTION.test(c.message) &&
      (unpaid(c) || belief(c, 'INT-IN-06') < 0.5) &&
      !/不会|不懂|教|卡|怎么|咋|第一次|步/.test(c.message),
    when: (c) =>
      (orderState(c) === 'none' && !speaksOfOrder(c)) ||
      c.facts.convo?.orderStep !== undefined ||
      unpaid(c) ||
      /第一次|怎么(下单|买|拍|提交)|不会(买|下单|拍)/.test(c.message),
    occasions: [occasion(0.7, '买家卡在下单的一步', (c) => c.facts.convo?.orderStep !== undefined && !paidOrLater(c))],
  },
  {
    card: 'SCR-62',
    rank: 'question',
    intents: { 'INT-IN-03': 1, 'INT-IN-05': 0.9, 'INT-PRE-28': 0.7, 'INT-IN-08': 0.6, 'INT-PRE-25': 0.3 },
    occasions: [
      occasion(0.6, '订单待付款，买家问怎么付', (c) => unpaid(c) && INTENT_CUES['INT-IN-03']!.test(c.message)),
    ],
    // Who says that it is paid would pay twice.
    when: (c) => !(saysPaid(c) && !QUESTION.test(c.message)),
  },
  {
    card: 'SCR-63',
    rank: 'question',
    intents: { 'INT-IN-04': 1, 'INT-IN-05': 0.5, 'INT-IN-08': 0.5 },
    occasions: [
      occasion(
        0.8,
        '付款出错',
        (c) =>
          unpaid(c) &&
          typeof c.facts.payment?.error === 'string' &&
          (belief(c, 'INT-IN-04') >= 0.25 || /付|支付|收银|扣款|(点|打|刷|按)不/.test(c.message)),
      ),
    ],
    fades: (c) => /(支付|付款?)成功|已(经)?(付|支付)|付好了|付过了/.test(c.message),
  },
  {
    card: 'SCR-64',
    rank: 'question',
    intents: { 'INT-IN-04': 0.9 },
    occasions: [
      occasion(
        0.95,
        '买家想请别人付款',
        (c) =>
          payByOther(c) &&
          (belief(c, 'INT-IN-04', 'INT-IN-03') >= 0.3 || (unpaid(c) && c.facts.payment?.payByOtherOffered === true)),
      ),
      occasion(
        1.1,
        '买家想请别人付款，平台支持',
        (c) =>
          unpaid(c) &&
          c.facts.payment?.payByOtherOffered === true &&
          /(代|带|帮|替).{0,2}付|(让|叫|请|找|喊).{1,6}(付|掏钱|出钱)/.test(c.message),
      ),
    ],
  },
  { card: 'SCR-65', rank: 'question', intents: { 'INT-IN-05': 1.05 } },
  {
    card: 'SCR-66',
    rank: 'order-check',
    fades: (c) => plainAssent(c) && belief(c, 'INT-IN-08', 'INT-IN-01') < 0.4,
    intents: { 'INT-IN-08': 1, 'INT-IN-01': 0.75, 'INT-IN-03': 0.7, 'INT-GEN-04': 0.6 },
    occasions: [
      occasion(
        1.1,
        '买家刚付完款',
        (c) =>
          c.facts.order?.paidAt !== undefined &&
          c.nowMs - Date.parse(c.facts.order.paidAt) <= 30 * 60_000 &&
          /(付|转)(了|好|完|过去|掉)|已(经)?付|钱.{0,6}(过去|到了?吗|收到)/.test(c.message) &&
          !/多久|几天|什么时候|啥时|发|寄|退|改|换/.test(c.message),
      ),
    ],
    when: (c) =>
      inState('paid', 'printed', 'shipped')(c) &&
      !dispute(c) &&
      !refundAsked(c) &&
      !(talksOtherMatter(c) && belief(c, 'INT-IN-01', 'INT-IN-03', 'INT-IN-08') < ORDER_BELIEF) &&
      !(
        belief(c, 'INT-IN-01', 'INT-IN-03', 'INT-IN-08') < ORDER_BELIEF &&
        !(/谢|辛苦|等(着|货|收)|拜/.test(c.message) && justPaid(c))
      ) &&
      !/(能|可以|支持|能不能).{0,4}(货到)?付款?/.test(c.message) &&
      !(c.situation.analysis.abstained && !/付|款|钱|账|转|拍|下单|买/.test(c.message)),
  },
  {
    card: 'SCR-67',
    rank: 'order-check',
    intents: { 'INT-GEN-01': 0.97, 'INT-GEN-09': 0.9 },
    when: silentOrder,
    occasions: [occasion(0.5, '静默下单，还没付款', (c) => silentOrder(c) && c.situation.analysis.abstained)],
  },
  {
    card: 'SCR-68',
    rank: 'question',
    intents: { 'INT-PRE-14': 1, 'INT-PRE-15': 0.8 },
    when: (c) => unpaid(c) && reason(PRICE_REASON)(c) && !reason(COMPARE_REASON)(c),
    occasions: [occasion(0.8, '未付款，原因是价格', hesitates)],
  },
  {
    card: 'SCR-69',
    rank: 'question',
    intents: { 'INT-PRE-11': 1.02, 'INT-PRE-24': 1.02, 'INT-PRE-12': 1.02, 'INT-PRE-27': 0.6 },
    when: (c) => unpaid(c) && !reason(COMPARE_REASON)(c) && reason(DOUBT_REASON)(c),
    occasions: [occasion(0.85, '未付款，原因是对商品有疑虑', hesitates)],
  },
  {
    card: 'SCR-70',
    rank: 'question',
    intents: { 'INT-PRE-13': 1.1, 'INT-GEN-05': 0.7, 'INT-PRE-10': 0.8 },
    when: (c) => unpaid(c) && reason(COMPARE_REASON)(c),
    occasions: [occasion(0.9, '未付款，原因是还在比较', () => true)],
  },
  {
    card: 'SCR-71',
    rank: 'order-check',
    intents: { 'INT-IN-06': 1, 'INT-GEN-05': 0.5 },
    // A reason for waiting is answered first; a time alone is taken down.
    fades: (c) => reason(PRICE_REASON)(c) || reason(COMPARE_REASON)(c) || reason(DOUBT_REASON)(c),
    when: (c) => unpaid(c) && !closesBefore(c),
  },
  {
    card: 'SCR-72',
    rank: 'order-check',
    intents: { 'INT-IN-06': 0.85, 'INT-GEN-05': 0.8, 'INT-IN-03': 0.4 },
    when: unpaid,
    occasions: [
      occasion(
        1.1,
        '买家问订单何时关闭',
        (c) =>
          (asksAutoClose(c) || /关(闭|掉)|过期|失效|保留|留(着|到|多久)|多久.{0,4}(取消|关)/.test(c.message)) &&
          !/(怎么|咋|如何|帮我|给我|想)(取消|关)|不(想)?要|取消(吧|了吧)/.test(c.message),
      ),
      occasion(0.4, '订单快要自动关闭', unpaid),
    ],
  },
  {
    card: 'SCR-76',
    rank: 'order-check',
    intents: { 'INT-IN-07': 1, 'INT-PRE-14': 0.5 },
    when: (c) => c.facts.priceEdit !== undefined,
    occasions: [occasion(0.7, '价格已经改好', unpaid)],
  },
  {
    card: 'SCR-78',
    rank: 'question',
    intents: { 'INT-IN-09': 1, 'INT-GEN-06': 0.9 },
    fades: changesOnly,
    when: (c) =>
      unpaid(c) &&
      !asksAutoClose(c) &&
      !c.convo.leaveAlone &&
      (NO_MORE.test(c.message) || belief(c, 'INT-IN-09', 'INT-GEN-06') >= SURE_OF_NO),
  },
  {
    card: 'SCR-79',
    rank: 'after-sale',
    fades: wantsCheck,
    intents: { 'INT-IN-10': 1, 'INT-IN-13': 1, 'INT-IN-20': 1, 'INT-AS-18': 0.9, 'INT-IN-11': 0.8 },
    when: (c) =>
      (paidNotShipped(c) || (unpaid(c) && changesOnly(c))) &&
      !changesInvoice(c) &&
      (changesOnly(c) || !refundApplied(c)),
    occasions: [
      occasion(0.8, '未打单前要改', (c) => unpaid(c) && changesOnly(c)),
      occasion(
        0.8,
        '发不了的订单，买家选了换款',
        (c) =>
          paidNotShipped(c) &&
          (c.facts.case?.options ?? []).some((option) => /换/.test(option)) &&
          takesRemedy(c) &&
          !/退/.test(c.message),
      ),
    ],
  },
  {
    card: 'SCR-80',
    rank: 'after-sale',
    fades: wantsCheck,
    intents: { 'INT-IN-11': 1, 'INT-IN-13': 1, 'INT-IN-10': 0.9, 'INT-IN-20': 0.9, 'INT-AS-18': 0.85 },
    when: paidNotShipped,
  },
  {
    card: 'SCR-81',
    rank: 'after-sale',
    intents: { 'INT-IN-12': 1, 'INT-IN-13': 0.6, 'INT-AS-18': 0.7 },
    when: (c) => inState('shipped')(c) && WITHDRAWS.test(c.message),
  },
  {
    card: 'SCR-85',
    rank: 'question',
    intents: {
      'INT-PRE-19': 1,
      'INT-PRE-20': 1,
      'INT-IN-17': 1,
      'INT-IN-01': 0.7,
      'INT-IN-14': 0.6,
      'INT-IN-18': 0.5,
      'INT-IN-08': 0.3,
    },
    fades: (c) =>
      /补.{0,3}(运费|邮费|差)/.test(c.message) ||
      (speaksOfOrder(c) && !/发货|发出|发(了|吗|没)|寄|快递|物流|送|到|出库|货|邮/.test(c.message)),
    when: (c) =>
      !normIsOver(c) &&
      (!onTheWay(c) || (orderState(c) === 'signed' && belief(c, 'INT-PRE-20', 'INT-PRE-19') > 0.6)) &&
      (SENDING_WORDS.test(c.message) || belief(c, 'INT-IN-01') >= ORDER_BELIEF),
  },
  {
    card: 'SCR-86',
    rank: 'after-sale',
    intents: { 'INT-IN-17': 1.02, 'INT-LOG-01': 0.9 },
    when: inState('shipped', 'paid', 'printed'),
    occasions: [occasion(0.9, '包裹已交给快递', (c) => handedOver(c) && INTENT_CUES['INT-IN-17']!.test(c.message))],
  },
  {
    card: 'SCR-87',
    rank: 'after-sale',
    intents: { 'INT-LOG-01': 1, 'INT-LOG-02': 1, 'INT-LOG-04': 0.5, 'INT-LOG-09': 0.3 },
    occasions: [
      occasion(
        0.72,
        '包裹在路上',
        (c) =>
          orderState(c) === 'shipped' &&
          c.facts.tracking?.lastScan !== undefined &&
          !dispute(c) &&
          /(查|看|跟).{0,4}(包裹|快递|物流)|(包裹|快递|物流|东西|货).{0,6}(哪|到|走)|哪(里|儿|了|个站|个城)(?!都)/.test(
            c.message,
          ),
      ),
    ],
    // Where the parcel last was seen answers nothing once it is lost.
    fades: (c) =>
      c.facts.courier?.lossConfirmed === true || (caseKind(c) === 'lost' && c.facts.case?.decision !== undefined),
    when: (c) => onTheWay(c) && PARCEL_WORDS.test(c.message),
  },
  {
    card: 'SCR-88',
    rank: 'after-sale',
    intents: { 'INT-IN-18': 1, 'INT-IN-17': 0.6, 'INT-IN-14': 0.4 },
    occasions: [
      occasion(
        0.8,
        '承诺的发货时间到了',
        (c) =>
          beforeShipping(c) &&
          c.facts.warehouse?.checkedAt !== undefined &&
          c.facts.order?.promisedShipBy !== undefined &&
          Date.parse(c.facts.order.promisedShipBy) <= c.nowMs &&
          /发|寄|催|等|超|过(了|期)|动静|怎么还/.test(c.message) &&
          !refundAsked(c),
      ),
    ],
    when: beforeShipping,
  },
  { card: 'SCR-89', rank: 'after-sale', intents: { 'INT-IN-18': 0.8, 'INT-IN-17': 0.6 }, when: paidNotShipped },
  {
    card: 'SCR-90',
    rank: 'after-sale',
    intents: { 'INT-IN-18': 0.95, 'INT-IN-17': 0.9, 'INT-PRE-07': 0.4 },
    // Who has chosen is not asked again.
    fades: (c) => takesRemedy(c) || changesOnly(c),
    when: (c) => paidNotShipped(c) && (c.facts.case?.decision !== undefined || c.facts.case?.options !== undefined),
    occasions: [
      occasion(0.7, '仓库已确认发不了', cannotShip),
      occasion(1.02, '买家在催发货，仓库已确认发不了', (c) => cannotShip(c) && belief(c, 'INT-IN-18') >= 0.4),
    ],
  },
  {
    card: 'SCR-91',
    rank: 'question',
    intents: { 'INT-IN-14': 1, 'INT-IN-15': 1, 'INT-IN-16': 1, 'INT-PRE-20': 0.6, 'INT-IN-17': 0.5 },
    when: wishNamed,
    occasions: [
      occasion(
        0.7,
        '有一个发货要求',
        (c) =>
          wishNamed(c) &&
          belief(c, 'INT-IN-14', 'INT-IN-15', 'INT-IN-16', 'INT-IN-17', 'INT-PRE-20', 'INT-PRE-19') >= 0.2,
      ),
    ],
  },
  { card: 'SCR-92', rank: 'after-sale', intents: { 'INT-LOG-03': 1, 'INT-LOG-02': 0.4 } },
  {
    card: 'SCR-93',
    rank: 'after-sale',
    intents: { 'INT-LOG-04': 1, 'INT-LOG-02': 0.6, 'INT-LOG-01': 0.5, 'INT-AS-04': 0.4 },
    when: (c) => c.facts.case?.kind === undefined || c.facts.case.kind === 'lost',
    occasions: [
      occasion(
        0.7,
        '丢件已经确认，处理办法定了',
        (c) =>
          caseKind(c) === 'lost' && c.facts.courier?.lossConfirmed === true && c.facts.case?.decision !== undefined,
      ),
    ],
  },
  {
    card: 'SCR-94',
    rank: 'after-sale',
    intents: { 'INT-LOG-01': 1.05, 'INT-LOG-02': 1.05, 'INT-LOG-03': 1.05 },
    when: resentByEms,
    occasions: [occasion(0.85, '退回的包裹已改发EMS', resentByEms)],
  },
  {
    card: 'SCR-95',
    rank: 'recommendation',
    intents: { 'INT-LOG-01': 0.4, 'INT-GEN-04': 0.4 },
    when: inState('shipped', 'signed'),
  },
  {
    card: 'SCR-122',
    rank: 'after-sale',
    intents: { 'INT-AS-18': 1, 'INT-IN-10': 0.8, 'INT-IN-11': 0.7 },
    when: (c) => paidNotShipped(c) && c.facts.refund?.state !== 'refunded',
    fades: (c) => changesOnly(c) || refundApplied(c),
    occasions: [occasion(0.95, '未发货要求退款', (c) => paidNotShipped(c) && refundAsked(c))],
  },
  {
    card: 'SCR-123',
    rank: 'after-sale',
    intents: { 'INT-AS-18': 0.98, 'INT-IN-11': 0.85, 'INT-IN-10': 0.7 },
    when: (c) => paidNotShipped(c) && c.facts.refund?.state !== 'refunded',
    fades: changesOnly,
    occasions: [occasion(0.94, '货可能已经打包', (c) => paidNotShipped(c) && refundAsked(c))],
  },
  {
    card: 'SCR-140',
    rank: 'order-check',
    intents: { 'INT-GEN-04': 0.95 },
    when: (c) => orderState(c) !== 'none' && !unpaid(c) && c.facts.case?.open !== true,
    occasions: [
      occasion(
        0.8,
        '买家道谢，订单已核对',
        (c) =>
          c.facts.order?.verified === true &&
          c.convo.agentTurns > 0 &&
          /谢|辛苦|再见|拜/.test(c.message) &&
          !QUESTION.test(c.message),
      ),
      occasion(
        1,
        '订单已核对，可以道别',
        (c) =>
          c.facts.order?.verified === true &&
          /^(好|行|嗯|ok|可以|没问题|收到)/i.test(c.message) &&
          /(坐?等|期待).{0,4}(货|收|啦|了|哈|着|$)/.test(c.message),
      ),
      occasion(
        0.7,
        '买家确认了核对的内容',
        (c) => c.facts.order?.verified === true && plainAssent(c) && c.talk.desk.move === 'asked' && asksCheck(c),
      ),
      occasion(
        0.5,
        '订单已核对，可以道别',
        (c) => /^(好|行|嗯|ok|可以|没问题|收到)/i.test(c.message) && c.convo.agentTurns > 0,
      ),
    ],
  },
  {
    card: 'SCR-143',
    rank: 'recommendation',
    intents: { 'INT-GEN-04': 1 },
    when: (c) =>
      inState('signed', 'completed')(c) &&
      c.facts.case?.open !== true &&
      c.facts.review === undefined &&
      (pleased(c) || (!talksOtherMatter(c) && !plainAssent(c) && (c.convo.agentTurns === 0 || agentFinished(c)))),
    occasions: [occasion(0.75, '买家收到货，说满意', pleased)],
  },
  {
    card: 'SCR-162',
    rank: 'after-sale',
    intents: { 'INT-AS-03': 1.05, 'INT-AS-04': 1.05, 'INT-LOG-01': 0.8, 'INT-LOG-04': 0.9, 'INT-IN-20': 0.95 },
    when: (c) => c.facts.parcel?.split === true,
    occasions: [occasion(0.7, '货分成几个包裹发出', () => true)],
  },
];
