/** Whether a message asks about other goods than those on record. */
import type { Facts } from '../protocol/facts.ts';
import { sharesPair } from './asked-items.ts';

/** “你家的 … 多长”: goods of the shop, named by a word of their own. */
const NAMED =
  /(?:你们?家?的?|店里的?|(?:另外|还有)?那(?:个|款|种)?|另(?:外)?一(?:个|款|种))(?!个|款|种|儿|里|边|么|样)(\p{Script=Han}{2,5}?)(?=多(?:长|重|高|宽|大|厚|少)|有(?:没|货|现|啥|什么|几|多)|是(?:什么|啥)|几(?:个|斤|升|寸|时)|怎么(?:洗|用|装)|能(?:不能|洗|用)|还有|好用)/u;
const OF_SHOP = /你们?家?的|店里|另(?:外)?一|另外那|还有那/;
/** Words for any goods, or for what belongs to them. */
const GENERAL =
  /东西|产品|商品|宝贝|衣服|鞋子?|这|那|货|店|快递|客服|活动|优惠|质量|价|评|颜色|尺|码|款|色|面料|材|料|重量|长|宽|高|大|厚|容量|包装|盒|说明|发票|保修|售后|赠品|运费|会员|上面|下面|里面|外面|后面|前面/;

/** Names goods of the shop that are not the product on record: what is known of that one answers nothing. */
export function asksOfOtherGoods(facts: Facts, message: string): boolean {
  const { product } = facts;
  const noun = NAMED.exec(message)?.[1];
  if (product === undefined || noun === undefined || !OF_SHOP.test(message) || GENERAL.test(noun)) return false;
  const own = [
    product.title,
    product.category,
    ...Object.entries(product.attrs ?? {}).flat(),
    ...Object.keys(product.stock ?? {}),
    ...(product.care ?? []),
    ...(product.benefits ?? []),
    ...Object.values(product.suitability ?? {}),
    ...(facts.candidates ?? []).map(({ title }) => title),
    ...(facts.matching ?? []).map(({ title }) => title),
  ];
  return !own.some((text) => typeof text === 'string' && sharesPair(text, noun));
}
