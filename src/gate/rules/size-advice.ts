import { normalizeText } from '../normalize-text.ts';
import { clauseOf, findAll, findDisguised, type Match, type Passage, spanOf } from '../passage.ts';
import type { Rule } from '../rule.ts';
import { isAsked, isBeingChecked, isCondition, isDenied, isReported } from '../sense.ts';

const SIZE = '(?:x{0,4}[sml]|[2-9]x?l|均|\\d{2,3}|大|中|小|加大)(?![a-z0-9])';
const SIZE_ADVICE = new RegExp(
  `(?:您|你|亲)?(?:可以|应该|就|直接|那就|这个身材|这身高|这体重|平时)?(?:拍|选|穿|拿|挑|选择|建议(?:您|你)?(?:拍|选|穿|选择|买)?|推荐(?:您|你)?(?:拍|选|穿)?|适合(?:您|你)?(?:穿)?|要)(?:一?个|的)?(?:${SIZE})(?:码|号|的)?(?:就|吧|没|合|刚|绰|足|够|完全|行|ok|稳|妥|能|都|最|正|即|肯定|,|。|!|~|$|哦|的|好|可|更|比较|应该|差不多|绝对|准|一定)`,
  'g',
);
const SIZE_FITS =
  /(?<![a-z0-9])(?:x{0,4}[sml]|[2-9]x?l|均|\d{2,3}(?=码))(?:码|号|的)?(?:就|最|比较|更|应该|其实|完全|肯定|对您来说|对你来说|您穿|你穿|穿)?(?:很|最|更|比较|刚)?(?:适合(?:您|你)|合适|够穿|够了|刚好|正好|能穿|穿得下|可以穿|ok|绰绰有余|没问题)|(?<![a-z0-9])(?:x{0,4}[sml]|[2-9]x?l)(?:码|号)?(?:(?:和|或者?|跟|、)(?:x{0,4}[sml]|[2-9]x?l)(?:码|号)?)?(?:您|你)(?:都|应该|肯定|完全|也)?(?:能|可以)穿/g;
const USUAL_SIZE =
  /(?:平时|平常|以前|一般)(?:穿|买|拍)(?:多大|什么码|几码|多少码|啥码)(?:的)?[,]?就(?:拍|选|买|穿)|按(?:照)?(?:您|你)?(?:平时|平常|正常|日常)(?:的|穿的)?(?:尺码|码数?|鞋码|那个码|大小)?(?:拍|选|买|来|穿)(?:就|没|即|都|吧|是|准|肯定|绝对|一定(?!要|得|合|准)|错不|稳|妥|ok|保|不会|完全|哈|哦|呢|好|行|可以|[,。!~]|$)|(?:跟|和|照着?|按照?|比照|参照)(?:您|你)?(?:以前|平时|平常|原来|之前|现在|脚上|身上|手上)[^,。!?;]{0,5}(?:一样|那[双件个条]|码|号)的?(?:大小)?(?:拍|选|买|来)(?!什么|多|哪|吗)|(?:平时|平常|一般|以前|日常)(?:是|都|您|你)?(?:穿|买|拍)?(?:的是?)?(?:多大|多少|几码|啥码|什么码|哪个码)(?:码|的)?,?(?:就|还|还是|这[款双件]也?|咱)(?:是|就)?(?:拍|选|买|穿|来)|正常(?:码|尺码)?(?:拍|选|买)(?:就|没|即|都|吧|,|。|$)/g;
const SIZE_STEP = /(?:拍|选|买|穿|建议)(?:大|小)(?:一|1|半|两)(?:个)?(?:码|号)/g;
const FIT_PROMISE =
  /(?:肯定|一定|绝对|保证|包(?:您)?|百分百|必定|放心|准|妥妥|没问题|不用担心)[^,。!?;]{0,6}(?:合身|合适|合脚|能穿|穿得(?:下|上|进)|刚好|正好|穿着好)|(?:拍|选|穿)[^,。!?;]{0,8}(?:没错的?|不会错|错不了|没问题|准没错|包合适|稳了)|(?:合身|合脚|穿得下)(?:的)?,?(?:没问题|放心|不用担心|错不了)|(?:闭(?:着|上)?眼(?:睛)?|随便|怎么)(?:穿|拍|买|选|套)?[^,。!?;]{0,4}(?:都|也)?(?:合身|合适|合脚|能穿|穿得[下上进])|(?:闭(?:着)?眼|无脑|直接|放心|大胆)(?:入|拿|冲|买)(?:个|一?件)?(?<![a-z0-9])(?:x{0,4}[sml]|[2-9]x?l|\d{2,3}(?=码))(?![a-z0-9])|(?<![a-z0-9])(?:x{0,4}[sml]|[2-9]x?l)(?:妥妥|准没|错不了|没跑|稳)|(?:(?:x{0,4}[sml]|[2-9]x?l|均)(?:码|号)|\d{2,3}码)[^,。!?;]{0,4}(?:妥妥|没问题|没错|准没|错不了|稳(?:的|了|$)|准(?:没|的)|肯定|绝对|放心(?:穿|拍))/g;
