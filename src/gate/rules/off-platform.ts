import { normalizeText, toOriginalSpan, type View } from '../normalize-text.ts';
import { clauseOf, findAll, type Match, type Passage, sentenceOf, spanOf, takeHits } from '../passage.ts';
import type { Hit, Rule } from '../rule.ts';
import { isAsked, isDenied, isMeant, isReported, isWarnedOf } from '../sense.ts';
import { ACCOUNTS, CODE_ERRANDS, DISGUISES, FEEDS, GROUPS, PENDING_MATTERS } from '../words/off-platform.ts';
import { type OwnBefore, ownBefore } from './split.ts';

const ACCOUNT = `(?:${ACCOUNTS.join('|')})`;
const GAP = '[^,。!?;\\n]';
const ADDRESSEE =
  '(?:我们|咱们|咱|我|您|你|一下|下|个|店主|老板|客服|掌柜|私人|官方|专属|的|这个|这边|售后|过来|到|在|[【「『《(\\[<])';

/** Asking the buyer to use an account, or telling one. */
const CONTACTS = [
  `(?:添加|加|\\+|搜索|搜|留|联系|私聊|私信|聊|找|报|换到|去|到|用|走|移步|转到|上|有|开|给|发|记下?|存)${ADDRESSEE}{0,4}${ACCOUNT}(?!支付|付款|钱包|零钱|登录|分享|好友代付|豆|音乐|空间)`,
  `${ACCOUNT}(?:号码|号|是|:|搜|同号|小窗|滴我|敲我|戳我|呼我|联系|聊|找我|上聊|上说|上发|详谈|详聊|细聊|沟通|咨询|私我|里聊|给我|发我|发您|加一下|加我|群|上找|上联系|扫)`,
  `${ACCOUNT}[号:是]{0,2}[a-z0-9_-]{5,}`,
  '(?<![参增附])(?:加|\\+)(?:我|个|一下|下|您|你|咱|店主|老板|客服|的){0,3}(?:(?<![a-z])v(?![a-z领型字形脖口])|微(?![波辣米型小量笑妙观弱热凉甜火调距孔店商创晶粒缩弹])|薇|威(?![力士海化])|扣(?![除子分费])|(?<![a-z])q(?![a-z弹]))',
  '(?:添加|加|\\+)(?:我|一下|下|个|号码){0,2}:?(?:[1l][3-9][\\dol]-?[\\dol]{4}-?[\\dol]{4}|[一幺1][三四五六七八九3-9][〇零一二三四五六七八九幺\\d]{9})(?!\\d)',
  // 家 and its like for 加.
  `[伽珈枷笳迦](?:一下|我|个)?(?:微|薇|(?<![a-z])[vq](?![a-z])|${ACCOUNT})|[家架嘉茄咖佳]我${ACCOUNT}|茄薇`,
  '(?<![我咱大各店商买卖们公您你这那哪回在居一百独])家(?:微(?=[,。!聊看发领信]|$|号?:?[a-z\\d])|薇|(?<![a-z])v(?=[,。!聊看发领:]|$|[a-z\\d]))',
  '(?:留|加|给|发|报|扫|要|互换|交换|换)(?:个|一下|下|您的?|你的?|我的?|咱|心|店里的?){0,3}(?<![a-z])[vqw](?![a-z领型字形脖口弹+])',
  '(?:我|店主|老板|客服|掌柜)(?:们)?的?(?<![a-z])[vqw](?![a-z])(?:号|是|:|\\d)',
  '(?<![a-z])v(?:我|聊|一下)',
  '(?<![a-z0-9])[vqw][:号是]+[a-z0-9_-]{4,}',
  '(?:我|店主|老板|客服|掌柜)(?:们)?的?(?:微|薇|威|扣|企鹅)(?:号)?(?:是|:)',
  '(?:添加|加)(?:一下|下)?我(?:们)?(?:个人|私人)?(?:好友)?(?:吧|哦|呀|哈|呢|就行|就好|即可|聊|细聊|详谈|私聊)?$',
  '加(?:个|一下|下|我|您|你){1,2}好友(?!.{0,6}旺旺)',
  '(?<![参增附追])加我(?=[,。!](?:发|看|领|聊|给|拿|送|有|了解|拉)|发|看|领|聊|给您|拿|送|拉您)|[信聊薇微扣][^,。!?;]{0,3}(?<![参增附追])加我',
  '我(?:们)?(?:的)?[一-龥a-z]{0,4}(?:号|id)?[:是][a-z][a-z_-]{0,12}\\d[a-z0-9_-]{2,16}(?![a-z0-9-])',
  '搜(?:一下|下|索)?我(?:的)?(?:名字|全名|拼音|id|账?号|昵称)|头像[^,。!?;]{0,6}(?:就是|那个是)我',
  '(?:那|这)(?:一)?(?:串|几个|组|行)(?:字母|数字|英文|号码?)[^,。!?;]{0,6}(?:搜|加(?!起)|添加)',
  '我(?:来|去|这边|先)?(?:加|\\+)(?:一下|下)?(?:您|你)(?:好友)?(?=[,。!~吧哦哈呀]|$)',
];
/** Leaving the chat for another place. */
const PLACES = [
  ...GROUPS,
  `(?:加|进|入|拉您进|拉你进|拉您入|邀您进)(?:一下|下|个|到|我们|咱们|我|咱|的|这个|店铺|本店|入|了){0,3}${GAP}{0,3}群(?![体岛众里])`,
  `(?:关注|搜|加|去|来|到|看|扫|进)${ADDRESSEE}{0,4}${GAP}{0,4}(?:${FEEDS.join('|')})`,
  `(?:${FEEDS.join('|')})(?:关注|搜|私信|找我|联系|同名|加我|领|下单|更便宜|有更多|直接拍)`,
  `(?:在|是|有)我(?:们)?(?:的)?${GAP}{0,2}(?:${FEEDS.join('|')})(?:号|账号|主页|上|里|直播间?|橱窗)(?!没|不)`,
  '私下(?:里)?(?:联系|聊|谈|沟通|说|加)',
  '线下(?:联系|交易|聊|找我)',
  '(?:平台|这里|这边|旺旺上?)(?:上|里)?(?:不让|不方便|不能|没法)(?:说|聊|发|讲)(?:太多|太细)?[,]?.{0,6}(?:加|私|换|聊|联系)',
  '(?:换个|别的|其他)(?:地方|软件|平台)(?:聊|说|联系|下单|拍)',
  '(?:去|到|在|换)(?:外面|别处|外边|别的地方|其他地方)(?:聊|说|谈|联系|沟通)',
  '站外|平台外(?:联系|聊|下单)|跳过平台',
];
/** Codes to scan. */
const CODES = [
  '二维码',
  '扫[^,。!?;]{0,6}码[^,。!?;]{0,4}(?:加|进|入|关注|领|聊|添加|联系)',
  '(?:发|给|推)(?:您|你)?(?:发)?(?:一)?(?:个|张)?名片',
  '扫码(?:加|进|关注|领|聊|添加|联系|入群)',
  '扫(?:一)?扫(?:加|进|关注|领|添加)',
  '名片(?:发|推)',
];
/** Telephone. */
const PHONES = [
  '(?:留|加|给|发|报|告诉|互换|交换|换个)(?:我|我们|一下|下|个|您|你|的){0,4}(?:联系)?(?:电话|手机号码?|手机|号码|联系方式)',
  '(?:手机号?码?|电话号?码?|号码|联系方式)(?:给|发|留|告诉|报)(?:一?下|个|给)?(?:我|过来|这边)',
  '(?:手机号?码?|电话|号码)(?:是)?多少[^。!?;]{0,8}(?:加|打|联系|发)(?:给)?(?:您|你)',
  '(?:打|拨|拨打)(?:一下|下)?我(?:的)?(?:电话|手机)|打给我|打我(?:电话|手机)|电话联系(?:我|吧|哈|哦|(?=[,。!]|$))|是我的?(?:手机|电话|微信)|我(?:的|私人|个人)(?:电话|手机号?)(?:是|:|\\d)',
  '(?:给您|给你|跟您|和您|与您)(?:打|回)(?:个|一个)?(?:电话|过去)|(?:致电|回电)(?:给)?您|电话(?:给您|联系您|聊|回访|沟通|详谈)',
];

