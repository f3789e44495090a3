import { normalizeText } from '../normalize-text.ts';
import { clauseOf, findAll, type Match, type Passage, sentenceOf, spanOf } from '../passage.ts';
import type { Hit, Rule } from '../rule.ts';
import { isDenied, isReported, isWarnedOf } from '../sense.ts';

/** Praise in numbers or words, without 五分钟, 五分裤 and 五星级. */
const PRAISE =
  '(?:好评|好坪|好平|郝评|h评|hao评|haoping|[五5]颗?小?星星?(?!级)|(?<![a-z])hp(?=走|返|一个|一下|支持|截图|晒|后|有红|有礼)|[五5]个星|[五5]分(?!钟|之|裤|袖|类|熟|甜|糖|辣|\\d)|星{4,6}|(?<![a-z])wu ?xing|全5|全五|满分|高分好?评?|满星|五心)';
const REVIEW = '(?:评价|评论|晒图|晒单|晒个图|买家秀|追评|带图评|实拍评|评语|测评)';
/** Kind words asked for without the name of a review. */
const FLATTERY =
  '(?:夸(?:夸)?(?:我们?|咱们?|店|一?下|几句|两句|一夸|得|的)|(?:说|写|讲|留|来)(?:上)?(?:我们?|咱们?|店里?|点|些|几句|两句|一句|个){0,3}(?:好听|好话|漂亮话|美言|优点|赞美)|美言|往好(?:了|里|处|的?方面)?(?:写|说|夸|评)|(?:写|评|说)(?:得|的)?好(?:看|听)?(?:一?点|些)(?:儿)?)';
const BAD = '(?:(?:给|打|那个?|这个?|那条|条|的)(?:的|了)?[一二两三123]颗?星(?!级)|差评|中评|中差评|低分|一星|1星)';
const GAP = '[^。!?;\\n]';
const REWARD =
  '(?:立减|直减|返减|返[一-龥]?[现金]|返现|返xj|返利|返[您你]|返还?\\d|返[一二三四五六七八九十两]|红包|现金|补偿|补[您你]|奖励|送[您你]|送(?!货|达|到|礼|人|朋友|长辈|父母|妈|爸|给|女|男|老|孩|小朋友|来|件|检|快递|闺蜜|同事|对象|同学|客户)[一-龥]{1,4}[一两几\\d][个条份支瓶张双包]|送(?:个|份|一|\\d|优惠|运费|小|礼|券|红)|赠送?|礼品|礼物|领(?:取|红|券|奖|\\d|个|现)|优惠券|运费券|无门槛|抵扣|退[您你]?\\d|给[您你](?:返|退|发|补|减|转)|免运费|免邮|免单|下(?:次|单|回)[^,。]{0,6}(?:减|便宜|打折|优惠|免)|好处|抽奖|兑换|有礼|来领|领(?=$|[,。!])|\\d元|块钱|(?:辛苦|感谢|茶水|跑腿|稿|润笔|好处|打车|早餐|奶茶|咖啡|水果|零食|饭|话|零花|车)[费钱](?!用|力|心)|请(?:您|你)?(?:喝|吃)|抽中|中奖|多(?:装|送|放|塞|搭|配|寄|发)(?:给)?(?:您|你)?[一两三几\\d]|毛爷爷)';
/** A sum alone, which only beside praise is a reward: 五星三块. */
const SUM =
  '(?:[=换得拿领有到给]|到账)?(?:\\d{1,3}|[一二两三四五六七八九十]{1,3})(?:块|元)(?=到账|现|马上|立马|立刻|秒|拿|给|发|转|[,。!~哦哈啦]|$)|钱(?:马上|立马|立刻|秒|拿走|到账|给您|给你|发您)';