const NOT_ADVICE =
  /(?<!建议|推荐|适合|给)(?:您|你)(?:(?:拍|选|买|拿|挑)(?:的|了|过|那)|订|下单|定|要|刚才|说|问|之前|平时|以前|一般)|平时|以前|一向|常穿|模特|有货|没货|缺货|库存|(?:胸围|衣长|腰围|裤长)/;

/** Size guarantee, or advice without measurements. @see TAB-26, SCR-13, SCR-14 */
export const sizeAdvice: Rule = {
  id: 'TAB-26',
  severity: 'B',
  message: '尺码只能按量好的数据给参考，不能打包票，缺数据请先问。',
  instead: ['SCR-13', 'SCR-14'],
  detect(passage) {
    const { plain } = passage.views;
    const promises = findDisguised(passage.views, FIT_PROMISE).filter(
      (match) => !isDenied(match) && !isReported(match) && !isAsked(match) && isAboutFit(match),
    );
    const advice = [...findAll(plain, SIZE_ADVICE), ...findAll(plain, SIZE_FITS), ...findAll(plain, SIZE_STEP)].filter(
      (match) => {
        if (isDenied(match) || isReported(match) || isAsked(match) || isCondition(match) || isBeingChecked(match))
          return false;
        return (
          !NOT_ADVICE.test(clauseOf(match).text) &&
          !isOfModel(match) &&
          !isQuestionAbout(match) &&
          !isPriceOf(passage, match) &&
          !isAdviceSupported(passage, match)
        );
      },
    );
    const usual = findAll(plain, USUAL_SIZE).filter(
      // 穿几码拍几码 holds a word of asking and asks nothing.
      (match) => !isDenied(match) && !isReported(match) && !/[吗么呢?]$/.test(clauseOf(match).text),
    );
    return [...promises, ...advice, ...usual].map((match) => ({ span: spanOf(match) }));
  },
};

/** 模特174，穿的L: the size is the model's. */
function isOfModel(match: Match): boolean {
  return /模特[^。!?;]{0,16}穿/.test(match.view.text.slice(Math.max(0, match.from - 20), match.from + 2));
}

/** 就拿888的礼盒: the goods by their price. */
function isPriceOf({ context }: Passage, match: Match): boolean {
  const figure = /\d{2,3}/.exec(match.text)?.[0];
  const goods = [
    context.product,
    ...(context.candidates ?? []),
    ...(context.choice ?? []),
    ...(context.matching ?? []),
  ];
  return figure !== undefined && goods.some((item) => item?.price === Number(figure));
}

function isAboutFit(match: Match): boolean {
  return (
    /合身|合适|合脚|穿|刚好|正好/.test(match.text) ||
    new RegExp(`${SIZE}(?:码|号)?|码`).test(match.text) ||
    /[尺鞋号]码|码数|合身|合脚/.test(clauseOf(match).text)
  );
}

function isQuestionAbout(match: Match): boolean {
  return (
    /[?]$|还是|吗|呢$/.test(clauseOf(match).text) ||
    /(?:再|才能|方便|好)(?:给|帮|为)?(?:您|你)?(?:选|推荐|建议)/.test(clauseOf(match).text)
  );
}

/** Every measurement the table asks for is told, and lies inside the advised size with margin. */
function isAdviceSupported(passage: Passage, match: Match): boolean {
  const table = passage.context.product?.sizeTable;
  const told = passage.context.buyer?.measurements;
  if (table === undefined || told === undefined) return false;
  const columns = new Set(Object.values(table).flatMap((row) => Object.keys(row)));
  if (![...columns].every((column) => told[column] !== undefined)) return false;
  const entry = Object.entries(table).find(([size]) => {
    const name = normalizeText(size).plain.text;
    return new RegExp(`(?<![a-z0-9])${name.replace(/[.*+?^$()|[\]{}\\]/g, '\\$&')}(?![a-z0-9])`).test(match.text);
  });
  if (entry === undefined) return SIZE_STEP.source !== '' && !/[smlx]|\d/.test(match.text);
  return Object.entries(entry[1]).every(([column, [from, to]]) => {
    const value = told[column];
    return value !== undefined && value > from && value < to;
  });
}