const CONTACT = new RegExp([...CONTACTS, ...DISGUISES].join('|'), 'g');
const PLACE = new RegExp(PLACES.join('|'), 'g');
const CODE = new RegExp(CODES.join('|'), 'g');
const PHONE = new RegExp(PHONES.join('|'), 'g');
const ERRAND = new RegExp(CODE_ERRANDS.join('|'));
const MATTER = new RegExp(PENDING_MATTERS.join('|'));
const SELLING = /介绍|详聊|细聊|讲讲|新款|优惠|活动|福利|领券|上新|聊聊|推荐|便宜|特价|返利|会员日|新品|折扣|种草/;
const PLATFORM_CHAT = /旺旺(?:好友|群)|店铺群|淘宝群|代付|分享|转发给|帮忙付/;
const MODEL = /型号|系列|机型|款号|货号/;

/** Leading the buyer off the platform. @see TAB-51, TRAP-14 */
export const offPlatformContact: Rule = {
  id: 'TAB-51',
  severity: 'B',
  message: '不要把买家引到平台外联系，请在当前聊天里继续沟通。',
  instead: ['SCR-08', 'SCR-161'],
  detect(passage) {
    const { tight } = passage.views;
    const found = [
      ...takeHits(findAll(tight, CONTACT), (m) => isSolicitation(m, passage) && !isAllowedChannel(passage, m)),
      ...takeHits(findAll(tight, PLACE), (m) => isSolicitation(m, passage)),
      ...takeHits(findAll(tight, CODE), (m) => isSolicitation(m, passage) && !isErrand(m)),
      ...takeHits(findAll(tight, PHONE), (m) => isMeant(m) && !isPhoneInPlace(passage, m) && !isPlainCall(m)),
    ];
    const hits = found.map((match): Hit => ({ span: spanOf(match) }));
    return hits.length > 0 ? hits : detectSplit(passage);
  },
};

