import type { MessageIntent } from '../protocol/ids.ts';
import type { OrderToken } from './context-tokens.ts';
import type { IntentScores } from './score-intents.ts';

/** One line of the look-alike table: in these states a share of what speaks for one intent means another. */
interface Move {
  from: readonly MessageIntent[];
  to: MessageIntent;
  states: readonly OrderToken[];
  /** Part of the probability that moves, 0–1. */
  share: number;
  /** Moves only when the text matches. */
  when?: RegExp;
  /** Stays when the text matches. */
  unless?: RegExp;
}

/** Words of a buyer who has an order already, whatever the desk knows of it. */
const OWNS =
  /订单|单子|审核|已取消|我的?(?:订单|快递|包裹|件|货|东西)|(?:买|拍|下单|付款?|订)(?:了|的|完|好)|(?:收|拿|签|到)(?:到)?(?:了|货)|刚(?:刚|才)?(?:买|拍|下|付)|昨[天晚]|前[天几]|上[周个次]/;
const RETURNING = /退|换|寄回|险|取件|取走|上门取|垫|报销|负责|不好使|质量/;
/** Somebody who wants it done, undone or finished has goods to return, whatever the desk knows of an order. */
const RETURNS_NOW =
  /拒收|拒签|申请|(?:帮|给)我.{0,3}退|现在.{0,5}退|退了|不想?退|不换了|[退换]完|尽快|这单|退货的话怎么/;
const REFUSES = /拒收|拒签|不签收/;
const DAMAGED = /破|烂|碎|坏|湿|压|瘪|漏|裂|变形|包装|箱|盒|损/;
const POSTAGE = /运费|邮费|快递费|来回/;
/** An after-sale application that is under way, and somebody who asks how far it is. */
const IN_PROGRESS =
  /(?:审核|审批|服务单|售后单?|返修单|退货单|换货单|退款|申请).{0,10}(?:进度|多久|通过|没|什么时候|几天|啥时候?|到哪|一直|结果|成功|处理)/;
const PROGRESS_LOOK_ALIKES: readonly MessageIntent[] = ['INT-PRE-21', 'INT-PRE-29', 'INT-LOG-02', 'INT-AS-12'];
/** An order that went away without the buyer's doing: a question about its state, no wish to withdraw. */
const CANCELLED_BY_OTHERS =
  /(?:被|自动|自己|显示|系统|怎么|为什么|为啥|为何|咋|谁|给我|无故).{0,8}(?:取消|关闭|关了)(?:了|啦|掉|$|[?!])/;
const ASKS = /[吗么?不没]\s*$|有没有|是不是/;
const IN_HAND = /补|收|到手|打开|拆|少了|少发|缺|漏|里面|箱|盒/;
/** Goods of another order may be meant: somebody who has them in hand does not withdraw. */
const HAS_IT = /收到|到手|拿到|到货了|签收|穿|试|用了|打开|拆|上次|之前(?:买|拍)/;
const UNPAID = /(?:还?没|未)付/;
const ON_ITS_WAY = /发货了|发出|路上|已发/;
const NOT_ARRIVED = /没(?:有)?(?:收|拿|见|看)到|没到|不见|丢/;

/** "Give way" by an amount is a price; 让 alone lets somebody do something. */
const GIVE_WAY =
  /(?:再|能|给我?|多)让(?:我|个)?(?:一?[点些]|[\d一二两三四五六七八九十百几])|让(?:我|个)?[\d一二两三四五六七八九十百几]+[块元]/;
/** A purchase that is only thought of, before a question when goods leave. */
const IF_BOUGHT =
  /(?:现在|现|这会儿?|这时候?|今[天儿晚日]|明[天儿]|马上|立刻|要是|如果|假如|我要)(?:就|再)?(?:拍|下单|买|付款?|订)(?![了过好完]).{0,10}(?:发|走货|走件|能走|出库|出货|出仓|寄|揽)/;
/** Why somebody gives goods back that are as they should be, and that they do. */
const OWN_REASON =
  /没(?:看|相)[上中]|看不上|不(?:太|大|是很|怎么)?(?:喜欢|搭|称心|合适|好看|想要)|后悔|不合(?:心意|眼缘)/;