const PATTERNS = [
  // Praise or review, then the reward.
  `${PRAISE}${GAP}{0,18}${REWARD}`,
  `(?<![客家的人户])${REVIEW}${GAP}{0,14}${REWARD}`,
  `${PRAISE}${GAP}{0,14}${SUM}`,
  `${FLATTERY}${GAP}{0,18}${REWARD}`,
  `(?:您|你)(?:就|也|给|帮|再|多|顺手)?${FLATTERY}(?:的|话)?(?:呗|嘛|吧|哈|哦)`,
  `${PRAISE}(?:都|就|也)?(?:帮|给)(?:我|咱|忙|小店|店里)?(?:们)?(?:点|打|拉|评|亮|拍|凑)`,
  `${PRAISE}${GAP}{0,8}(?:点亮|点满|拉满|打满|打上|给上|安排上|顺手点|帮忙点)`,
  `(?:麻烦|帮忙|记得|别忘了?|拜托|求|帮(?!您|你))${GAP}{0,10}${FLATTERY}`,
  // The reward, then praise.
  `${REWARD}${GAP}{0,18}${FLATTERY}`,
  `${REWARD}${GAP}{0,18}(?:换|求|麻烦|帮忙|帮|记得|给个|给我们|写个|写一?下|改|删|打|来个|评个)${GAP}{0,6}(?:${PRAISE}|${REVIEW}|${BAD})`,
  `(?:返现|返利|返红包|奖励|有礼|送礼|福利)(?:活动|规则|方式|条件|要求)?${GAP}{0,8}(?:${PRAISE}|${REVIEW}|带图)`,
  // A change of what was written.
  `(?:修改|更改|改|删除|删|撤销|撤回|撤|取消|去掉|隐藏|消)(?:一下|下|掉|成|为|了|您的|你的|那个|那条|这个|这条|个|一|刚才的|之前的){0,3}(?:${BAD}|${REVIEW}|评分|打分)`,
  `(?:${BAD}|${REVIEW}|评分)${GAP}{0,8}(?:改成|改为|改一?下|改改|改掉|改了|(?<!我们?|会|能)改(?=[,。!吧]|$)|修改|删了|删掉|删除|删一?下|撤|去掉|消掉|换成)`,
  `${BAD}${GAP}{0,18}(?:改一?下|改一改|改改|改掉|改成|删一?下|删掉|撤)`,
  `改(?:个|成|为|到|一个)?${PRAISE}`,
  `(?:${BAD}|${REVIEW}|评分)${GAP}{0,20}(?:(?:能不能|可不可以|能否|方便|麻烦您?|帮忙|拜托|求您)${GAP}{0,8}(?:改|删|撤|去掉)(?!进|善|正|天|不了)|高抬贵手|手下留情|网开一面)`,
  // Asking for praise.
  `(?:给|求|赏|来|留|打|点|赐|送|写|要|评)(?:个|我们?|下|一下|一个|店铺|小店|咱们?|我家|全|出|上|您的|您|宝贵的|条|颗|满|亲){0,4}(?:的)?${PRAISE}`,
  `(?:麻烦|帮忙|记得|别忘了?|不要忘了?|希望|期待|拜托|请)${GAP}{0,10}${PRAISE}`,
  `${PRAISE}(?:支持|鼓励|走一[波个]|走起来|安排|来一[个波]|伺候|砸过来|刷起来|点亮|拿来|走起|搞起|顶一下)`,
  // Pressing.
  `(?:别|不要|先别|请勿|不能|千万别)(?:着急|急着|急)?(?:给|打|写|留)(?:个|我们?|一个|出)?${BAD}`,
  `(?:给了?|改了?|删了?|写了?)(?:${PRAISE}|${BAD}|${REVIEW})${GAP}{0,8}(?:再|才|就)${GAP}{0,6}(?:退|处理|补|给|赔|发|返)`,
  `(?:不给|没给|不改|不删|给了?)(?:${PRAISE}|${BAD})${GAP}{0,6}(?:就(?:不|没|别)|不(?:给|予|再))`,
];
/** One by one: a shorter taboo must not hide a longer one that begins within it. */
const PRESSURES = PATTERNS.map((pattern) => new RegExp(pattern, 'g'));
/** What every pattern speaks of: most texts hold nothing of it and are done. */
const SUBJECT = new RegExp(`${PRAISE}|${REVIEW}|${BAD}|${FLATTERY}|评分|打分|带图`);
const REWARDED = new RegExp(REWARD);
const REFUSED_AFTER =
  /^[^。!?\n]{0,14}(?:不允许|违规|做不了|不可以|不能|不支持|动不了|改不了|改动不了|没权限|禁止|不参加|不参与|没有|不行|不做|不提供)/;
const PRAISED = new RegExp(PRAISE);
const NEUTRAL =
  /(?:由您|您自己|自愿|您的自由|不会要求|不要求|不影响|无关|不管|不论|无论)|(?:感谢|谢谢|多谢)[^,。]{0,8}(?:好评|五星|评价|满分)|(?:顾客|买家|大家|客户|朋友|别人|人)[^,。]{0,4}(?:给了?|给出|给过|打了?|写了?|留下?了?)/;
const DENIES = /(?:好评|差评|评价|评论)/;