function isPayment(match: Match): boolean {
  return /付款|支付|转账|收款/.test(clauseOf(match).text);
}

function isSolicitation(match: Match, passage: Passage): boolean {
  if (isDenied(match) || isReported(match) || isWarnedOf(match) || isOutcomeWarned(match)) return false;
  const clause = clauseOf(match).text;
  if (PLATFORM_CHAT.test(clause)) return false;
  return !(MODEL.test(clause) && /v|q|w/.test(match.text)) && !isPartOfTitle(passage, match);
}

function isPartOfTitle(passage: Passage, match: Match): boolean {
  const title = passage.context.product?.title;
  return title !== undefined && normalizeText(title).tight.text.includes(match.text);
}

/** A channel the buyer allowed for a matter that is still open. @see SCR-161 */
function isAllowedChannel(passage: Passage, match: Match): boolean {
  return !/q|扣|球|抠|企鹅|钉钉/.test(match.text) && isAllowedWechat(passage);
}

function isAllowedWechat(passage: Passage): boolean {
  const { consent, case: matter, question, complaint } = passage.context;
  const channels = consent?.channels ?? [];
  const isPending =
    matter?.open === true || (question !== undefined && question.answered !== true) || complaint !== undefined;
  return channels.includes('wechat') && isPending && !SELLING.test(passage.views.tight.text);
}

/** A call is in place for a pending matter, or by the courier. */
function isPhoneInPlace(passage: Passage, match: Match): boolean {
  const sentence = sentenceOf(match).text;
  if (SELLING.test(sentence)) return false;
  const { case: matter, question, consent } = passage.context;
  if (matter?.open === true || question !== undefined || consent?.channels?.includes('phone') === true) return true;
  return MATTER.test(sentence);
}

/** Calling the buyer is only at fault when it is to sell. */
function isPlainCall(match: Match): boolean {
  return (
    /[给跟和与]?[您你]|致电|回电|电话(?:沟通|回访)/.test(match.text) &&
    !/[留发报]|告诉|我的?(?:电话|手机)|打给我/.test(match.text) &&
    !SELLING.test(sentenceOf(match).text)
  );
}

/** What an account looks like: letters with digits, or a bare number. */
const ACCOUNT_ID =
  /(?<![a-z0-9_-])(?=[a-z0-9_-]*\d)[a-z][a-z0-9_-]{4,19}(?![a-z0-9_-])|(?<![\d.])\d{5,12}(?![\d.元件])/g;

/** 一三七零二8845: digits written out. */
const ACCOUNT_IN_WORDS =
  /(?<![\d〇零一二三四五六七八九幺])[\d〇零一二三四五六七八九幺]{7,12}(?![\d〇零一二三四五六七八九幺元件天])/g;