const GIVES_BACK = /寄回|退(?!款|钱|差|多少)|还给|送回/;
const ASKS_HOW_BACK =
  /哪|地址|谁|运费|邮费|快递费|怎么|咋|如何|多久|几天|能不能|可以|能.{0,4}[吗不么?]|坏|破|错|脏|裂|瑕疵|质量|色差|不符/;
/** A present for somebody, to be chosen by the desk. */
const PRESENT_TO_CHOOSE =
  /(?:送|给)(?:我|他|她|个|一?位)?(?:[妈爸爹娘爷奶姥婆公]|丈|岳|女友|男友|女朋友|男朋友|朋友|老师|领导|同[事学]|孩子|小孩|娃|儿子|女儿|闺|长辈|老人|亲戚|媳妇|老婆|老公|对象|客户|人).{0,6}(?:挑|选|推荐|(?:买|送)(?:点|些)?(?:啥|什么|哪))/;
/** The outer parcel is whole: what is broken inside is the goods' own fault. */
const OUTER_WHOLE =
  /(?:箱子?|盒子?|包装|外面|袋子?|外壳)[^,，。]{0,4}(?:没(?:有)?(?:破|坏|事|烂|压|变形|问题|啥)|完好|完整|好好的|无损|挺好)/;
const INSIDE_HURT = /缺(?:个|了)?(?:口|角)|豁|破|裂|碎|坏|洞|划|瘪|开线|断|掉|凹/;
const HURT_IN_WHOLE = new RegExp(
  `(?:${OUTER_WHOLE.source}).*(?:${INSIDE_HURT.source})|(?:${INSIDE_HURT.source}).*(?:${OUTER_WHOLE.source})`,
);
const OUTER_DAMAGE: readonly MessageIntent[] = ['INT-LOG-05', 'INT-LOG-06', 'INT-AS-06'];
/** The goods stay with the buyer, and money is asked for. */
const KEEPS =
  /懒得(?:寄|退|换)|不(?:用|想|要|必)?(?:寄回|退货|退回)|(?:不|就不)(?:寄|退)(?:回去|了)|[货东西](?:我|就)?(?:留|不退)|我留着|留下/;
const MONEY_BACK =
  /退(?:我|给我|点|我点|一?部分)?[^货件回]{0,4}(?:0|[一二三四五六七八九十百]+块|块|元|钱|差价|一半)|[钱款]退(?:给?我|还我)|补(?:我|偿|点|差)/;
const KEEPS_FOR_MONEY = new RegExp(
  `(?:${KEEPS.source}).*(?:${MONEY_BACK.source})|(?:${MONEY_BACK.source}).*(?:${KEEPS.source})`,
);
/** How long the way takes, of a parcel that is on it. */
const ARRIVES = /到|送|收/;
const FEE_OR_COURIER = /包邮|免邮|邮费|运费|(?:什么|啥|哪家?|哪个)快递|发(?:什么|啥|哪)/;
/** In the normal form ten digits and more are four zeros. */
const TRACKING_NUMBER =
  /(?<![a-z\d])[a-z]{2,3}0000(?!\d)|(?:圆通|中通|申通|韵达|顺丰|极兔|邮政|德邦|ems|快递单号|物流单号|运单号).{0,3}0000/;
/** Goods are back with the shop, and the money for them is asked for. */
const GOODS_BACK = /退(?:货|件|回)|寄(?:回|的)|(?:你们|仓库|那边|都).{0,4}(?:签收|收到|拿到)/;
const MONEY_MISSING =
  /[钱款](?:呢|还没|还不|咋|怎么|为[什啥何])|(?:咋|怎么|为什么|为啥|为何|还)(?:都|还|就)?(?:不|没)(?:见|给我?|把)?(?:打款|打钱|退款|退钱|返款|返钱|到账)/;
