/** Names of goods that hold a word of the trade: the word is taken out, the goods stay. */
const TRADE_WORDS_IN_NAMES = new RegExp(
  [
    // What papers are kept in
    '(?:发票|票据|收据|账单|单据|优惠券)(?=夹(?![在到着进给了])|收纳|整理|装订|打印机|粘贴|册)',
    '(?:投诉|意见|举报|建议)(?=箱|簿)',
    '红包(?=封|袋|壳|皮|纸)',
    // What is worn at work, and tools of the trade
    '(?:快递员?|外卖(?:员|小哥)?|骑手|客服|售后)(?=同款|工作服|工服|制服|马甲|头盔|玩偶|积木)',
    '(?:快递|外卖)(?=打包(?:袋|机|盒)|封口机|秤)',
    // Brands
    '(?:好评如潮|好评|差评|便宜|划算|优惠|退货|包邮|放心|谢谢|再见|催单)牌(?![子价])的?',
    '便宜坊的?|差评(?=君)|赔钱(?=虎|猫|熊|兔|货摆件)',
    '退休(?=纪念|礼物|礼品|证)',
  ].join('|'),
  'g',
);

/** What a clause says when it takes up what the buyer does want. */
const TAKES_UP = '(?:我|咱|你)?(?:就|只|主要|其实|是|只是|就是)?(?:是|就)?(?:想|要|问|告诉|请问|看看|了解|换|退|补)';
/** A wish that is denied only to say what is meant: "I do not want a return, I ask how to wash it". */
const DENIED_FIRST = new RegExp(
  `^(?:我|咱)?(?:(?:不是(?:要|想|来|问|为了)|没(?:有)?(?:说要|打算|想要)|没有?要(?=[^\\s,，]*的意思)|(?:不需要|不用)(?!寄))[^\\s,，。;；!！?？了吗呢]{1,12}[\\s,，。;；!！]+(?=${TAKES_UP})|不是[^\\s,，。;；!！?？了吗呢]{1,6}[\\s,，。;；!！]+(?=(?:就)?是(?:要|想|问|换|退|补|买)))`,
);
/** Characters that must be left. */
const LEFT_AT_LEAST = 3;

/**
 * The message without what it only mentions: a wish denied before the real one, and words of the trade that are part of
 * the name of goods (an invoice folder, a complaints box).
 */
export function skipMentions(text: string): string {
  const asked = text.replace(DENIED_FIRST, '');
  const named = (asked.length >= LEFT_AT_LEAST ? asked : text).replace(TRADE_WORDS_IN_NAMES, '');
  return named.length >= LEFT_AT_LEAST ? named : text;
}
