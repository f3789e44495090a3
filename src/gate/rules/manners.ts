import { normalizeText } from '../normalize-text.ts';
import { clauseOf, findAll, findDisguised, type Match, type Passage, sentenceOf, spanOf } from '../passage.ts';
import type { Rule } from '../rule.ts';
import { isAsked, isCondition, isDenied, isMeant, isReported } from '../sense.ts';
import {
  GENDER_REMARKS,
  GENDERED_ANYWHERE,
  GENDERED_VOCATIVE,
  PASSED_ON,
  RIVALS,
  SLURS,
  TEMPER,
} from '../words/manners.ts';
import { distancingCues, hostileCues } from './tone.ts';

const ANYWHERE = new RegExp(GENDERED_ANYWHERE.join('|'), 'g');
const VOCATIVE_WORDS = GENDERED_VOCATIVE.join('|');
const VOCATIVE = new RegExp(
  `(?<=^|[,。!?;:~\\n ]|亲爱的|这位|哈喽|嗨|你好|您好|好的|谢谢|尊敬的)(?:[一-龥]{0,2}?)(?:${VOCATIVE_WORDS})儿?(?=[,。!?~ ]|$|您|你|好呀|看看|喜欢|想要|要不要|的?眼光|真|(?<=老哥|大哥|老弟|大姐|姐姐|哥哥|妹子|妹纸|老妹|阿姨|叔叔|大叔|大爷|兄弟|姑娘|姐|哥)(?:要|喝|买|拍|来|用|吃|有|在|这|那|请|别|稍|慢|放心))`,
  'g',
);
const REMARK = new RegExp(GENDER_REMARKS.join('|'), 'g');
const GOODS = /^(?:款|装|包|鞋|衣|裙|系列|同款|牌|版|码|式|表|帽|袜|内裤|内衣|香水|专用|手|钱包|斜挎|节)/;
const RECEIVER = /收件|收货|签收|姓名|联系人|抬头|户名|寄给|代收|快递员|师傅/;

/** Gendered address or remark. @see TAB-42, TRAP-05, SR-07 */
export const genderedAddress: Rule = {
  id: 'TAB-42',
  severity: 'B',
  message: '称呼请用“亲”或“您”，不要带性别称呼或评价性别。',
  instead: ['SCR-01', 'SCR-02'],
  detect(passage) {
    const { plain, tight } = passage.views;
    const found = [
      ...findAll(tight, ANYWHERE).filter((match) => !isMeasure(match)),
      ...findAll(plain, VOCATIVE).filter((match) => !RECEIVER.test(clauseOf(match).text) && !isSelf(match)),
      ...findAll(plain, REMARK).filter((match) => !isForAll(match)),
    ];
    return found
      .filter((match) => !GOODS.test(match.view.text.slice(match.to)) && !isReported(match) && !isNamed(passage, match))
      .map((match) => ({ span: spanOf(match) }));
  },
};

/** 男生女生都能用: a word for everybody. */
function isForAll(match: Match): boolean {
  return /男[一-龥]{0,4}女|女[一-龥]{0,4}男/.test(clauseOf(match).text) && /[都均皆]|也/.test(match.text);
}

/** 妹子帮您看一下: some desks call themselves so. */
function isSelf(match: Match): boolean {
  if (match.text.includes('小妹')) return true;
  return (
    /妹[子纸]$/.test(match.text) &&
    /^(?:这边|会|帮|给|为|来|要看|正在|马上|跟|很)/.test(match.view.text.slice(match.to))
  );
}

/** `5 mm` is a length, also with a space or a Chinese number before it. */
function isMeasure(match: Match): boolean {
  if (!match.text.includes('mm')) return false;
  return /[\d一二两三四五六七八九十百半几.]$|单位|毫米$/.test(
    match.view.text.slice(Math.max(0, match.from - 4), match.from),
  );
}

/** The name of a product, an item or the receiver is no address. */
function isNamed(passage: Passage, match: Match): boolean {
  const { product, order, basket } = passage.context;
  const names = [
    product?.title,
    ...Object.values(product?.attrs ?? {}),
    ...Object.values(product?.variants ?? {}),
    ...Object.keys(product?.stock ?? {}),
    ...Object.keys(product?.variants ?? {}),
    ...(order?.items ?? []).map((item) => item.title),
    ...(basket ?? []).map((item) => item.title),
    order?.address?.receiver,
  ];
  return names.some((name) => name !== undefined && normalizeText(name).tight.text.includes(match.text));
}