/** Several orders into one parcel. */
const ONE_PARCEL =
  /(?:[两俩三仨四五几2-9]|多)(?:个|张)?(?:订单|单子?).{0,8}(?:一|同一?)(?:个|只)?(?:起|块|包|箱|袋|盒)/;

const WITHDRAW: readonly MessageIntent[] = ['INT-IN-09', 'INT-IN-10', 'INT-IN-11', 'INT-IN-12'];
const RETURN: readonly MessageIntent[] = ['INT-AS-01', 'INT-AS-10'];
const TO_BE_SHIPPED: readonly OrderToken[] = ['paid', 'printed'];
const ARRIVED: readonly OrderToken[] = ['signed', 'completed'];
const NOT_BOUGHT: readonly OrderToken[] = ['none', 'unpaid'];

/** The look-alike table. @see domain 04, section 4.9 */
const MOVES: readonly Move[] = [
  // "cancel", "change" and "return": the order's state names the procedure.
  { from: WITHDRAW, to: 'INT-IN-09', states: ['unpaid'], share: 0.9, unless: /换(?!绑)|改/ },
  { from: WITHDRAW, to: 'INT-IN-10', states: ['paid'], share: 0.95 },
  { from: WITHDRAW, to: 'INT-IN-11', states: ['printed'], share: 0.95 },
  { from: WITHDRAW, to: 'INT-IN-12', states: ['shipped'], share: 0.9 },
  { from: WITHDRAW, to: 'INT-AS-01', states: ARRIVED, share: 0.7 },
  {
    from: WITHDRAW,
    to: 'INT-IN-17',
    states: ['none', 'paid', 'printed'],
    share: 0.8,
    when: CANCELLED_BY_OTHERS,
    unless: /不了|不能|无法|我.{0,4}取消|取消.{0,5}(?:成功|审核|申请|进度)|拦截/,
  },
  { from: WITHDRAW, to: 'INT-IN-09', states: ['none'], share: 0.9, when: UNPAID },
  { from: WITHDRAW, to: 'INT-IN-12', states: ['none'], share: 0.9, when: ON_ITS_WAY },
  { from: WITHDRAW, to: 'INT-IN-10', states: ['none'], share: 0.9, unless: /没付|未付|发货了|发出|路上/ },
  { from: ['INT-GEN-06'], to: 'INT-IN-09', states: ['unpaid'], share: 0.6 },
  { from: ['INT-GEN-06'], to: 'INT-IN-10', states: ['paid'], share: 0.7 },
  { from: ['INT-GEN-06'], to: 'INT-IN-11', states: ['printed'], share: 0.7 },
  { from: ['INT-GEN-06'], to: 'INT-IN-12', states: ['shipped'], share: 0.6 },
  { from: ['INT-AS-16'], to: 'INT-AS-18', states: TO_BE_SHIPPED, share: 0.9 },
  { from: ['INT-AS-18'], to: 'INT-AS-16', states: ARRIVED, share: 0.8 },
  { from: ['INT-AS-01', 'INT-AS-10'], to: 'INT-AS-18', states: TO_BE_SHIPPED, share: 0.6, when: /退款|退钱/ },
  { from: RETURN, to: 'INT-IN-09', states: ['unpaid'], share: 0.8, unless: HAS_IT },
  { from: RETURN, to: 'INT-IN-10', states: ['paid'], share: 0.8, unless: HAS_IT },
  { from: RETURN, to: 'INT-IN-11', states: ['printed'], share: 0.8, unless: HAS_IT },
  { from: RETURN, to: 'INT-IN-12', states: ['shipped'], share: 0.8, unless: HAS_IT },
  {
    from: ['INT-AS-01', 'INT-AS-12', 'INT-AS-28'],
    to: 'INT-PRE-21',
    states: ['none'],
    share: 0.6,
    when: /[吗么?不没]|能|可以/,
    unless: new RegExp(`${OWNS.source}|${RETURNS_NOW.source}`),
  },
  { from: ['INT-LOG-05', 'INT-IN-10'], to: 'INT-AS-01', states: ['none'], share: 0.8, when: REFUSES, unless: DAMAGED },
  { from: ['INT-PRE-21'], to: 'INT-AS-28', states: ARRIVED, share: 0.4, when: /几天|多久|多长时间|期限/ },
  { from: ['INT-PRE-21'], to: 'INT-AS-01', states: ARRIVED, share: 0.6 },
  // "when shipped"
  {
    from: ['INT-IN-17', 'INT-IN-18'],
    to: 'INT-PRE-19',
    states: ['none'],
    share: 0.6,
    when: /发|寄|出货|出库|出仓|走货/,
    unless: OWNS,
  },
  {
    from: ['INT-IN-17', 'INT-PRE-29', 'INT-LOG-01', 'INT-PRE-20', 'INT-PRE-28'],
    to: 'INT-PRE-19',
    states: ['none'],
    share: 0.8,
    when: IF_BOUGHT,
    unless: /几天(?:能)?到|哪家|什么快递|啥快递/,
  },
  { from: ['INT-PRE-19', 'INT-LOG-01'], to: 'INT-IN-17', states: TO_BE_SHIPPED, share: 0.85 },
  { from: ['INT-LOG-02'], to: 'INT-IN-18', states: TO_BE_SHIPPED, share: 0.85 },
  { from: ['INT-IN-17', 'INT-PRE-19'], to: 'INT-LOG-01', states: ['shipped'], share: 0.9 },
  { from: ['INT-IN-18'], to: 'INT-LOG-02', states: ['shipped'], share: 0.6 },
  { from: ['INT-PRE-20'], to: 'INT-LOG-01', states: ['shipped'], share: 0.7, when: ARRIVES, unless: FEE_OR_COURIER },
  {
    from: ['INT-PRE-20', 'INT-AS-26', 'INT-GEN-04', 'INT-IN-08', 'INT-IN-16', 'INT-IN-17'],
    to: 'INT-LOG-01',
    states: ['none', 'shipped'],
    share: 0.8,
    when: TRACKING_NUMBER,
    unless: new RegExp(`退|换|${FEE_OR_COURIER.source}`),
  },
  // What the desk does not know of, the buyer may say: bought, paid, on its way.
  { from: ['INT-PRE-19'], to: 'INT-IN-17', states: ['none'], share: 0.8, when: OWNS, unless: IF_BOUGHT },
  { from: ['INT-PRE-21'], to: 'INT-AS-01', states: ['none'], share: 0.7, when: OWNS },
  { from: PROGRESS_LOOK_ALIKES, to: 'INT-AS-19', states: ['none', ...ARRIVED], share: 0.7, when: IN_PROGRESS },
  // "return": a reason of one's own is said; where to and at whose cost are questions of their own.
  {
    from: ['INT-AS-14', 'INT-AS-16', 'INT-AS-08'],
    to: 'INT-AS-10',
    states: ARRIVED,
    share: 0.8,
    when: new RegExp(`(?:${OWN_REASON.source}).{0,12}(?:${GIVES_BACK.source})`),
    unless: ASKS_HOW_BACK,
  },
  {
    from: ['INT-AS-16', 'INT-AS-01'],
    to: 'INT-AS-19',
    states: ['none', ...ARRIVED],
    share: 0.85,
    when: new RegExp(`(?:${GOODS_BACK.source}).*(?:${MONEY_MISSING.source})`),
    unless: /申请|同意|审[核批]|点一?下|怎么退/,
  },
  // "broken" with the outer parcel whole; said alone it names no fault at all.
  { from: [...OUTER_DAMAGE, 'INT-AS-04'], to: 'INT-AS-07', states: ARRIVED, share: 0.85, when: HURT_IN_WHOLE },
  { from: OUTER_DAMAGE, to: 'INT-GEN-09', states: ARRIVED, share: 0.8, when: OUTER_WHOLE, unless: HURT_IN_WHOLE },
  // "refund" with the goods kept
  {
    from: ['INT-AS-15', 'INT-AS-16', 'INT-AS-01', 'INT-AS-10', 'INT-AS-12'],
    to: 'INT-AS-17',
    states: ['none', ...ARRIVED],
    share: 0.85,
    when: KEEPS_FOR_MONEY,
    unless: /运费|邮费|退货|寄回.{0,3}(?:哪|地址)/,
  },
  // "give way", "choose for me", "into one": the thing said decides, not the words beside it.
  {
    from: ['INT-IN-03', 'INT-IN-06', 'INT-PRE-19', 'INT-PRE-28', 'INT-IN-01'],
    to: 'INT-PRE-14',
    states: NOT_BOUGHT,
    share: 0.8,
    when: GIVE_WAY,
  },
  {
    from: ['INT-IN-15', 'INT-PRE-06', 'INT-PRE-20'],
    to: 'INT-PRE-04',
    states: NOT_BOUGHT,
    share: 0.8,
    when: PRESENT_TO_CHOOSE,
    unless: /还是|和.{1,6}(?:哪|选)/,
  },
  {
    from: ['INT-IN-15', 'INT-IN-17', 'INT-IN-10', 'INT-IN-11', 'INT-IN-14'],
    to: 'INT-IN-20',
    states: ['none', ...TO_BE_SHIPPED],
    share: 0.8,
    when: ONE_PARCEL,
    unless: /票|取消|退|催|付|还没|时候|啥时|[发货]了/,
  },
  // "missing": the parcel, or a thing in it
  { from: ['INT-AS-03', 'INT-AS-04'], to: 'INT-LOG-04', states: ['shipped'], share: 0.7, when: NOT_ARRIVED },
  { from: ['INT-LOG-02', 'INT-LOG-01'], to: 'INT-LOG-04', states: ARRIVED, share: 0.7, when: NOT_ARRIVED },
  { from: ['INT-AS-03', 'INT-AS-04'], to: 'INT-PRE-01', states: NOT_BOUGHT, share: 0.7, when: ASKS, unless: IN_HAND },
  // "broken": before or after signing
  { from: ['INT-LOG-06', 'INT-AS-06'], to: 'INT-LOG-05', states: ['shipped'], share: 0.7, unless: /签(?:收|了)/ },
  { from: ['INT-LOG-05'], to: 'INT-LOG-06', states: ARRIVED, share: 0.7, unless: /拒收/ },
  // postage: before the sale, or of a return
  { from: ['INT-AS-15'], to: 'INT-PRE-20', states: NOT_BOUGHT, share: 0.8, when: POSTAGE, unless: RETURNING },
  { from: ['INT-PRE-20'], to: 'INT-AS-15', states: ARRIVED, share: 0.7, when: POSTAGE },
  // Talk of a fault needs goods in hand.
  { from: ['INT-PRE-11', 'INT-PRE-24'], to: 'INT-AS-07', states: ARRIVED, share: 0.4, when: /坏|破|裂|断|掉|开线|脱/ },
];

