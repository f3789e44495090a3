/** In whose name a message speaks, of whom, and whether in earnest. */
import type { MessageIntent } from '../protocol/ids.ts';
import { DANGER } from './cues.ts';

const PERSON =
  '(?:别人|人家|有人|他们|她们|大家|朋友|闺蜜|同事|同学|室友|舍友|邻居|亲戚|老公|老婆|媳妇|对象|妈妈?|爸爸?|婆婆|儿子|女儿|孩子|娃|网友|网上|群里|新闻|电视|视频里?|评论区?里?|评价里?)';
/** Tells what somebody else says. */
const HEARSAY = new RegExp(
  `听说|据说|${PERSON}[^，,。！!？?]{0,4}(?:都)?(?:说|讲|传|提|写|爆料|叫我|让我|劝我)|(?:看|刷)到.{0,8}(?:说|讲)`,
);
/** Sets against it what the buyer thinks. */
const DENIES =
  /我(就)?(说|劝|回|跟.{1,3}说).{0,3}(你(们|家)?不|不(是|会|至于)|没|算了|别|挺|很|好)|我(才|可)?不(信|这么|觉得)|别(闹|瞎说|乱说)|冤枉|东西(挺|很|蛮|还)?(好|不错|可以)/;
/** Trusts the shop, and says so. */
const PRAISES =
  /我说你(们|家)?(们)?(不是|不会|没|挺|很|好|靠谱)|(回|复)购(了)?[两二三四五几好\d]|买(了)?(好)?(几|多|[两二三四五六\d]+)(次|回|年)|(还是|就)你(们)?家(好|靠谱|放心|的?好)|信(得过)?你(们|家)|我(才|可)?不信(?!你)/;
/** Speaks of another seller's doings. */
const OTHER_SELLER =
  /(别(的)?|另(外)?一|上一|上(次|回)(那|在)(一|别|隔壁|人)?|隔壁(那)?|对面(那)?|之前(那|在别)|人)家(的)?(店|卖家|商家)?|(别的|其他|隔壁|对面)(店|卖家|商家|平台)|他们(家|店)|网上(卖|买).{0,6}的?(都|全)是|网购(都|全)?是/;
/** Bought there, not here. */
const ELSEWHERE =
  /(?:(?:别(?:的)?|另(?:外)?一|隔壁|对面|其他|人)(?:家|店|处|的地方|家店|家那)|线下|实体店|专柜|超市)(?:的|里|上|那边?|那儿)?.{0,3}(?:买|拍|订|下单|拿)的?/;

/** Harm that a buyer may also fear, have read of or ask about. */
const HARM = /过敏|烫伤|割伤|触电|着火|爆炸|冒烟|中毒|受伤|流血/;
const SUPPOSES =
  /会不会|会.{0,6}(吗|么|不[?？\s]|不$)|不会.{0,10}[吧吗?？]|万一|要是|如果|怕|担心|容易.{0,6}(吗|不|么)|防|真的?假/;
const HAPPENED =
  /(我|娃|孩子|宝宝|老人|手|脸|妈|爸).{0,6}(被|给|都|就)?(烫伤|割伤|触电|过敏|受伤|中毒|流血|划伤)|(炸|冒烟|着火|起火|烫|漏电)了|刚才|已经|昨天|今早|(充|用|戴|穿|吃|喝|抹|擦)(着|完|了)(?!.{0,4}会).{0,8}(就|过敏|冒烟|着火|爆炸|起)/;
/** Words that sound like danger and are part of a name. */
const NAMES =
  /垃圾(袋|桶|箱|篓|分类|站|话)|医院(的|里的)?(同事|朋友|用|工作|上班|门口|附近|地址)|(送|给|在|是)(去)?医院(的)?(同事|朋友|工作|上班|用)|律师(的)?(朋友|同事|袍|事务所)|工商(银行|卡|行|局门口)/g;

/** What the buyer feared, quoted or laughed at is no danger; what has happened or is threatened is. @see SCR-100, SCR-133 */
export function isInDanger(message: string): boolean {
  const said = message.replace(NAMES, '');
  if (!DANGER.test(said)) return false;
  if (HARM.test(said) && HAPPENED.test(said)) return true;
  const others = HEARSAY.test(said) || OTHER_SELLER.test(said);
  if (HARM.test(said)) return !(others || SUPPOSES.test(said));
  if (/骗子|垃圾|黑店/.test(said) && others) return false;
  return !((HEARSAY.test(said) && DENIES.test(said)) || (others && PRAISES.test(said)));
}

const LAUGHS = /(哈|嘿|嘻){2,}|笑(死|喷|哭|坏)|h{3,}|233|😂|🤣/i;
const AMISS =
  /破|坏|碎|裂|漏|缺|鼓包|炸|冒烟|(?<!多)少|断|掉|湿|皱|旧|假|骗|退|赔|错|霉|臭|脏|味|异|色差|不(合|符)|呵呵|(没|不)(发|到|收|动|管|回|理|处理|解决|来|送|能用|好用|对)|等了|[几\d一二三四五]天|垃圾|举报|投诉|差评/;
/** Takes back what was said, or says that it was said for fun. */
const TAKES_BACK = /(逗|骗)(你|您)(的|呢|玩)|(跟|和)(你|您)开(个)?玩笑(的|呢|啦|哈|$)|开玩笑的(?!吧)|说着玩|闹着玩/;
/** Meant for somebody else. */
const MISSENT =
  /发错(了)?(人|群|窗口?|地方|对象|聊天)|不(是)?(发|跟|和|对|问)(给)?(你|您)(说|发|的|问)|不是(说|讲|问)(你|您)/;