const HAS_PRAISE = new RegExp(`${PRAISE}|${FLATTERY}`, 'g');
const REWARDS = new RegExp(`${REWARD}|(?:给|转|发|有|红包)(?:您|你)?\\d{1,3}(?=块|元|[,。!]|$)`, 'g');
/** What a buyer hands in to be paid: the picture of the review. */
const PROOF =
  /截图|截个|截一|截屏|晒|(?:写|评|弄|打|点|发布?|传)(?:好|完)了?(?!评)|图(?:片)?(?:发|给|传)|发(?:我|来|图)|给我看/;
const ASKS_REWARD =
  /(?:好处|福利|奖励|有啥|有什么|给啥|给什么|送啥|送什么|红包|返|优惠|礼|钱|奖|券)[^。!]{0,6}(?:吗|么|不|没|呢|啊|呀|\?|$)/;
const ABOUT_REVIEW = new RegExp(`${PRAISE}|${REVIEW}|${FLATTERY}`);
const YES = /^(?:亲|嗯+|对|是|好|哈|呀|,|~|!|的){0,6}(?:有|返|送|给|可以)(?!点|些|没|无|问题|时|人|说)/;
/** Own turns that still bear on this one. */
const TURNS_BACK = 5;

/** The reward alone, where praise was asked for or offered in the turns before. */
function rewardsOfTurnsBefore(passage: Passage): Match[] {
  const turns = passage.context.history?.slice(-TURNS_BACK) ?? [];
  const view = passage.views.tight;
  const pending = passage.pendingBuyerText;
  const isOffered = pending !== undefined && ABOUT_REVIEW.test(pending) && ASKS_REWARD.test(pending);
  const isPaidFor = PROOF.test(view.text) || (pending !== undefined && ASKS_REWARD.test(pending));
  if (!isOffered && (!isPaidFor || !turns.some(asksForPraise))) return [];
  const rewards = findAll(view, REWARDS).filter((match) => !isDenied(match, 12) && !isRefused(match));
  if (rewards.length > 0 || !isOffered) return rewards;
  return YES.test(view.text) ? findAll(view, /^.{1,40}/g) : [];
}

function asksForPraise(turn: { from: string; text: string }): boolean {
  if (turn.from === 'buyer') return false;
  const view = normalizeText(turn.text).tight;
  return findAll(view, HAS_PRAISE).some(
    (match) => !isDenied(match) && !isReported(match) && !isRefused(match) && !NEUTRAL.test(clauseOf(match).text),
  );
}

function isRefused(match: Match): boolean {
  return REFUSED_AFTER.test(match.view.text.slice(match.to)) || isWarnedOf(match);
}

/** Buying or pressing reviews. @see TAB-41, TRAP-01, TRAP-04 */
export const reviewPressure: Rule = {
  id: 'TAB-41',
  severity: 'B',
  message: '不能用好处换评价，也不能要求好评或修改评价，可以请买家写真实感受。',
  instead: ['SCR-150', 'SCR-153', 'SCR-143'],
  detect(passage) {
    const { tight } = passage.views;
    return (SUBJECT.test(tight.text) ? PRESSURES : [])
      .flatMap((pattern) => findAll(tight, pattern))
      .filter((match) => !isNeutral(match, passage))
      .concat(rewardsOfTurnsBefore(passage))
      .map((match): Hit => ({ span: spanOf(match) }));
  },
};

/** 评价由您决定，我们不会用礼品换: the reward is denied within the match. */
const REWARD_DENIED = /(?:不会|绝不|从不|不得|不能|不可以|禁止)(?:用|拿|以|靠|通过|提供|送|给|因)[^,。!?;]{0,8}$/;

function isNeutral(match: Match, passage: Passage): boolean {
  // 跟主管说说好话: the desk speaks for the buyer.
  if (/(?:[跟和向找]|替[您你])[^,。]{0,3}(?:主管|店长|领导|经理|老板|仓库|财务)/.test(clauseOf(match).text))
    return !PRAISED.test(match.text);
  if (!DENIES.test(match.text) && /分钟|分裤/.test(match.text)) return true;
  if (/^(?:别|不要|先别|请勿|不能|千万别|不给|没给)/.test(match.text)) return isReported(match);
  if (isDenied(match) || isReported(match) || isWarnedOf(match) || REWARD_DENIED.test(match.text)) return true;
  const after = match.view.text.slice(match.to);
  if (REFUSED_AFTER.test(after) || /不会因为|不因/.test(sentenceOf(match).text)) return true;
  const rewarded = REWARDED.test(match.text);
  return (!rewarded || passage.context.review !== undefined) && NEUTRAL.test(clauseOf(match).text);
}

/** Rules about reviews. */
export const REVIEW_RULES: readonly Rule[] = [reviewPressure];
