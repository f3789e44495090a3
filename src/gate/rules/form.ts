import { measureSimilarity } from '../measure-similarity.ts';
import { normalizeText, toOriginalSpan } from '../normalize-text.ts';
import { clauseOf, clausesOf, findAll, type Match, type Passage, spanOf } from '../passage.ts';
import type { Hit, Rule } from '../rule.ts';
import { FAREWELLS, JARGON, PLACEHOLDERS } from '../words/form.ts';

const WALL_LENGTH = 200;
const LONG_LENGTH = 120;
const PASTED_MS = 2_000;

/** Wall of text, instantly pasted. @see TAB-01 */
export const wallOfText: Rule = {
  id: 'TAB-01',
  severity: 'W',
  message: '内容太长，请先说重点，其余分几步讲。',
  instead: ['SCR-20', 'SCR-61'],
  detect(passage) {
    if (passage.length <= LONG_LENGTH) return [];
    if (passage.length < WALL_LENGTH) return [{ span: null }];
    const waitedMs = waitedMsOf(passage);
    if (waitedMs !== undefined && waitedMs >= 0 && waitedMs < PASTED_MS) {
      return [{ span: null, severity: 'B', message: '刚问完就贴出一大段，像在敷衍，请缩短后再发。' }];
    }
    const isMachine = passage.mode === 'O' || passage.mode === 'S';
    return [{ span: null, severity: isMachine ? 'B' : 'W' }];
  },
};

/** How long the buyer has waited for an answer, in ms; `undefined` when it is not known. */
export function waitedMsOf(passage: Passage): number | undefined {
  if (passage.nowMs === undefined) return undefined;
  const last = passage.context.history?.findLast((turn) => turn.from === 'buyer');
  const lastBuyerAt = passage.context.convo?.lastBuyerAt ?? last?.at;
  return lastBuyerAt === undefined ? undefined : passage.nowMs - Date.parse(lastBuyerAt);
}

const FLOOD_WINDOW_MS = 10_000;
const FLOOD_MESSAGES = 3;
const FLOOD_LENGTH = 200;

/** Filling the window by flooding. @see TAB-02 */
export const flood: Rule = {
  id: 'TAB-02',
  severity: 'W',
  message: '十秒内发得太多了，一次说一件事，等买家回应。',
  instead: ['SCR-20'],
  detect(passage) {
    const { nowMs } = passage;
    if (nowMs === undefined) return [];
    let messages = 1;
    let length = passage.length;
    for (const turn of (passage.context.history ?? []).toReversed()) {
      if (turn.from === 'buyer' || turn.at === undefined || nowMs - Date.parse(turn.at) > FLOOD_WINDOW_MS) break;
      messages += 1;
      length += [...turn.text].length;
    }
    return messages > FLOOD_MESSAGES || (messages > 1 && length > FLOOD_LENGTH) ? [{ span: null }] : [];
  },
};

const QUESTION_END =
  /[吗么嘛]$|(?:什么|哪|几|多少|怎么|如何|是不是|有没有|要不要|好不好|行不行|能不能|对不对).{0,12}(?:呢|啊|呀)?$|没(?:有)?$|呢$/;
const WORD_FOR_ASKING =
  /什么|哪|几[个件码号点天]|多少|怎么|如何|是不是|有没有|要不要|好不好|行不行|能不能|对不对|是否|还是|谁|为什么|吗/;
const ORDERS =
  /^(?:你|您)?(?:把.{1,10}(?:发|给|报|拍|说|写|填)|(?:快(?!递)|赶紧|赶快|抓紧|速度|马上|立刻|立即).{0,3}(?:发|拍|付|说|给|看|回|选|下单|确认|提供|报)|(?:自己|自行)(?:去)?(?:看|查|找|选|量|搜|算)|(?:看|查)(?:详情|页面|说明|宝贝描述|上面|清楚)|(?:发|报|给|提供|拍)(?:订单号|单号|照片|图|截图|身高|尺寸|地址|电话)(?:过?来|给我|上来)?$|(?:拍(?:照|图|个照|张照片?|视频)|截图)[^,]{0,4}(?:过来|上来|发来|传来)$|等着|等通知|说重点|说清楚|讲清楚|别(?:动|说|吵|再发))/;
