import type { MessageIntent } from '../protocol/ids.ts';
import { sharesPair } from './asked-items.ts';
import { PRICE_FELL } from './card-topics.ts';
import type { Context } from './context.ts';
import { QUESTION } from './cues.ts';
import { buyerSpokeOf, TURNS_OF_TOPIC } from './read-matter.ts';
import { isBoughtElsewhere, isInDanger } from './read-voice.ts';
import { belief, caseKind, caseMay, inState, occasion, orderState, type Trigger } from './trigger.ts';
import { answersDesk, bareNo, normIsOver, pleased, speaksOfReturn, takesRemedy } from './trigger-tests.ts';

/** Belief from which a message may ask for care advice. */
const LIKELY_CARE = 0.25;

/** Belief from which an intent is held. */
const HELD = 0.4;

const arrived = inState('signed', 'completed', 'shipped', 'none');
const afterSale = (c: Context): boolean => orderState(c) !== 'none' || c.facts.case?.open === true;
const remediesReady = (c: Context): boolean => (c.facts.case?.options ?? []).length >= 2;
const asksRemedy = (c: Context): boolean =>
  /怎么(处理|办|解决|弄|赔|说|搞)|咋(办|处理|解决|弄)|给个说法|怎么个|处理(方案|办法|一下)|方案|(哪|几)种办法|解决|赔|补偿|怎么样了/.test(
    c.message,
  );
/** A remedy is chosen, and nobody asks for others. */
const remedyChosen = (c: Context): boolean =>
  takesRemedy(c) || ((c.facts.case?.returnAgreed === true || hasRefund(c)) && !asksRemedy(c));
/** Asks what comes next. */
const asksNext = (c: Context): boolean =>
  /下一步|接下来|然后(呢|要|怎么|干)|之后(呢|要|怎么)|还(要|需要)(做|干|怎么|我)|怎么(弄|操作)|要等|多久/.test(
    c.message,
  );
/** Asks whether or when the money comes. */
const asksMoney = (c: Context): boolean =>
  /(到|退|打|返)(账|款|钱)?(了|过来)?(没|吗|么|不)|(什么时候|啥时|几时|多久|几天).{0,4}(退|到|返)|(钱|款|块|元).{0,6}(到|退|回来)/.test(
    c.message,
  );

/** Several remedies are decided and none is chosen: no application before the choice. @see SR-13 */
const choosesRemedy = (c: Context): boolean =>
  remediesReady(c) && c.facts.case?.returnAgreed !== true && !/退|换|申请|入口|按钮|点哪/.test(c.message);
const refund = (c: Context) => c.facts.refund;
const hasRefund = (c: Context): boolean => refund(c)?.state !== undefined && refund(c)?.state !== 'none';
const unshipped = inState('paid', 'printed', 'unpaid');
const insists = (c: Context): boolean =>
  c.convo.keepAttempts >= 1 ||
  c.facts.convo?.saidNo === true ||
  /(就|就是|必须|只)(要|想)退|别(劝|说|推)了|不用(换|说|劝)|坚持退|一定要退/.test(c.message);
const wantsBack = (c: Context): number =>
  belief(c, 'INT-AS-01', 'INT-AS-10', 'INT-AS-16', 'INT-AS-18', 'INT-IN-10', 'INT-IN-11', 'INT-AS-07');
const firstReplyGiven = (c: Context): boolean => c.convo.scriptsUsed.includes('SCR-100');
/** How likely it is that the message is about something wrong with goods that arrived or are on their way. */
const troubleMass = (c: Context): number =>
  inState('shipped', 'signed', 'completed')(c)
    ? c.situation.analysis.intents
        .filter(({ intent }) => /^INT-AS-(0[1-9]|11|24|25)$|^INT-LOG-0[2-69]$/.test(intent))
        .reduce((sum, { confidence }) => sum + confidence, 0)
    : 0;
/** A matter of procedure, where the question is clear and needs no first reply. */
const procedural = (c: Context): boolean =>
  belief(
    c,
    'INT-AS-12',
    'INT-AS-13',
    'INT-AS-14',
    'INT-AS-15',
    'INT-AS-16',
    'INT-AS-19',
    'INT-AS-20',
    'INT-AS-27',
    'INT-AS-28',
  ) >= 0.6;