/** A disguise that only shows when the last own messages and this one are read together. */
function detectSplit(passage: Passage): Hit[] {
  for (const before of ownBefore(passage)) {
    const hits = splitHits(passage, before);
    if (hits.length > 0) return hits;
  }
  return [];
}

function splitHits(passage: Passage, own: OwnBefore): Hit[] {
  const before = normalizeText(own.text).tight;
  const isAccountAwaited = findAll(before, CONTACT).some((match) => isSolicitation(match, passage));
  if (isAccountAwaited && !isAllowedWechat(passage)) {
    const ids = [...findAll(passage.views.plain, ACCOUNT_ID), ...findAll(passage.views.tight, ACCOUNT_IN_WORDS)];
    if (ids.length > 0) return ids.map((match) => ({ span: spanOf(match) }));
  }
  const joined = normalizeText(own.text + passage.original).tight;
  const border = own.text.length;
  return [...findAll(joined, CONTACT), ...findAll(joined, PLACE), ...findAll(joined, CODE)]
    .filter((match) => crosses(joined, match, own.last, border))
    .filter((match) => isSolicitation(match, passage) && !isAllowedChannel(passage, match) && !isErrand(match))
    .map((match) => {
      const [, end] = toOriginalSpan(joined, match.from, match.to);
      return { span: [0, end - border] };
    });
}

function isErrand(match: Match): boolean {
  return match.text.includes('码') && (ERRAND.test(sentenceOf(match).text) || isPayment(match));
}

function crosses(view: View, match: Match, first: number, border: number): boolean {
  const [start, end] = toOriginalSpan(view, match.from, match.to);
  return start < first && end > border;
}