const SOFTENERS = /请|麻烦|劳烦|辛苦|烦请|亲|您|哦|呢|哈|呀|一下|下哈|吧|可以|帮|好吗|谢|嘛|方便|啦|哟|噢|~/;

/** A longer reply softens an order by what stands around it. */
const CURT_LENGTH = 20;

/** Stiff tone, interrogation. @see TAB-06, SR-12 */
export const stiffTone: Rule = {
  id: 'TAB-06',
  severity: 'W',
  message: '语气有点硬，一次只问一个问题，句子软一点。',
  instead: ['SCR-09', 'SCR-54'],
  detect(passage) {
    const { plain } = passage.views;
    const hits: Hit[] = [];
    const questions = countQuestions(passage);
    if (questions.length >= 2) {
      const first = questions[0]!;
      const last = questions.at(-1)!;
      hits.push({ span: toOriginalSpan(plain, first.from, last.to) });
    }
    for (const chain of findAll(plain, /!{2,}|\?{2,}|!\?|\?!/g)) hits.push({ span: spanOf(chain) });
    if (findAll(plain, /!/g).length >= 4 && hits.length === 0) hits.push({ span: null });
    const clauses = clausesOf(plain);
    const order = clauses.find((clause) => ORDERS.test(clause.text));
    const orderText = order === undefined ? '' : order.text.replace(/^你/, '');
    if (
      order !== undefined &&
      passage.length <= CURT_LENGTH &&
      !SOFTENERS.test(orderText) &&
      !/请|麻烦|辛苦|亲|谢/.test(plain.text)
    ) {
      hits.push({ span: spanOf(order) });
    }
    return hits;
  },
};

/** So many asking clauses in a row are an interrogation even without question marks. */
const INTERROGATION = 3;

/** Questions asked: by mark, and by wording where the mark was left out. */
function countQuestions(passage: Passage): Match[] {
  const sentences = findAll(passage.views.plain, /[^。!?;\n]+[?!。;]?/g);
  return sentences.flatMap((sentence) => {
    if (sentence.text.endsWith('?')) return isGreeting(sentence.text) ? [] : [sentence];
    const clauses = sentence.text.replace(/[。!;]$/, '').split(/[, ]/);
    const asking = clauses.filter(
      (clause) => QUESTION_END.test(clause) && WORD_FOR_ASKING.test(clause) && !/看|如果|告诉/.test(clause),
    );
    if (asking.length >= INTERROGATION) return [sentence, sentence];
    return asking.length > 0 && asking.at(-1) === clauses.at(-1) ? [sentence] : [];
  });
}

function isGreeting(sentence: string): boolean {
  return /^(?:亲|您好|你好|在)?,?(?:在)吗\?$/.test(sentence);
}

const SAME_BLOCK = 0.9;
const BLOCK_LENGTH = 10;
const OWN_TURNS = 30;

/** The same block pasted twice. @see TAB-07 */
export const repeatedBlock: Rule = {
  id: 'TAB-07',
  severity: 'W',
  message: '这段话在本次聊天里发过了，请说新的内容。',
  instead: ['SCR-08'],
  detect(passage) {
    const text = lettersOf(passage.views.tight.text);
    if (text.length < BLOCK_LENGTH) return [];
    const own = (passage.context.history ?? []).filter((turn) => turn.from !== 'buyer').slice(-OWN_TURNS);
    const isSame = own.some((turn) => {
      if (Math.abs(turn.text.length - passage.original.length) > passage.original.length) return false;
      return measureSimilarity(lettersOf(normalizeText(turn.text).tight.text), text, SAME_BLOCK) >= SAME_BLOCK;
    });
    return isSame ? [{ span: null }] : [];
  },
};

function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '').slice(0, 400);
}

const JARGON_PATTERN = new RegExp(JARGON.map((piece) => `(?<![a-z])(?:${piece})(?![a-z])`).join('|'), 'g');
const EXPERT_LENGTH = 60;

/** Jargon to a novice, lecture to an expert. @see TAB-08 */
export const wrongLevel: Rule = {
  id: 'TAB-08',
  severity: 'W',
  message: '说法和买家的了解程度不合：新手少用术语，行家点到为止。',
  instead: ['SCR-20', 'SCR-21'],
  detect(passage) {
    const segment = passage.context.buyer?.segment;
    if (segment === 'SEG-3')
      return findAll(passage.views.plain, JARGON_PATTERN).map((match) => ({ span: spanOf(match) }));
    if (segment === 'SEG-5' && passage.length > EXPERT_LENGTH) return [{ span: null }];
    return [];
  },
};