/** The desk is past its first reply: evidence is in, or something was decided. */
const handled = (c: Context): boolean => {
  const k = c.facts.case;
  if (k === null || k === undefined) return false;
  return (
    k.photosVerified === true ||
    (k.photosAskedCount ?? 0) > 0 ||
    (k.options ?? []).length > 1 ||
    k.returnAgreed === true ||
    k.decision !== undefined ||
    k.offer !== undefined
  );
};
const trouble = (c: Context): boolean => c.facts.case?.open === true;
/** Asks after goods that are overdue, while the warehouse has not said why. @see SCR-88 */
const overdueUnchecked = (c: Context): boolean =>
  inState('paid', 'printed')(c) &&
  belief(c, 'INT-IN-18') >= 0.4 &&
  c.facts.order?.promisedShipBy !== undefined &&
  Date.parse(c.facts.order.promisedShipBy) <= c.nowMs &&
  c.facts.warehouse?.checkedAt === undefined;
/** Presses for an answer in a case that is open. */
const demands = (c: Context): boolean =>
  /给.{0,2}说法|没人(管|理|回)|(没|有)(个)?(消息|回音|结果|下文|动静)(吗|么|没|呢|[?？]|$)|(不|没)(处理|解决|人管)|到底(管|理|处理)|凭(啥|什么)|不是我的?(错|问题|责任|原因)/.test(
    c.message,
  );
/** Asks whether a return is possible at all, with no fault of the goods in sight. */
const asksWhetherReturn = (c: Context): boolean =>
  /(能|可以|还能|支持).{0,6}(退|换)(货|掉|回)?(吗|么|不|嘛|没|[?？])/.test(c.message) &&
  inState('signed', 'completed', 'shipped')(c) &&
  (!trouble(c) || c.facts.case?.kind === 'no_reason') &&
  c.facts.case?.returnAgreed !== true &&
  belief(c, 'INT-AS-02', 'INT-AS-04', 'INT-AS-06', 'INT-AS-07', 'INT-AS-09', 'INT-AS-11') < 0.4;
/** Insurance of the way back, by one of its names. */
const asksInsurance = (c: Context): boolean => /运费险|退(货|换)包(运|邮)/.test(c.message);
const asks = (words: RegExp) => (c: Context) => words.test(c.message);

/** The buyer has goods or a parcel of an order the desk has not been given, and trouble with it. */
const hasTrouble = (c: Context): boolean =>
  orderState(c) === 'none' &&
  belief(
    c,
    'INT-AS-02',
    'INT-AS-03',
    'INT-AS-04',
    'INT-AS-06',
    'INT-AS-07',
    'INT-AS-09',
    'INT-AS-11',
    'INT-LOG-02',
    'INT-LOG-03',
    'INT-LOG-04',
    'INT-LOG-05',
    'INT-LOG-06',
  ) >= 0.7 &&
  c.message.length >= 5 &&
  !answersDesk(c) &&
  !/会不会|容易|如果|要是|万一|担心|怕/.test(c.message);

/** Asks how to use or care for the goods, in fear of what might come: nothing is wrong yet. @see SCR-11 */
const asksCareInFear = (c: Context): boolean =>
  !trouble(c) &&
  /怕|担心|会不会|万一|以后/.test(c.message) &&
  (/(怎么|咋|如何|怎样)(样)?(才)?(能)?(?!办|回事|处理|搞的|弄的)/.test(c.message) || QUESTION.test(c.message)) &&
  belief(c, 'INT-PRE-08') >= LIKELY_CARE &&
  !/已经?|都(?=.{0,4}了)|(坏|裂|碎|破|断|掉|锈|漏|褪)了/.test(c.message);

/** Something is wrong with the goods: their terms are other ones. @see SCR-100 */
const FAULT =
  /坏|破|碎|裂|故障|质量|维修|返修|检测|瑕疵|(用|装|开|充|连|打)不(了|上|开|起|进)|不(能用|通电|亮|响|工作)|没反应/;

/** Asks under what terms goods go back, and means no invoice, no part and nothing that is faulty. */
const asksTerms = (c: Context): boolean =>
  ![c.message, ...c.history.slice(-TURNS_OF_TOPIC * 2).map(({ text }) => text)].some((text) => FAULT.test(text)) &&
  c.talk.return === 'terms' &&
  c.talk.invoice === 'none' &&
  /退|换货|无理由|换(大|小|码|色|个|一)/.test(c.message);