const TEMPER_PATTERN = new RegExp(TEMPER.join('|'), 'g');

/** Temper, irony, arguing. @see TAB-34 */
export const temper: Rule = {
  id: 'TAB-34',
  severity: 'B',
  message: '这句话像在发脾气、讽刺或争论，请换成耐心的说法。',
  instead: ['SCR-133', 'SCR-100'],
  detect(passage) {
    const words = findDisguised(passage.views, TEMPER_PATTERN)
      .filter((match) => isMeant(match, 6) || isRhetorical(match) || isScolded(match))
      .map((match) => ({ span: spanOf(match) }));
    return words.length > 0 ? words : hostileCues(passage);
  },
};

/** 别无理取闹 accuses as much as 无理取闹 does. */
function isScolded(match: Match): boolean {
  const before = match.view.text.slice(Math.max(0, match.from - 4), match.from);
  return (
    /(?:别|不要|少)(?:再|跟我|在这)?(?:这么|那么|太|老|总)?$/.test(before) &&
    /闹|缠|脸|蛮|抬杠|茬|刺|装|矫情|啰嗦|道理/.test(match.text)
  );
}

/** 这不是无理取闹吗: the question denies nothing. */
function isRhetorical(match: Match): boolean {
  const clause = clauseOf(match).text;
  return /不是/.test(clause) && /[吗么嘛]\??$/.test(clause);
}

const PASSED_ON_PATTERN = new RegExp(PASSED_ON.join('|'), 'g');
const TAKES_OVER =
  /(?:帮|给|为|替)(?:您|你)[^,。!?;]{0,4}(?:申请|请示|上报|汇报|反映|升级)|(?:申请|请示|上报|汇报|报|问)(?:给|到|一下|过)?(?:了)?(?:主管|店长|领导|经理|上级)|(?:我们|我|这边|店里|本店)(?:这边)?(?:会|来|都|也|马上|先|一定|同样|依然|照样|已经|去|可以|就)?(?:来|去|先|帮|给)?(?:负责|处理|承担|联系|跟进|核实|解决|催|补发|赔|协调|查|跟快递|和快递)(?!不)|(?:帮|给|为|替)[您你].{0,6}(?:处理|联系|解决|跟进|催|查|补发|赔|核实|协调|负责)(?!不)/;
const COURIER_CALL = /约|代收|方便|取件|自提|取货|出示|改(?:个)?(?:时间|地址)|验货|签收/;

/** Passing responsibility. @see TAB-35, POL-14 */
export const passedResponsibility: Rule = {
  id: 'TAB-35',
  severity: 'B',
  message: '不要把责任推给快递、同事或买家，请说明我们来处理。',
  instead: ['SCR-93', 'SCR-87', 'SCR-100'],
  detect(passage) {
    const words = findDisguised(passage.views, PASSED_ON_PATTERN)
      .filter((match) => {
        if (isDenied(match, 6) || isReported(match) || isCondition(match) || isAboutStrangers(match)) return false;
        if (match.text.startsWith('是') && before(match).endsWith('不')) return false;
        if (isCourierTalk(match) && (isAsked(match) || COURIER_CALL.test(sentenceOf(match).text))) return false;
        if (
          /过(?:快递|物流)/.test(match.text) ||
          /(?:^|[^您你自])(?:我|我们|这边|帮您|给您|在)[^,]{0,6}$/.test(before(match))
        )
          return false;
        return !(isExplanation(match) && TAKES_OVER.test(passage.views.plain.text));
      })
      .map((match) => ({ span: spanOf(match) }));
    return words.length > 0 ? words : distancingCues(passage);
  },
};

/** 公众号文章、冒充的短信跟我们没关系: setting oneself apart from strangers pushes nothing away. */
function isAboutStrangers(match: Match): boolean {
  return (
    /关系|无关|不是(?:我们|本店)/.test(match.text) &&
    /文章|广告|短信|卡片|冒充|诈骗|骗子|假冒|陌生|别的店|其[他它]店|公众号|别家|群里?/.test(sentenceOf(match).text)
  );
}

function before(match: Match): string {
  return match.view.text.slice(clauseOf(match).from, match.from);
}

function isCourierTalk(match: Match): boolean {
  return /快递|物流|站点|派送员|派件员|厂家|驿站|网点|菜鸟|顺丰|[圆中申]通/.test(match.text);
}

