import { normalizeText } from '../normalize-text.ts';
import { clauseOf, findAll, type Match, type Passage, sentenceOf, spanOf } from '../passage.ts';
import type { Rule } from '../rule.ts';
import { isDenied, isReported } from '../sense.ts';

const CN_DIGIT = '[0-9〇零一二三四五六七八九幺壹贰叁肆伍陆柒捌玖]';
const PHONE = new RegExp(
  `(?<!${CN_DIGIT})(?:\\+?86)?[1一幺壹][3-9三四五六七八九叁肆伍陆柒捌玖]${CN_DIGIT}{9}(?!${CN_DIGIT})`,
  'g',
);
const IDENTITY = /(?<!\d)\d{17}[\dx](?!\d)/g;
const LABELS =
  /(?:您|你)[^,。!?;]{0,4}(?:这样|这种|属于|算|是)(?:的)?[一-龥]{1,6}型(?:的)?(?:客户|买家|顾客)|(?:系统|后台|我们|这边)[^,。!?;]{0,4}把(?:您|你)(?:标|归|列|划|打|分|定|记)(?:记|类|入)?(?:成|为|到|上|了)|重点(?:防范|关注|监控|观察|盯防)(?:的)?(?:客户|买家|对象|名单|顾客)|灰名单|刺头|[abc]类客户|(?<![a-z])bt-?[1-8](?!\d)|(?<![a-z])seg-?(?:1[0-2]|[1-9])(?!\d)|fact_first|bargain_first|look_first|status_first|safety_first|relation_first|needs_lead|(?:理智|理性|贪婪|冲动|vip|谨小慎微|谨慎|习惯|感情|随意|砍价|纠结|难缠|犹豫|挑剔|价格敏感|爱退货|保守|沉默|高价值|低价值)型(?:的)?(?:客户|买家|顾客|人|用户)?|(?:黑名单|恶意买家|职业打假|羊毛党|难缠客户|高风险(?:买家|客户)|低价值客户|问题客户|爱砍价的客户)/g;
/** 给您贴的标签是, 爱比价型: what the desk takes a buyer for. */
const TRAITS =
  '(?:贪|占|讲价|砍价|比价|还价|杀价|薅|捡漏|抠|计较|挑剔|挑刺|找茬|投诉|退货|差评|好?面子|虚荣|省钱|便宜|犹豫|纠结|磨|话多|难缠|精明|老实|好说话|没主见|大方|土豪|不差钱|(?:高|低)消费|敏感|优柔寡断|选择困难|急性子)';
const TAGGED = new RegExp(
  `(?:给|对|把)(?:您|你)(?:这边|这单)?(?:打|贴|标|定|评|归|划)(?:了|上|的|过|成|为|到|进)?(?:一?个)?[^,。!?;]{0,4}(?:标签|画像|类型|档|类|级别)(?!(?:上|里|纸|机|打印))(?:里|中)?(?:是|为|叫|写|:|就|属|那)|(?:您|你)(?:在我们(?:这|店|系统)[^,。!?;]{0,3})?的?(?:标签|画像|分类|类型)(?:是|为|属于|写着?|显示)|(?:您|你)(?!的)[^,。!?;]{0,8}(?:归|列|划|算|排|放)(?:到|在|进|为|成|入)[^,。!?;]{0,8}(?:这|那)?一?(?:类|名单|人群)(?=[里,。!了]|$)|${TRAITS}[一-龥]{0,3}(?:型|类)的?(?:客户|买家|顾客|人群?|客人)?(?=[,。!~的]|$|所以)`,
  'g',
);
const GOODS_LABEL = /易碎|轻放|礼品|吊牌|水洗|加急|包裹|快递|面单|箱|盒|外包装|订单|地址|发票|抬头|贺卡/;

/** 备注里写着：易怒: what the desk thinks of a buyer, read out. */
const OPINIONS =
  /(?:备注|标签|档案|记录|系统|后台|画像)[^。!?;,]{0,4}(?:写着?|标着?|显示|记着?|注明)[^。!?;]{0,6}(?:易怒|暴躁|难缠|难搞|难伺候|挑剔|爱闹|爱投诉|刁钻|刁难|慎重对待|慎接|小心应付|黑名单|事多|事儿多|脾气|斤斤计较|爱占便宜|爱贪|话多|啰嗦|抠门|小气|没素质|同行|职业打假)/g;