/** Something of an order has not come, not moved or gone wrong. */
const ORDER_TROUBLE =
  /(订单|包裹|快递|物流|货|东西|件).{0,10}(没|未|不)(有)?(收到|到|动|更新|发|配送|送|显示)|(一直|怎么|到现在|还)(都|还)?没(有)?(到|发|收到|更新|送|退)|(没|未)(有)?收到(货|东西|包裹|快递)/;

/** The goods do not work as they should, or need repair. */
const GOODS_FAIL =
  /坏(了|掉|的)|时好时坏|不稳定|故障|(想|要|怎么|可以|能|哪).{0,4}(修理|维修|返修)|维修点|(通电|开机|充电|连接).{0,4}(不|问题)/;
/** The courier has let the buyer wait or down. */
const COURIER_FAILS =
  /(说|打电话).{0,8}(送|到).{0,12}(没|不)|(天天|一直|每天).{0,10}(说|打电话).{0,10}(送|到)|(还)?没(接|打)(到)?.{0,2}电话/;

/** The buyer cannot see the order: its number is just what is missing. */
const ORDER_GONE =
  /(订单|单子|记录).{0,8}(删|没了|找不到|看不到|不见|(没|不)(有)?显示)|(删|看不到|找不到|没有)(了|掉)?.{0,3}(订单|记录)/;

/** Comes with a return, or with trouble about an order the desk has not been given. */
const bringsOrderMatter = (c: Context): boolean =>
  !QUESTION_OF_RULES.test(c.message) &&
  !buyerSpokeOf(PRICE_FELL, c.history) &&
  c.message.trim().length >= 4 &&
  (['decided', 'steps', 'applied'].includes(c.talk.return) ||
    [ORDER_TROUBLE, GOODS_FAIL, COURIER_FAILS].some((words) => words.test(c.message))) &&
  c.talk.invoice === 'none';

/** Says what is wrong. */
const NAMES_TROUBLE =
  /坏|破|碎|裂|漏|断|掉|脏|潮|湿|味|错|少|缺|丢|慢|拒|卡|停|瘪|不(能|通|亮|转|行|好|动|对|符|一样|合|充|响|热|冷|工作|见|到|送)|没(收|到|更新|反应|法|有|了)|开(胶|线|裂)|起球|褪色|脱|变形|异响|问题|毛病|瑕疵|投诉/;

/** Asks about rules, or about what might be. */
const QUESTION_OF_RULES = /如果|要是|假如|万一|比如|会不会|买家|是不是|差评|评价|(可以|能)(不能|不可以)?.{0,8}(吗|么)/;

/** The desk's last words ask for the number of the order. */
const numberIsAsked = ({ talk }: Context): boolean =>
  talk.desk.move === 'asked' && /(订)?单(编)?号/.test(talk.desk.text);

/** Nobody has taken the matter up yet, or the buyer has lost patience with how it goes. */
const takesUp = (c: Context): boolean =>
  (/angry|threatening/.test(c.situation.analysis.mood) && isInDanger(c.message)) ||
  (!c.talk.desk.engaged &&
    !c.talk.replies &&
    !numberIsAsked(c) &&
    !ORDER_GONE.test(c.message) &&
    !c.talk.desk.since.some((text) => text.length > 40) &&
    !QUESTION_OF_RULES.test(c.message) &&
    (isInDanger(c.message) || (hasTrouble(c) && NAMES_TROUBLE.test(c.message)) || bringsOrderMatter(c)));

/** What was made to order or is exempt otherwise goes back for a fault only. @see TRAP-12 */
const isExempt = (c: Context): boolean =>
  c.facts.case?.fault !== 'shop' &&
  c.facts.case?.fault !== 'courier' &&
  (c.facts.return?.exemptions ?? []).some((exemption) =>
    [c.message, ...(c.facts.order?.items ?? []).flatMap(({ title, sku }) => [title, sku ?? ''])].some((text) =>
      sharesPair(exemption, text),
    ),
  );

/** Asks where the number of the parcel back is entered, and it is not there yet. */
const asksNumberField = (c: Context): boolean =>
  refund(c)?.state === 'wait_buyer_return' &&
  typeof refund(c)?.trackingNo !== 'string' &&
  /[单但]?号.{0,4}(填|输|写)|(填|输|写).{0,4}(哪|单号)/.test(c.message);

