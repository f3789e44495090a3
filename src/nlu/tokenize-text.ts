import { Jieba } from '@node-rs/jieba';
import { dict } from '@node-rs/jieba/dict.js';

/** Cuts a text into words; the words joined give the text back. */
export interface Tokenizer {
  cut(text: string): string[];
}

/** Words of shop chat that the dictionary lacks or cuts apart. */
const SHOP_WORDS = [
  '价保',
  '保价',
  '包邮',
  '到付',
  '代付',
  '差价',
  '退差价',
  '补差价',
  '运费险',
  '退换货',
  '改价',
  '满减',
  '叠加',
  '发票',
  '抬头',
  '专票',
  '普票',
  '电子发票',
  '中通',
  '圆通',
  '申通',
  '韵达',
  '顺丰',
  '极兔',
  '菜鸟',
  '驿站',
  '丰巢',
  '自提点',
  '拒收',
  '签收',
  '揽收',
  '催单',
  '催发货',
  '催件',
  '现货',
  '预售',
  '补货',
  '断码',
  '断货',
  '均码',
  '偏码',
  '色差',
  '起球',
  '掉色',
  '开线',
  '脱线',
  '少发',
  '漏发',
  '错发',
  '发错',
  '多发',
  '缺件',
  '破损',
  '好评返现',
  '差评',
  '小二',
  '介入',
  '旺旺',
  '支付宝',
  '花呗',
  '白条',
  '免息',
  '尾款',
  '定金',
  '到手价',
  '券后价',
  '优惠券',
  '红包',
  '津贴',
  '限购',
  '凑单',
  '合单',
  '拆单',
  '一起发',
  '分开发',
];

let tokenizer: Tokenizer | undefined;

/** Loads the dictionary (about 0.2 s) on the first call and gives the same tokenizer afterwards. */
export function loadTokenizer(): Tokenizer {
  if (tokenizer) return tokenizer;
  const jieba = Jieba.withDict(dict);
  jieba.loadDict(new TextEncoder().encode(SHOP_WORDS.map((word) => `${word} 2000 n`).join('\n')));
  tokenizer = { cut: (text) => jieba.cut(text, false) };
  return tokenizer;
}