/** Naming the cause is fair when the desk takes the matter over in the same breath. */
function isExplanation(match: Match): boolean {
  return !/不(?:是|关|属于)我|自己|自行|找|怪|赖|怨|关系|不负责|概不|不管|不归/.test(match.text);
}

const DISPARAGEMENT = new RegExp(`(?:${RIVALS.join('|')})[^。!?;\\n]{0,24}?(?:${SLURS.join('|')})`, 'g');
const BACKWARDS = new RegExp(
  `(?:小心|当心|别被|不要被|容易|都是|买到|全是)(?:${SLURS.join('|')})?[^,。!?;\\n]{0,6}(?:${RIVALS.join('|')})[^,。!?;\\n]{0,6}(?:${SLURS.join('|')})`,
  'g',
);
/** A shop the buyer named: 我还看了木语坊的. */
const NAMED_RIVAL =
  /(?:看了|看中|看上|看过|问了|问过|比了|对比了|还有|买过|想买|考虑)(?:一下|另一家|一家|那家|个)?(?:叫)?([一-龥]{1,4}(?:[坊阁轩馆铺斋社堂屋汇记店]|家(?!具|居|电|用|纺)))/g;
const NO_RIVAL =
  /[你您他她它我咱]|页面|评[价论]|详情|说明|图|尺|视频|介绍|客服|[大老国回在全搬新人别]家|[书酒饭门]店|旅馆|仓库|房屋|食堂/;

const SHOP_SIGN = /[坊阁轩馆铺斋社堂屋汇记店家]/;

/** What is said of a shop the buyer named in one of the last turns. */
function slursOnNamed(passage: Passage): Match[] {
  const turns = passage.context.history?.slice(-4).filter((turn) => turn.from === 'buyer') ?? [];
  const names = turns
    .filter((turn) => SHOP_SIGN.test(turn.text))
    .flatMap((turn) => findAll(normalizeText(turn.text).plain, NAMED_RIVAL))
    .map((match) => match.groups[0] ?? '')
    .filter((name) => !NO_RIVAL.test(name) && passage.views.plain.text.includes(name));
  return [...new Set(names)].flatMap((name) =>
    findAll(passage.views.plain, new RegExp(`${name}[^。!?;\\n]{0,24}?(?:${SLURS.join('|')})`, 'g')),
  );
}

const PROVERB =
  /便宜没好货|便宜(?:的)?(?:肯定|都|一般|能)?(?:是|有)?(?:没)?(?:什么)?(?:假货|好东西|仿的|次品)|好货不便宜/g;
const FAIR = /不(?:评价|了解|清楚|知道|好说|方便说|好评)|没有?(?:了解|看|用)过|各有|每家|货比三家/;

/** Disparaging a rival. @see TAB-43 */
export const disparagedRival: Rule = {
  id: 'TAB-43',
  severity: 'B',
  message: '不要贬低别家，只说自己商品可以证明的不同之处。',
  instead: ['SCR-32', 'SCR-23'],
  detect(passage) {
    const { views } = passage;
    const found = [DISPARAGEMENT, BACKWARDS, PROVERB]
      .flatMap((pattern) => findDisguised(views, pattern))
      .concat(slursOnNamed(passage));
    return found
      .filter((match) => !isDenied(match) && !isSlurQuoted(match) && !isSlurDenied(match) && !FAIR.test(match.text))
      .map((match) => ({ span: spanOf(match) }));
  },
};

/** 您说别家假货多: the slur is the buyer's. 您说的那家 only names the shop. */
function isSlurQuoted(match: Match): boolean {
  return (
    isReported(match) &&
    !/(?:您|你)[^,]{0,4}(?:说|提|讲|问|看到|发)(?:到|过)?的(?:那)?$/.test(
      match.view.text.slice(Math.max(0, match.from - 10), match.from),
    )
  );
}

const SLUR_AT_END = new RegExp(`(?:${SLURS.join('|')})$`);

function isSlurDenied(match: Match): boolean {
  const slur = SLUR_AT_END.exec(match.text)?.[0] ?? '';
  const ahead = match.text.slice(0, match.text.length - slur.length);
  return (
    /(?:不|没有?|并非|未必|不会|不一定|不见得|不敢说)(?:是|说|都|很|太|见得)?$/.test(ahead) ||
    /^[^,。]{0,2}吗/.test(match.view.text.slice(match.to))
  );
}

/** Rules about tone towards buyers, colleagues and rivals. */
export const MANNER_RULES: readonly Rule[] = [genderedAddress, temper, passedResponsibility, disparagedRival];
