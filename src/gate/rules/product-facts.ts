import { knownAboutProduct } from '../known-facts.ts';
import {
  clauseOf,
  findAll,
  findDisguised,
  type Match,
  type Passage,
  sentenceOf,
  spanOf,
  takeHits,
} from '../passage.ts';
import { NUMBER, readNumber } from '../read-amounts.ts';
import type { Rule } from '../rule.ts';
import { isAsked, isBeingChecked, isCondition, isDenied, isReported } from '../sense.ts';
import { hasWord, numbersIn } from '../stated-facts.ts';
import { GOODS_CLAIMS } from '../words/goods-claims.ts';
import { ATTRIBUTE_CLAIMS, MEASURED, MEASURED_SHORT, PHYSICAL_UNITS, UNITS, wordsLike } from '../words/product.ts';
import { isMakeKnown, makesSaid } from './goods-make.ts';
import { isWarnedAgainst, yesAgainstWarning } from './goods-warnings.ts';
import { healthClaim } from './health-claims.ts';
import { sizeAdvice } from './size-advice.ts';

const CLAIMS = [...ATTRIBUTE_CLAIMS, ...GOODS_CLAIMS].map(({ claim, known, proof }) => ({
  claim: new RegExp(claim, 'g'),
  known: known === undefined ? undefined : new RegExp(known, 'g'),
  proof: proof === undefined ? undefined : new RegExp(proof),
}));
const MEASUREMENT = new RegExp(
  `(?:(?:${MEASURED})[^,。!?;\\d]{0,5}|(?:${MEASURED_SHORT})度?(?:是|有|为|:|约|大概|大约)?)(\\d{1,5}(?:\\.\\d{1,2})?)(?:-|~|到|至|\\*|x)?(\\d{0,5})(?:${UNITS})?|(?:只有|仅|达到?|高达|大概|大约|是|有|约|才|不到)(\\d{1,5}(?:\\.\\d{1,2})?)(?:${PHYSICAL_UNITS})|(?<![\\d.])(\\d{1,5}(?:\\.\\d{1,2})?)(?:${UNITS})(?:的)?(?:长|宽|高|厚|重|深|容量|功率|厚度|厚的)`,
  'g',
);
/** 能用十个小时, 装得下五斤: what the goods do, in figures. */
const USE = new RegExp(
  `(?:能|可以?|够|充一次|续航|待机)(?:连续)?(?:用|使用|工作|放|听|玩|走|跑|续航|待机|撑|亮|装|装得下|承受|坐|睡|洗|喝|吃|保温|保冷|坚持|煮|炒|烤|蒸|炖|做|扫|拖|剪|切|印|泡|冲|载|拉|喷|投)?(?:上|个|到|住|得了)?(?:大概|差不多|大约|约|至少)?(?:${NUMBER})(?:来|多)?个?(?:小时|钟头|天|周|年|个?月|公里|千米|斤|公斤|kg|升|人份|人|次|杯|碗|平方?|亩|页|寸|遍)(?!内|之内|以内|后|左右?(?:发|到|送|回|收|出))`,
  'g',
);
/** 三年就能挂果, 五分钟就烧开: how soon the goods do it. */
const SOON = new RegExp(
  `(?:${NUMBER})(?:来|多)?个?(?:年|个?月|天|周|小时|分钟|秒钟?|次|遍)(?:左右|内)?(?:就|即|便|立马)?(?:能|可以?|会|就)(?:开花|结果|挂果|发芽|成熟|爬满|烧开|开(?=[,。!~哦了]|$)|热(?=[,。!~哦了]|$)|沸腾|烤好|烤熟|煮熟|煮好|蒸好|做好|打好|充满|充好|充到|加热|制冷|升温|降温|凝固|干透|晾干|风干|吸收|成膜|见效|显色|洗净|洗完|泡开|泡好|解冻|启动|开机|打开|收好|搭好|拼好|组装|装好|学会|长出|长到)`,
  'g',
);
/** 装得下十五寸电脑: the room there is. */
const ROOM = new RegExp(
  `(?:(?:装|放|塞|坐|躺|睡|盛|容|站)得?下|(?:能|可以|够|可)(?:装|放|塞|坐|躺|睡|盛|容纳|承重|承)|(?:背|扛|驮|挂|压)(?:个|得动|得住|得起|上|到)?(?=[^,。!?;]{1,6}(?:斤|kg)))[^,。!?;]{0,4}?(?:${NUMBER})(?:寸|英寸|个|斤|公斤|kg|升|人|本|件|瓶|双|克|毫升|ml|l(?![a-z]))`,
  'g',
);
/** What a share in words can be of. */
const CONTENTS = '棉|麻|毛|绒|丝|涤纶|腈纶|牛油|肉|果汁|可可|糖|脂|水|酒精|蛋白|钢|铜|银';
const MEASURED_IN_WORDS = new RegExp(
  `(?:${MEASURED})(?:是|有|为|大概|大约|约|差不多|在|达|能达到|到|能|可以|可达|长达|最长|够|:){0,4}[一二两三四五六七八九十百千万半]{1,6}(?:个)?(?:${UNITS}|斤半?|公里|小时|年|个月|天)|(?:是|有|约|大概|只有|才|不到|达到?)[一二两三四五六七八九十百千万半]{1,6}(?:${PHYSICAL_UNITS})|(?:能|可以?)?(?:耐|扛|抗|承受)(?:得住|住|到|受)?(?:大概|大约|约)?[一二两三四五六七八九十百千万零半]{1,6}(?:多)?(?:度|摄氏度|${PHYSICAL_UNITS})|(?:${MEASURED})?(?:是|有|为|占|达|约|大概|:){0,3}(?:百分之[\\d一二三四五六七八九十百零点半]{1,5}|[一二三四五六七八九]成)(?=的?(?:${CONTENTS})|[,。!~哦的]|$)`,
  'g',
);
const PACK =
  /(?:一|1|每)(?:罐|盒|瓶|包|袋|箱|桶|份|套)(?:里)?(?:是|有|装|大概|大约|含){0,2}([\d半一二两三四五六七八九十百]{1,4})(?:斤|克|g|片|粒|小包|抽|颗|只装|个装|毫升|ml)/g;