const LABEL_CONTEXT = /您|你|后台|系统|标签|显示|属于|标记|备注|客户|买家|类型|画像/;
const INTERNAL =
  /(?<![跟和向同给与找问请])(?:主管|领导|老板|经理|店长|我们内部|内部|公司|同事|上面)(?:群里?|会上|那边)?(?:都)?(?:说|交代|要求|规定|让我|不让|嘱咐|吩咐|骂|讲|特意说|提醒)(?:过|了|的)?[,:]?[^,。!?;]{0,14}(?:您|你|客户|这种|这类|难|别|不要|不能让|少|拖|应付|敷衍|让价|给您)|(?:系统|后台|我们这)(?:里|上)?(?:给|把|对)?(?:您|你)?[^,。!?;]{0,3}(?:标|打|归|列|划)(?:的|成|了|为|着|进|到)(?:是|上)?(?!新|老|会员|vip)[^,。!?;]{1,8}(?:客户|买家|顾客|人群)|(?:您|你)这(?:种|类)(?:急性子|慢性子|暴脾气|爆脾气|直肠子|倔脾气|强迫症|完美主义|事儿?多|老油条)|(?:您|你)这(?:种|类|样(?=[^,。]{0,6}(?:难|烦|贪|挑|事|闹|刁|抠|穷)))[^,。!?;]{0,8}(?:客户|买家|顾客|人)|内部[^,。!?;]{0,4}(?:标(?:了|过|着)?(?:红|黄|黑|注|星|出来)|挂(?:了|过)?号|拉(?:了)?(?:黑|名单)|记(?:了|过)|备注|记录|标签|资料|流程|价|系统显示|通知|消息|群|成本)|(?:成本价?|进价|进货价|拿货价|毛利|利润率?)[^,。!?;]{0,6}(?:\d|[一二三四五六七八九十百两几]+(?:块|元|个点|成|毛))|(?:提成|业绩|绩效|kpi|考核)(?:是|只有|才|为|就|大概|都|要|有)[^,。]{0,8}|(?:系统|后台|标签)(?:给您|上|里)?(?:显示|标记|备注|写着?|打了)[^,。!?;]{0,6}(?:您|你)?(?:是|为|属于|的)?[^,。!?;]{0,6}(?:型|类客户|标签|等级低|信用|难|爱|敏感|退货率|差评)|(?:您|你)(?:在(?:系统|后台|我们这)[^,。!?;]{0,3})?(?:已经)?(?:被|给)(?:系统|后台|我们)?(?:标|归|列|划|打|分)(?:记|类|入|注)?(?:成|为|到|上|了)[^,。!?;]{0,10}|(?:您|你)的?(?:客户|买家|用户|系统|历史)?(?:退货率|差评率|信用分|标签|画像|评分|客户等级)/g;
const OTHERS =
  /(?:上一?(?:个|位)|另一?(?:个|位)|别的|其他|有(?:个|位)|前面那?(?:个|位)|隔壁|楼下|同小区|同城)(?:的)?(?:买家|顾客|客户|客人|亲|女士|先生|用户)[^。!?;]{0,14}(?:(?:收货|个人|联系|购买)信息|购买记录|住|地址|电话|手机|叫|姓名|名字|微信|订单号?|旺旺|家在|收件|单号|尾号|公司)|(?:买家|顾客|客户|客人)(?:张|王|李|赵|刘|陈|杨|黄|周|吴|徐|孙|马|朱|胡|林|郭|何|高|罗)[一-龥]{1,2}(?:的|住|电话|买|也|在)|(?:那个|有个|一个|位)?(?:姓)?[张王李赵刘陈杨黄周吴徐孙马朱胡林郭何高罗](?:姐|哥|先生|女士|小姐|阿姨|总|老师|大姐)(?:家)?(?:也|住|昨天|买|的(?:手机|电话|地址|订单))|(?:小区|楼|栋|单元|单位|公司)[^,。!?;]{0,6}(?:先生|女士|小姐|姐|哥)(?:家)?(?:也|的|买)|(?:他|她|他们|对方|别人|人家|那位)(?:家里?|单位|公司)?(?:的)?(?:收货|收件|家庭)?(?:电话|手机|地址|姓名|住址|订单号|身份证|旺旺)(?:号码?|号)?(?:尾号|后四位)?(?:是|为|:|发您|给您|告诉您|在)|(?:快递员|派送员|快递小哥)[^,。]{0,6}(?:身份证|住址|家庭)/g;
