/** How a text takes money off a price or gives it; the first group holds the figure. @see TAB-27 */
import { NUMBER } from '../read-amounts.ts';

export const YUAN = '(?:元|块钱|块\\d(?![\\d件个])|块|圆|rmb|¥)';
const TO_YOU = '(?:给|帮|为|跟)?(?:您|你|亲|咱)?(?:们)?';
const NOT_COUNTED = '(?![\\d.]|件|个(?!优惠)|天|小时|%|折|码|cm|mm|kg|斤|克|分|次|点|号|种|款|双|套|月|年|厘米|公斤)';

export const CUTS = new RegExp(
  `(?:便宜|优惠|减免|免掉|免去|免(?!运|邮|单|费|息|打|熨|安)|立减|直减|再减|减|少收|少|降|让利|让|抹掉|抹去|抹|返还?|补贴|贴|省|折让|折扣|砍|扣掉|扣)(?:了|掉|去|个|到手)?${TO_YOU}(?:个|了|掉|您|你)?(?:零头)?[¥]?(?!一(?:[减降让省扣改]|下|点|些))(${NUMBER})(${YUAN})?${NOT_COUNTED}`,
  'g',
);
export const GIFTS = new RegExp(
  `(?:送|补偿|赔偿|赔付|赔|补|退差价?|退还差价|返差价?|补差价?给您)${TO_YOU}(?:一张|个|一个|张|您的?|差价)?[¥]?(${NUMBER})(?:(?=当|作为|算是?|权当)|(?:的)?(?=券|红包|优惠券|无门槛)|${YUAN}(?:的)?)(?:券|红包|优惠券|无门槛|抵扣|现金|差价|优惠|作为|当|算|权当|给您|补偿|吧|,|。|$|的差)`,
  'g',
);
export const GIFTS_TURNED = new RegExp(
  `(?<![\\d.])(${NUMBER})${YUAN}?(?:的)?(?:无门槛)?(?:红包|券|优惠券|现金|抵扣)(?:我)?(?:给|发|送|返|补)(?:给)?(?:您|你)`,
  'g',
);
/** 运费12块我也免了: postage that a figure tells, given away. */
export const POSTAGE_WAIVED = new RegExp(
  `(?:运费|邮费|快递费)(?:的)?(?:那|这)?(${NUMBER})${YUAN}(?:钱)?(?:我|这边|咱|店里)?(?:们)?(?:也|就|都|一并|一起|顺便|干脆|直接|给您|帮您|给你|来){1,5}(?:免|减|抹|包|出)(?:了|掉|去)?`,
  'g',
);
/** 那30我再给您减一次: the figure before the verb. */
export const CUTS_TURNED = new RegExp(
  `(?<![\\d.])(${NUMBER})${YUAN}?(?:钱)?(?:我|咱|这边)?(?:们)?(?:也|再|就|都)?(?:给|帮)(?:您|你)(?:再)?(?:减|便宜|优惠|抹|扣|让)(?!一?下单|价格|吗)`,
  'g',
);

/** 35块优惠我这就给您改进去: the figure names the reduction, the verb carries it out. */
const CARRIED_OUT =
  '(?:,)?(?:我|这边|咱|主管|店长)?(?:们)?(?:这就|现在|马上|已经|都|就|立刻|立马|照样|还|直接|一会儿?|等下){0,2}(?:也|再)?(?:(?:给|帮|替|为)(?:您|你)|把价)(?:这单|直接|现在|马上)?(?:改|减|用|加|弄|算|录|安排|扣|打|上|留|兑|落实|办|抵)';
const SAID_BEFORE =
  '(?:批|答应|申请|说好|讲好|谈好|同意|承诺|允|许|说)(?:过|下来|好|到|准)?(?:了)?(?:的|给您的)?(?:那个?|这个?)?';
export const SAID_SUMS = new RegExp(
  `(?<![\\d.满])(${NUMBER})${YUAN}?(?:钱)?(?:的)?(?:那个|那份)?(?:优惠|折扣|减免|让利)${CARRIED_OUT}|${SAID_BEFORE}(${NUMBER})${YUAN}?${NOT_COUNTED}(?:的)?(?:优惠|折扣|差价)?${CARRIED_OUT}|(?:留|批|给|开)(?:了|过|下)?(${NUMBER})${YUAN}?${NOT_COUNTED}的?(?:口子|额度|空间|余地)${CARRIED_OUT}`,
  'g',
);
/** 昨天说的35还算数: what was said before is said again. */
export const UPHELD_SUMS = new RegExp(
  `(?<![\\d.满])(${NUMBER})${YUAN}?${NOT_COUNTED}(?:钱)?(?:的)?(?:那个|那份)?(?:优惠|折扣|减免|让利)?(?:今天|现在)?(?:还|照样|依然|依旧|当然|一直|都|肯定|也){0,2}(?:是)?(?:给您留着|算数|作数|有效|管用|能用|可以用)`,
  'g',
);
/** 再给您12块, 这次12块: a figure beside one that was granted. */
export const ADDED_SUMS = new RegExp(
  `(?:(?:再|又)(?:给|让|加|添)(?:给)?(?:您|你)?|(?:这次|这回|本次)(?:的|再)?(?:给(?:您|你))?)(${NUMBER})${YUAN}${NOT_COUNTED}`,
  'g',
);