const PLACEHOLDER = new RegExp(PLACEHOLDERS.join('|'), 'g');
const STARS = /\*+|[＊]+/g;
const MASKED_NAME = /(?:收件|收货|签收|姓名|联系|抬头|寄件|代收)(?:人|方)?[是:]?[一-龥]{0,2}$/;

/** Unfilled slot, wrong name, placeholder. @see TAB-09 */
export const unfilledSlot: Rule = {
  id: 'TAB-09',
  severity: 'B',
  message: '还有没填好的内容或写错的称呼，请按事实补上再发。',
  instead: ['SCR-01', 'SCR-60'],
  detect(passage) {
    const { plain } = passage.views;
    const holes = findAll(plain, PLACEHOLDER);
    const stars = findAll(plain, STARS).filter((match) => !isMask(passage, match));
    return [...holes, ...stars, ...wrongNames(passage)].map((match) => ({ span: spanOf(match) }));
  },
};

/** Stars inside a number, an e-mail, an id, a receiver's name or an address on record hide something that is there. */
function isMask(passage: Passage, match: Match): boolean {
  const { text } = match.view;
  const before = text[match.from - 1] ?? '';
  if (text.slice(Math.max(0, match.from - 3), match.from).includes('星号')) return true;
  const after = text[match.to] ?? '';
  if (/\d/.test(before) || /\d/.test(after)) return !/[元块件折天]/.test(after);
  if (/[a-z]/.test(before) && /[a-z@]/.test(after)) return true;
  if (MASKED_NAME.test(text.slice(Math.max(0, match.from - 8), match.from))) return true;
  const around = text.slice(Math.max(0, match.from - 1), match.to);
  const { order, return: back } = passage.context;
  return [...Object.values(order?.address ?? {}), back?.address].some(
    (part) => part !== undefined && normalizeText(part).plain.text.replace(/\*+/g, match.text).includes(around),
  );
}

const BUYER_ID =
  /(?:亲爱的|尊敬的|买家|旺旺|会员|@|hi|hello|您好|你好)[ :,]?([a-z][a-z0-9]*_?[a-z0-9_]*\d[a-z0-9_]*|[a-z]+_[a-z0-9_]+)/g;
const HAN_ID = /(?:亲爱的|尊敬的)([一-龥]{2,8}?)(?=[,!。~ ]|您好|你好|$)/g;
/** tb晴天88, 小雨_93: characters and letters, or characters with a number at the end. */
const MIXED_ID =
  /(?:亲爱的|尊敬的|旺旺(?:名|号|id)?|买家|@)[ :,]?((?:[a-z0-9_]*[a-z][a-z0-9_]*[一-龥]|[一-龥]{1,8}[a-z0-9_]*[a-z_])[一-龥a-z0-9_]{0,16}?|[一-龥]{2,8}\d{1,6})(?=[,!。~ ]|您|你|在吗|$)/g;
/** 亲tb小熊饼干 您好: a name between the word for a buyer and the greeting. */
const GREETED_ID =
  /(?:^|[,。!~ ])亲[ :,]?((?:[a-z0-9_]+[一-龥]|[一-龥]{1,8}[a-z0-9_]*[a-z0-9_])[一-龥a-z0-9_]{0,16}?|[a-z]+[a-z0-9_]*\d[a-z0-9_]*)[ ,]?(?=您好|你好)/g;
const GREETED_HAN_ID = /(?:^|[,。!~ ])亲([一-龥]{2,8}?) ?(?=您好|你好)/g;
const NO_NAME = /欢迎|光临|感谢|谢谢|久等|[早晚]上|[上下中]午|抱歉|不好意思|在的|爱的/;
const GENERIC_NAME = /顾客|客户|买家|亲|您|你|朋友|会员|用户|家人|宝|老板|主人|上帝|小主|同学|伙伴|粉丝|大家|各位|vip/;
const AGENT_NAME =
  /我(?:是|叫)(?:本店的?|您的?|你的?|店铺的?|专属的?|今天的?|值班的?|金牌|售前|售后|客服|顾问|专员|小助手|导购|店长|:){0,5}([一-龥a-z]{1,4}?)(?=[,!。~ ]|很高兴|为您|在|$)/g;