/** Asks where the goods go. */
const asksAddress = (c: Context): boolean =>
  /(寄|退|发|送|返)(回|到|去|给|往)?(哪(?![个款件种些天家步])|那里|谁|啥地方|什么地方)|[往到去]哪(里|儿)?(寄|退|发|送)|地址|收件人|收货人/.test(
    c.message,
  ) && !/单号|但号|快递号/.test(c.message);

/** Who bears the way back is asked, and it is not established to be the buyer: no top-up is asked for. @see POL-15 */
const bearerIsOpen = (c: Context): boolean =>
  trouble(c) && c.facts.case?.fault !== 'buyer' && (belief(c, 'INT-AS-15') >= 0.4 || belief(c, 'INT-IN-16') < 0.5);

/** Wants the money back and will hear of nothing else. @see SCR-127 */
const insistsOnReturn = (c: Context): boolean => insists(c) && (asks(/退/)(c) || wantsBack(c) >= 0.3);

/** Every after-sale and logistics trouble deserves the first reply. @see FLOW-T19 */
const FIRST_REPLY: Partial<Record<MessageIntent, number>> = {
  'INT-LOG-02': 0.85,
  'INT-LOG-03': 0.85,
  'INT-LOG-04': 0.85,
  'INT-LOG-05': 0.85,
  'INT-LOG-06': 0.8,
  'INT-LOG-09': 1,
  'INT-AS-01': 0.95,
  'INT-AS-02': 0.8,
  'INT-AS-03': 0.8,
  'INT-AS-04': 0.8,
  'INT-AS-05': 0.6,
  'INT-AS-06': 0.8,
  'INT-AS-07': 0.9,
  'INT-AS-08': 0.6,
  'INT-AS-09': 0.85,
  'INT-AS-10': 0.75,
  'INT-AS-11': 0.85,
  'INT-AS-14': 0.55,
  'INT-AS-15': 0.45,
  'INT-AS-16': 0.55,
  'INT-AS-17': 0.5,
  'INT-AS-22': 0.6,
  'INT-AS-24': 0.6,
  'INT-AS-26': 0.8,
  'INT-AS-12': 0.5,
  'INT-GEN-07': 0.85,
  'INT-REV-07': 0.7,
};