const COUNT_OF_VARIANTS =
  /(?:有|共|一共)([\d一二两三四五六七八九十]+)(?:种|个|款|条|段|级|组)?(?:档位?|挡|模式|功能|口袋|接口|插孔|孔位?|抽屉|轮子|格子?|段|颜色|口味|花色|尺码|规格|尺寸|款式|色|配色|型号|味道)/g;

const OFFERS_CHOICE =
  /(?:您|你)(?:问|说|要|想要|需要|喜欢|选|更喜欢|平时|是想|家里|那边|这边是)|哪[种款个一]|什么|如果|的话|还是|推荐|建议您选|有没有|不确定|不清楚|核实|确认一下/;
const ADVICE = /(?:建议|最好|请|记得|注意|避免|不要|尽量|可以先|麻烦|小心)/;

/** Guessing a product fact. @see TAB-25, SCR-05, FU-07 */
export const guessedFact: Rule = {
  id: 'TAB-25',
  severity: 'B',
  message: '商品资料里没有这项信息，请先核实再回答。',
  instead: ['SCR-05', 'SCR-10'],
  detect(passage) {
    const { plain } = passage.views;
    let facts: string | undefined;
    const known = (): string => {
      facts ??= knownAboutProduct(passage.context);
      return facts;
    };
    const words = CLAIMS.flatMap(({ claim, known: support, proof }) =>
      takeHits(
        findDisguised(passage.views, claim),
        (match) =>
          isStated(match) && !(proof === undefined ? isKnownAttribute(match, support, known()) : proof.test(known())),
      ),
    );
    const measured = [
      ...findAll(plain, MEASUREMENT).filter((match) => !isPrice(match)),
      ...findAll(plain, MEASURED_IN_WORDS),
      ...findAll(plain, COUNT_OF_VARIANTS).filter((match) => !isVariantCount(passage, match)),
      ...findAll(plain, PACK).map(withoutUnit),
      ...findAll(plain, ROOM),
      ...findAll(plain, SOON),
      ...findAll(plain, USE).filter((match) => isAboutUse(match)),
    ];
    const numbers = takeHits(
      measured,
      (match) => isStated(match) && !isBody(match) && !areNumbersKnown(match, known()),
    );
    const shares = takeHits(
      SHARES.flatMap((pattern) => findAll(plain, pattern)),
      (match) => isStated(match) && !isShareKnown(match, known()),
    );
    const makes = takeHits(
      makesSaid(passage),
      (match) => isStated(match) && !isMakeKnown(match.groups[0] ?? '', known()) && !isCountOfVariants(passage, match),
    );
    const yes = yesAgainstWarning(passage, known);
    return [...words, ...numbers, ...shares, ...makes, ...yes].map((match) => ({ span: spanOf(match) }));
  },
};

/** 保温水壶（89元） names a thing and what it costs. */
function isPrice(match: Match): boolean {
  return /^(?:元|块|圆)/.test(match.view.text.slice(match.to));
}

/** 一袋250克 claims 250, not the one bag. */
function withoutUnit(match: Match): Match {
  return { ...match, text: match.text.slice(1) };
}

/** 有两个尺寸, where the listing has two variants. */
function isVariantCount(passage: Passage, match: Match): boolean {
  const { variants, stock } = passage.context.product ?? {};
  const counts = [variants, stock].map((map) => Object.keys(map ?? {}).length);
  return numbersIn(match.text).every((number) => counts.includes(number));
}

