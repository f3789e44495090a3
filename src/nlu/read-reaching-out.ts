/** What comes to the buyer unasked: a reminder about an order, advertising, a visit. */
import { toSimplified } from './convert-script.ts';

const REMINDS =
  /(?:还没有?|尚未|还未|没有?|未)(?:完成)?(?:付|支付|结|下单|拍)|待付款|待支付|等待(?:付款|支付)|(?:记得|及时|尽快|抓紧|趁早|方便时?|麻烦|提醒).{0,12}(?:付|支付|结账|拍下|下单)|(?:即将|马上|快要?|会|将|自动|就要).{0,10}(?:关闭|取消|失效|过期)|为您保留|给您留着|考虑得?(?:怎么样|怎样|如何|好了)|购物车里|还(?:需要|想要|考虑)吗/;
const OFFERS =
  /(?:大促|狂欢|钜惠|特惠|上新|新品|新款|预售|秒杀|福利|会员日|周年|店庆|清仓|直播|专享|限时|满\d+[减送]|[一二三四五六七八九\d](?:\.\d)?折|优惠券|红包|抽奖|活动|爆款|半价|特价|[\d一二三四五六七八九十百]{1,4}元?券|双1?1|双十[一二]|618|年货)/;
const CALLS =
  /快来|来(?:看|逛|抢|选|瞧|领)|戳|点击|领(?:取|券|走)|抢|参加|进店|等[你您]|查看|了解一?下|开始[啦了喽咯]|开启|开抢|开播|链接|http|速[来抢]|逛|错过|回复?T|全场|低至|起售|倒计时|仅限|最后.{0,2}天|记得来|来啦|[新架]啦|今天有|给您留|这张|送您/i;
const VISITS =
  /回.{0,3}退订|退订.{0,2}回|好久(?:没|不)|(?:近来|最近|上次|上回|之前).{0,14}(?:用着|用得|还好用|怎么样|顺心|看的|聊的)|来?问候|回访|满意度|问卷|(?:方便|有空|麻烦).{0,10}评|写.{0,4}评价|(?:生日|节日|新年|中秋|国庆|周末)快乐|诚邀|邀请您|老(?:顾客|客户|朋友).{0,12}(?:专|回馈|福利)|不想(?:被打扰|收到)/;

/** Whether a line reminds, advertises or visits. */
export function isReachingOut(text: string): boolean {
  const line = toSimplified(text);
  return REMINDS.test(line) || VISITS.test(line) || (OFFERS.test(line) && CALLS.test(line));
}

/** "回T退订", "拒收请回复R": the word that a line asks for to end its like. */
const CODE =
  /(?:回复?|发送?|输入)\s*["“「]?([a-z\d]{1,4})["”」]?(?:可|即可|就)?\s*(?:退订|拒收|取消|停)|(?:退订|拒收|不想收到?|取消)[^,，。;；]{0,4}(?:请|可)?(?:回复?|发送?|输入)\s*["“「]?([a-z\d]{1,4})/i;

/** Whether a message is nothing but the word by which the line before lets a buyer leave. */
export function isReplyCode(text: string, line: string): boolean {
  const found = CODE.exec(line);
  const code = found?.[1] ?? found?.[2];
  return (
    code !== undefined && text.replace(/^(?:回复?|发)|[\s,.!，。！'"“”]/gu, '').toLowerCase() === code.toLowerCase()
  );
}
