/**
 * What a sentence does with the words found in it: denies them, reports them, warns of them, asks.
 * An objection to a word is only right where the word is meant.
 */
import { matchAll } from './match-all.ts';
import { clauseOf, type Match, sentenceOf } from './passage.ts';

const NEGATORS =
  /不要|请勿|切勿|千万别|万勿|别|勿|不会|不能|不可以|不可|不得|没有|没法|没办法|无法|不用|不必|无需|无须|不需要|不做|不支持|不提供|不接受|不是|并非|不敢|不允许|禁止|严禁|拒绝|从不|绝不|不再|谨防|防止|避免|警惕|不让|不搞|不涉及|不存在|不算|不参与|不建议|不方便|不具备|不具有|不带|不含|不属于|不等于|不代表|不承诺|不存|不加|杜绝|抵制|未|没/g;
/** What takes the negation for itself, so that the words after it stand as said. */
const ABSORBS =
  /^(?:(?:支?付(?:款|钱)?|拍|下单|发货)的|客气|担心|怕|急|着急|紧张|忘|错过|走平台|走淘宝|拍|等|管|麻烦|紧|关系|事|问题|犹豫|纠结|多想|想太多|耽误|浪费|在这里|在这|在平台|在旺旺|怀疑|时间|空|见怪|介意|嫌|只|光|仅)/;
const NO_NEGATORS = /(?:不会的话|不行的话)$/;

/** Whether the words of a match are denied in their clause, up to `reach` characters before it. */
export function isDenied(match: Match, reach = 8): boolean {
  const clause = clauseOf(match);
  const before = match.view.text.slice(Math.max(clause.from, match.from - reach - 4), match.from);
  for (const negator of matchAll(before, NEGATORS)) {
    const after = before.slice(negator.index + negator[0].length);
    if (after.length > reach || ABSORBS.test(after + match.text) || isAlternative(before, negator.index)) continue;
    if (/[的得](?:话|时候)/.test(after) || NO_NEGATORS.test(before)) continue;
    return true;
  }
  return false;
}

/** 能不能, 要不要, 有没有: the same character on both sides makes a question of the negator. */
function isAlternative(text: string, at: number): boolean {
  return at > 0 && (text[at - 1] === text[at + 1] || (text[at] === '没' && text[at - 1] === '有'));
}

const REPORTS =
  /[您你](?:刚才|刚刚|刚|方才|先前|之前|上次|前面|昨天|一直|也)?(?:所)?(?:说|提到|提|讲|问|反馈|写|收到|看到|遇到|听到)(?:的|过的|到的|了|过)?(?:是|那个|这个|那句|这句|那种|关于)?(?:(?:加|进|扫|转|付|打|点|关注|下载|收到|有人)(?:了|过|的|到){0,2}(?:个|一个|那个)?)?["'“”‘’「『]?$/;

/** 说“今天肯定到”是不准确的: what is quoted to be put right. */
const QUOTE_TAKEN_BACK =
  /^[^“"「『”」』]{0,16}[”"」』'][^,。!?;]{0,6}(?:不(?:准|对|严谨|规范|合适|妥|作数|算数|能作准|应该)|有误|说错|是错|错了|违规|口误|误会)/;

/** Whether the words of a match are the buyer's, only repeated here. */
export function isReported(match: Match): boolean {
  const clause = clauseOf(match);
  const before = match.view.text.slice(clause.from, match.from);
  if (REPORTS.test(before)) return true;
  if (isQuoted(match) && QUOTE_TAKEN_BACK.test(match.view.text.slice(match.to, match.to + 30))) return true;
  return isQuoted(match) && /[您你].{0,6}(?:说|提|问|讲|写|反馈)/.test(sentenceOf(match).text);
}

/** Whether a match stands inside quotation marks. */
export function isQuoted(match: Match): boolean {
  const { text } = match.view;
  const open = text.slice(Math.max(0, match.from - 20), match.from);
  const close = text.slice(match.to, match.to + 20);
  return /[“"「『‘'][^”"」』’']{0,20}$/.test(open) && /^[^“"「『‘']{0,20}[”"」』’']/.test(close);
}

const WARNS =
  /骗子|诈骗|谨防|警惕|防骗|冒充|假冒|上当|陌生人|切勿|请勿|不要相信|不要信|别信|别理|不要理|都是骗|别相信|勿信|不要轻信|风险|违规|不安全|没有保障|没保障/;
const SOMEBODY =
  /的(?:都|一律|请)|有人|任何人|陌生|凡是|任何|对方|他人|别人|如果有|如有|所谓|自称|冒充|名义|骗|违规|不安全|没有?保障|风险/;

/** Whether the sentence warns of what the match names. */
export function isWarnedOf(match: Match): boolean {
  return WARNS.test(sentenceOf(match).text) && SOMEBODY.test(clauseOf(match).text);
}

const ASKS =
  /[吗么嘛]\??$|\?$|是不是|有没有|能不能|可不可以|要不要|行不行|好不好|需不需要|会不会|对不对|(?:什么|哪|(?<![后剩好没这那过了十])几|多少|怎么|如何|是否)(?!.{0,8}[都也]).{0,16}呢?$|还是.{1,14}呢?$|(?:是|对)(?:吧|吗|不)\??$/;

/** Whether the clause of a match asks instead of stating. */
export function isAsked(match: Match): boolean {
  return ASKS.test(clauseOf(match).text);
}

const CHECKS =
  /(?:我|这边|帮您|给您|给你|帮你|需要|得|要)(?:先|马上|这就|现在|立刻)?(?:去|再|帮您|给您|跟|向|和|问|找)?.{0,8}(?:核实|确认|查一?下|查查|看一?下|看看|量一?下|问一?下|问问|了解一?下|咨询|核对)|不(?:敢|好|能)(?:乱|随便)(?:说|讲|答|承诺|答应)|不(?:清楚|确定|了解)/;

/** Whether the clause of a match says that the matter is still to be checked. */
export function isBeingChecked(match: Match): boolean {
  return CHECKS.test(clauseOf(match).text);
}

const CONDITION = /(?:如果|要是|假如|若|万一|倘若|假设)|的话$|的时候$/;

/** Whether the clause of a match only sets a condition. */
export function isCondition(match: Match): boolean {
  return CONDITION.test(clauseOf(match).text);
}

/** Whether the words are meant as said: neither denied, nor reported, nor warned of. */
export function isMeant(match: Match, reach = 8): boolean {
  return !isDenied(match, reach) && !isReported(match) && !isWarnedOf(match);
}