/** 有大中小三个号: a count of variants in other words. */
function isCountOfVariants(passage: Passage, match: Match): boolean {
  return (
    /[\d一二两三四五六七八九十]+(?:个|种|款)?(?:号|码|色|颜色|尺寸|规格|型号|版本|口味|款)?$/.test(
      match.groups[0] ?? '',
    ) &&
    numbersIn(match.text).length > 0 &&
    isVariantCount(passage, match)
  );
}

/** 能用, 能装: a thing is used; 能发, 能到, 能退 is the desk's matter. */
function isAboutUse(match: Match): boolean {
  return (
    /用|工作|放|听|玩|走|跑|续航|待机|撑|亮|装|承受|坐|睡|洗|喝|吃|保温|保冷|坚持|充一次|煮|炒|烤|蒸|炖|扫|拖|剪|切|印|泡|冲|载|喷|投/.test(
      match.text,
    ) && !/券|优惠|积分|花呗|分期|活动|链接|退|换货|申请|试用/.test(clauseOf(match).text)
  );
}

/** A claim: not asked, reported, conditional or still to be checked. */
function isStated(match: Match): boolean {
  if (isAsked(match) || isReported(match) || isCondition(match) || isBeingChecked(match)) return false;
  const clause = clauseOf(match).text;
  if (/(?:顾客|买家|有人|大家|评价里?|评论里?)[^,]{0,8}(?:说|反馈|提到|写|觉得)/.test(clause)) return false;
  const ahead = match.view.text.slice(Math.max(0, match.from - 10), match.from);
  // 加绒的要到十月才上: the claim is the name of a variant.
  if (/^的(?:那款|要|得|还没|还有|没有|暂时|目前|现在|到|等|下)/.test(match.view.text.slice(match.to))) return false;
  if (CARE_FOR_PEOPLE.test(ahead) || isLeftOpen(match, ahead)) return false;
  // 您拍的保温饭盒 names the goods, 不是完全不生锈 claims nothing.
  if (/(?:您|你)[^,。]{0,5}的$|(?:不是|并非|不可能|不能说|很难)(?:完全|绝对|百分百|说|做到)?[^,。]{0,2}$/.test(ahead))
    return false;
  if (/(?:不敢|不能|没法|无法|不好)[^,。]{0,4}(?:打包票|打保票|保证|承诺|担保|说满|说死)/.test(sentenceOf(match).text))
    return false;
  return (
    !OFFERS_CHOICE.test(clause) &&
    !/去(?:核实|确认|问|查)|核实|帮您(?:问|查|看|确认)/.test(sentenceOf(match).text.slice(0, 40))
  );
}

/** 出门注意防晒: what a person is asked to mind is no claim of the goods. */
const CARE_FOR_PEOPLE =
  /(?:注意|记得|小心|当心|留意|做好|加强|别忘了?)(?:多|要|好|做好|身体|脚下|出行|自己|[保防避][一-龥],?)?$/;
/** 资料里没有写: the sentence says itself that nothing is known. */
const UNSTATED =
  /(?:资料|页面|详情页?|说明书?|参数|标签|吊牌|包装|厂家|厂里|品牌方?)[^,。!?;]{0,4}(?:没有?|未)(?:写|标|注明|提|说|给)/;

/** 耐不耐高温: the same character on both sides of the negator asks. */
function isLeftOpen(match: Match, ahead: string): boolean {
  const isAlternative = (ahead.endsWith('不') && ahead.at(-2) === match.text[0]) || /^(.)不\1/.test(match.text);
  return isAlternative || UNSTATED.test(sentenceOf(match).text);
}

function isKnownAttribute(match: Match, support: RegExp | undefined, known: string): boolean {
  if (support === undefined) {
    const isNegative = isDenied(match, 4) || isNegatedAhead(match);
    const words = [match.text, ...wordsLike(match.text)];
    const isIn = (text: string, word: string): boolean => hasWord(text, word, isNegative);
    if (words.some((word) => isIn(known, word))) return true;
    return /[a-z]/.test(match.text) && isIn(withoutHyphens(known), withoutHyphens(match.text));
  }
  if (!areClaimedNumbersKnown(match.text, known)) return false;
  const cores = (match.text.match(support) ?? []).flatMap((core) => [core, ...wordsLike(core)]);
  if (!isDenied(match, 4) && !isNegatedAhead(match) && isWarnedAgainst(match.text, known)) return false;
  return cores.length > 0 && cores.some((core) => known.includes(core)) && !isContradicted(match.text, known);
}

/** Wi-Fi 6 is wifi6. */
function withoutHyphens(text: string): string {
  return text.replace(/(?<=[a-z])[- ](?=[a-z\d])/g, '');
}

