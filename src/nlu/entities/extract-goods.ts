import type { Entity } from '../../protocol/turn.ts';
import { isGuess, NUMBER, parseNumber } from './chinese-number.ts';
import { findMatches } from './find-matches.ts';

const LETTER_SIZE =
  /(?<![a-zA-Z\d])(?<span>(?<number>[2-9])?(?<x>x{0,6})(?<letter>[sml])(?:\s*(?:码|号))?)(?![a-zA-Z\d])/gi;
/** Words around a letter in lower case that make it a size. */
const BEFORE_LETTER = /(?:穿|要|拿|换|选|拍|买|发|还是|和|跟|或)[的个成]?\s*$/;
const AFTER_LETTER = /^\s*(?:会|能|可以|合适|大|小|偏|还是|的|行|够|有)/;
/** Height and chest as labels print them: `170/92A` */
const LABEL_SIZE = /(?<!\d)(?<span>1\d{2}\/\d{2,3}[A-CYa-cy])(?![a-zA-Z\d])/g;
const NUMBER_SIZE =
  /(?<![\d.])(?<span>(?<number>\d{2,3}(?:\.5)?(?:\/\d{2,3}[A-Z]?)?)\s*(?:码|号(?=的|鞋|裤|衣|有|还|吧|吗|偏|太|合|大|小|$)))/gi;
const WORD_SIZE = /(?<span>均码|特大号|加大号|加大码|大号|中号|(?<!大)小号|大码|(?<!大)小码|中码|加大|加小)/g;
const SHOE_SIZE =
  /(?:穿|平时|脚|鞋子?)\D{0,4}(?<span>(?<number>3[3-9]|4[0-8])(?:\.5)?)(?![\d.]|\s*(?:块|元|码|号|斤|cm|天|个|件))/g;

const WORD_SIZES = new Map([['均码', 'F']]);

const COLOUR_NAME =
  '藏青|藏蓝|天蓝|湖蓝|宝蓝|深蓝|浅蓝|雾霾蓝|墨绿|军绿|草绿|深绿|浅绿|薄荷绿|牛油果绿|酒红|玫红|大红|枣红|砖红|粉红|桃红|西瓜红|米白|米黄|奶白|奶油白|乳白|纯白|纯黑|深灰|浅灰|银灰|雾灰|香槟|卡其|驼|咖啡|焦糖|巧克力|杏|米|咖|棕|褐|橙|橘|紫|粉|黄|绿|蓝|红|灰|白|黑|金|银|青|裸|肤';
const FULL_COLOUR = new RegExp(
  `(?<span>(?<name>(?:浅|深|淡|亮|暗|豆沙|雾霾|姜|鹅|香芋|藕|烟|樱花|莫兰迪|玫瑰)?(?:${COLOUR_NAME}))[色])(?!差(?!别|异|不多|多少)|号|彩|卡|系)`,
  'g',
);
/** A bare colour counts where an article of goods is meant. */
const BARE_COLOUR = new RegExp(
  `(?:(?<=要|换|换成|改成|选|拿|拍|发|买|有|那|这|那个|这个|的|和|跟|还是|是|或|、|,|，|\\s|^))(?<span>(?<name>${COLOUR_NAME}))(?=的|款|那|这|还有|有货|有没|和|跟|还是|或|[sml]码|[sml](?![a-z])|x|\\d|$|[?？吧吗,，])`,
  'gi',
);
/** Names of two characters and more that mean nothing else. */
const PLAIN_COLOUR = new RegExp(
  `(?<span>(?<name>${COLOUR_NAME.split('|')
    .filter((name) => name.length > 1 && !/香槟|咖啡|焦糖|巧克力|卡其|大红/.test(name))
    .join('|')}))(?!色)`,
  'g',
);
const LONE_WORDS = new Set(['米', '金', '银', '青', '驼', '杏', '裸', '肤', '香槟', '咖啡', '焦糖', '巧克力']);

