import { clauseOf, findDisguised, sentenceOf, spanOf } from '../passage.ts';
import type { Rule } from '../rule.ts';
import { isAsked, isCondition, isReported } from '../sense.ts';

const FIXED =
  /(?:价格|价钱|价位|价|钱|系统|后台|平台|这边|我们|我)?[^,。!?;]{0,8}?(?:改不了|改不动|修改不了|(?:没法|不能|无法|没办法|不可以|没有?权限|没有办法|不让|不支持|不可)(?:修?改|更改|调整?|变|动)|动不了|调不了|变不了|(?:是|都是)?(?:固定|定死|写死|锁定|锁死|系统定|统一定)(?:的|好的|了|价)?|一口价|没有改价)/g;
const NOT_PRICE = /地址|尺码|颜色|款式|快递|信息|备注|收货|电话|型号|物流|评价|数量|订单(?!价)|时间|名字|发票|抬头/;

/** Says that the price cannot be changed while it can. @see TAB-28, AMB-02, TRAP-18 */
export const falseFixedPrice: Rule = {
  id: 'TAB-28',
  severity: 'B',
  message: '本店价格可以修改，不能说改不了，请讲商品的价值。',
  instead: ['SCR-31', 'SCR-30'],
  detect(passage) {
    if (passage.context.shop?.priceEditable !== true) return [];
    const bargained =
      passage.context.intents?.some(
        (intent) => intent === 'INT-PRE-14' || intent === 'INT-PRE-15' || intent === 'INT-IN-07',
      ) === true;
    return findDisguised(passage.views, FIXED)
      .filter((match) => {
        const sentence = sentenceOf(match).text;
        if (isReported(match) || isAsked(match) || isCondition(match)) return false;
        if (/不是(?:固定|一口价|定死)/.test(sentence)) return false;
        const isPrice = /价|多少钱|金额/.test(sentence);
        return isPrice
          ? !(NOT_PRICE.test(clauseOf(match).text) && !/价|金额/.test(clauseOf(match).text))
          : bargained && !NOT_PRICE.test(sentence);
      })
      .map((match) => ({ span: spanOf(match) }));
  },
};