const MAY_NOT = /不(?:能|可以|方便|会|便)|无法|保护|隐私|保密|不提供|没办法/;

/** Disclosing personal data, type labels or internal notes. @see TAB-45, BT-P4 */
export const disclosure: Rule = {
  id: 'TAB-45',
  severity: 'B',
  message: '不要写出完整的个人信息、买家标签或内部的话，请遮盖或删掉。',
  instead: ['SCR-60'],
  detect(passage) {
    const { plain, tight } = passage.views;
    const phones = findAll(tight, PHONE).filter((match) => !isShopsOwn(passage, match) && !isOtherNumber(match));
    const identities = findAll(tight, IDENTITY).filter((match) => /身份证|证件/.test(sentenceOf(match).text));
    const labels = findAll(plain, LABELS).filter((match) => !isDenied(match) && !isReported(match) && isLabel(match));
    const tagged = findAll(plain, TAGGED).filter((match) => !isDenied(match) && !isReported(match) && isTag(match));
    const internal = [...findAll(plain, INTERNAL), ...findAll(plain, OPINIONS), ...findAll(plain, OTHERS)].filter(
      (match) =>
        !isDenied(match) &&
        !isReported(match) &&
        !MAY_NOT.test(clauseOf(match).text.replace(match.text, '')) &&
        !/规定不能|要求我们及时/.test(match.text),
    );
    return [...phones, ...identities, ...labels, ...tagged, ...internal, ...unmaskedReceiver(passage)].map((match) => ({
      span: spanOf(match),
    }));
  },
};

/** The return address and the buyer's own words may carry a number. */
function isShopsOwn(passage: Passage, match: Match): boolean {
  const { return: returns, shop } = passage.context;
  return [returns?.address, returns?.policy, shop?.licence].some(
    (text) => text !== undefined && normalizeText(text).tight.text.includes(match.text),
  );
}

/** Eleven digits after 单号 are a parcel's, not a person's. */
function isOtherNumber(match: Match): boolean {
  return /(?:单号|运单|订单号?|编号|货号|条码|款号|快递号)[^,。]{0,4}$/.test(
    match.view.text.slice(Math.max(0, match.from - 10), match.from),
  );
}

function isLabel(match: Match): boolean {
  return (
    /重点|名单|刺头|类客户|bt|seg|_first|needs_lead|黑名单|恶意|职业|羊毛|难缠|高风险|低价值|问题客户|爱砍价/.test(
      match.text,
    ) ||
    (LABEL_CONTEXT.test(sentenceOf(match).text) && !/(?:版|鞋|车|包|款|机|产品)/.test(clauseOf(match).text))
  );
}

/** Of the buyer, not of a parcel or of goods: 给您贴的标签是易碎品. */
function isTag(match: Match): boolean {
  return (
    !GOODS_LABEL.test(sentenceOf(match).text) &&
    LABEL_CONTEXT.test(sentenceOf(match).text) &&
    !/(?:版|鞋|车|包|款|机|产品|肌|肤|皮)/.test(clauseOf(match).text)
  );
}

/** The receiver's name in full where the order shows it masked. */
function unmaskedReceiver(passage: Passage): Match[] {
  const receiver = passage.context.order?.address?.receiver;
  if (receiver === undefined || !receiver.includes('*')) return [];
  const shape = normalizeText(receiver)
    .plain.text.replace(/[.+?^$()|[\]{}\\]/g, '\\$&')
    .replace(/\*+/g, '[一-龥]{1,2}');
  if (!/^[一-龥]/.test(shape)) return [];
  return findAll(
    passage.views.plain,
    new RegExp(
      `(?:收件|收货|签收|联系|姓名)(?:人|方)?(?:姓名)?(?:是|为|:)?${shape}(?=[,。!?:; ]|$|电话|手机|收|对吧|吗)`,
      'g',
    ),
  );
}

/** Rules about what belongs to somebody else. */
export const PRIVACY_RULES: readonly Rule[] = [disclosure];