const MATERIAL =
  /(?<span>纯棉|全棉|精梳棉|棉麻|莫代尔|天丝|冰丝|真丝|桑蚕丝|蚕丝|羊毛|羊绒|羊羔毛|兔毛|貂毛|聚酯纤维|涤纶|锦纶|腈纶|氨纶|雪纺|亚麻|灯芯绒|牛仔布|帆布|牛津布|尼龙|羽绒|鸭绒|鹅绒|珊瑚绒|法兰绒|真皮|头层牛皮|牛皮|羊皮|猪皮|人造革|皮革|pu皮?|不锈钢|304钢?|316钢?|铝合金|合金|纯银|925银|足金|黄铜|铸铁|实木|橡木|胡桃木|松木|榉木|竹子|颗粒板|密度板|玻璃|陶瓷|骨瓷|硅胶|橡胶|乳胶|塑料|亚克力|树脂|大理石|ppsu|abs|(?<![a-z])pc材质|eva|tpu)(?![a-z])/gi;

const COUNTER =
  '件|个|双|条|箱|盒|瓶|包|套|台|只|支|袋|罐|桶|本|份|张|把|块(?=肥皂|香皂|毯|布|砖)|顶|对(?!吗|吧|么|不对|了|的)|副|卷|听|提|打(?!折|包|开|电|算|扰)|床(?=被|单|四)|辆|斤(?=苹果|橙|枣|米|面|肉|茶|糖)';
const QUANTITY = new RegExp(
  `(?<![\\d.第这那哪每几另同各某有一])(?<span>(?<number>${NUMBER}|[俩仨])\\s*(?<counter>${COUNTER}))(?!\\d|套|订单|单号|单(?![买独])|工作日|自然日|月|小时|星期|礼拜|字|问题|钟头|人|多|以上|半|样)`,
  'g',
);

/** Sizes: letters as `2XL`, numbers as `38`, `F` for one size. */
export function extractSizes(text: string): Entity[] {
  const letters = findMatches(text, LETTER_SIZE, 'size', ({ number, x, letter, span }, _, from, to) => {
    const isBareLetter = number === undefined && x === '' && !/[码号碼號]/.test(span ?? '');
    if (isBareLetter && letter !== letter?.toUpperCase() && !aroundSays(text, from, to)) return undefined;
    const count = number === undefined ? (x?.length ?? 0) : Number(number);
    if (number !== undefined && x === '') return undefined;
    return `${count > 1 ? count : ''}${count > 0 ? 'X' : ''}${letter?.toUpperCase()}`;
  });
  return [
    ...letters,
    ...findMatches(text, LABEL_SIZE, 'size', (_, match) => match.toUpperCase()),
    ...findMatches(text, NUMBER_SIZE, 'size', ({ number }) => number),
    ...findMatches(text, WORD_SIZE, 'size', (_, match) => WORD_SIZES.get(match) ?? match),
    ...findMatches(text, SHOE_SIZE, 'size', ({ span }) => span),
  ];
}

function aroundSays(text: string, from: number, to: number): boolean {
  return BEFORE_LETTER.test(text.slice(0, from)) || AFTER_LETTER.test(text.slice(to));
}

/** Colours; the normal form ends in 色. */
export function extractColours(text: string): Entity[] {
  return [
    ...findMatches(text, FULL_COLOUR, 'colour', ({ name }) => `${name}色`),
    ...findMatches(text, PLAIN_COLOUR, 'colour', ({ name }) => `${name}色`),
    ...findMatches(text, BARE_COLOUR, 'colour', ({ name }) => (LONE_WORDS.has(name ?? '') ? undefined : `${name}色`)),
  ];
}

/** Materials by their usual names, in lower case. */
export function extractMaterials(text: string): Entity[] {
  return findMatches(text, MATERIAL, 'material', (_, match) => match.toLowerCase());
}

/** Numbers of pieces. */
export function extractQuantities(text: string): Entity[] {
  return findMatches(text, QUANTITY, 'quantity', ({ number = '', counter }) => {
    // 千把块 is about a thousand, not a thousand handles.
    if (isGuess(number) || (counter === '把' && /[百千万]$/.test(number))) return undefined;
    const count = (parseNumber(number) ?? 0) * (counter === '打' ? 12 : 1);
    return Number.isInteger(count) && count > 0 && count < 10000 ? count : undefined;
  });
}