/** 不太抗摔 denies as 不抗摔 does. */
function isNegatedAhead(match: Match): boolean {
  return /(?:不|没有?|非)(?:太|怎么|是|够|很|那么|算|具备|带|含)?$/.test(
    match.view.text.slice(Math.max(0, match.from - 4), match.from),
  );
}

const CLAIMED_NUMBER = new RegExp(`${NUMBER}(?=年|个月|天|月|岁)`, 'g');

/** 质保三年 is not supported by 质保一年. */
function areClaimedNumbersKnown(claim: string, known: string): boolean {
  const claimed = (claim.match(CLAIMED_NUMBER) ?? []).map(readNumber);
  if (claimed.length === 0) return true;
  const stated = (known.match(CLAIMED_NUMBER) ?? []).map(readNumber);
  return claimed.every((number) => stated.includes(number));
}

/** 不掉色 against a listing that says 会掉色, and the other way round. */
function isContradicted(claim: string, known: string): boolean {
  const property = /起球|掉毛|掉色|褪色|缩水|变形|生锈|起皱|机洗|水洗|干洗|熨烫|烘干|透|色差|折叠/.exec(claim)?.[0];
  if (property === undefined || !known.includes(property)) return false;
  const isNegative = /不|没|无|零/.test(claim);
  const pattern = new RegExp(
    `(不|没有?|无|勿|减少|降低|防|避免|禁止?|易|会|可|能|轻微|有|少许)[^\\n,。:]{0,4}${property}|${property}[:]?(不|否|无)`,
    'g',
  );
  const signs = [...known.matchAll(pattern)].map((m) => /不|没|无|勿|减少|降低|防|避免|禁|否/.test(m[0]));
  return signs.length > 0 && !signs.includes(isNegative);
}

const SHARES = [
  /(\d{1,3}(?:\.\d)?)%的?([一-龥]{2,3})/g,
  /([一-龥]{2,3})(?:含量)?(?:是|为|占|有|:)?(\d{1,3}(?:\.\d)?)%/g,
];

/** 70%羊毛 is not supported by 羊毛30% 腈纶70%: the figure belongs to its own material. */
function isShareKnown(match: Match, known: string): boolean {
  const isFigureFirst = /^\d/.test(match.text);
  const figure = match.groups[isFigureFirst ? 0 : 1];
  const material = match.groups[isFigureFirst ? 1 : 0] ?? '';
  const name = isFigureFirst ? material.slice(0, MATERIAL_CHARS) : material.slice(-MATERIAL_CHARS);
  const at = known.indexOf(name);
  if (name === '' || at === -1) return true;
  const around = known.slice(at + name.length, at + name.length + 8);
  const stated = /^(?:含量)?(?:是|为|占|:|约)?(\d{1,3}(?:\.\d)?)%/.exec(around)?.[1];
  return stated === undefined || stated === figure;
}

/** Materials are told apart by their first two characters. */
const MATERIAL_CHARS = 2;

/** Heights and weights of people belong to size advice. */
function isBody(match: Match): boolean {
  const clause = clauseOf(match).text;
  return (
    /身高|体重|(?:您|你)[^,]{0,3}\d|您(?:的|是|说的?|量的?)?(?:\d|胸围|腰围|臀围|脚长)|模特/.test(clause) ||
    ADVICE.test(clause.slice(0, 3))
  );
}

/** What a unit measures: a figure of one kind says nothing of another. */
const UNIT_KINDS = [
  '小时|钟头|天|周|年|个?月|分钟|秒|h(?![a-z])|min',
  '度|℃|°c',
  '毫升|升|ml|l(?![a-z])',
  '公斤|千克|斤|克|kg|g(?![a-z])',
  '厘米|毫米|米|cm|mm|m(?![a-z])|英?寸|公里',
  '瓦|w(?![a-z])|千瓦|kw',
  '档|挡|种|款|层|色|个色|格|段|级|支|根|片|件|人|位',
].map((units) => `(?:${units})`);
const KIND_AT_END = UNIT_KINDS.map((units) => new RegExp(`${units}(?:钟|多|左右)?$`));
const OF_KIND = UNIT_KINDS.map((units) => new RegExp(`${NUMBER}(?:多|来|几)?${units}`, 'g'));

function areNumbersKnown(match: Match, known: string): boolean {
  const kind = KIND_AT_END.findIndex((units) => units.test(match.text));
  const ofOthers = kind === -1 ? [] : OF_KIND.filter((_pattern, i) => i !== kind);
  const stated = new Set(numbersIn(ofOthers.reduce((text, pattern) => text.replace(pattern, ' '), known)));
  return known.includes(match.text) || numbersIn(match.text.replace('一共', '')).every((number) => stated.has(number));
}

/** Rules about facts of the goods. */
export const PRODUCT_RULES: readonly Rule[] = [guessedFact, sizeAdvice, healthClaim];
