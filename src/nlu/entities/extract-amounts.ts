import type { Entity } from '../../protocol/turn.ts';
import { isGuess, NUMBER, parseNumber } from './chinese-number.ts';
import { findMatches, round } from './find-matches.ts';

/** `35块`, `三十五元`, `¥35.5`, `3块5`, `20块钱`, `1.5w` */
const WITH_UNIT = new RegExp(
  `(?<![\\d.])(?<span>(?:¥|￥|rmb\\s*)(?<marked>\\d+(?:\\.\\d+)?)|(?<number>${NUMBER})\\s*(?:多)?(?:块|元|圆|快钱|rmb|刀乐)(?:(?<jiao>[一二三四五六七八九](?![十百千块元])|\\d(?!\\d))(?:毛|角)?)?(?:钱|大洋)?)(?!腹|头|状)`,
  'gi',
);
const JIAO = new RegExp(`(?<![\\d.块元])(?<span>(?<number>${NUMBER})\\s*毛(?:钱)?)(?![衣线巾绒毯呢])`, 'g');
/** A number that bargaining, paying or paying back makes an amount: `便宜20`, `退我十五`, `卖我35` */
const AFTER_VERB = new RegExp(
  `(?:便宜|优惠|优惠个|减|少|抹掉?|让|降|返|补|退|赔|给|卖|只要|只卖|才卖|收|付|花|加|改成|改到|改为|算|满|打)(?:我|您|你|个|到|成|了|点|差价|运费|邮费)*\\s*(?<span>(?<number>${NUMBER}))(?!\\s*(?:[\\d.]|块|元|件|个|双|条|箱|盒|瓶|包|套|台|只|支|袋|斤|kg|公斤|天|小时|分钟|点|号|码|月|日|折|次|家|款|种|张|份|米|cm|厘米|年|岁|楼|栋|样|下|起|些|直|般|共|半|两|大))`,
  'g',
);
/** A number followed by words that close a bargain: `35行吗`, `三十五卖不卖`, `99包邮` */
const BEFORE_DEAL =
  /(?<![\d.a-z第])(?<span>(?<number>\d{2,5}(?:\.\d{1,2})?|[一二两三四五六七八九]?[十百千][一二三四五六七八九十百]*))(?=(?:一口价)?\s*(?:行不|行吗|行么|可以吗|可以不|卖不|卖吗|能?拿下|能卖|能不能拿|成交|成不|得了|拿下|包邮|我就(?:拍|买|要)|卖给?我|怎么样|能不能卖))/g;
/** A number after words for a price or a sum: `一共368`, `券后69.9`, `多少钱 128` */
const AFTER_PRICE =
  /(?:多少钱|价格|价钱|单价|一共|总共|合计|金额|到手价?|券后价?|折后价?|原价|现价|标价|售价|预算)[是为要有才只大概差不多:：\s]{0,4}(?<span>(?<number>\d{1,6}(?:\.\d{1,2})?))(?![\d.%]|\s*(?:块|元|万|w|件|个|双|条|箱|盒|瓶|包|套|台|只|支|袋|斤|kg|公斤|天|小时|分钟|点|号|码|月|日|折|次|家|款|种|张|份|米|cm|厘米|年|岁|单|样))/gi;
/** `1.2万`, where nothing is counted by it. */
const TEN_THOUSANDS =
  /(?<![\d.])(?<span>(?<thousands>\d{1,3}(?:\.\d{1,2})?)\s*[万w])(?=\s*(?:$|[,，。?？!！]|块|元|能|可以|行|以内|左右))/gi;
/** A message that is a number and nothing else, written as people say a price. */
const ALONE = /^\s*(?<span>[一二两三四五六七八九]?[十百千][一二三四五六七八九十百千]*)\s*[?？!！。~]*\s*$/g;

/** Amounts of money in yuan. */
export function extractAmounts(text: string): Entity[] {
  // 七八块 is no amount but a guess.
  const exact = (number: string): number | undefined => (isGuess(number) ? undefined : parseNumber(number));
  const plain = (groups: Record<string, string | undefined>): number | undefined =>
    exact(groups['number'] ?? groups['span'] ?? '');
  return [
    ...findMatches(text, WITH_UNIT, 'amount', ({ marked, number, jiao }) => {
      const yuan = exact(marked ?? number ?? '');
      if (yuan === undefined) return undefined;
      return round(yuan + (jiao === undefined ? 0 : (parseNumber(jiao) ?? 0) / 10));
    }),
    ...findMatches(text, JIAO, 'amount', ({ number }) => {
      const jiao = parseNumber(number ?? '');
      return jiao === undefined ? undefined : round(jiao / 10);
    }),
    ...findMatches(text, TEN_THOUSANDS, 'amount', ({ thousands }) => round(Number(thousands) * 10_000)),
    ...findMatches(text, AFTER_PRICE, 'amount', plain),
    ...findMatches(text, AFTER_VERB, 'amount', plain),
    ...findMatches(text, BEFORE_DEAL, 'amount', plain),
    ...findMatches(text, ALONE, 'amount', plain),
  ];
}