const BANKS = '(?:银行|工行|建行|农行|中行|招行|交行|邮储|信用社)';
const WALLETS = `(?:支付宝|(?<![a-z])(?:zfb|yhk)(?![a-z])|${ACCOUNT}|${BANKS}卡?|对公|个人|私人)`;
const TRANSFERS = [
  '扫[^,。!?;]{0,8}码[^。!?;]{0,16}(?:改成已付|标已付|算(?:您)?付|当(?:您)?付|付过了?)',
  '(?:微信|支付宝|转账|现金|私下)(?:付款?|支付|转账?|给)[^,。!?;]{0,6}(?:便宜|优惠|省(?!心|事)|少(?:收|算|付)|减|打折|划算)',
  '加(?:我|个|一下|下)?(?:的)?支付宝(?:好友)?(?=[^。!?;]{0,10}(?:转|付|打))',
  `(?:走|用|通过)${ACCOUNT}(?:吧|转|付(?!款码)|直接|给我|打)(?=[^。!?;]{0,14}(?:手续费|转|付|便宜|扣点|优惠|省))`,
  '(?:打|转|汇|存)(?:钱|款)?(?:到|进|给|在)?(?:我|老板|店主|老板娘|掌柜|我们|财务)[^,。!?;]{0,4}(?:卡|账户?|户头)(?:上|里|号)?',
  '(?:不|别|不想|不愿意?|不要|懒得)走平台[^。!?;]{0,10}(?:转|付|打|汇|便宜)|(?:可以|能|直接|走|用)转账(?!功能|记录)(?=[,。!给更就也便]|$)',
  '(?:差额|差价|钱|款|尾款|定金|货款|邮费|运费)[^,。!?;]{0,6}(?:v|微|薇|转|打|扫)(?:给)?(?:我|过来)',
  '(?:发|包|塞)(?:个|一个)?[^,。!?;]{0,4}红包给(?:我|老板|店主)',
  `(?:转账|转钱|打款|汇款|打钱|付款|转|打|汇|存)(?!到账)(?:到|给|至|进|入|我|咱|我们|去){1,3}${GAP}{0,4}(?:银行|卡(?![车片通])|账户|账号|支付宝|${ACCOUNT}|对公|户头|存折|个人|私人|老板)`,
  `(?:转账|汇款|打款|转)(?:到)?卡`,
  `(?<!您的|你的|到您|回您|退回|您付款的)${WALLETS}的?(?:账号|账户|卡号|收款|转账|转给我|转我|转您|打给我|付给我|付我|直接转|红包给)`,
  '二维码[^,。!?;]{0,3}收款|收款的(?:二维)?码|收款码|收钱码|收款二维码|收款账[号户]|银行卡号|卡号(?:是|:|发|给)|开户行|开户名|(?<![用账客店])户名|存折',
  '扫(?:一下|下|这个|下面的?|我的?|我|图片|店里的?|发(?:您|你)?的|给您的|这边的?){0,3}(?:二维)?码(?:付款|支付|转账|付|转|打款|交(?:钱|款|定金))|二维码(?:付款|支付|转账|收款)',
  '(?<!照|图|片|息|频|资料|截屏)(?:直接|就)?(?:(?:转|打|汇)(?:钱|款|现金)?给?|付(?:钱|款)?给|(?:给|把)(?:钱|款|现金)给?)我(?:们)?(?:个人|私人|这边|账|卡|就行|就好|吧|,|。|$)',
  `(?<!图|片|频|资料)(?:发|转|打|付)(?:到|给)?我(?:的)?(?:支付宝|${ACCOUNT}|账户|银行卡|卡上)(?=[,。!就吧上里也]|$|行|可以)`,
  '(?<!您|你|平台|系统|财务)给(?:我|咱|店主|老板)(?:们)?(?:转账|转钱|打款|打钱|汇款|转款)|转我(?!们?售后|接)|微信转|薇信转|私下(?:付|转|交易|给钱|打款|补|付款|成交)|线下(?:付|支付|转账|打款|成交|交易)|走(?:v|微|薇|支付宝)(?:转|付|打)',
  '(?:不走|不用走|别走|绕过|绕开|跳过|脱离|避开|不通过|不经过)平台',
  '平台外(?:付|支付|交易|成交|转)',
  '(?:汇|转|打)(?:钱|款)?(?:过来|给我们)|给(?:您|你)(?:一)?个?(?:账号|账户|卡号)|红包(?:付|支付|结)',
  '(?:发|包|转)(?:给)?我(?:个|一个)?[^,。!?;]{0,3}红包|(?<!照|图|片|息|频|资料|截屏)(?:转账|转钱|打钱|打款|汇款|转款)(?:给)?我',
  '(?:付|交|打|汇)[^,。!?;]{0,8}(?:到|进|给)(?:我|我们|老板|店主|掌柜)[^,。!?;]{0,4}(?:卡|账户|账号|户头)',
  '付款码[^。!?;]{0,6}(?:发|给)(?:给)?(?:您|你)|扫(?:一下|下|我的?|这个)?付款码',
  '(?:微信|薇信|wechat|支付宝|alipay)(?:支付|pay|钱包)?(?:直接)?(?:转|付|打|发)?(?:款|钱|账)?给(?:我|咱|老板|店主)(?!们?(?:发|看|截|说|留|打电话|来|一个?地址))',
  '(?:发|转)(?:个)?红包(?:给我|过来|到)|红包(?:转|发)(?:我|给我|过来(?!给您))|(?:走|用)支付宝(?:私|直接)(?:转|付)|私(?:转|付款)',
];
const TRANSFER = new RegExp(TRANSFERS.join('|'), 'g');
const CARD_NUMBER =
  /(?<![\d零一二三四五六七八九])(?:\d{16,19}|[〇零一二三四五六七八九幺\d]{15,19})(?![\d零一二三四五六七八九])/g;
const TO_BUYER = /(?:退|返|原路|退回|返还|打).{0,8}(?:到|至|回)?(?:您|你)(?:的|付款的)?/;
/** 我们不收个人转账, 私下转账这边是不接的: the desk turns the payment down. */
const TURNED_DOWN =
  /(?:不|没|别|拒绝?|谢绝|概不|从不)(?:再|会|能|可以|让|敢|方便|允许|支持)?(?:收|接受|接|走|用|做|办|认|开|给|留|受理|经手|碰|提供)(?:任何|什么|这种|那种|您的?|私人的?|买家的?|通过)?$/;
const TURNED_DOWN_AFTER =
  /^(?:的|了|这种|这个|方式|付款|账户|付?款|账|交易|们){0,3},?(?:我们|咱们?|这边|店里|本店|我|平台)?(?:都|是|也|一律|真的|目前|这边|可){0,2}(?:不(?:收(?!手续|钱|费|税)|接|能|可以|行|允许|支持|提供|做|安全|合规|予)|没法(?:收|接|走)|没有(?!手续|费|问题)(?:这|的|开|$)|收不了|接不了|走不了|违规|有风险)/;