const SHOP_NAME =
  /(?:欢迎(?:您)?(?:光临|来到|进店)|这里是|我们是|感谢(?:您)?(?:光临|惠顾))([一-龥a-z0-9]{2,12}?(?:旗舰店|专卖店|专营店|官方店|店铺|小店|店|单车|家居|数码))/g;
const GENERIC_SHOP =
  /^(?:本|小|我们?|咱们?|我家|我们家|我们的|咱家|咱们的|官方)?(?:小|的)?(?:店|店铺|小店|旗舰店|官方店|官方旗舰店)$/;

/** A buyer, agent or shop called by another name than the facts give. */
function wrongNames(passage: Passage): Match[] {
  const { plain } = passage.views;
  const { buyer, agent, shop } = passage.context;
  const wrong: Match[] = [];
  if (buyer?.id !== undefined) {
    const id = normalizeText(buyer.id).plain.text;
    const isHan = /[一-龥]/.test(id);
    wrong.push(...findAll(plain, BUYER_ID).filter((match) => match.groups[0] !== id));
    wrong.push(...findAll(plain, MIXED_ID).filter((match) => isOtherName(match.groups[0] ?? '', id)));
    wrong.push(...findAll(plain, GREETED_ID).filter((match) => isOtherName(match.groups[0] ?? '', id)));
    const greeted = findAll(plain, GREETED_HAN_ID).filter((match) => !NO_NAME.test(match.text));
    wrong.push(...greeted.filter((match) => isHan && isOtherName(match.groups[0] ?? '', id)));
    wrong.push(...findAll(plain, HAN_ID).filter((match) => isHan && isOtherName(match.groups[0] ?? '', id)));
  }
  if (agent?.name !== undefined) {
    const name = normalizeText(agent.name).plain.text;
    wrong.push(...findAll(plain, AGENT_NAME).filter((match) => isOtherAgent(match, name, agent.title)));
  }
  if (shop?.name !== undefined) {
    const name = normalizeText(shop.name).plain.text;
    wrong.push(...findAll(plain, SHOP_NAME).filter((match) => isOtherShop(match.groups[0] ?? '', name)));
  }
  return wrong;
}

function isOtherName(name: string, id: string): boolean {
  return !GENERIC_NAME.test(name) && !id.includes(name) && !name.includes(id);
}

function isOtherAgent(match: Match, name: string, title: string | undefined): boolean {
  const said = match.groups[0] ?? '';
  const clause = clauseOf(match).text;
  if (clause.includes(name) || /[售客顾专导店机人员长服问助班管自]/.test(said)) return false;
  return (
    said.length > 0 &&
    !(title ?? '').includes(said) &&
    /^(?:小|阿|老)?[一-龥a-z]{1,3}$/.test(said) &&
    /客服|顾问|专员|导购|叫|^我是/.test(clause) &&
    /^(?:[小阿老]|[一-龥]{2,3}$)/.test(said)
  );
}

function isOtherShop(said: string, name: string): boolean {
  return !GENERIC_SHOP.test(said) && !name.includes(said) && !said.includes(name);
}

const FAREWELL = new RegExp(FAREWELLS.join('|'));

/** Ending with an open question or without a farewell. @see TAB-10, FLOW-13 */
export const poorEnding: Rule = {
  id: 'TAB-10',
  severity: 'W',
  message: '结束前请先答完没回的问题，再好好道别。',
  instead: ['SCR-08', 'SCR-140', 'SCR-141', 'SCR-142'],
  detect(passage) {
    const { convo } = passage.context;
    if (convo?.closing !== true) return [];
    const isOpen = (convo.openQuestions ?? []).length > 0;
    return isOpen || !FAREWELL.test(passage.views.plain.text) ? [{ span: null }] : [];
  },
};

/** Rules about the form of a text. */
export const FORM_RULES: readonly Rule[] = [
  wallOfText,
  flood,
  stiffTone,
  repeatedBlock,
  wrongLevel,
  unfilledSlot,
  poorEnding,
];