/** After-sale, refunds, complaints, reviews and relations. */
export const AFTER_SALE_TRIGGERS: readonly Trigger[] = [
  {
    card: 'SCR-100',
    fades: (c) => (procedural(c) || handled(c) || hasRefund(c)) && !demands(c),
    rank: 'after-sale',
    intents: FIRST_REPLY,
    when: (c) =>
      !firstReplyGiven(c) &&
      !asksCareInFear(c) &&
      !(isBoughtElsewhere(c.message) && orderState(c) === 'none') &&
      (c.talk.bare ? takesUp(c) : afterSale(c) || isInDanger(c.message) || hasTrouble(c)),
    occasions: [
      occasion(0.75, '买家为一张订单的事来，还没有人接手', (c) => c.talk.bare && bringsOrderMatter(c)),
      occasion(0.7, '买家要投诉或提到危险', (c) => isInDanger(c.message)),
      occasion(
        0.55,
        '多半是售后上的事',
        (c) => c.situation.analysis.abstained && troubleMass(c) >= 0.5 && !pleased(c) && c.message.length >= 5,
      ),
      occasion(0.7, '买家催着要答复', (c) => trouble(c) && demands(c)),
      occasion(0.6, '过了发货时限，买家在催', (c) => normIsOver(c) && belief(c, 'INT-IN-17', 'INT-IN-18') >= HELD),
      occasion(
        0.75,
        '有一个没有了结的售后',
        (c) => trouble(c) && (c.convo.agentTurns === 0 || belief(c, 'INT-GEN-01') >= 0.4),
      ),
      occasion(0.6, '有一个没有了结的售后', trouble),
      occasion(0.55, '已过承诺的发货时间，仓库还没有回话', overdueUnchecked),
      occasion(0.6, '签收后收到低分评价', (c) => (c.facts.review?.score ?? 5) <= 3),
    ],
  },
  {
    card: 'SCR-101',
    fades: (c) =>
      procedural(c) ||
      insistsOnReturn(c) ||
      (isInDanger(c.message) && /angry|threatening/.test(c.situation.analysis.mood)) ||
      (c.facts.case?.photos ?? []).length > 0 ||
      c.facts.case?.returnAgreed === true ||
      c.facts.case?.decision !== undefined,
    rank: 'after-sale',
    intents: { 'INT-AS-07': 1, 'INT-AS-11': 1, 'INT-AS-09': 0.8, 'INT-AS-08': 0.6, 'INT-AS-24': 0.7 },
    when: (c) =>
      arrived(c) && orderState(c) !== 'none' && !asksCareInFear(c) && caseMay('quality', 'not_as_described')(c),
    occasions: [
      occasion(0.7, '质量问题，还没有照片', (c) => caseKind(c) === 'quality' || caseKind(c) === 'not_as_described'),
    ],
  },
  {
    card: 'SCR-102',
    rank: 'question',
    intents: { 'INT-PRE-21': 1, 'INT-AS-28': 1, 'INT-AS-01': 0.75, 'INT-AS-10': 0.8, 'INT-PRE-27': 0.4 },
    when: (c) => (!unshipped(c) || orderState(c) === 'unpaid') && (!c.talk.bare || asksTerms(c)),
    occasions: [
      occasion(1.2, '买家问能不能退', asksWhetherReturn),
      occasion(0.8, '买家问有没有运费险', (c) => asksInsurance(c) && !afterSale(c)),
    ],
  },
  {
    card: 'SCR-103',
    rank: 'after-sale',
    intents: { 'INT-AS-14': 1, 'INT-AS-27': 1, 'INT-AS-12': 0.6, 'INT-AS-01': 0.6, 'INT-AS-16': 0.5 },
    occasions: [
      occasion(
        0.7,
        '退货已经谈妥',
        (c) => c.facts.case?.returnAgreed === true && (asks(/寄|退回/)(c) || asksAddress(c)),
      ),
    ],
  },
  {
    card: 'SCR-104',
    rank: 'after-sale',
    intents: { 'INT-AS-12': 1, 'INT-AS-01': 0.7, 'INT-AS-10': 0.75, 'INT-AS-14': 0.5, 'INT-AS-16': 0.6 },
    when: (c) =>
      inState('shipped', 'signed', 'completed')(c) &&
      !hasRefund(c) &&
      (refund(c)?.type ?? 'return') === 'return' &&
      !isExempt(c) &&
      speaksOfReturn(c),
    occasions: [occasion(0.9, '退货已经同意，下一步是申请', (c) => c.facts.case?.returnAgreed === true && asksNext(c))],
    fades: choosesRemedy,
  },
  {
    card: 'SCR-105',
    rank: 'after-sale',
    intents: { 'INT-AS-13': 1, 'INT-AS-14': 0.4, 'INT-AS-16': 0.6, 'INT-AS-22': 0.6 },
    when: (c) => !asksAddress(c),
    occasions: [occasion(0.75, '退款单在等退货单号', (c) => refund(c)?.state === 'wait_buyer_return')],
  },
  {
    card: 'SCR-106',
    rank: 'after-sale',
    intents: { 'INT-AS-13': 0.8, 'INT-AS-16': 0.7 },
    occasions: [
      occasion(
        0.78,
        '退款单快要关闭，单号还没填',
        (c) => refund(c)?.state === 'wait_buyer_return' || refund(c)?.closesAt !== undefined,
      ),
      occasion(
        1.05,
        '买家问退货要在几天内寄',
        (c) =>
          refund(c)?.state === 'wait_buyer_return' &&
          asks(/时限|期限|截止|来得及|过期|(几|多少)(天|号)(之?内|前)|多久(之?内|要寄)/)(c),
      ),
    ],
  },
  {
    card: 'SCR-107',
    rank: 'after-sale',
    intents: {
      'INT-AS-15': 1,
      'INT-AS-27': 0.7,
      'INT-AS-11': 0.7,
      'INT-AS-02': 0.7,
      'INT-AS-07': 0.5,
      'INT-PRE-20': 0.6,
      'INT-AS-17': 0.5,
    },
    when: (c) => afterSale(c),
  },
  {
    card: 'SCR-108',
    rank: 'after-sale',
    intents: { 'INT-AS-15': 1, 'INT-AS-10': 0.8, 'INT-AS-23': 0.7, 'INT-PRE-20': 0.6, 'INT-AS-01': 0.5 },
    when: (c) => afterSale(c),
  },
  {
    card: 'SCR-109',
    rank: 'question',
    intents: { 'INT-IN-16': 0.95, 'INT-AS-15': 0.75, 'INT-PRE-20': 0.55, 'INT-AS-23': 0.4 },
    // Who pays the way back is no top-up; insurance pays it, or another card answers.
    when: (c) =>
      c.facts.case?.fault !== 'shop' &&
      caseKind(c) !== 'exchange_difference' &&
      !bearerIsOpen(c) &&
      !asksInsurance(c) &&
      !/包邮|免(邮|运费)/.test(c.message) &&
      !(c.facts.insurance?.freeReturn === true && belief(c, 'INT-AS-15') >= 0.4),
    occasions: [
      occasion(0.85, '买家问补运费', asks(/补(多少)?.{0,3}(运费|邮费)|(运费|邮费).{0,4}(补|差)|补邮|顺丰.{0,4}补/)),
    ],
  },
  {
    card: 'SCR-110',
    rank: 'after-sale',
    intents: { 'INT-AS-28': 0.9 },
    occasions: [
      occasion(0.45, '退换已谈妥，交易已延长', (c) => c.facts.case?.tradeExtended === true && asks(/退|寄|换/)(c)),
      occasion(
        0.95,
        '交易时间已经延长',
        (c) =>
          c.facts.case?.tradeExtended === true &&
          asks(/自动(确认|完成|成交|结束)|来得及|延长|时间|到期|快.{0,4}(结束|完成|确认|到期|到)/)(c),
      ),
    ],
  },
  {
    card: 'SCR-111',
    rank: 'after-sale',
    intents: { 'INT-AS-02': 1.02 },
    when: (c) => orderState(c) !== 'none' && caseMay('wrong')(c),
  },
  {
    card: 'SCR-112',
    rank: 'after-sale',
    intents: { 'INT-AS-03': 1.02, 'INT-AS-04': 1.02 },
    when: (c) => orderState(c) !== 'none' && caseMay('missing')(c) && !bareNo(c),
  },
  { card: 'SCR-113', rank: 'after-sale', intents: { 'INT-AS-05': 1.02 }, when: caseMay('surplus') },
  {
    card: 'SCR-114',
    rank: 'after-sale',
    intents: { 'INT-LOG-05': 1.02, 'INT-AS-06': 0.6, 'INT-LOG-06': 0.6 },
    when: caseMay('damaged'),
    occasions: [
      occasion(0.9, '物流显示已拒收', (c) => c.facts.case?.refusedSeen === true && caseKind(c) === 'damaged'),
    ],
  },
  {
    card: 'SCR-115',
    rank: 'after-sale',
    intents: { 'INT-AS-06': 1.02, 'INT-LOG-06': 1.02 },
    when: (c) => inState('signed', 'completed')(c) && caseMay('damaged')(c) && c.facts.case?.refusedSeen !== true,
    fades: insistsOnReturn,
  },
  {
    card: 'SCR-116',
    rank: 'after-sale',
    intents: { 'INT-AS-07': 1.1, 'INT-AS-24': 1.05, 'INT-AS-09': 0.8, 'INT-AS-11': 0.7 },
    when: (c) => caseMay('quality', 'not_as_described')(c) && !remedyChosen(c),
    occasions: [
      occasion(
        0.95,
        '照片已核对，可以给出方案',
        (c) => caseKind(c) === 'quality' && (asksRemedy(c) || c.facts.case?.photosVerified === true),
      ),
    ],
  },
  {
    card: 'SCR-117',
    rank: 'after-sale',
    intents: { 'INT-AS-08': 1, 'INT-AS-07': 1.05, 'INT-AS-11': 0.8 },
    when: (c) => orderState(c) !== 'none' && caseMay('quality', 'not_as_described')(c),
    occasions: [occasion(0.9, '质量问题，照片拍不了', (c) => caseKind(c) === 'quality')],
  },
  {
    card: 'SCR-118',
    rank: 'after-sale',
    intents: { 'INT-AS-09': 1.05, 'INT-AS-07': 1.05, 'INT-AS-24': 0.7 },
    when: caseMay('quality', 'not_as_described'),
    occasions: [
      occasion(
        0.85,
        '超过三天或已使用，有协商方案',
        (c) => caseKind(c) === 'quality' && c.facts.case?.offer !== undefined,
      ),
    ],
  },
  {
    card: 'SCR-119',
    rank: 'after-sale',
    intents: { 'INT-AS-10': 1, 'INT-AS-01': 0.9, 'INT-AS-12': 0.5 },
    when: (c) => caseMay('no_reason', 'exchange_difference')(c) && speaksOfReturn(c),
  },
  {
    card: 'SCR-120',
    rank: 'after-sale',
    intents: {
      'INT-AS-16': 1,
      'INT-AS-19': 0.95,
      'INT-AS-12': 0.6,
      'INT-AS-14': 0.5,
      'INT-AS-01': 0.5,
    },
    when: (c) =>
      !unshipped(c) &&
      !asksNumberField(c) &&
      refund(c)?.state !== 'refunded' &&
      refund(c)?.type !== 'unshipped' &&
      refund(c)?.type !== 'partial',
    occasions: [
      occasion(0.97, '退款单正在进行，买家问下一步', (c) => refund(c)?.state !== undefined && asksNext(c)),
      occasion(0.55, '退款单正在进行', hasRefund),
    ],
  },
  {
    card: 'SCR-121',
    rank: 'after-sale',
    intents: { 'INT-AS-17': 1.02, 'INT-AS-16': 0.5, 'INT-AS-12': 0.5 },
    when: (c) => refund(c)?.type !== 'return' && refund(c)?.type !== 'unshipped',
    occasions: [occasion(0.85, '只退部分金额', (c) => refund(c)?.type === 'partial')],
  },
  {
    card: 'SCR-124',
    rank: 'after-sale',
    intents: { 'INT-AS-01': 0.8, 'INT-AS-12': 0.65 },
    when: (c) =>
      !hasRefund(c) &&
      inState('shipped', 'signed', 'completed')(c) &&
      c.facts.case?.returnAgreed !== true &&
      caseMay('no_reason')(c) &&
      speaksOfReturn(c),
    occasions: [occasion(0.8, '买家准备直接申请', asks(/直接(申请|退)|申请.{0,4}就行/))],
  },
  {
    card: 'SCR-125',
    rank: 'after-sale',
    intents: { 'INT-AS-20': 1, 'INT-AS-19': 0.4 },
    when: (c) =>
      refund(c)?.state === 'closed' ||
      refund(c)?.closedAt !== undefined ||
      orderState(c) === 'completed' ||
      (belief(c, 'INT-AS-20') >= 0.4 &&
        asks(/关|入口|过期|没了|完成|结束|(不能|没法|无法|不了).{0,4}(申请)?(退|售后)|找不到/)(c)),
    occasions: [occasion(0.8, '退款单已经关闭', (c) => refund(c)?.state === 'closed')],
  },
  {
    card: 'SCR-126',
    rank: 'after-sale',
    intents: { 'INT-AS-01': 0.9, 'INT-AS-16': 0.85, 'INT-AS-18': 0.6 },
    when: (c) => wantsBack(c) > 0 && !remedyChosen(c),
    occasions: [occasion(0.88, '要退款，原因可以解决', (c) => asks(/退/)(c) && remediesReady(c))],
  },
  {
    card: 'SCR-127',
    rank: 'after-sale',
    intents: { 'INT-AS-01': 1, 'INT-AS-10': 0.9, 'INT-AS-16': 1, 'INT-AS-18': 1 },
    when: insists,
    fades: (c) => belief(c, 'INT-AS-12', 'INT-AS-13', 'INT-AS-14', 'INT-AS-19') >= 0.6,
    occasions: [occasion(1, '买家坚持要退', (c) => insistsOnReturn(c) && afterSale(c))],
  },
  {
    card: 'SCR-128',
    rank: 'recommendation',
    intents: { 'INT-AS-25': 1, 'INT-AS-10': 0.65, 'INT-AS-01': 0.6 },
    // Who does not buy has said why: that is noted, not asked for once more.
    when: (c) => afterSale(c) || (belief(c, 'INT-AS-25') >= 0.4 && !c.convo.saidNo),
  },
  {
    card: 'SCR-129',
    rank: 'after-sale',
    intents: { 'INT-AS-22': 1.02, 'INT-AS-19': 0.3, 'INT-AS-02': 0.5 },
    when: afterSale,
    occasions: [
      occasion(
        0.9,
        '我方责任，买家急用',
        (c) => c.facts.case?.urgent === true && asks(/急|先|等着|来不及|婚礼|要(穿|用)/)(c),
      ),
    ],
  },
  {
    card: 'SCR-130',
    rank: 'after-sale',
    intents: {
      'INT-AS-24': 1,
      'INT-AS-07': 0.8,
      'INT-AS-17': 0.8,
      'INT-AS-09': 0.8,
      'INT-AS-01': 0.75,
      'INT-AS-06': 0.7,
      'INT-AS-02': 0.7,
      'INT-AS-11': 0.75,
    },
    when: (c) => remediesReady(c) && !remedyChosen(c),
    occasions: [occasion(0.85, '有几种处理办法可选', (c) => asksRemedy(c))],
  },
  {
    card: 'SCR-131',
    rank: 'after-sale',
    intents: { 'INT-AS-19': 1, 'INT-AS-16': 0.85 },
    when: (c) =>
      hasRefund(c) &&
      (refund(c)?.state === 'refunded' ||
        refund(c)?.state === 'return_shipped' ||
        asksMoney(c) ||
        asksNext(c) ||
        belief(c, 'INT-AS-19') >= 0.4),
    occasions: [
      occasion(1.02, '退款已经确认，买家在问', (c) => refund(c)?.state === 'refunded' && asksMoney(c)),
      occasion(0.8, '买家问退款进度', (c) => asksMoney(c) || (refund(c)?.type !== 'return' && asksNext(c))),
    ],
  },
  {
    card: 'SCR-132',
    rank: 'after-sale',
    intents: { 'INT-AS-23': 1.02, 'INT-AS-17': 0.5, 'INT-AS-01': 0.5 },
    when: (c) => c.facts.exchange !== undefined,
    occasions: [occasion(0.85, '换货差价已经算好', (c) => caseKind(c) === 'exchange_difference')],
  },
  {
    card: 'SCR-133',
    rank: 'safety',
    intents: { 'INT-GEN-07': 1, 'INT-AS-26': 1.02, 'INT-REV-07': 1.02 },
    occasions: [occasion(0.85, '已有专人负责投诉', (c) => c.facts.complaint !== undefined && isInDanger(c.message))],
  },
  {
    card: 'SCR-134',
    rank: 'after-sale',
    intents: { 'INT-AS-15': 1.05, 'INT-AS-17': 1.02, 'INT-AS-19': 1.02 },
    when: (c) => asks(/垫(付|的|了)|(退|返|报).{0,4}(运费|邮费|快递费)|(运费|邮费|快递费).{0,6}(退|返|到账|报)/)(c),
  },
  {
    card: 'SCR-150',
    rank: 'question',
    intents: { 'INT-REV-06': 1 },
    when: (c) => belief(c, 'INT-REV-06') >= 0.7 || /评|好评|晒|返|五星|奖|红包/.test(c.message),
  },
  {
    card: 'SCR-151',
    rank: 'recommendation',
    intents: { 'INT-GEN-04': 0.95 },
    when: (c) => (c.facts.review?.score ?? 0) >= 4,
    occasions: [occasion(0.75, '买家给了好评', () => true)],
  },
  {
    card: 'SCR-152',
    rank: 'safety',
    intents: {},
    when: (c) => (c.facts.review?.score ?? 5) <= 3,
    occasions: [occasion(0.8, '出现低分评价，公开回复', () => true)],
  },
  {
    card: 'SCR-153',
    rank: 'safety',
    intents: {},
    when: (c) => (c.facts.review?.score ?? 5) <= 3,
    occasions: [occasion(0.95, '出现低分评价，先了解原因', () => true)],
  },
  { card: 'SCR-154', rank: 'recommendation', intents: {} },
  { card: 'SCR-155', rank: 'recommendation', intents: {} },
  { card: 'SCR-157', rank: 'campaign', intents: {}, occasions: [occasion(0.4, '买家问抽奖', asks(/抽奖|抽红包/))] },
  {
    card: 'SCR-158',
    rank: 'question',
    intents: { 'INT-AS-25': 1.06, 'INT-REV-06': 0.6 },
    when: (c) => (c.facts.review?.score ?? 0) >= 4,
    occasions: [occasion(0.9, '好评里提到一个问题', (c) => c.facts.review?.issue !== undefined)],
  },
  {
    card: 'SCR-160',
    rank: 'safety',
    intents: { 'INT-GEN-07': 0.9 },
    when: (c) => c.facts.case?.mistake !== undefined,
    occasions: [occasion(0.98, '我们自己的失误已经核实', () => true)],
  },
  {
    card: 'SCR-161',
    rank: 'after-sale',
    intents: {},
    occasions: [
      occasion(
        0.7,
        '买家希望用别的方式联系',
        (c) => trouble(c) && asks(/(打|给).{0,3}电话|发短信|微信(联系|说)|不(常|怎么)(上线|在线)/)(c),
      ),
    ],
  },
];