/** Data a buyer gives for a special invoice; an account to pay to is something else. */
const INVOICE_TALK = /发票|抬头|税号|纳税|专票|增票|普票|开票|收票|税票/;
const ACCOUNT_DATA =
  /^(?:开户行|开户名|户名|银行卡号|卡号[是:发给]?|(?:对公|银行|[工建农中招交]行|邮储).{0,4}(?:账号|账户|卡号))$/;
const OWN_ACCOUNT =
  /(?:(?:我们?|咱们?|本店|店里|老板|财务|掌柜)(?:这边)?(?:的|这个|家的)?|公司(?:的|这边))[^,。!?;]{0,6}$/;
const PAYS_TO =
  /(?:打|转|汇|付|存|充|交)(?:钱|款|账|过|到|进|至|入|给|来|一下|个)|收款|货款|尾款|差价|定金|付款|转账|汇款/;

function isTurnedDown({ view, from, to }: Match): boolean {
  return TURNED_DOWN.test(view.text.slice(Math.max(0, from - 12), from)) || TURNED_DOWN_AFTER.test(view.text.slice(to));
}

/** 扫码付的话平台就保障不到您了: told as what to keep away from. */
const OUTCOME_WARNED =
  /^[^,。!?;]{0,8}的?(?:话|时候)?,?[^。!?;]{0,10}(?:保[障护]不|没(?:有|了)?保障|失去保障|不(?:受|在)?(?:平台)?(?:的)?保(?:护|障)|有?风险|不安全|追不回|违规|被骗|维不了权|没法维权)/;

function isOutcomeWarned({ view, to }: Match): boolean {
  return OUTCOME_WARNED.test(view.text.slice(to, to + 40));
}

/** 开户行和账号发我, 我给您登记开票: the buyer's account, for the invoice the talk is about. */
function isForInvoice(passage: Passage, match: Match): boolean {
  const sentence = sentenceOf(match).text;
  if (PAYS_TO.test(sentence)) return false;
  const turns = passage.context.history?.slice(-4) ?? [];
  const isTalkedAbout =
    INVOICE_TALK.test(passage.views.tight.text) || turns.some((turn) => INVOICE_TALK.test(turn.text));
  if (!isTalkedAbout) return false;
  return (
    ACCOUNT_DATA.test(match.text) && !OWN_ACCOUNT.test(match.view.text.slice(Math.max(0, match.from - 12), match.from))
  );
}

const ON_PAGE = /平台内?(?:付|支付|扫)|页面|收银台|付款页|原路|平台担保|担保交易/;

/** Payment outside the platform, or to a private account. @see TAB-44, TRAP-08 */
export const offPlatformPayment: Rule = {
  id: 'TAB-44',
  severity: 'B',
  message: '付款只能走平台，不要给出或索要私人账户、收款码，也不要引导私下转账。',
  instead: ['SCR-62', 'SCR-63'],
  detect(passage) {
    const { context, mode, views } = passage;
    const isAllowed = context.shop?.offPlatformPayment === 'allowed' && (mode === 'typed' || mode === 'A');
    if (isAllowed) return [];
    const offered = (context.payment?.methods ?? []).map((method) => normalizeText(method).tight.text);
    const transfers = findAll(views.tight, TRANSFER).filter((match) => {
      if (isForInvoice(passage, match) || (isAsked(match) && /[您你]的/.test(clauseOf(match).text))) return false;
      if (!isMeant(match, 10) || isTurnedDown(match) || isOutcomeWarned(match) || ON_PAGE.test(clauseOf(match).text))
        return false;
      if (TO_BUYER.test(clauseOf(match).text) && !/我(?:的|们)?(?:微|薇|支|卡|账)/.test(clauseOf(match).text))
        return false;
      return !offered.some((method) => method !== '' && (match.text.includes(method) || method.includes(match.text)));
    });
    const cards = findAll(views.tight, CARD_NUMBER).filter(
      (match) =>
        /卡|银行|账|户|转|汇|打款|收款|[工建农招交]行/.test(sentenceOf(match).text) &&
        !/单号|订单|编号/.test(sentenceOf(match).text),
    );
    return [...transfers, ...cards].map((match) => ({ span: spanOf(match) }));
  },
};

/** Rules against leaving the platform. */
export const OFF_PLATFORM_RULES: readonly Rule[] = [offPlatformPayment, offPlatformContact];
