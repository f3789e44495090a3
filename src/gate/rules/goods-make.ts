/** What a text says the goods are, hold and can do, by the nouns it says it of. @see TAB-25 */
import { normalizeText } from '../normalize-text.ts';
import { findAll, type Match, type Passage } from '../passage.ts';
import { GOODS_NOUN, NO_ABILITY, NO_KIND, NO_PART, PARTS } from '../words/product.ts';

const MAKE = new RegExp(`(?:${PARTS})(?:都|也|就|全)?(?:是|用的是?|采用的?|为)([一-龥a-z0-9%]{2,8})`, 'g');
/** 这款, 这根: the goods pointed at. */
const SUBJECT =
  '(?:这(?:款|个|件|双|种|套|把|台|条|根|只|瓶|罐|盒|包|袋|支|张|床|顶|副|枚|颗|对|组|幅|块|本|部|辆|口|味)|它|宝贝|产品|商品|我们家的|咱家的)';
/** 这个茶叶是今年春茶: says of the goods what they are. */
/** 猫粮里没有谷物, 里面是羊毛: what the goods hold. */
const HOLDS =
  /(?<!页面|店铺?|仓库?|车|单|系统|评价|评论|链接|手|家|群|图|视频|后台|包裹|心|这|那|哪|平台|支付宝|账户|账号|卡|聊天|记录|详情页?|物流|信息|清单|旺旺|中心|城|国|省|市|村|小区|公司|厂|区|季|天|月|年|日子|期|话|条款|规则|表|券包|钱包|群)(?:里面?|里头|里边|内部)(?:的(?:棉花?|绒|毛|芯|馅|填充|海绵|弹簧|果肉|肉|茶|油|粉|酒|酱|钢|铁|布|料|皮)料?)?(?:都|全|就|也)?(?:是|用的是?|填的是?|填充的?是?|装的是?|含有?|加了|放了|没有|没加|不含)(?!您|你|我|这|那|什么|啥|货|问题|优惠|活动|关系|看到|收到|找到|显示|写|提到|说)([一-龥a-z0-9%]{2,8})/g;
const KIND = new RegExp(
  `${SUBJECT}(?:${GOODS_NOUN})?(?:都|也|全部|本身|确实|就)?(?:是|属于)(?!${NO_KIND}|[一-龥]{0,8}(?:最|第[一1]|n[o0]|top|唯一|规定|链接|发票|抬头|支付|付款|申请|专员|审核|自动|填|开的|登记|备注|售前|渠道|权限|标准流程))([一-龥a-z0-9%]{2,8}?)(?:的)?(?=[,。!~哦呢哈呀吧]|$)`,
  'g',
);
const ABLE = `(?:都|也|是|完全|就|还|绝对|肯定)?(?<![不没])(?:可以|能|能够|支持|自带|带有?|配(?!件|送|置|合|套|色)有?|装有|有)(?!${NO_ABILITY})([一-龥a-z0-9%]{2,8})`;
/** 这款可以上飞机. */
const ABILITY = new RegExp(`${SUBJECT}(?:${GOODS_NOUN})?${ABLE}`, 'g');

/** 是正宗阳澄湖的. */
const GENUINE = /(?:正宗|地道|纯正|道地)的?([一-龥]{2,5})/g;

/** Stretches that say something of the goods; the first group holds what. */
export function makesSaid(passage: Passage): Match[] {
  const { plain } = passage.views;
  return [MAKE, KIND, HOLDS, ABILITY, GENUINE]
    .flatMap((pattern) => findAll(plain, pattern))
    .concat(saidOfTitle(passage));
}

const AFTER_TITLE = new RegExp(
  `^(?:的)?(?:${NO_PART}[一-龥]{1,4}?)?(?:(?:都|也|就|全|本身|确实)?(?:是|用的是?|采用的?|用)(?!${NO_KIND}|[一-龥]{0,6}(?:链接|发票|支付|付款|申请|最))([一-龥a-z0-9%]{2,8})|${ABLE})`,
);
const SHORT_NAME = 2;

/** 吉他面板是云杉, 婴儿车可以上飞机: said of the product by its name, or by the end of it. */
function saidOfTitle(passage: Passage): Match[] {
  const view = passage.views.plain;
  const title = passage.context.product?.title;
  if (title === undefined) return [];
  const name = normalizeText(title).plain.text;
  const short = name.slice(-SHORT_NAME);
  if (!/^[一-龥]{2}$/.test(short)) return [];
  const found: Match[] = [];
  for (let at = view.text.indexOf(short); at !== -1; at = view.text.indexOf(short, at + SHORT_NAME)) {
    const from = at + SHORT_NAME;
    const said = AFTER_TITLE.exec(view.text.slice(from, from + 24));
    if (said === null) continue;
    found.push({ view, from: at, to: from + said[0].length, text: short + said[0], groups: [said[1] ?? said[2]] });
  }
  return found;
}

/** What follows a verb of making without saying more: 印上去的, 织成的. */
const MADE = /(?:[上下进出][去来]|而成|制成|做成|成|制|做|出来)?的?$/;

/** Two neighbouring characters of what is said stand in the facts, or the one verb of making does. */
export function isMakeKnown(said: string, known: string): boolean {
  const verb = said.replace(MADE, '');
  if (verb.length === 1 && verb !== said) return known.includes(verb);
  for (let i = 0; i + 2 <= said.length; i++) if (known.includes(said.slice(i, i + 2))) return true;
  return false;
}