/** Names of another seller or price: "cheaper" is then a comparison first. @see domain 04, section 4.9 */
const OTHER_SELLER =
  /别家|别人家|别的店|其他(?:家|店)|隔壁|人家(?:才|卖|只)|(?:拼多多|京东|淘宝|抖音|天猫|实体店|超市|pdd).{0,8}(?:才|卖|便宜|\d)/;

/**
 * Decides between look-alikes by the order's state: moves probability within the families of table 4.9.
 *
 * The sum of the scores stays the same.
 *
 * @see domain 04, section 4.9
 */
export function decideByContext(scores: IntentScores, text: string, order: OrderToken): void {
  for (const move of MOVES) {
    if (!move.states.includes(order)) continue;
    if (move.when && !move.when.test(text)) continue;
    if (move.unless?.test(text)) continue;
    for (const from of move.from) if (from !== move.to) shift(scores, from, move.to, move.share);
  }
  if (OTHER_SELLER.test(text)) shift(scores, 'INT-PRE-14', 'INT-PRE-13', 0.7);
}

function shift(scores: IntentScores, from: MessageIntent, to: MessageIntent, share: number): void {
  const mass = (scores.get(from) ?? 0) * share;
  scores.set(from, (scores.get(from) ?? 0) - mass);
  scores.set(to, (scores.get(to) ?? 0) + mass);
}