/** Takes back what was said, or meant it for another chat. */
export function isTakenBack(message: string): boolean {
  return TAKES_BACK.test(message) || MISSENT.test(message);
}

/** Says it for fun, takes it back, or meant it for another chat. */
export function isJoking(message: string): boolean {
  return isTakenBack(message) || (LAUGHS.test(message) && !AMISS.test(message));
}

/** Something is wrong, or is asked, beside the news that the goods are there. */
const TROUBLE_WORDS =
  /不(喜欢|满意|合适|好|对|行|能|太)|质量|没|坏|破|漏|少|(?<!不)错|退|换|问题|脏|味|裂|掉|缺|慢|吗|[?？]|怎么|咋|啥|赔/;
const PLEASED =
  /(挺|很|蛮|太|真)(喜欢|好|不错|满意|好用|好吃|合适|舒服)|满意|不错|喜欢|好使|好用|超(爱|好|赞)|点赞|爱(了|死)|棒|(刚|正)好|合身|完好|(收|拿)到(货|包裹|东西)?(了|啦)|(东西|货|包裹|快递|新的)(已经|刚)?到(了|啦|货)/;
/** What came in place of the first: no wish for another. */
const REPLACED = /(换|补)(过|发|寄)?(来|好)?的(新的)?|换新(的)?(?=到|好)/g;

/** The goods are there and please. */
export function isPleased(message: string): boolean {
  return PLEASED.test(message) && !TROUBLE_WORDS.test(message.replace(REPLACED, '新的'));
}

/** Says that no return was asked for, or is any more. */
export function deniesReturn(message: string): boolean {
  return /(?<!你们?.{0,3})(没|不是)(说过?|想|要|打算){1,3}(申请)?(退(?!回)|取消)|(别|不用|先不|我不|那不)(给我)?(退(款|货)?|取消)(了|啊|的|$|[,，。 ])|(点|按|手)(错|滑|误)了?(.{0,8}(没|不).{0,4}|了?)(退|取消)|(取消|撤(销|回)?)(掉|了)?(那个|这个)?退款|撤(销|回)(退款)?申请|退款.{0,6}撤(了|掉|回|销)/.test(
    message,
  );
}

/** What was bought at another seller's is none of the shop's cases. */
export function isBoughtElsewhere(message: string): boolean {
  return ELSEWHERE.test(message);
}

/** Intents of trouble with the shop, its goods or its parcels. */
const COMPLAINTS: readonly MessageIntent[] = [
  'INT-GEN-07',
  'INT-AS-01',
  'INT-AS-02',
  'INT-AS-03',
  'INT-AS-04',
  'INT-AS-06',
  'INT-AS-07',
  'INT-AS-09',
  'INT-AS-11',
  'INT-AS-26',
  'INT-REV-07',
];
const DOUBTS: readonly MessageIntent[] = ['INT-PRE-11', 'INT-PRE-22', 'INT-PRE-23', 'INT-PRE-24', 'INT-PRE-25'];

const RETURNS: readonly MessageIntent[] = [
  'INT-AS-01',
  'INT-AS-10',
  'INT-AS-12',
  'INT-AS-16',
  'INT-AS-18',
  'INT-AS-20',
  'INT-IN-09',
  'INT-IN-10',
  'INT-IN-11',
  'INT-IN-12',
];
const BARGAINING: readonly MessageIntent[] = ['INT-PRE-13', 'INT-PRE-14', 'INT-PRE-15'];
/** A trader who wants the shop's sources and margins, or finds the price low, here or beside others'. */
const FISHES =
  /同行|进价|货源|供货(商|渠道)|[拿进]货(多少|渠道|在哪|价多少)|(哪|什么)(个|家)?(工)?厂(的|拿|代工)|代工|利润|成本(多少|是多少|几)|月销|比你们?家?(还)?贵|(都|竟然|居然)(卖|要|涨到?)(到)?[\d一二三四五六七八九十百]+(?!.{0,8}(便宜|少|降))|物价|(这么|那么)便宜(?!点|些|[吧呗])/;

/**
 * Intents that the words seem to speak of, and the buyer does not mean: jokes, quotations, other sellers' doings.
 *
 * @param hasOrder an order of this shop is on record
 */
export function unmeantIntents(message: string, hasOrder: boolean): readonly MessageIntent[] {
  const others = HEARSAY.test(message) || OTHER_SELLER.test(message);
  const trusts = others && (DENIES.test(message) || PRAISES.test(message));
  const elsewhere = !hasOrder && isBoughtElsewhere(message);
  const pleased = isPleased(message) && /到(了|啦)|好使|好用|谢/.test(message);
  const unmeant: MessageIntent[] = [];
  if (isJoking(message) || pleased || elsewhere || (!hasOrder && OTHER_SELLER.test(message))) {
    unmeant.push(...COMPLAINTS);
  }
  if (trusts) unmeant.push('INT-GEN-07', 'INT-AS-26', 'INT-REV-07', ...DOUBTS);
  if (deniesReturn(message)) unmeant.push(...RETURNS);
  if (FISHES.test(message)) unmeant.push(...BARGAINING);
  if (others && !hasOrder) unmeant.push('INT-GEN-07');
  if (elsewhere && AMISS.test(message)) unmeant.push('INT-PRE-13');
  return unmeant;
}
