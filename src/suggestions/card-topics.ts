/** What a message must name before a card speaks of it where nothing is on record. */
export interface CardTopic {
  /** The card's topic with its object: the message asks for it outright. */
  readonly outright: RegExp;
  /** The topic as the turns before name it; an elliptic message takes it from there. Absent: it is not inherited. */
  readonly inherited?: RegExp;
  /** Words that say that the message is about something else. */
  readonly unless?: RegExp;
  /** Words of the buyer's last turns that say that the talk is about something else. */
  readonly unlessBefore?: RegExp;
  /** Only the outright words call it up: a sure reading alone does not. */
  readonly outrightOnly?: boolean;
}

/** A cut is asked for. */
const ASKS_CUT =
  /便宜|优惠(点|些|一点|吗|价)?|(能|可以|再|给|帮).{0,4}(少|降|让|抹|减)(点|些|一点|掉|\d|个|吗|价)|打.{0,2}折|最低(价|多少)|砍价|讲价|还价|抹个?零|折扣|贵死|死贵|(太|有点|好|这么|死|真|也)贵|贵了|预算|实惠/;
/** The price fell after the order was placed: a claim, no bargaining. */
export const PRICE_FELL =
  /价保|价格保护|保价|(降|跌)(了|价了?)?(\d|\[|好多|这么|那么|怎么|[多几])|降(价|了)|又降|(补|退|返).{0,3}差(价|额)?|差价|刚(买|下单|付|拍).{0,10}(便宜|降|低)|买(了|完|的).{0,10}(便宜|降价|低了)|(昨天|前天|上周|早上|刚才).{0,8}(买|拍|下单|付)/;
const ORDER_OF_BUYER =
  /关键|赶|单订单|后台|我.{0,2}寄|寄回|退|(我|这)(个|的)?.{0,4}(订单|单子)|已经?(下单|付|买|拍)|刚(下单|付|买|拍)|记录|咨询订单|申请|取消|证据|之前/;

/**
 * The topics of the cards that a single word of another matter may call up.
 *
 * @see SR-01
 */
export const CARD_TOPICS: Readonly<Record<string, CardTopic>> = {
  'SCR-30': { outright: ASKS_CUT, inherited: ASKS_CUT, unless: PRICE_FELL },
  'SCR-31': { outright: ASKS_CUT, inherited: ASKS_CUT, unless: PRICE_FELL },
  'SCR-34': { outright: ASKS_CUT, inherited: ASKS_CUT, unless: PRICE_FELL },
  'SCR-40': {
    outright: /(平台|网站|网购|网上|这上面|这里).{0,10}(安全|靠谱|骗|放心|保障|正规)|被骗|骗(人|我)|会不会骗/,
    unless: /上次|信息/,
  },
  'SCR-41': {
    outright:
      /(你们?|这|贵|咱们?)(家|个)?.{0,2}店.{0,8}(靠谱|可靠|资质|几年|多久|正规|信誉|信用|评分|真)|信誉|信用(?!卡|代码)|开店|新店|营业执照/,
  },
  'SCR-42': {
    outright: /质量|正品|真(假|货)|假(货|的)|色差|实物|耐用|结实|保真|靠谱|放心|会不会.{0,6}(坏|掉|烂|起球|褪色)/,
    unless: /查询|我购买的|订单/,
  },
  'SCR-43': {
    outright: /(付|给|转)(款|钱|了).{0,10}(不发|收不到|安全|保障|跑|放心|怎么办)|(钱|款|账).{0,4}(安全|放心|保障)|先付/,
  },
  'SCR-44': {
    outright:
      /(路上|快递|运输|寄|物流).{0,10}(丢|坏|碎|损|慢|压|摔).{0,8}(怎么|谁|赔|办|吗|负责)|会不会.{0,4}(丢|摔|碎|压)|别.{0,4}(弄|摔|压|搞)(没|丢|坏|碎)/,
  },
  'SCR-45': {
    outright: /怕|犹豫|纠结|拿不(定|准)|下不了决心|没必要|浪费|不知道(要不要|该不该)/,
    unless: /订单|电话|地址|售后|退/,
  },
  'SCR-46': { outright: /证(书|明)|检测|报告|授权|资质|不放心|靠谱/ },
  'SCR-61': {
    outright:
      /(怎么|如何|咋)(样)?(去)?(买|下单|拍|购买|订购|提交订单)|哪(里|儿)?.{0,2}(下单|买|拍)|不会(买|下单|拍|弄|操作)|(第一次|头一?回).{0,4}(买|网购|用|逛)|下不了单|步骤/,
    unless: /重新|再下|补|换|审核|分期|票|操作(?!下单|购买)|加不了|帮.{0,3}付|代付|送|多(给|配|发)|价/,
    unlessBefore: /退|差价|补|重新(买|购|下)|客服.{0,6}(说|告诉)|取消/,
    outrightOnly: true,
  },
  'SCR-62': {
    outright:
      /(怎么|如何|咋)(付|支付|给钱)|(付款|支付)方式|(能|可以|支持|可不可以).{0,5}(花呗|信用卡|微信|支付宝|白条|货到付款|银行卡)|分期/,
    unless: /找不到|分期商城/,
  },
  'SCR-63': {
    outright:
      /(付|支付|扣款|收银|结算)(款|钱)?.{0,8}(不了|不成|失败|不出|异常|没反应|出错|错误|卡住|打不开|不显示|不能显示|不能付)|(无法|没法|不能|不让)(付|支付)|余额(不足|不够)|限额/,
    inherited: /付不了|付款失败|支付失败|付不出|无法支付/,
  },
  'SCR-64': { outright: /代付|(别人|朋友|家人|老公|老婆|爸|妈).{0,4}(帮|替)?.{0,3}付/ },
  'SCR-74': {
    outright: /考虑|琢磨|想想|想一想|商量|再说|改天|下(次|回)|回头|比较|再比|犹豫|(再|先)(看看|逛逛|转转)(?!吧$)/,
    unless: /订单|售后|退|申请|发票|号/,
  },
  'SCR-142': {
    outright: /考虑|琢磨|想想|想一想|商量|再说|改天|下(次|回)|回头|比较|再比|犹豫|(再|先)(看看|逛逛|转转)(?!吧$)/,
    unless: /订单|售后|退|申请|发票|号/,
  },
  'SCR-85': {
    outright:
      /(多久|几天|什么时候|啥时候?|几时|何时|几点|多少天).{0,8}(发(?!票)|寄|到(?!账)|送)|(发货|寄出|送到|到货|收到|到).{0,4}(多久|几天|什么时候|时间)|(发|用|走|是)?(什么|哪(个|家)|啥).{0,2}(快递|物流)|包邮|(今天|明天).{0,6}(发|到)/,
    unless: ORDER_OF_BUYER,
  },
  'SCR-109': {
    outright:
      /补.{0,4}(运费|邮费|快递费)|(运费|邮费|快递费).{0,4}补|(改|换|发|走)(成|个)?.{0,2}(顺丰|EMS|申通).{0,8}(多少|加|补|行|可以|吗)/i,
    unless: /退|寄回|取件|发票|票|自己出|维修|如果/,
  },
  'SCR-39': { outright: /会员.{0,8}(价|折|优惠|便宜)|(等级|VIP).{0,8}(价|折|优惠)/i },
  'SCR-159': {
    outright:
      /(成为|加入|办|入|升级|开通|怎么(当|做)).{0,4}(会员|VIP)|会员.{0,8}(好处|权益|福利|怎么|如何|入会|加入|开通|有(啥|什么)用|吗)|老(主?顾|客户?).{0,24}(待遇|福利|照顾|优待)/i,
    unless: /投诉|电话|不(?!少)|没(?!点|什么|啥)/,
  },
  'SCR-150': { outright: /(评|晒|五星).{0,8}(返|奖|红包|送|优惠|好处|有什么)|(返|奖|送|红包).{0,6}(评|晒)/ },
  'SCR-125': { outright: /(退款|申请|售后).{0,8}(关(闭|了)|没了|过期|失效|取消了)|(不能|没法|无法)再?申请/ },
  'SCR-04': { unless: /电话|号码/, outright: /几点|上班|下班|在线|营业|值班|(工作|服务)时间|有(没有)?人/ },
  'SCR-35': { outright: /活动|满减|优惠券?|折扣|促销|大促|券/, unless: PRICE_FELL },
  'SCR-56': { outright: /不(买|要|考虑|需要)了|算了|不合适/, unless: /订单|退|发票|申请|电话/ },
};
